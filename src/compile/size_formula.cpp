#include <algorithm>
#include <cmath>

#include "compile/tables.hpp"

namespace attest::compile {

namespace {

/// heads: by layer
double formula_log2(std::size_t symbols, const std::vector<std::size_t>& heads, std::int64_t n) {
    // log2 v_k = log2 v_{k-1} + H log2(n v_{k-1}); the sum is within a factor of its greatest terms, added exactly
    // enough by log-sum-exp.
    const double log_n = std::log2(static_cast<double>(n));
    double v = std::log2(static_cast<double>(symbols));
    std::vector<double> terms{0};  // the output gate
    for (std::size_t k = 0; k < heads.size(); ++k) {
        v += static_cast<double>(heads[k]) * (log_n + v);
        terms.push_back(k + 1 < heads.size() ? 1 + log_n + v : v);
    }
    const double greatest = *std::max_element(terms.begin(), terms.end());
    double sum = 0;
    for (const double t : terms) sum += std::exp2(t - greatest);
    return greatest + std::log2(sum);
}

}  // namespace

double size_formula_log2(const network::Transformer& transformer, std::int64_t n) {
    std::vector<std::size_t> heads;
    for (const network::Layer& layer : transformer.layers)
        heads.push_back(layer.attention ? layer.attention->heads.size() : 0);
    return formula_log2(transformer.alphabet.size(), heads, n);
}

double size_formula_log2(const network::Guhat& guhat) {
    return formula_log2(
        guhat.alphabet.size(),
        std::vector<std::size_t>(static_cast<std::size_t>(guhat.layers), static_cast<std::size_t>(guhat.heads)),
        guhat.positions());
}

}  // namespace attest::compile
