#pragma once

#include <array>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "checker/core/text.hpp"
#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// A network of hard attention with a strict mask that sees values and no positions (FORMAT.md section 9.8). Values are
/// symbols by number, the end symbol after them, and then activations.
struct PositionFree {
    using Value = std::size_t;

    std::vector<Symbol> alphabet;
    Symbol end;
    std::size_t length = 0;  ///< of the longest words that it is for
    std::size_t layers = 0;
    std::size_t heads = 0;
    std::size_t activations = 0;

    /// Which class of preferred values a value is in: [layer, head, value of the query, value]; the classes not listed
    /// are last.
    std::map<std::array<std::size_t, 4>, std::size_t> classes;
    std::map<std::vector<std::size_t>, Value>
        becomes;                          ///< layer, own value, values attended to; 0 where nothing is said
    std::set<std::vector<Value>> accept;  ///< own value, values attended to
};

/// Throws  Defect (place)
PositionFree read_position_free(std::string_view bytes, const std::string& file, Budget& budget);

/// Whether the network accepts a word of any length, given as indices into its alphabet.
bool accepts(const PositionFree& network, const std::vector<std::size_t>& word, Budget& budget);

}  // namespace attest::checker
