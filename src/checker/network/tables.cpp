#include "checker/network/tables.hpp"

#include <algorithm>

#include "checker/kernel/defect.hpp"

// MODEL.md, section 10: generalized unique hard attention (Hao, Angluin, Frank 2022) by its tables. A head goes down
// its list of pairs to the first that is there. Values are numbered as they are met, since written out they double with
// every layer.

namespace attest::checker {

std::size_t ValueNumbers::tuple(std::size_t own, const Pairs& attended, Budget& budget) {
    std::vector<std::size_t> value{2, own};
    for (const auto& [position, activation] : attended) {
        value.push_back(position);
        value.push_back(activation);
    }
    return number(value, budget);
}

std::size_t ValueNumbers::number(const std::vector<std::size_t>& value, Budget& budget) {
    const auto known = numbers_.find(value);
    if (known != numbers_.end()) return known->second;
    budget.memory(96 + 8 * value.size());
    const std::size_t next = numbers_.size();
    numbers_.emplace(value, next);
    return next;
}

namespace {

/// Where a head pattern: at the first pair of its list that is there, else at position 1.
std::size_t position_attended(const Tables& tables, std::size_t layer, std::size_t head, std::size_t position,
                              const std::vector<std::size_t>& activations, Budget& budget) {
    const auto list = tables.prefer.find({layer, head, position, activations[position - 1]});
    if (list == tables.prefer.end()) return 1;
    for (const auto& [j, value] : list->second) {
        budget.step();
        if (activations[j - 1] == value) return j;
    }
    return 1;
}

/// The value of a position after a layer.
std::size_t next_value(Tables& tables, std::size_t layer, std::size_t position,
                       const std::vector<std::size_t>& activations, Budget& budget, Run* run) {
    Tables::Pairs attended;
    for (std::size_t h = 1; h <= tables.heads; ++h) {
        const std::size_t j = position_attended(tables, layer, h, position, activations, budget);
        attended.emplace_back(j, activations[j - 1]);
        if (run) run->pattern[layer - 1][h - 1][position - 1] = j;
    }
    const std::size_t tuple = tables.values.tuple(activations[position - 1], attended, budget);
    if (!tables.is_bounded(layer)) return tuple;
    const auto entry = tables.becomes.find({layer, position, tuple});
    return tables.values.activation(entry == tables.becomes.end() ? 0 : entry->second, budget);
}

}  // namespace

bool accepts(Tables& tables, const std::vector<std::size_t>& word, Budget& budget, Run* run) {
    std::vector<std::size_t> activations;
    for (const std::size_t a : word) activations.push_back(tables.values.symbol(a, budget));
    if (tables.end) activations.push_back(tables.values.symbol(tables.alphabet.size(), budget));
    const std::size_t n = activations.size();
    if (run) {
        if (run->pattern.empty()) budget.memory(8 * tables.layers * tables.heads, n);
        run->pattern.assign(tables.layers, {tables.heads, std::vector<std::size_t>(n, 0)});
        run->activations.assign(1, activations);
    }
    for (std::size_t layer = 1; layer <= tables.layers; ++layer) {
        const std::vector<std::size_t> before = activations;
        budget.step(n * (1 + tables.heads));
        for (std::size_t p = layer == tables.layers ? n : 1; p <= n; ++p)
            activations[p - 1] = next_value(tables, layer, p, before, budget, run);
        if (run) run->activations.push_back(activations);
    }
    return tables.accept.contains(activations.back());
}

}  // namespace attest::checker
