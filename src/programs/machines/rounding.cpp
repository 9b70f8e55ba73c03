#include "programs/machines/rounding.hpp"

#include <fmt/format.h>

#include <bit>
#include <cmath>

#include "programs/machines/rounded_number.hpp"

// In a network that rounds, everything but the scores of the last visit is a whole number that the format has, so only these
// can go wrong. With i = r + 1, j = k + 1, c the head's next cell and D its distance from the cell at time k, the score is
//
//     (c/i)(1/j) − (1/i)(c_k/j) + (w/i²)(1/j²) = (D + w/(ij)) / (ij),   w = 1/3.
//
// Each product has at most five roundings, a sum two more, so what is computed is off by less than e_k = 8u(|c| + |c_k| + 1)/(ij),
// u being 2^−precision. Let S be the score of the right time. Then of other times only these can score as well:
//
//   other cells, |D| >= 1:  f(j) = 1 − 1/(3ij) − 8u(2|c| + 2) − S i j <= 0.  f is concave, so where it is positive at j and
//     at 1 it is between them, and no time up to k needs to be looked at;
//   earlier visits:  with y = 1/(ij) and E = 8u(2|c| + 1), or E = 0 and a factor 1 − 16u where the first two products cancel
//     whatever is rounded, y(y/3 − E) <= S.  Earlier visits have greater y, and the left side rises with y from 3E/2 on, so
//     that the first visit beyond S ends the search.
//
// Both searches go back from the present and mostly end at once. The bounds are doubles with a margin of 10⁻⁹, far beyond their
// own rounding; what decides is the score in whole numbers.

namespace attest::machines {

namespace {

constexpr double margin = 1e-9;

double to_double(const RoundedNumber& x) {
    const double value = std::ldexp(static_cast<double>(x.significand()), x.exponent());
    return x.is_negative() ? -value : value;
}

/// What has been written so far: the cell at each time, and the times of each cell.
class Past {
  public:
    void add(std::int64_t cell) {
        visits_of(cell).push_back(static_cast<std::uint32_t>(cells_.size()));
        cells_.push_back(static_cast<std::int32_t>(cell));
    }
    std::int64_t cell(std::size_t time) const { return cells_[time]; }
    std::size_t times() const { return cells_.size(); }
    std::vector<std::uint32_t>& visits_of(std::int64_t cell) {
        auto& half = cell < 0 ? left_ : right_;
        const auto k = static_cast<std::size_t>(cell < 0 ? -1 - cell : cell);
        if (k >= half.size()) half.resize(k + 1);
        return half[k];
    }

  private:
    std::vector<std::int32_t> cells_;
    std::vector<std::vector<std::uint32_t>> right_, left_;
};

/// One query: of all times so far, which scores best?
class Query {
  public:
    Query(Past& past, std::int64_t next, int precision, std::size_t& scores)
        : past_(past), next_(next), p_(precision), scores_(scores), i_(past.times()) {
        q0_ = RoundedNumber::quotient(next, i_, p_);
        q1_ = RoundedNumber::quotient(1, i_, p_);
        q2_ = RoundedNumber::quotient(1, 3, p_).times(RoundedNumber::inverse_square(i_, p_), p_);
        const std::vector<std::uint32_t>& visits = past.visits_of(next);
        is_new_ = visits.empty();
        right_ = is_new_ ? past.times() - 1 : visits.back();
        best_ = right_score_ = score(right_);
        best_time_ = right_;
    }

    void look_at_all() {
        for (std::size_t k = past_.times(); k-- > 0;) try_time(k);
    }

