#include "attest/measure/function/shape.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace attest::measure {

namespace {

constexpr std::array<std::uint64_t, 6> zero_side = {0x5555555555555555, 0x3333333333333333, 0x0f0f0f0f0f0f0f0f,
                                                    0x00ff00ff00ff00ff, 0x0000ffff0000ffff, 0x00000000ffffffff};

Direction direction_in_word(const TruthTable& f, unsigned j) {
    Direction d;
    for (const std::uint64_t word : f.words()) {
        const std::uint64_t zero = word & zero_side[j], one = word >> (1U << j) & zero_side[j];
        d.rises |= (~zero & one) != 0;
        d.falls |= (zero & ~one) != 0;
        if (d.rises && d.falls) break;
    }
    return d;
}

Direction direction_of_words(const TruthTable& f, unsigned j) {
    Direction d;
    const std::span<const std::uint64_t> words = f.words();
    const std::size_t stride = std::size_t{1} << (j - 6);
    for (std::size_t block = 0; block < words.size() && !(d.rises && d.falls); block += 2 * stride) {
        std::uint64_t up = 0, down = 0;
        for (std::size_t k = block; k < block + stride; ++k) {
            up |= ~words[k] & words[k + stride];
            down |= words[k] & ~words[k + stride];
        }
        d.rises |= up != 0;
        d.falls |= down != 0;
    }
    return d;
}

/// Whether all inputs agree with the least one of their weight.
std::optional<std::vector<bool>> values_by_weight(const TruthTable& f) {
    const unsigned n = f.variables();
    std::vector<bool> value;
    for (unsigned k = 0; k <= n; ++k) value.push_back(f[static_cast<Input>((std::uint64_t{1} << k) - 1)]);
    std::array<std::uint64_t, 7> of_weight{};
    for (unsigned b = 0; b < 64; ++b) of_weight[static_cast<std::size_t>(std::popcount(b))] |= std::uint64_t{1} << b;
    std::vector<std::uint64_t> expected;  // by weight of the word's number
    for (unsigned high = 0; high + std::min(n, 6U) <= n; ++high) {
        std::uint64_t word = 0;
        for (unsigned low = 0; low <= std::min(n, 6U); ++low)
            if (value[high + low]) word |= of_weight[low];
        expected.push_back(word & f.used_bits());
    }
    const std::span<const std::uint64_t> words = f.words();
    for (std::size_t w = 0; w < words.size(); ++w)
        if (words[w] != expected[static_cast<std::size_t>(std::popcount(w))]) return std::nullopt;
    return value;
}

}  // namespace

std::vector<unsigned> Shape::relevant_positions() const {
    std::vector<unsigned> positions;
    for (unsigned i = 1; i <= directions.size(); ++i)
        if (directions[i - 1].relevant()) positions.push_back(i);
    return positions;
}

bool Shape::monotone() const {
    return std::none_of(directions.begin(), directions.end(), [](const Direction& d) { return d.falls; });
}

bool Shape::unate() const {
    return std::none_of(directions.begin(), directions.end(), [](const Direction& d) { return d.rises && d.falls; });
}

unsigned Shape::sign_changes() const {
    unsigned changes = 0;
    for (std::size_t k = 1; k < by_weight->size(); ++k) changes += (*by_weight)[k] != (*by_weight)[k - 1] ? 1 : 0;
    return changes;
}

Shape shape(const TruthTable& f) {
    Shape result;
    const unsigned n = f.variables();
    for (unsigned i = 1; i <= n; ++i) {
        const unsigned j = bit_of(i, n);
        result.directions.push_back(j < 6 ? direction_in_word(f, j) : direction_of_words(f, j));
    }
    result.by_weight = values_by_weight(f);
    return result;
}

}  // namespace attest::measure
