#include "checker/classes/position_free.hpp"

#include <limits>

namespace attest::checker {
namespace {

using Held = PositionFree::Value;

/// The value that a head finds to the left of a position: of the best class, the leftmost.
Held found(const PositionFree& network, std::size_t layer, std::size_t head, Held own, const std::vector<Held>& held,
           std::size_t visible, Budget& budget) {
    constexpr std::size_t last = std::numeric_limits<std::size_t>::max();
    budget.step(8 * visible);
    Held best = held[0];
    std::size_t best_class = last;
    for (std::size_t j = 0; j < visible; ++j) {
        const auto listed = network.classes.find({layer, head, own, held[j]});
        if (listed == network.classes.end() || listed->second >= best_class) continue;
        best = held[j];
        best_class = listed->second;
    }
    return best;
}

/// What a position (from 0) knows after attention: its value, then what each head found. The first sees nothing.
std::vector<Held> seen(const PositionFree& network, std::size_t layer, std::size_t position,
                       const std::vector<Held>& held, Budget& budget) {
    std::vector<Held> all{held[position]};
    for (std::size_t h = 1; h <= network.heads && position > 0; ++h)
        all.push_back(found(network, layer, h, held[position], held, position, budget));
    return all;
}

}  // namespace

bool accepts(const PositionFree& network, const std::vector<std::size_t>& word, Budget& budget) {
    std::vector<Held> held = word;
    held.push_back(network.alphabet.size());
    for (std::size_t layer = 1; layer < network.layers; ++layer) {
        std::vector<Held> next;
        for (std::size_t i = 0; i < held.size(); ++i) {
            std::vector<std::size_t> place = seen(network, layer, i, held, budget);
            place.insert(place.begin(), layer);
            const auto entry = network.becomes.find(place);
            next.push_back(entry == network.becomes.end() ? 0 : entry->second);
        }
        held = std::move(next);
    }
    return network.accept.contains(seen(network, network.layers, held.size() - 1, held, budget));
}

}  // namespace attest::checker
