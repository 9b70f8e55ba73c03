#include "planes_bounds.hpp"

namespace attest::decide {

namespace {

Potentials zeros(const PlanesRuns& runs, std::size_t reach) {
    Potentials values;
    for (std::size_t t = 0; t <= reach; ++t) values.emplace_back(runs.states[t].size());
    return values;
}

}  // namespace

Potentials extreme_sums(const PlanesRuns& runs, const SymbolWeights& weights, bool greatest) {
    Potentials sums = zeros(runs, weights.reach());
    for (std::size_t t = 0; t < weights.reach(); ++t) {
        std::vector<bool> met(sums[t + 1].size());
        for (const auto& edge : runs.at[t]) {
            const mpz_class sum = sums[t][edge.from] + weights.of[t][edge.symbol];
            mpz_class& best = sums[t + 1][edge.to];
            if (!met[edge.to] || (greatest ? sum > best : sum < best)) best = sum;
            met[edge.to] = true;
        }
    }
    return sums;
}

language::Word extreme_word(const PlanesRuns& runs, const SymbolWeights& weights, const Potentials& sums,
                            std::size_t state) {
    language::Word word(weights.reach());
    for (std::size_t t = weights.reach(); t-- > 0;)
        for (const auto& edge : runs.at[t]) {
            if (edge.to != state || sums[t][edge.from] + weights.of[t][edge.symbol] != sums[t + 1][state]) continue;
            word[t] = static_cast<language::Symbol>(edge.symbol);
            state = edge.from;
            break;
        }
    return word;
}

std::optional<Residues> residues(const PlanesRuns& runs, const SymbolWeights& weights) {
    Residues found{0, zeros(runs, weights.reach())};
    for (std::size_t t = 0; t < weights.reach(); ++t) {
        std::vector<bool> met(found.potential[t + 1].size());
        for (const auto& edge : runs.at[t]) {
            const mpz_class sum = found.potential[t][edge.from] + weights.of[t][edge.symbol];
            mpz_class& known = found.potential[t + 1][edge.to];
            if (!met[edge.to]) known = sum;
            else found.modulus = gcd(found.modulus, sum - known);
            met[edge.to] = true;
        }
    }
    if (found.modulus <= 1) return std::nullopt;
    return found;
}

}  // namespace attest::decide
