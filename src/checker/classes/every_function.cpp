#include "checker/classes/every_function.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <string>
#include <utility>
#include <vector>

#include "checker/kernel/defect.hpp"

// Obligation `network` of a census. Theorem (FORMAT.md section 9.16): if positions can hold v₁ … v_N after the first layer, and a
// reader that knows the last symbol tells f from what they hold, some network computes f; and then one computes every
// image of f under permutations and complements. Why the lines are all functions: no two of them are images of each
// other, each being the least of its images and less than the next, and their images are as many as there are functions.

namespace attest::checker {
namespace {

using Table = std::uint32_t;  ///< bit k is the value on the k-th word

/// A line of the file after another.
class Lines {
  public:
    Lines(std::string_view text, std::size_t inputs) : left_(text), digits_((std::size_t{1} << inputs) / 4) {}

    bool next() {
        ++line_;
        return !left_.empty();
    }
    /// A table in hexadecimal digits, the first word's value first, and the character behind it.
    Table table(char behind) {
        if (left_.size() <= digits_) fail("a table of " + std::to_string(digits_) + " digits was expected");
        Table table = 0;
        for (std::size_t d = 0; d < digits_; ++d) {
            const std::size_t digit = std::string_view("0123456789abcdef").find(left_[d]);
            if (digit == std::string_view::npos) fail("lower-case hexadecimal digits were expected");
            for (std::size_t b = 0; b < 4; ++b) table |= static_cast<Table>(digit >> (3 - b) & 1) << (4 * d + b);
        }
        if (left_[digits_] != behind)
            fail(behind == '\n' ? "the end of the line was expected" : "a blank was expected");
        left_.remove_prefix(digits_ + 1);
        return table;
    }
    [[noreturn]] void fail(const std::string& reason) const {
        throw Defect("networks.txt: line " + std::to_string(line_), reason);
    }

  private:
    std::string_view left_;
    const std::size_t digits_;
    std::uint64_t line_ = 0;
};

/// All functions of so many bits.
class Functions {
  public:
    explicit Functions(std::size_t inputs) : inputs_(inputs), words_(std::size_t{1} << inputs) {
        all_ = static_cast<Table>((std::uint64_t{1} << words_) - 1);
        for (std::size_t k = 0; k < words_; ++k)
            for (std::size_t i = 0; i < inputs; ++i) with_[i][k >> (inputs - 1 - i) & 1] |= Table{1} << k;
        order_swaps();
    }

    /// Whether position j, counted from 0, can hold the values of the table.
    bool can_hold(std::size_t j, Table held) const {
        std::vector<Table> symbols;
        for (std::size_t i = 0; i < inputs_; ++i)
            if (i != j) symbols.insert(symbols.end(), with_[i].begin(), with_[i].end());
        return all_taken(with_[j][0], held, symbols) && all_taken(with_[j][1], held, symbols);
    }

    /// Whether a reader that knows the last symbol tells the function from what the positions hold.
    bool is_told(Table function, const std::vector<Table>& held) const {
        std::vector<Table> pairs;
        for (const Table v : held) pairs.insert(pairs.end(), {v, all_ & ~v});
        const auto& last = with_[inputs_ - 1];
        return all_taken(last[0], function, pairs) && all_taken(last[1], function, pairs);
    }

    /// How many changes of the inputs and the value leave the function as it is; 0 if one makes it less.
    std::uint64_t symmetries(const Table function) const {
        std::uint64_t same = 0;
        std::array<Table, 32> images{};  // those by complements of inputs
        Table reordered = function;
        for (const std::size_t swap : swaps_) {
            images[0] = reordered;
            for (std::size_t i = 0; i < inputs_; ++i) {
                const std::size_t by = std::size_t{1} << i;
                for (std::size_t k = 0; k < by; ++k) images[by + k] = flipped(images[k], i);
            }
            std::size_t less = 0, equal = 0;
            for (std::size_t k = 0; k < words_; ++k) {
                const Table image = std::min(images[k], all_ & ~images[k]);
                less += image < function ? 1U : 0U;
                equal += image == function ? 1U : 0U;
            }
            if (less > 0) return 0;
            same += equal;
            reordered = swapped(reordered, swap);
        }
        return same;
    }

