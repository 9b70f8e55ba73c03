#include "bits.hpp"

#include <algorithm>

namespace attest::programs::residual {

Bit all_of(Builder& builder, std::vector<Bit> bits) {
    std::sort(bits.begin(), bits.end());
    bits.erase(std::unique(bits.begin(), bits.end()), bits.end());
    std::erase(bits, Bit(true));
    if (bits.empty()) return true;
    // A bit and its negation are neighbours.
    const auto opposed = std::adjacent_find(bits.begin(), bits.end(), [](Bit a, Bit b) { return b == !a; });
    if (bits[0] == Bit(false) || opposed != bits.end()) return false;
    if (bits.size() == 1) return bits[0];
    Form sum = 1 - static_cast<int>(bits.size());
    for (const Bit bit : bits) sum = std::move(sum) + bit.form();
    return Bit::of(builder.unit(sum));
}

Bit any_of(Builder& builder, std::vector<Bit> bits) {
    for (Bit& bit : bits) bit = !bit;
    return !all_of(builder, std::move(bits));
}

}  // namespace attest::programs::residual
