#include "measure/function/block_sensitivity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <numeric>
#include <unordered_map>

// At one input, some blocks of a best choice can be taken to be minimal. A sensitive position is a minimal
// block by itself and in no other, so all of them are chosen, and what is left is to pack minimal blocks of
// two positions and more into the other positions. Hence s(x) + (n − s(x)) / 2 bounds the result from above,
// beside the size of a least certificate. Most inputs fall to these bounds.
//
// The packing is a search with memory: the lowest position that is left either stays out or belongs to one
// of the blocks that begin with it.

namespace attest::measure {

namespace {

Input sensitive_positions(const TruthTable& f, Input x) {
    Input set = 0;
    for (unsigned j = 0; j < f.variables(); ++j)
        if (f[x ^ Input{1} << j] != f[x]) set |= Input{1} << j;
    return set;
}

/// The greatest number of disjoint blocks, and these.
class Packing {
  public:
    Packing(std::vector<Input> blocks, std::uint64_t most_steps) : left_(most_steps) {
        for (const Input b : blocks) by_lowest_[static_cast<std::size_t>(std::countr_zero(b))].push_back(b);
    }

    /// Disjoint blocks within a set. Nothing if the steps do not suffice.
    std::optional<unsigned> most_within(Input set) {
        while (set != 0 && by_lowest_[static_cast<std::size_t>(std::countr_zero(set))].empty()) set &= set - 1;
        if (std::popcount(set) < 2) return 0;
        if (const auto known = memory_.find(set); known != memory_.end()) return known->second.count;
        const Input rest = set & (set - 1);
        const auto without = most_within(rest);
        if (!without) return std::nullopt;
        Choice best{*without, 0};
        const auto bound = static_cast<unsigned>(std::popcount(set)) / 2;
        for (const Input b : by_lowest_[static_cast<std::size_t>(std::countr_zero(set))]) {
            if (best.count == bound) break;
            if ((b & ~set) != 0) continue;
            if (left_-- == 0) return std::nullopt;
            const auto others = most_within(set & ~b);
            if (!others) return std::nullopt;
            if (*others + 1 > best.count) best = {*others + 1, b};
        }
        memory_.emplace(set, best);
        return best.count;
    }

    /// After most_within(set): such blocks.
    std::vector<Input> chosen(Input set) const {
        std::vector<Input> blocks;
        while (set != 0) {
            const auto known = memory_.find(set);
            const Input b = known == memory_.end() ? 0 : known->second.block;
            if (b != 0) blocks.push_back(b);
            set &= b != 0 ? ~b : set - 1;
        }
        return blocks;
    }

    std::uint64_t steps_left() const { return left_; }

