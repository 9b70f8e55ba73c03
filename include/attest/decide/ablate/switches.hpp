#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/decide/ablate/parts.hpp"
#include "attest/language/language.hpp"
#include "attest/verdict/verdict.hpp"

namespace attest::ablate {

/// What is to be kept of a transformer with hard or average attention.
struct SwitchQuestion {
    const network::Transformer& model;
    std::int64_t length = 0;
    const language::Language* language = nullptr;  ///< to be recognised; null: as the whole answers
    std::vector<language::Symbol> meaning;         ///< of each symbol of the model
    std::uint64_t seed = 0;
    std::size_t most_sets = 64;  ///< that are found
    std::function<void(const std::string&)> progress = {};
};

/// The smallest sets of parts that are enough, as a solver says.
struct SmallestSets {
    std::vector<std::vector<Part>>
        kept;          ///< all of one size, in the order in which they were found; empty: not even all parts
    bool all = false;  ///< there are no others of this size
    /// Each smaller set, and each of this size that is not given if those are all, is wrong on one of these.
    std::vector<language::Word> words;
};

/// One circuit is made of all models without some parts: a part has an input that switches it. Words that break a set of
/// parts say which sets are left (each word's circuit over the switches alone); among these the smallest is tried next.
///
/// Needs   a transformer of hard or average attention
/// Gives   undecided with reason unsupported or memory where there is no such circuit, or the limit that came first
/// Throws  InputError as compile::compile_model
/// Source  counterexample-guided expansion, as for quantified formulas with one alternation
std::variant<SmallestSets, verdict::Undecided> smallest_by_solver(const SwitchQuestion& question,
                                                                  const base::Limits& limits);

}  // namespace attest::ablate
