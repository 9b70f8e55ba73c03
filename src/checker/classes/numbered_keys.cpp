#include "checker/classes/numbered_keys.hpp"

#include "checker/network/table_values.hpp"

// Key dimension 1: the score of a key is sign(query) · number(key), so that for each query one of three things is
// found: the greatest number, the least, or, all scores being 0, the leftmost position (FORMAT.md section 9.7). The
// class is that of hard attention with one-dimensional keys and queries, scaled so that only the query's sign is left.

namespace attest::checker {
namespace {

/// [layer, head, position, value before the layer]; the last layer has queries at the last position only.
std::array<std::size_t, 4> read_place(const Cursor& at, Tables& tables, bool is_query, Budget& budget) {
    const std::size_t layer = read_natural_between(at.at("layer"), 1, tables.layers);
    const std::size_t head = read_natural_between(at.at("head"), 1, tables.heads);
    const std::size_t least = is_query && layer == tables.layers ? tables.positions() : 1;
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
    for (std::size_t l = 1; l <= run.pattern.size(); ++l)
        for (std::size_t h = 1; h <= run.pattern[l - 1].size(); ++h) {
            const std::vector<std::size_t>& pattern = run.pattern[l - 1][h - 1];
            const std::vector<std::size_t>& activations = run.activations[l - 1];
            for (std::size_t i = 1; i <= pattern.size(); ++i) {
                if (pattern[i - 1] == 0) continue;  // no query is made
                const int sign = entry(keys.signs, std::array{l, h, i, activations[i - 1]});
                const std::size_t last = strict_mask ? i - 1 : activations.size();
                std::size_t best = last == 0 ? i : 1;
                const auto score = [&](std::size_t j) {
                    return Rational(sign * entry(keys.numbers, std::array{l, h, j, activations[j - 1]}));
                };
                budget.step(64 * (1 + last));
                for (std::size_t j = 2; j <= last; ++j)
                    if (score(j) > score(best)) best = j;
                if (best != pattern[i - 1]) return false;
            }
        }
    return true;
}

}  // namespace attest::checker
