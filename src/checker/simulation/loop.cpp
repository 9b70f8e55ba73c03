#include <bit>

#include "checker/core/interval.hpp"
#include "checker/simulation/subleq.hpp"

// One loop of the network of FORMAT.md, section 29.2, in intervals: what it does to the column 0 and to the rows of the
// memory, which is all that it changes (29.4).

namespace attest::checker {
namespace {

class LoopOfNetwork {
  public:
    LoopOfNetwork(const SubleqProgram& program, const SubleqState& state, const LoopsClaim& claim, mpfr_prec_t bits,
                  Budget& budget)
        : p_(program), s_(state), claim_(claim), bits_(bits), budget_(budget), l_(claim.code_bits()) {
        const Interval x = exp(number(-2 * claim.temperature));
        near_.push_back(number(1));
        for (std::size_t h = 1; h <= l_; ++h) near_.push_back(near_.back() * x);
    }

    std::optional<std::string> find_wrong() {
        first_ = p_.scratch + p_.memory.size();
        SubleqState after = s_;
        step(p_, after);
        read_command();
        for (std::size_t k = 0; k < r_.size(); ++k) expect(r_[k], command_bit(s_.command, k), "a pointer");
        const Intervals x = read_word(0), y = sum_of(minus(x), read_word(l_), 0);
        write(y, after);
        branch(y, after.command);
        return wrong_;
    }

  private:
    Interval number(const Rational& value) const { return Interval(value, bits_); }
    Interval whole(long value) const { return number(Rational(value)); }
    Interval positive_part(const Interval& x) const { return max(x, whole(0)); }

    static int bit(std::uint64_t value, std::size_t k) { return ((value >> k) & 1) != 0 ? 1 : -1; }
    int word_bit(std::int64_t word, std::size_t k) const { return bit(static_cast<std::uint64_t>(word), k); }
    int command_bit(std::size_t command, std::size_t k) const {
        const SubleqProgram::Command& c = p_.commands[command];
        const std::size_t column = k < l_ ? p_.scratch + c.a : k < 2 * l_ ? p_.scratch + c.b : first_ + c.c;
        return bit(column, k % l_);
    }
    const Interval& weight(std::size_t a, std::size_t b) const {
        return near_[static_cast<std::size_t>(std::popcount(a ^ b))];
    }
    std::size_t columns() const { return claim_.columns(); }
    /// A product or a sum of intervals.
    void pay(std::size_t operations) const { budget_.step(operations, static_cast<std::uint64_t>(bits_)); }

    static void add_signed(Interval& sum, const Interval& x, int sign) { sum += sign > 0 ? x : -x; }

    void read_command() {
        Interval total = whole(1);
        Intervals sum(3 * l_, whole(0));
        for (std::size_t j = 1; j < columns(); ++j) {
            const Interval& w = weight(first_ + s_.command, j);
            total += w;
            pay(2 + 3 * l_);
            for (std::size_t k = 0; j >= first_ && k < sum.size(); ++k)
                add_signed(sum[k], w, command_bit(j - first_, k));
        }
        for (std::size_t k = 0; k < sum.size(); ++k) {
            const Interval old = whole(s_.before ? command_bit(*s_.before, k) : 0);
            r_.push_back(whole(2) * ((sum[k] + old) / total) - old);
        }
    }

    Intervals read_word(std::size_t pointer) const {
        Interval total = whole(1);
        Intervals sum(p_.bits, whole(0));
        for (std::size_t j = 1; j < columns(); ++j) {
            Interval score = whole(0);
            for (std::size_t k = 0; k < l_; ++k) score += r_[pointer + k] * (whole(bit(j, k)) - r_[pointer + k]);
            const Interval w = exp(number(claim_.temperature) * score);
            total += w;
            pay(64 + 3 * l_ + p_.bits);
            if (j < p_.scratch || j >= first_) continue;
            for (std::size_t i = 0; i < sum.size(); ++i) add_signed(sum[i], w, word_bit(s_.memory[j - p_.scratch], i));
        }
        for (Interval& value : sum) value = whole(2) * value / total;
        return sum;
    }