    /// How many changes there are.
    std::uint64_t changes() const { return 2 * words_ * swaps_.size(); }

  private:
    /// Whether the words are used up by taking out those of them that are in a set, while the function has one value there.
    static bool all_taken(Table words, Table function, const std::vector<Table>& sets) {
        for (bool more = true; more && words != 0;) {
            more = false;
            for (const Table set : sets) {
                const Table here = words & set;
                if (here == 0 || ((here & function) != 0 && (here & ~function) != 0)) continue;
                words &= ~here;
                more = true;
            }
        }
        return words == 0;
    }

    /// Inputs counted from the last: bit i of a word's number.
    Table flipped(Table table, std::size_t i) const {
        const std::size_t by = std::size_t{1} << i;
        const Table zeros = with_[inputs_ - 1 - i][0];
        return (table & zeros) << by | (table >> by & zeros);
    }

    /// Inputs i and i + 1, counted from the last, in each other's place.
    Table swapped(Table table, std::size_t i) const {
        const std::size_t by = std::size_t{1} << i;
        const Table lower = with_[inputs_ - 1 - i][1] & with_[inputs_ - 2 - i][0], upper = lower << by;
        return (table & ~(lower | upper)) | (table & lower) << by | (table >> by & lower);
    }

    /// Swaps of neighbours that lead through all orders of the inputs: the greatest number that can moves on
    /// (Steinhaus, Johnson, Trotter). The last of them, by which nothing new is met, is any.
    void order_swaps() {
        std::vector<std::pair<std::size_t, int>> order;  // number, direction
        for (std::size_t i = 0; i < inputs_; ++i) order.emplace_back(i, -1);
        while (true) {
            std::size_t moves = inputs_;
            for (std::size_t p = 0; p < inputs_; ++p) {
                const std::size_t to = p + static_cast<std::size_t>(order[p].second);
                if (to < inputs_ && order[to].first < order[p].first &&
                    (moves == inputs_ || order[p].first > order[moves].first))
                    moves = p;
            }
            if (moves == inputs_) break;
            const auto [number, direction] = order[moves];
            const std::size_t to = moves + static_cast<std::size_t>(direction);
            swaps_.push_back(std::min(moves, to));
            std::swap(order[moves], order[to]);
            for (auto& [other, its_direction] : order)
                if (other > number) its_direction = -its_direction;
        }
        swaps_.push_back(0);
    }

    std::size_t inputs_, words_;
    Table all_ = 0;
    std::array<std::array<Table, 2>, 5> with_{};  ///< the words with this symbol at this position
    std::vector<std::size_t> swaps_;
};

}  // namespace

std::uint64_t check_every_function(std::string_view text, std::size_t inputs, std::uint64_t lines, Budget& budget) {
    const Functions functions(inputs);
    Lines line(text, inputs);
    std::vector<Table> held(inputs);
    std::uint64_t covered = 0, count = 0, least = 0;
    for (; line.next(); ++count) {
        budget.step(functions.changes());
        const Table function = line.table(' ');
        for (std::size_t j = 0; j < inputs; ++j) held[j] = line.table(j + 1 == inputs ? '\n' : ' ');
        for (std::size_t j = 0; j < inputs; ++j)
            if (!functions.can_hold(j, held[j]))
                line.fail("position " + std::to_string(j + 1) + " cannot hold its values after one layer");
        if (!functions.is_told(function, held)) line.fail("no reader tells the function from what positions hold");
        if (function < least) line.fail("the functions do not ascend");
        least = std::uint64_t{function} + 1;
        const std::uint64_t same = functions.symmetries(function);
        if (same == 0) line.fail("the function is not the least of its images");
        covered += functions.changes() / same;
    }
    if (count != lines)
        throw Defect("manifest.json: evidence.classes", "networks.txt has " + std::to_string(count) + " lines");
    const std::uint64_t all = std::uint64_t{1} << (std::size_t{1} << inputs);
    if (covered != all)
        throw Defect("networks.txt", "its functions have " + std::to_string(covered) + " images, of " +
                                         std::to_string(all) + " functions");
    return all;
}

}  // namespace attest::checker
