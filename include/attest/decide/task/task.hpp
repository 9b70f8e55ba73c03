#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/language/task.hpp"
#include "attest/network/program.hpp"
#include "attest/verdict/verdict.hpp"

/// Does a program compute a task on all words of a length, and if not, on how many does it fail?
namespace attest::task {

struct Question {
    const network::Program& program;
    const language::Task& task;
    std::int64_t length = 0;
};

struct Options {
    std::uint64_t most_words = std::uint64_t{1} << 22;  ///< that are evaluated
    bool count = false;                                 ///< all mistakes; else the first one is enough
    std::size_t shown = 10;                             ///< mistakes that are kept
    std::function<void(const std::string&)> progress;   ///< told what is being done; may be empty
};

/// A word on which the program answers otherwise at some position; replayed by the definition.
struct Mistake {
    language::Word word;
    std::vector<std::string> expected, actual;  ///< at each position of the word

    std::size_t position() const;  ///< the first at which they differ, from 1
};

struct Outcome {
    verdict::Undecided why;      ///< reason `none`: decided
    std::uint64_t words = 0;     ///< that were evaluated
    std::uint64_t wrong = 0;     ///< of these; all there are where they were counted
    std::vector<Mistake> first;  ///< in the order of words

    verdict::Evidence evidence(bool counted) const;  ///< that the checker can be shown
};

/// Goes through all words of the length.
///
/// Exact   yes
/// Throws  InputError where the program has no value on a word, or is not for the length; Unsupported for a program that does
///         not answer at each position of the word, or has too many values
/// Cost    |Σ|^N evaluations
Outcome hold(const Question& question, const Options& options, const base::Limits& limits);

}  // namespace attest::task
