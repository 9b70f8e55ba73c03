#include "definitions.hpp"

#include <algorithm>

namespace attest::tests {

namespace {

unsigned most_disjoint(const std::vector<Input>& blocks, std::size_t from, Input used) {
    unsigned best = 0;
    for (std::size_t k = from; k < blocks.size(); ++k)
        if ((blocks[k] & used) == 0) best = std::max(best, 1 + most_disjoint(blocks, k + 1, used | blocks[k]));
    return best;
}

/// Of the function that is left when the positions of `fixed` are as in x.
unsigned depth(const TruthTable& f, Input fixed, Input x) {
    bool seen[2] = {false, false};
    for (Input y = 0; y < f.size(); ++y)
        if (((x ^ y) & fixed) == 0) seen[f[y] ? 1 : 0] = true;
    if (!seen[0] || !seen[1]) return 0;
    unsigned best = f.variables();
    for (unsigned j = 0; j < f.variables(); ++j) {
        const Input bit = Input{1} << j;
        if ((fixed & bit) != 0) continue;
        best = std::min(best, 1 + std::max(depth(f, fixed | bit, x & ~bit), depth(f, fixed | bit, x | bit)));
    }
    return best;
}

}  // namespace

unsigned sensitivity_at(const TruthTable& f, Input x) {
    unsigned count = 0;
    for (unsigned j = 0; j < f.variables(); ++j) count += f[x ^ Input{1} << j] != f[x] ? 1 : 0;
    return count;
}

unsigned block_sensitivity_at(const TruthTable& f, Input x) {
    std::vector<Input> blocks;
    for (Input b = 1; b < f.size(); ++b) {
        if (f[x ^ b] == f[x]) continue;
        bool minimal = true;
        for (const Input smaller : blocks) minimal = minimal && (smaller & ~b) != 0;
        if (minimal) blocks.push_back(b);
    }
    return most_disjoint(blocks, 0, 0);
}

unsigned certificate_at(const TruthTable& f, Input x) {
    unsigned best = f.variables();
    for (Input fixed = 0; fixed < f.size(); ++fixed) {
        bool constant = true;
        for (Input y = 0; y < f.size(); ++y) constant = constant && (((x ^ y) & fixed) != 0 || f[y] == f[x]);
        if (constant) best = std::min(best, static_cast<unsigned>(std::popcount(fixed)));
    }
    return best;
}

unsigned decision_tree(const TruthTable& f) { return depth(f, 0, 0); }

std::int64_t fourier_coefficient(const TruthTable& f, Input s) {
    std::int64_t sum = 0;
    for (Input x = 0; x < f.size(); ++x) sum += (std::popcount(s & x) % 2 == 0) != f[x] ? 1 : -1;
    return sum;
}

std::int64_t multilinear_coefficient(const TruthTable& f, Input s) {
    std::int64_t sum = 0;
    for (Input t = 0; t < f.size(); ++t)
        if ((t & ~s) == 0 && f[t]) sum += std::popcount(s ^ t) % 2 == 0 ? 1 : -1;
    return sum;
}

}  // namespace attest::tests
