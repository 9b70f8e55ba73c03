// A function is the least of its class iff no image of it is less. The upper half of its table, the values at words that
// begin with 1, is compared first, and an image has there some half of the function at some input, changed. So the upper
// half is the least of its own class, of functions of one input fewer; of each such half and all lower ones only those
// images are looked at that have this same upper half: those by a half of its class, and then by what leaves it as it is.

#include "decide/threshold/npn.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>

namespace attest::threshold {

namespace {

/// The permutations and complements of at most four inputs, without and with the complement of the output.
class Changes {
  public:
    explicit Changes(unsigned inputs) : all_((1U << (1U << inputs)) - 1) {
        std::vector<unsigned> order(inputs);
        std::iota(order.begin(), order.end(), 0U);
        do
            for (std::uint32_t flips = 0; flips < 1U << inputs; ++flips) add(order, flips);
        while (std::next_permutation(order.begin(), order.end()));
    }

    std::size_t size() const { return 2 * of_inputs_.size(); }
    std::uint32_t tables() const { return all_; }  ///< the greatest table
    std::uint32_t image(std::size_t change, std::uint32_t table) const {
        const Bytes& of = of_inputs_[change / 2];
        const std::uint32_t moved = of[0][table & 255U] | of[1][table >> 8U];
        return change % 2 == 0 ? moved : all_ & ~moved;
    }

  private:
    using Bytes = std::array<std::array<std::uint16_t, 256>, 2>;  ///< what becomes of each byte of a table

    /// The function that reads input order[i], complemented where `flips` has bit i, in place of input i.
    void add(const std::vector<unsigned>& order, std::uint32_t flips) {
        Bytes& of = of_inputs_.emplace_back();
        for (std::uint32_t x = 0; x < 1U << order.size(); ++x) {
            std::uint32_t y = 0;
            for (unsigned i = 0; i < order.size(); ++i) y |= ((x >> order[i] ^ flips >> i) & 1) << i;
            for (std::uint32_t byte = 0; byte < 256; ++byte)
                of[y / 8][byte] = static_cast<std::uint16_t>(of[y / 8][byte] | (byte >> y % 8 & 1U) << x);
        }
    }

    std::uint32_t all_;
    std::vector<Bytes> of_inputs_;
};

/// Functions of at most four inputs and the least of their classes.
class Halves {
  public:
    explicit Halves(unsigned inputs) : changes_(inputs) {
        const std::size_t tables = std::size_t{changes_.tables()} + 1;
        least_.assign(tables, UINT32_MAX);
        to_least_.resize(tables);
        leave_.resize(tables);
        for (std::uint32_t table = 0; table < tables; ++table) {
            if (least_[table] == UINT32_MAX) add_class(table);
            while (changes_.image(to_least_[table], table) != least_[table]) ++to_least_[table];
        }
    }

    const std::vector<std::uint32_t>& representatives() const { return representatives_; }
    std::uint32_t tables() const { return changes_.tables(); }
    std::uint32_t least(std::uint32_t table) const { return least_[table]; }

    /// How many changes make least(upper) of upper and `bound` of lower; none once some make less of it.
    std::optional<std::uint32_t> ties(std::uint32_t upper, std::uint32_t lower, std::uint32_t bound) const {
        const std::uint32_t moved = changes_.image(to_least_[upper], lower);
        std::uint32_t count = 0;
        for (const std::uint32_t change : leave_[least_[upper]]) {
            const std::uint32_t image = changes_.image(change, moved);
            if (image < bound) return std::nullopt;
            if (image == bound) ++count;
        }
        return count;
    }

  private:
    void add_class(std::uint32_t table) {
        representatives_.push_back(table);
        for (std::uint32_t change = 0; change < changes_.size(); ++change) {
            const std::uint32_t image = changes_.image(change, table);
            least_[image] = table;
            if (image == table) leave_[table].push_back(change);
        }
    }

    const Changes changes_;
    std::vector<std::uint32_t> representatives_, least_;
    std::vector<std::uint32_t> to_least_;            ///< a change that makes a table the least of its class
    std::vector<std::vector<std::uint32_t>> leave_;  ///< of the least ones: changes that leave them as they are
};

/// The words of which bit i of the number is 0.
constexpr std::array<std::uint32_t, 5> without_bit{0x55555555, 0x33333333, 0x0f0f0f0f, 0x00ff00ff, 0x0000ffff};

/// The table of the words of which bit i of the number is 0.
std::uint32_t lower_half(std::uint32_t table, unsigned bit, unsigned inputs) {
    std::uint32_t half = table & without_bit[bit];
    for (unsigned b = bit; b + 1 < inputs; ++b) half = (half | half >> (1U << b)) & without_bit[b + 1];
    return half;
}

/// How many changes leave a function as it is; 0 if some make less of it.
///
/// Needs   an upper half that is the least of its class
std::uint32_t symmetries(const Halves& halves, std::uint32_t upper, std::uint32_t lower, unsigned inputs) {
    const std::uint32_t table = upper << (1U << (inputs - 1)) | lower;
    std::array<std::array<std::uint32_t, 2>, 10> looked_at{};
    std::size_t count = 0;
    for (unsigned bit = inputs; bit-- > 0;) {
        const std::uint32_t zero = lower_half(table, bit, inputs), one = lower_half(table >> (1U << bit), bit, inputs);
        if (halves.least(zero) < upper || halves.least(one) < upper) return 0;
        if (halves.least(one) == upper) looked_at[count++] = {one, zero};
        if (halves.least(zero) == upper) looked_at[count++] = {zero, one};
    }
    std::uint32_t all = 0;
    for (std::size_t k = 0; k < count; ++k) {
        const auto ties = halves.ties(looked_at[k][0], looked_at[k][1], lower);
        if (!ties) return 0;
        all += *ties;
    }
    return all;
}

}  // namespace

std::vector<NpnClass> npn_classes(unsigned inputs) {
    const Halves halves(inputs - 1);
    std::uint32_t changes = 2U << inputs;
    for (std::uint32_t i = 2; i <= inputs; ++i) changes *= i;
    std::vector<NpnClass> classes;
    for (const std::uint32_t upper : halves.representatives())
        for (std::uint32_t lower = 0; lower <= halves.tables(); ++lower)
            if (const std::uint32_t same = symmetries(halves, upper, lower, inputs))
                classes.push_back({upper << (1U << (inputs - 1)) | lower, changes / same});
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
