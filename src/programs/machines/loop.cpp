#include "programs/machines/loop.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

// Giannou et al.: a network of ten layers whose loop is one step of a SUBLEQ computer. FORMAT.md, section 29.2, has the layers
// as layers; here each is what it does to the column 0 and to the rows of the memory, since all else stays as it is: masks
// keep it so. Soft attention looks a column up by its number in binary, with an error that falls as e^(−2 temperature), and the
// adders make it up to 4^N times larger; the last layer takes away what is left, if it is small enough.

namespace attest::machines {

namespace {

using exact::Ball;
using exact::BallVector;
using exact::Rational;

Ball relu(const Ball& x) { return max(x, Ball(0)); }

class Loop {
  public:
    Loop(const SubleqProgram& program, const SubleqRun& run, const LoopSettings& settings, long bits)
        : program_(program), run_(run), settings_(settings), shape_(program.shape), bits_(bits) {
        l_ = shape_.code_bits();
        const Ball x = exp(Ball(Rational(-2 * settings.temperature), bits));
        by_distance_.emplace_back(1);
        for (std::size_t h = 1; h <= l_; ++h) by_distance_.push_back(by_distance_.back() * x);
    }

    LoopOutcome outcome() {
        const std::size_t first = shape_.scratch + shape_.memory, now = first + run_.command();
        read_instruction(now);
        const BallVector a = read_memory(0), b = read_memory(l_);
        const BallVector sum = add(negate(a), b);
        SubleqRun after = run_;
        const SubleqStep step = after.step();
        LoopOutcome result;
        check_pointers(result);
        check_memory(sum, after, result);
        check_next(sum, now, first + step.next, result);
        return result;
    }

  private:
    Ball number(const Rational& x) const { return Ball(x, bits_); }

    /// What a command's numbers are in columns: three codes, one after the other, the last bit first.
    int command_bit(std::size_t command, std::size_t k) const {
        const SubleqCommand& c = program_.commands[command];
        const std::size_t cells = shape_.scratch, first = cells + shape_.memory;
        const std::size_t columns[] = {cells + c.a, cells + c.b, first + c.c};
        return code_bit(columns[k / l_], k % l_);
    }

    /// Layer 1: what the column of the command and the column 0 have between them, doubled, less what was there before.
    void read_instruction(std::size_t now) {
        Ball total(1);
        BallVector sum(3 * l_);
        for (std::size_t j = 1; j < shape_.columns(); ++j) {
            const Ball& weight = by_distance_[static_cast<std::size_t>(std::popcount(now ^ j))];
            total += weight;
            const std::size_t first = shape_.scratch + shape_.memory;
            if (j < first) continue;
            for (std::size_t k = 0; k < sum.size(); ++k)
                if (command_bit(j - first, k) > 0) sum[k] += weight;
                else sum[k] -= weight;
        }
        for (std::size_t k = 0; k < sum.size(); ++k) {
            const Ball old(run_.before() ? command_bit(*run_.before(), k) : 0);
            pointers_.push_back(Ball(2) * (sum[k] + old) / total - old);
        }
    }

    /// Weights of the columns from 1 on, less that of the column 0, for a pointer that begins at this row.
    Ball weight_of_column(std::size_t pointer, std::size_t j) const {
        Ball exponent(0);
        for (std::size_t k = 0; k < l_; ++k) {
            const Ball& r = pointers_[pointer + k];
            exponent += r * (Ball(code_bit(j, k)) - r);
        }
        return exp(number(settings_.temperature) * exponent);
    }

    /// Layer 2: twice what the column of the pointer and the column 0, which has nothing yet, have between them.
    BallVector read_memory(std::size_t pointer) const {
        Ball total(1);
        BallVector sum(shape_.bits);
        for (std::size_t j = 1; j < shape_.columns(); ++j) {
            const Ball weight = weight_of_column(pointer, j);
            total += weight;
            if (j < shape_.scratch || j >= shape_.scratch + shape_.memory) continue;
            for (std::size_t i = 0; i < sum.size(); ++i)
                if (word_bit(run_.memory()[j - shape_.scratch], i) > 0) sum[i] += weight;
                else sum[i] -= weight;
        }
        for (Ball& value : sum) value = Ball(2) * value / total;
        return sum;
    }

    /// The bit i of a sum s of words up to this bit, as −1 or 1 if s is whole.
    Ball bump(const Ball& s, std::size_t i) const {
        const auto at = [&](long times) { return number(Rational(mpz_class(times) << i)); };
        Ball c = relu(s - at(1) + Ball(1)) - relu(s - at(1));
        c += relu(at(2) - s) - relu(at(2) - s - Ball(1));
        c += relu(s - at(3) + Ball(1)) - relu(s - at(3));
        return Ball(2) * c - Ball(3);
    }

    Ball place_value(const Ball& x, std::size_t i) const {
        return number(Rational(mpz_class(1) << i) / 2) * (x + Ball(1));
    }

    /// Layers 3 and 4: bits turned over, and 1 added.
    BallVector negate(BallVector x) const {
        for (Ball& value : x) value = Ball(2) * relu(-value) - Ball(1);
        Ball s(1);
        BallVector result;
        for (std::size_t i = 0; i < x.size(); ++i) {
            s += place_value(x[i], i);
            result.push_back(bump(s, i));
        }
        return result;
    }