  private:
    struct Choice {
        unsigned count;
        Input block;  // 0: the lowest position stays out
    };
    std::array<std::vector<Input>, 32> by_lowest_;
    std::unordered_map<Input, Choice> memory_;
    std::uint64_t left_;
};

/// Sets of bits of a word of m ≤ 30 bits, as a bit table: bit S of it.
using Family = std::vector<std::uint64_t>;

/// By sets: whether some set that is one smaller is in the family.
Family one_more(const Family& family, unsigned m) {
    static constexpr std::array<std::uint64_t, 6> low_half = {0x5555555555555555, 0x3333333333333333,
                                                              0x0f0f0f0f0f0f0f0f, 0x00ff00ff00ff00ff,
                                                              0x0000ffff0000ffff, 0x00000000ffffffff};
    Family grown(family.size(), 0);
    for (unsigned j = 0; j < m; ++j)
        for (std::size_t w = 0; w < family.size(); ++w) {
            if (j < 6) grown[w] |= (family[w] & low_half[j]) << (1U << j);
            else if ((w >> (j - 6) & 1U) != 0) grown[w] |= family[w ^ std::size_t{1} << (j - 6)];
        }
    return grown;
}

/// The sets of a family of which no proper subset belongs to it.
Family minimal(const Family& family, unsigned m) {
    Family up = family;  // closed upwards, level by level of the smallest new element
    for (unsigned j = 0; j < m; ++j)
        for (std::size_t w = 0; w < up.size(); ++w) {
            static constexpr std::array<std::uint64_t, 6> low_half = {0x5555555555555555, 0x3333333333333333,
                                                                      0x0f0f0f0f0f0f0f0f, 0x00ff00ff00ff00ff,
                                                                      0x0000ffff0000ffff, 0x00000000ffffffff};
            if (j < 6) up[w] |= (up[w] & low_half[j]) << (1U << j);
            else if ((w >> (j - 6) & 1U) != 0) up[w] |= up[w ^ std::size_t{1} << (j - 6)];
        }
    const Family above = one_more(up, m);
    Family result = family;
    for (std::size_t w = 0; w < result.size(); ++w) result[w] &= ~above[w];
    return result;
}

/// The minimal blocks of x among some positions.
std::vector<Input> minimal_blocks_within(const TruthTable& f, Input x, Input positions) {
    const auto m = static_cast<unsigned>(std::popcount(positions));
    Family sensitive(std::max<std::size_t>(1, (std::size_t{1} << m) / 64), 0);
    const bool value = f[x];
    Input set = 0;  // runs through the subsets of positions in ascending order
    for (std::size_t k = 0; k < std::size_t{1} << m; ++k) {
        if (f[x ^ set] != value) sensitive[k / 64] |= std::uint64_t{1} << k % 64;
        set = (set - positions) & positions;
    }
    const Family least = minimal(sensitive, m);
    std::vector<Input> blocks;
    set = 0;
    for (std::size_t k = 0; k < std::size_t{1} << m; ++k) {
        if ((least[k / 64] >> k % 64 & 1U) != 0) blocks.push_back(set);
        set = (set - positions) & positions;
    }
    std::stable_sort(blocks.begin(), blocks.end(),
                     [](Input a, Input b) { return std::popcount(a) < std::popcount(b); });
    return blocks;
}

}  // namespace

unsigned BlockSensitivity::lower() const {
    return std::max(sides[0] ? sides[0]->lower : 0, sides[1] ? sides[1]->lower : 0);
}
unsigned BlockSensitivity::upper() const {
    return std::max(sides[0] ? sides[0]->upper : 0, sides[1] ? sides[1]->upper : 0);
}

std::vector<Input> minimal_blocks(const TruthTable& f, Input x) {
    return minimal_blocks_within(f, x, static_cast<Input>(f.size() - 1));
}

BlockSensitivity block_sensitivity(const TruthTable& f, std::span<const std::uint8_t> certificate_sizes,
                                   std::uint64_t most_steps, const base::Limits& limits) {
    const unsigned n = f.variables();
    const auto all = static_cast<Input>(f.size() - 1);
    std::vector<std::uint8_t> bound(f.size());
    std::vector<std::vector<Input>> of_bound(n + 1);
    BlockSensitivity result;
    for (std::uint64_t k = 0; k < f.size(); ++k) {
        const auto x = static_cast<Input>(k);
        const auto s = static_cast<unsigned>(std::popcount(sensitive_positions(f, x)));
        bound[k] = static_cast<std::uint8_t>(std::min<unsigned>(certificate_sizes[k], s + (n - s) / 2));
        of_bound[bound[k]].push_back(x);
        auto& side = result.sides[f[x] ? 1 : 0];
        if (!side) side.emplace(BlockSensitivity::Side{0, 0, x, {}});
        if (s > side->lower) {
            side->lower = s;
            side->at = x;
        }
    }
    for (auto& side : result.sides) {
        if (!side) continue;
        for (Input set = sensitive_positions(f, side->at); set != 0; set &= set - 1)
            side->blocks.push_back(set & ~(set - 1));
        side->upper = side->lower;
    }
    const auto give_up_at = [&](Input x, verdict::Undecided why) {
        auto& side = result.sides[f[x] ? 1 : 0];
        side->upper = std::max<unsigned>(side->upper, bound[x]);
        if (!result.unfinished) result.unfinished = std::move(why);
    };
    for (unsigned b = n + 1; b-- > 0;)
        for (const Input x : of_bound[b]) {
            auto& side = *result.sides[f[x] ? 1 : 0];
            if (b <= side.lower) continue;
            if (const auto limit = limits.exceeded()) {
                give_up_at(x, {verdict::reason_of(*limit), "in the middle of block sensitivity"});
                continue;
            }
            if (most_steps == 0) {
                give_up_at(x, {verdict::Reason::deadline, "block sensitivity takes more than its share of steps"});
                continue;
            }
            const Input alone = sensitive_positions(f, x);
            Packing packing(minimal_blocks_within(f, x, all & ~alone), most_steps);
            const auto others = packing.most_within(all & ~alone);
            most_steps = others ? packing.steps_left() : 0;
            if (!others) {
                give_up_at(x, {verdict::Reason::deadline, "block sensitivity takes more than its share of steps"});
                continue;
            }
            const unsigned found = static_cast<unsigned>(std::popcount(alone)) + *others;
            if (found <= side.lower) continue;
            side.lower = found;
            side.upper = std::max(side.upper, found);
            side.at = x;
            side.blocks = packing.chosen(all & ~alone);
            for (Input set = alone; set != 0; set &= set - 1) side.blocks.push_back(set & ~(set - 1));
        }
    return result;
}

}  // namespace attest::measure
