#include "checker/classes/position_free.hpp"

#include <limits>

// Evaluation by the definition of FORMAT.md section 9.8: attention and activation see values, never positions, and a
// head attends to the leftmost visible position whose value is in the best class. What such a network does is the same
// at all lengths, which is why its words are those of all lengths up to N.

namespace attest::checker {
namespace {

using Value = PositionFree::Value;

/// The value that a head finds to the left of a position: of the best class, the leftmost.
Value found(const PositionFree& network, std::size_t layer, std::size_t head, Value own,
            const std::vector<Value>& activations, std::size_t visible, Budget& budget) {
    constexpr std::size_t last = std::numeric_limits<std::size_t>::max();
    budget.step(8 * visible);
    Value best = activations[0];
    std::size_t best_class = last;
    for (std::size_t j = 0; j < visible; ++j) {
        const auto listed = network.classes.find({layer, head, own, activations[j]});
        if (listed == network.classes.end() || listed->second >= best_class) continue;
        best = activations[j];
        best_class = listed->second;
    }
    return best;
}

/// What a position (from 0) knows after attention: its value, then what each head found. The first sees nothing.
std::vector<Value> seen(const PositionFree& network, std::size_t layer, std::size_t position,
                        const std::vector<Value>& activations, Budget& budget) {
    std::vector<Value> all{activations[position]};
    for (std::size_t h = 1; h <= network.heads && position > 0; ++h)
        all.push_back(found(network, layer, h, activations[position], activations, position, budget));
    return all;
}

}  // namespace

bool accepts(const PositionFree& network, const std::vector<std::size_t>& word, Budget& budget) {
    std::vector<Value> activations = word;
    activations.push_back(network.alphabet.size());
    for (std::size_t layer = 1; layer < network.layers; ++layer) {
        std::vector<Value> next;
        for (std::size_t i = 0; i < activations.size(); ++i) {
            std::vector<std::size_t> place = seen(network, layer, i, activations, budget);
            place.insert(place.begin(), layer);
            const auto entry = network.becomes.find(place);
            next.push_back(entry == network.becomes.end() ? 0 : entry->second);
        }
        activations = std::move(next);
    }
    return network.accept.contains(seen(network, network.layers, activations.size() - 1, activations, budget));
}

}  // namespace attest::checker
