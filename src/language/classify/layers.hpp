#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "attest/base/limits.hpp"
#include "attest/language/dfa.hpp"

namespace attest::classify {

/// Which heads unique hard attention has, under a strict mask: of equal scores they take the last, or the first position,
/// or there are both kinds; or heads that look to both sides and take the nearest.
enum class Ties { right, left, both, two_sided };

const char* to_string(Ties ties);  ///< `right`, `left`, `both`, `two-sided`

/// A class of networks of any width and number of heads, whose layers are counted.
struct LayerClass {
    Ties ties = Ties::right;
    std::uint64_t modulus = 1;  ///< positions are known modulo this
    bool reads_end = false;     ///< at an end symbol; else at the last symbol, of words that are not empty
};

/// Whether so many layers are enough, as far as was looked.
struct LayerSearch {
    /// A word of the language and another that no network of so many layers tells apart.
    std::optional<std::pair<language::Word, language::Word>> pair;
    bool is_closed = false;  ///< all that the layers can tell was gone through, and is enough
    std::size_t states = 0;  ///< gone through
};

/// What k layers can tell of a word at most, and whether it is enough for the language: breadth first through all words,
/// as far as they differ for the layers or for the automaton; then words with powers of short factors.
///
/// automaton  minimal
/// most       states to go through
/// Exact      a pair and a closed search are; else nothing is known
/// Cost       O(k² states) each; of both sides, all words of up to 12 symbols, or as many as `most`
LayerSearch search_layers(const language::Dfa& automaton, const LayerClass& network, std::size_t layers,
                          const base::Limits& limits = {}, std::size_t most = 60'000);

}  // namespace attest::classify