    void look_where_it_matters() {
        const double s = to_double(right_score_), c = std::fabs(static_cast<double>(next_)),
                     unit = std::ldexp(8.0, -p_);
        const auto i = static_cast<double>(i_);
        const auto f = [&](double j) { return 1 - 1 / (3 * i * j) - unit * (2 * c + 2) - s * i * j; };
        const bool may_stop = f(1) > margin;
        for (std::size_t k = past_.times(); k-- > 0;) {
            if (may_stop && f(static_cast<double>(k + 1)) > margin) break;
            if (past_.cell(k) != next_) try_time(k);
        }
        // Where c is a power of 2 or 0 the first two products are the same, rounded or not.
        const auto cell = static_cast<std::uint64_t>(next_ < 0 ? -next_ : next_);
        const double error = std::popcount(cell) <= 1 ? 0 : unit * (2 * c + 1), least = 1 - 2 * unit;
        const std::vector<std::uint32_t>& visits = past_.visits_of(next_);
        for (std::size_t v = visits.size(); v-- > 1;) {
            const double y = 1 / (i * static_cast<double>(visits[v - 1] + 1));
            if (y > 1.5 * error && least * y * (y / 3 - error) > s * (1 + margin)) break;
            try_time(visits[v - 1]);
        }
    }

    std::optional<WrongRead> wrong() const {
        if (best_time_ == right_) return std::nullopt;
        // The shortest decimal that is rounded to the number.
        const auto text = [&](const RoundedNumber& x) {
            return p_ == binary32().precision ? fmt::format("{}", static_cast<float>(to_double(x)))
                                              : fmt::format("{}", to_double(x));
        };
        return WrongRead{
            i_, next_, is_new_, right_, best_time_, text(right_score_), text(best_), best_ == right_score_};
    }

  private:
    RoundedNumber score(std::size_t k) {
        ++scores_;
        const std::uint64_t j = k + 1;
        const RoundedNumber first = q0_.times(RoundedNumber::quotient(1, j, p_), p_);
        const RoundedNumber second = q1_.times(RoundedNumber::quotient(past_.cell(k), j, p_).negated(), p_);
        const RoundedNumber third = q2_.times(RoundedNumber::inverse_square(j, p_), p_);
        return first.plus(second, p_).plus(third, p_).magnitude();
    }

    /// Times come in descending order within a search: of several that score best the earliest stays.
    void try_time(std::size_t k) {
        if (k == right_) return;
        const RoundedNumber s = score(k);
        if (best_ < s) return;
        if (s == best_ && best_time_ != right_ && best_time_ < k) return;
        best_ = s;
        best_time_ = k;
    }

    Past& past_;
    std::int64_t next_;
    int p_;
    std::size_t& scores_;
    std::uint64_t i_;
    RoundedNumber q0_, q1_, q2_, right_score_, best_;
    std::size_t right_ = 0, best_time_ = 0;
    bool is_new_ = false;
};

template <typename Look>
RoundedRun go(const NormalForm& machine, const std::vector<std::size_t>& word, const FloatFormat& format,
              std::size_t steps, const base::Limits& limits, const Look& look) {
    constexpr std::size_t between_looks = 1024;
    RoundedRun run;
    TuringRun exact(machine, word);
    Past past;
    while (run.steps < steps && !run.wrong) {
        if (run.steps % between_looks == 0 && (run.stopped = limits.exceeded())) break;
        past.add(exact.moment().cell);
        exact.step();
        Query query(past, exact.moment().cell, format.precision, run.scores);
        look(query);
        run.wrong = query.wrong();
        ++run.steps;
    }
    return run;
}

}  // namespace

const FloatFormat& binary32() {
    static const FloatFormat format{"binary32", 24};
    return format;
}

const FloatFormat& binary64() {
    static const FloatFormat format{"binary64", 53};
    return format;
}

std::size_t FloatFormat::most_steps() const {
    // Cells and times are 32 bits here; a binary32 number holds no whole number beyond 2^24 for sure.
    constexpr std::size_t most_times = (std::size_t{1} << 31) - 2;
    return precision < 31 ? (std::size_t{1} << precision) - 2 : most_times;
}

RoundedRun run_rounded(const NormalForm& machine, const std::vector<std::size_t>& word, const FloatFormat& format,
                       std::size_t steps, const base::Limits& limits) {
    return go(machine, word, format, steps, limits, [](Query& query) { query.look_where_it_matters(); });
}

RoundedRun run_rounded_by_definition(const NormalForm& machine, const std::vector<std::size_t>& word,
                                     const FloatFormat& format, std::size_t steps) {
    return go(machine, word, format, steps, {}, [](Query& query) { query.look_at_all(); });
}

}  // namespace attest::machines
