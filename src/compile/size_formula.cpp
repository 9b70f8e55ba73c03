#include <algorithm>
#include <cmath>

#include "attest/compile/compile.hpp"

namespace attest::compile {

double size_formula_log2(const model::Transformer& transformer, std::int64_t n) {
    // log2 v_k = log2 v_{k-1} + H log2(n v_{k-1}); the sum is within a factor of its greatest terms, added exactly
    // enough by log-sum-exp.
    const double log_n = std::log2(static_cast<double>(n));
    double v = std::log2(static_cast<double>(transformer.alphabet.size()));
    std::vector<double> terms{0};  // the output gate
    for (std::size_t k = 0; k < transformer.layers.size(); ++k) {
        const auto& attention = transformer.layers[k].attention;
        v += static_cast<double>(attention ? attention->heads.size() : 0) * (log_n + v);
        terms.push_back(k + 1 < transformer.layers.size() ? 1 + log_n + v : v);
    }
    const double greatest = *std::max_element(terms.begin(), terms.end());
    double sum = 0;
    for (const double t : terms) sum += std::exp2(t - greatest);
    return greatest + std::log2(sum);
}

}  // namespace attest::compile
