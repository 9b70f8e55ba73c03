#include "checker/classes/numbered_keys.hpp"

#include "checker/network/table_values.hpp"

namespace attest::checker {
namespace {

/// [layer, head, position, value before the layer]; of the last layer only the last position asks.
std::array<std::size_t, 4> read_place(const Cursor& at, Tables& tables, bool asks, Budget& budget) {
    const std::size_t layer = read_natural_between(at.at("layer"), 1, tables.layers);
    const std::size_t head = read_natural_between(at.at("head"), 1, tables.heads);
    const std::size_t least = asks && layer == tables.layers ? tables.positions() : 1;
    const std::size_t position = read_natural_between(at.at("position"), least, tables.positions());
    const std::size_t value = TableValues(tables, budget).value(at.at("value"), layer - 1, position);
    budget.memory(192);
    return {layer, head, position, value};
}

int read_sign(const Cursor& at) {
    if (at.string() == "+") return 1;
    if (at.string() == "-") return -1;
    if (at.string() != "0") at.fail("\"+\", \"-\" or \"0\" was expected");
    return 0;
}

template <typename Map, typename Key>
auto entry(const Map& map, const Key& key) {
    const auto found = map.find(key);
    return found == map.end() ? typename Map::mapped_type(0) : found->second;
}

}  // namespace

NumberedKeys read_keys(std::string_view bytes, const std::string& file, Tables& tables, Budget& budget) {
    const Json json = parse_json(bytes, file, budget);
    const Cursor root(json, file + ": ");
    root.only({"keys", "queries"});
    NumberedKeys all;
    const Cursor keys = root.at("keys");
    for (std::size_t k = 0; k < keys.size(); ++k) {
        const Cursor at = keys.item(k);
        at.only({"layer", "head", "position", "value", "number"});
        if (!all.numbers.emplace(read_place(at, tables, false, budget), at.at("number").number()).second)
            at.fail("a second number for this key");
    }
    const Cursor queries = root.at("queries");
    for (std::size_t k = 0; k < queries.size(); ++k) {
        const Cursor at = queries.item(k);
        at.only({"layer", "head", "position", "value", "sign"});
        if (!all.signs.emplace(read_place(at, tables, true, budget), read_sign(at.at("sign"))).second)
            at.fail("a second sign for this query");
    }
    return all;
}

bool obeys_keys(const Run& run, const NumberedKeys& keys, bool strict_mask, Budget& budget) {
    for (std::size_t l = 1; l <= run.looks.size(); ++l)
        for (std::size_t h = 1; h <= run.looks[l - 1].size(); ++h) {
            const std::vector<std::size_t>& looks = run.looks[l - 1][h - 1];
            const std::vector<std::size_t>& held = run.held[l - 1];
            for (std::size_t i = 1; i <= looks.size(); ++i) {
                if (looks[i - 1] == 0) continue;  // nobody asked
                const int sign = entry(keys.signs, std::array{l, h, i, held[i - 1]});
                const std::size_t last = strict_mask ? i - 1 : held.size();
                std::size_t best = last == 0 ? i : 1;
                const auto score = [&](std::size_t j) {
                    return Rational(sign * entry(keys.numbers, std::array{l, h, j, held[j - 1]}));
                };
                budget.step(64 * (1 + last));
                for (std::size_t j = 2; j <= last; ++j)
                    if (score(j) > score(best)) best = j;
                if (best != looks[i - 1]) return false;
            }
        }
    return true;
}

}  // namespace attest::checker
