#include "checker/network/table_values.hpp"

#include <algorithm>

// MODEL.md, section 10: values in tables are nested lists. A value is refused where a position could not hold it after
// that layer, so that tables have no entries that are never asked.

namespace attest::checker {

std::size_t read_natural_between(const Cursor& at, std::size_t least, std::size_t most) {
    if (most < least) at.fail("there is none that could stand here");
    return static_cast<std::size_t>(at.integer(static_cast<std::int64_t>(least), static_cast<std::int64_t>(most)));
}

std::size_t TableValues::value(const Cursor& at, std::size_t layer, std::size_t position) {
    if (layer == 0) return symbol(at, position);
    if (t_.is_bounded(layer)) return t_.values.activation(read_natural_between(at, 0, *t_.activations - 1), budget_);
    if (at.size() == 0) at.fail("a value before the layer was expected");
    const std::size_t own = value(at.item(0), layer - 1, position);
    return t_.values.tuple(own, pairs(at, 1, layer - 1), budget_);
}

std::size_t TableValues::symbol(const Cursor& at, std::size_t position) {
    const std::string& text = at.string();
    if (t_.end && position == t_.positions()) {
        if (text != *t_.end) at.fail("the end symbol was expected at the last position");
        return t_.values.symbol(t_.alphabet.size(), budget_);
    }
    budget_.step(8 * t_.alphabet.size());
    const auto found = std::find(t_.alphabet.begin(), t_.alphabet.end(), text);
    if (found == t_.alphabet.end()) at.fail("\"" + text + "\" is not in the alphabet");
    return t_.values.symbol(static_cast<std::size_t>(found - t_.alphabet.begin()), budget_);
}

Tables::Pairs TableValues::pairs(const Cursor& list, std::size_t first, std::size_t layer) {
    if (list.size() != first + t_.heads) list.fail("a pair for each head was expected");
    Tables::Pairs result;
    for (std::size_t k = first; k < list.size(); ++k) result.push_back(pair(list.item(k), layer));
    return result;
}

std::pair<std::size_t, std::size_t> TableValues::pair(const Cursor& at, std::size_t layer) {
    if (at.size() != 2) at.fail("a pair is [position, value]");
    const std::size_t position = read_natural_between(at.item(0), 1, t_.positions());
    return {position, value(at.item(1), layer, position)};
}

}  // namespace attest::checker
