#include "decide/threshold/npn.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace attest::threshold {

namespace {

/// The function that reads input order[i], complemented where `flips` has bit i, in place of input i.
std::uint32_t changed(std::uint32_t table, const std::vector<unsigned>& order, std::uint32_t flips) {
    std::uint32_t image = 0;
    for (std::uint32_t x = 0; x < 1U << order.size(); ++x) {
        std::uint32_t y = 0;
        for (unsigned i = 0; i < order.size(); ++i) y |= ((x >> order[i] ^ flips >> i) & 1) << i;
        image |= (table >> y & 1) << x;
    }
    return image;
}

}  // namespace

std::vector<NpnClass> npn_classes(unsigned inputs) {
    const std::uint32_t words = 1U << inputs;
    const auto all = static_cast<std::uint32_t>((std::uint64_t{1} << words) - 1);
    std::vector<bool> met(std::size_t{all} + 1);
    std::vector<NpnClass> classes;
    for (std::uint32_t table = 0; table <= all; ++table) {
        if (met[table]) continue;
        NpnClass c{table, 0};
        std::vector<unsigned> order(inputs);
        std::iota(order.begin(), order.end(), 0U);
        do
            for (std::uint32_t flips = 0; flips < words; ++flips) {
                const std::uint32_t image = changed(table, order, flips);
                for (const std::uint32_t member : {image, all & ~image}) {
                    if (!met[member]) ++c.size;
                    met[member] = true;
                }
            }
        while (std::next_permutation(order.begin(), order.end()));
        classes.push_back(c);
    }
    return classes;
}

std::string table_name(std::uint32_t table, unsigned inputs) {
    std::string digits;
    for (std::uint32_t x = 0; x < 1U << inputs; x += 4) {
        unsigned digit = 0;
        for (std::uint32_t b = 0; b < 4; ++b) digit = digit << 1 | (table >> (x + b) & 1);
        digits += fmt::format("{:x}", digit);
    }
    return "table:" + digits;
}

}  // namespace attest::threshold
