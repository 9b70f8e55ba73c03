#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/certify/archive.hpp"
#include "attest/certify/certificate.hpp"
#include "attest/decide/induction/induction.hpp"
#include "attest/decide/recognise/prove.hpp"
#include "attest/verdict/certified.hpp"

namespace attest::certify {

/// Where a language has no word of a length, or every word, a verdict says little.
enum class Vacuous { no, no_word, every_word };

const char* to_string(Vacuous vacuous);  ///< `no word`, `every word`; empty

/// Whether a model recognises a language at a length.
struct Recognition {
    std::int64_t length = 0;
    decide::Outcome outcome;  ///< what was found; it is worth no more than the verdict
    verdict::Verdict verdict;
    Vacuous vacuous = Vacuous::no;   ///< where there is a verdict
    std::vector<std::string> notes;  ///< what happened on the way, a sentence each
    /// What the verdict rests on where a finite machine follows the model (FORMAT.md, section 31.1): then the outcome says that it
    /// holds, and that no words were evaluated.
    std::optional<induction::Closure> closure = {};
};

/// Decides, writes the certificate, and has the checker read it back, all within the limits. A solver that writes no proof
/// is followed by one that does.
///
/// part    of the archive
/// Throws  InputError as decide::prove; InternalError if the checker refuses a counterexample, or solvers disagree
Recognition recognise(const certify::Subject& subject, std::int64_t length, const decide::ProveOptions& options,
                      const base::Limits& limits, Archive& archive, const std::string& part = "");

/// The same where the subject says how far the vector that is read may move (ablate::recognises_robustly).
///
/// Throws  as ablate::recognises_robustly; InternalError if the checker refuses a counterexample
Recognition recognise_robustly(const certify::Subject& subject, std::int64_t length,
                               const decide::ProveOptions& options, const base::Limits& limits, Archive& archive,
                               const std::string& part = "");

/// The same of tables, at the one length that they have.
Recognition recognise(const certify::GuhatSubject& subject, const decide::ProveOptions& options,
                      const base::Limits& limits, Archive& archive, const std::string& part = "");

/// The same of a program, at a length.
Recognition recognise(const certify::ProgramSubject& subject, std::int64_t length, const decide::ProveOptions& options,
                      const base::Limits& limits, Archive& archive, const std::string& part = "");

/// The same by a machine that reads the word symbol by symbol, where one follows the model; else as above.
Recognition recognise_by_machine(const certify::Subject& subject, std::int64_t length,
                                 const decide::ProveOptions& options, const base::Limits& limits, Archive& archive,
                                 const std::string& part = "");

struct RangeOptions {
    decide::ProveOptions prove;  ///< its progress is not looked at
    unsigned threads = 1;        ///< lengths that are worked on at a time
    bool machines = false;       ///< a machine is tried first where words are more than are evaluated
    /// Told what is being done on a length, and how many are done; may be empty. Calls come from one thread at a time.
    std::function<void(std::size_t done, std::int64_t length, const std::string& what)> progress;
    /// Told each result as soon as it is there, with its place among the lengths; may be empty. Calls come from one thread at
    /// a time.
    std::function<void(std::size_t place, const Recognition& result)> finished = {};
};

/// Each length on its own, in that order: one certificate for one length, else a part `length-N` of a collection for each.
/// Those that an interruption leaves undone say so.
std::vector<Recognition> recognise(const certify::Subject& subject, const std::vector<std::int64_t>& lengths,
                                   const RangeOptions& options, const base::Limits& limits, Archive& archive);

/// The name of a length's part in a collection.
std::string part_of_length(std::int64_t length);

}  // namespace attest::certify
