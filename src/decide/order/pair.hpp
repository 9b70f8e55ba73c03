#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>

#include "attest/base/limits.hpp"
#include "attest/language/language.hpp"
#include "attest/verdict/verdict.hpp"
#include "network/seq2seq/seq2seq.hpp"
#include "syntax.hpp"

namespace attest::order {

/// Two words with the same counts, or the same proportions, and different answers.
struct Pair {
    language::Word one, other;
    bool accepts = false;                  ///< the first, where answers are yes or no; the other is the opposite
    std::optional<std::size_t> time = {};  ///< of an encoder–decoder: when the vectors differ
};

struct PairOptions {
    std::int64_t longest = 12;          ///< of words that are tried
    std::uint64_t most_words = 20'000;  ///< that are tried, the shortest first
    std::size_t times = 24;             ///< of an encoder–decoder: vectors that are compared
    std::function<void(const std::string&)> progress = {};
};

/// A pair, or how far none was found: that there is none is not said.
using PairSearch = std::variant<Pair, verdict::Undecided>;

/// Of a model that accepts and rejects words.
///
/// Exact   yes: both answers of a pair are certain
/// Cost    an evaluation of each word of up to `longest` symbols, at most `most_words`
PairSearch find_pair(const network::Transformer& model, Invariance invariance, const PairOptions& options,
                     const base::Limits& limits);
PairSearch find_pair(const network::Seq2seq& network, Invariance invariance, const PairOptions& options,
                     const base::Limits& limits);
/// Of any language, by membership.
PairSearch find_pair(const language::Language& language, Invariance invariance, const PairOptions& options,
                     const base::Limits& limits);

/// Of a regular language: nothing where it is invariant.
///
/// Exact   yes, both ways
/// Cost    O(states symbols²); of proportions O(states 2^symbols symbols) at worst
/// Throws  Unsupported for more than 20 symbols
std::optional<Pair> find_pair(const language::Dfa& automaton, Invariance invariance);

}  // namespace attest::order
