#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/decide/answer/answerer.hpp"
#include "attest/verdict/verdict.hpp"

namespace attest::decide {

/// What a network says of every word of a length.
struct AnswerTable {
    std::vector<bool> accepts;  ///< by word, in lexicographic order
    exact::Rational margin;     ///< no score is nearer to 0; of a softmax model
    long bits = 0;              ///< likewise: that sufficed for each
    std::uint64_t asked = 0;    ///< words that were evaluated; fewer than all where counts tell the answer
};

struct TableOptions {
    std::uint64_t most_words = std::uint64_t{1} << 22;
    /// Told what is being done, for progress; may be empty.
    std::function<void(const std::string&)> progress;
};

/// The answers on all words, each of which is certain; a softmax model is asked only once for all words that differ in the order
/// of symbols that it does not see.
///
/// Exact   yes
/// Gives   undecided with reason memory where there are more words, imprecise where balls do not tell some score from 0, or a
///         limit's
/// Throws  InputError as network::Evaluator
std::variant<AnswerTable, verdict::Undecided> tabulate(const Network& network, std::int64_t length,
                                                       const TableOptions& options, const base::Limits& limits);

}  // namespace attest::decide