    /// The bits, −1 or 1, that stand for the sum of the words as 0 or 1, and of `carry`.
    Intervals sum_of(const Intervals& x, const Intervals& y, long carry) const {
        Interval s = whole(carry);
        Intervals result;
        for (std::size_t i = 0; i < x.size(); ++i) {
            pay(24);
            const Rational place = Rational(mpz_class(1) << i) / 2;
            s += number(place) * (x[i] + whole(1));
            if (!y.empty()) s += number(place) * (y[i] + whole(1));
            const auto ramp = [&](long times) {
                const Interval at = s - number(times * 2 * place);
                return positive_part(at + whole(1)) - positive_part(at);
            };
            const Interval down = number(4 * place) - s;
            const Interval c = ramp(1) + (positive_part(down) - positive_part(down - whole(1))) + ramp(3);
            result.push_back(whole(2) * c - whole(3));
        }
        return result;
    }

    Intervals minus(Intervals x) const {
        for (Interval& value : x) value = whole(2) * positive_part(-value) - whole(1);
        return sum_of(x, {}, 1);
    }

    void write(const Intervals& y, const SubleqState& after) {
        for (std::size_t j = 1; j < columns() && !wrong_; ++j) {
            Interval score = whole(-static_cast<long>(l_));
            for (std::size_t k = 0; k < l_; ++k) add_signed(score, r_[l_ + k], bit(j, k));
            const Interval own = exp(number(claim_.temperature) * score);
            Interval total = own;
            for (std::size_t k = 1; k < columns(); ++k) total += weight(j, k);
            pay(128 + columns() + 2 * p_.bits * (p_.memory.size() + 2));
            const bool is_cell = j >= p_.scratch && j < first_;
            for (std::size_t i = 0; i < p_.bits; ++i) {
                Interval sum = own * y[i];
                for (std::size_t k = 0; k < p_.memory.size(); ++k)
                    add_signed(sum, weight(j, p_.scratch + k), word_bit(s_.memory[k], i));
                const int old = is_cell ? word_bit(s_.memory[j - p_.scratch], i) : 0;
                const int expected = is_cell ? word_bit(after.memory[j - p_.scratch], i) : 0;
                expect(whole(2) * (sum / total) - whole(old), expected,
                       "the column " + std::to_string(j) + " of the memory");
            }
        }
    }

    void branch(const Intervals& y, std::size_t next) {
        Interval all = whole(static_cast<long>(p_.bits) - 1);
        for (const Interval& value : y) all += value;
        const Interval flag = positive_part(y.back()) + positive_part(-all), stays = whole(1) - flag;
        for (std::size_t k = 0; k < l_; ++k) {
            const Interval &jump = r_[2 * l_ + k], after = whole(bit(first_ + s_.command + 1, k));
            const Interval value = positive_part(jump - stays) - positive_part(-jump - stays) +
                                   positive_part(after - flag) - positive_part(-after - flag);
            expect(value, bit(first_ + next, k), "the next command");
        }
    }

    /// The last layer makes −1 of what is at most −1 + snap, 1 of what is at least 1 − snap, 0 of what is within the snap, and
    /// something else of everything else.
    void expect(const Interval& value, int expected, const std::string& what) {
        const Interval snap = number(claim_.snap), off = value - whole(expected);
        const bool below = (off + snap).is_negative(), above = (off - snap).is_positive();
        const bool is_wrong = expected > 0 ? below : expected < 0 ? above : below || above;
        if (is_wrong && !wrong_) wrong_ = what;
    }

    const SubleqProgram& p_;
    const SubleqState& s_;
    const LoopsClaim& claim_;
    mpfr_prec_t bits_;
    Budget& budget_;
    std::size_t l_, first_ = 0;
    Intervals near_;  ///< e^(−2 h temperature)
    Intervals r_;     ///< the codes of a, b and c
    std::optional<std::string> wrong_;
};

}  // namespace

std::optional<std::string> wrong_after_loop(const SubleqProgram& program, const SubleqState& state,
                                            const LoopsClaim& claim, Budget& budget) {
    for (mpfr_prec_t bits = 256; bits <= 4096; bits *= 4)
        if (auto wrong = LoopOfNetwork(program, state, claim, bits, budget).find_wrong()) return wrong;
    return std::nullopt;
}

}  // namespace attest::checker
