#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "attest/certify/archive.hpp"
#include "attest/verdict/certified.hpp"
#include "decide/formula/formula.hpp"

namespace attest::certify {

/// A formula of FOC[+;MOD], and the language that it is to define.
struct FormulaSubject {
    const programs::foc::Program& program;
    const language::Language& language;
};

/// Whether a formula defines a language, at one length or at every length from one on.
struct Definition {
    std::optional<std::int64_t> length;  ///< none: at every length
    std::int64_t from = 0;               ///< of every length: 0 or 1
    formula::Outcome outcome;
    verdict::Verdict verdict;
};

/// Decides, writes the certificate (FORMAT.md, sections 33 and 39.2), and has the checker read it back, all within the limits. What holds
/// rests on an exhaustion: of vectors of counts, or of pairs of states.
///
/// part    of the archive, where that is a collection
/// Throws  UsageError where a symbol of the formula is not one of the language; as formula::prove_at and prove_everywhere
Definition define_at(const FormulaSubject& subject, std::int64_t length, const base::Limits& limits, Archive& archive,
                     const std::string& part = "");
Definition define_everywhere(const FormulaSubject& subject, std::int64_t from, const base::Limits& limits,
                             Archive& archive, const std::string& part = "");

}  // namespace attest::certify
