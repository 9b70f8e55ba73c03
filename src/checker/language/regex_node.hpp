#pragma once

#include <optional>

#include "checker/language/regex.hpp"

namespace attest::checker {

/// One operator: a set of symbols, a concatenation, an alternation, or a repetition.
struct Regex::Node {
    enum class Operator { set, concatenation, alternation, repetition };

    Operator op = Operator::concatenation;  ///< without children: the empty word
    std::vector<bool> set;                  ///< [symbol]
    std::vector<std::shared_ptr<const Node>> children;
    long least = 0;
    std::optional<long> most;
};

/// The syntax tree of the pattern.
std::shared_ptr<const Regex::Node> parse_regex(std::string_view pattern, const std::vector<Symbol>& alphabet,
                                               Budget& budget);

}  // namespace attest::checker
