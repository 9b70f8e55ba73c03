// As `annealing`, for all functions of a few bits: truth tables are single numbers, and what a position can hold with a symbol
// is one of at most 1050 tables, of which each change takes any.

#include "decide/threshold/one_bit_networks.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace attest::threshold {

namespace {

constexpr double warmth = 0.6;  // in words; quickest on average of what was tried for five inputs
constexpr std::uint64_t changes_between_looks = 1024;

/// By how much worse a change is: it is made if a random number of 32 bits is below.
std::array<std::uint64_t, 33> luck() {
    std::array<std::uint64_t, 33> below{};
    for (std::size_t d = 0; d < below.size(); ++d)
        below[d] = static_cast<std::uint64_t>(std::exp(-static_cast<double>(d) / warmth) * 0x1p32);
    return below;
}

/// A number below a bound that is small, as good as uniform.
std::size_t below(std::uint64_t& bits, std::size_t bound) {
    const std::size_t number = (bits & 0xffff) * bound >> 16U;
    bits >>= 16U;
    return number;
}

}  // namespace

OneBitNetworks::OneBitNetworks(unsigned inputs) : inputs_(inputs) {
    const unsigned words = 1U << inputs;
    for (unsigned x = 0; x < words; ++x)
        for (unsigned i = 0; i < inputs; ++i) with_[i][x >> (inputs - 1 - i) & 1U] |= 1U << x;
    for (unsigned j = 0; j < inputs; ++j)
        for (const std::size_t own : {0U, 1U}) {
            add_lists(j, own, with_[j][own], ((1U << inputs) - 1) & ~(1U << j), 0);
            std::vector<std::uint32_t>& lists = lists_[j][own];
            std::sort(lists.begin(), lists.end());
            lists.erase(std::unique(lists.begin(), lists.end()), lists.end());
        }
}

/// All lists of these symbols on a cube, what was decided before being held.
void OneBitNetworks::add_lists(std::size_t position, std::size_t own, std::uint32_t cube, unsigned symbols,
                               std::uint32_t held) {
    lists_[position][own].push_back(held);
    lists_[position][own].push_back(held | cube);
    for (unsigned i = 0; i < inputs_; ++i)
        for (const std::size_t sought : {0U, 1U})
            for (const bool value : {false, true})
                if ((symbols >> i & 1U) != 0)
                    add_lists(position, own, cube & with_[i][1 - sought], symbols & ~(1U << i),
                              held | (value ? cube & with_[i][sought] : 0));
}

/// Whether a list of symbols of other positions than one tells what is held: symbols on whose words one thing is held
/// can always come first.
bool OneBitNetworks::is_list(std::uint32_t words, std::uint32_t held, std::size_t without) const {
    for (bool more = true; more && words != 0;) {
        more = false;
        for (std::size_t i = 0; i < inputs_; ++i)
            for (const std::uint32_t with : with_[i]) {
                const std::uint32_t here = words & with;
                if (i == without || here == 0 || ((here & held) != 0 && (here & ~held) != 0)) continue;
                words &= ~here;
                more = true;
            }
    }
    return words == 0;
}

/// The words, of those given, on which no order of the reader is right: pairs on whose words there is one answer can
/// always come first.
std::uint32_t OneBitNetworks::stuck(std::uint32_t words, const OneBitNetwork& network, std::uint32_t table) const {
    for (bool more = true; more && words != 0;) {
        more = false;
        for (unsigned j = 0; j < inputs_; ++j)
            for (const std::uint32_t with : {network.held[j], ~network.held[j]}) {
                const std::uint32_t here = words & with;
                if (here == 0 || ((here & table) != 0 && (here & ~table) != 0)) continue;
                words &= ~here;
                more = true;
            }
    }
    return words;
}

int OneBitNetworks::cost(const OneBitNetwork& network, std::uint32_t table) const {
    const auto& last = with_[inputs_ - 1];
    return std::popcount(stuck(last[0], network, table)) + std::popcount(stuck(last[1], network, table));
}

bool OneBitNetworks::computes(const OneBitNetwork& network, std::uint32_t table) const {
    const std::uint32_t all = with_[0][0] | with_[0][1];
    for (std::size_t j = 0; j < network.held.size(); ++j) {
        if ((network.held[j] & ~(j < inputs_ ? all : 0)) != 0) return false;
        for (const std::uint32_t own : with_[j])
            if (!is_list(own, network.held[j], j)) return false;
    }
    return (table & ~all) == 0 && cost(network, table) == 0;
}

OneBitNetwork OneBitNetworks::any(base::Random& random) const {
    OneBitNetwork network;
    for (std::size_t j = 0; j < inputs_; ++j)
        for (const auto& lists : lists_[j]) network.held[j] |= lists[random.below(lists.size())];
    return network;
}

std::optional<std::uint64_t> OneBitNetworks::find(std::uint32_t table, OneBitNetwork& network, base::Random& random,
                                                  const base::Limits& limits) const {
    static const std::array<std::uint64_t, 33> accepted_below = luck();
    int now = cost(network, table);
    for (std::uint64_t change = 0;; ++change) {
        if (now == 0) return change;
        if (change % changes_between_looks == 0 && limits.exceeded()) return std::nullopt;
        std::uint64_t bits = random.bits();
        const std::size_t j = below(bits, inputs_), own = bits & 1U;
        bits >>= 1U;
        const std::vector<std::uint32_t>& lists = lists_[j][own];
        const std::uint32_t before = network.held[j];
        network.held[j] = (before & with_[j][1 - own]) | lists[below(bits, lists.size())];
        const int next = cost(network, table);
        if (next > now && (random.bits() & 0xffffffff) >= accepted_below[static_cast<std::size_t>(next - now)])
            network.held[j] = before;
        else now = next;
    }
}

}  // namespace attest::threshold