    /// Layer 5.
    BallVector add(const BallVector& x, const BallVector& y) const {
        Ball s(0);
        BallVector result;
        for (std::size_t i = 0; i < x.size(); ++i) {
            s += place_value(x[i], i) + place_value(y[i], i);
            result.push_back(bump(s, i));
        }
        return result;
    }

    void check_pointers(LoopOutcome& result) const {
        for (std::size_t k = 0; k < pointers_.size(); ++k)
            check(pointers_[k], command_bit(run_.command(), k), result,
                  [&] { return fmt::format("bit {} of the pointer {}", k % l_ + 1, "abc"[k / l_]); });
    }

    /// Layer 6: each column has itself and the column 0 between them, doubled, less itself.
    void check_memory(const BallVector& sum, const SubleqRun& after, LoopOutcome& result) const {
        for (std::size_t j = 1; j < shape_.columns(); ++j) {
            const Ball own = exp(number(settings_.temperature) * distance_to_pointer(j));
            Ball total = own;
            for (std::size_t k = 1; k < shape_.columns(); ++k)
                total += by_distance_[static_cast<std::size_t>(std::popcount(j ^ k))];
            for (std::size_t i = 0; i < shape_.bits; ++i) {
                Ball value = own * sum[i];
                for (std::size_t k = 0; k < shape_.memory; ++k) {
                    const Ball& weight =
                        by_distance_[static_cast<std::size_t>(std::popcount(j ^ (shape_.scratch + k)))];
                    if (word_bit(run_.memory()[k], i) > 0) value += weight;
                    else value -= weight;
                }
                const bool is_cell = j >= shape_.scratch && j < shape_.scratch + shape_.memory;
                const std::size_t cell = j - shape_.scratch;
                const int old = is_cell ? word_bit(run_.memory()[cell], i) : 0;
                check(Ball(2) * value / total - Ball(old), is_cell ? word_bit(after.memory()[cell], i) : 0, result,
                      [&] {
                          return is_cell ? fmt::format("bit {} of cell {}", i + 1, cell)
                                         : fmt::format("bit {} of column {}", i + 1, j);
                      });
            }
        }
    }

    /// The pointer b times the code of a column, less the number of bits.
    Ball distance_to_pointer(std::size_t j) const {
        Ball sum(-static_cast<long>(l_));
        for (std::size_t k = 0; k < l_; ++k) {
            if (code_bit(j, k) > 0) sum += pointers_[l_ + k];
            else sum -= pointers_[l_ + k];
        }
        return sum;
    }

    /// Layers 7 to 9: whether it jumps, the command after this one, and which of the two is next.
    void check_next(const BallVector& sum, std::size_t now, std::size_t next, LoopOutcome& result) const {
        Ball all(0);
        for (const Ball& y : sum) all += y;
        const Ball flag = relu(sum.back()) + relu(-all - Ball(static_cast<long>(shape_.bits)) + Ball(1));
        const Ball stays = Ball(1) - flag;
        for (std::size_t k = 0; k < l_; ++k) {
            const Ball& jump = pointers_[2 * l_ + k];
            const Ball after(code_bit(now + 1, k));
            const Ball value = relu(jump - stays) - relu(-jump - stays) + relu(after - flag) - relu(-after - flag);
            check(value, code_bit(next, k), result, [&] { return fmt::format("bit {} of the next command", k + 1); });
        }
    }

    /// Layer 10 makes the number that is expected of what is near to it, and of nothing else.
    template <typename Name>
    void check(const Ball& value, int expected, LoopOutcome& result, const Name& name) const {
        if (result.answer == LoopOutcome::Answer::wrong) return;
        const Ball snap = number(settings_.snap), off = value - Ball(expected);
        // −1 and 1 are made of everything beyond them, too.
        const Ball excess = expected > 0 ? -off - snap : expected < 0 ? off - snap : abs(off) - snap;
        const exact::Sign sign = excess.sign();
        if (sign == exact::Sign::negative || sign == exact::Sign::zero) return;
        const bool certain = sign == exact::Sign::positive;
        if (!certain && result.answer == LoopOutcome::Answer::unclear) return;
        result = {certain ? LoopOutcome::Answer::wrong : LoopOutcome::Answer::unclear, name(), expected,
                  value.lower_text(8), value.upper_text(8)};
    }

    const SubleqProgram& program_;
    const SubleqRun& run_;
    const LoopSettings& settings_;
    const SubleqShape& shape_;
    long bits_;
    std::size_t l_ = 0;
    BallVector by_distance_;  ///< weight of a column whose number differs in so many bits
    BallVector pointers_;     ///< a, b, c after layer 1
};

}  // namespace

LoopOutcome loop(const SubleqProgram& program, const SubleqRun& run, const LoopSettings& settings) {
    constexpr long least = 192, most = 8192;
    for (long bits = least;; bits *= 2) {
        LoopOutcome outcome = Loop(program, run, settings, bits).outcome();
        if (outcome.answer != LoopOutcome::Answer::unclear || bits >= most) return outcome;
    }
}

}  // namespace attest::machines
