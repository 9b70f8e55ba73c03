#include "measure/function/threshold_degree.hpp"

#include <algorithm>
#include <bit>

#include "attest/base/error.hpp"
#include "sign_program.hpp"
#include "sign_search.hpp"

namespace attest::measure {

namespace {

void transform(std::vector<mpz_class>& a) {
    mpz_class sum;
    for (std::size_t half = 1; half < a.size(); half *= 2)
        for (std::size_t base = 0; base < a.size(); base += 2 * half)
            for (std::size_t k = base; k < base + half; ++k) {
                sum = a[k] + a[k + half];
                a[k + half] = a[k] - a[k + half];
                swap(a[k], sum);
            }
}

/// Characters that a degree has, as far as they are counted.
std::uint64_t characters(unsigned n, unsigned degree) {
    std::uint64_t sum = 0, ways = 1;
    for (unsigned k = 0; k <= degree; ++k) {
        sum += ways;
        ways = ways * (n - k) / (k + 1);
    }
    return sum;
}

/// Pivots that there must be steps for, or a program is not begun.
constexpr std::uint64_t least_pivots = 8;
constexpr unsigned most_searched_variables = 20;

}  // namespace

bool represents(const SignPolynomial& polynomial, const TruthTable& f) {
    std::vector<mpz_class> values(f.size(), 0);
    for (const auto& [set, coefficient] : polynomial.terms) values[set] += coefficient;
    transform(values);
    for (std::size_t x = 0; x < values.size(); ++x)
        if (sgn(values[x]) != (f[static_cast<Input>(x)] ? -1 : 1)) return false;
    return true;
}

bool obstructs(const Weights& weights, unsigned degree, const TruthTable& f) {
    bool some = false;
    std::vector<mpz_class> sums(f.size(), 0);
    for (const auto& [x, weight] : weights.entries) {
        if (weight < 0) return false;
        some = some || weight > 0;
        if (f[x]) sums[x] -= weight;
        else sums[x] += weight;
    }
    transform(sums);
    for (std::size_t set = 0; set < sums.size(); ++set)
        if (static_cast<unsigned>(std::popcount(set)) <= degree && sums[set] != 0) return false;
    return some;
}

namespace {

/// Degree by degree, from what is known to be wrong for less.
class DegreeSearch {
  public:
    DegreeSearch(const TruthTable& f, unsigned degree, const ThresholdDegreeOptions& options,
                 const base::Limits& limits)
        : f_(f), limits_(limits), degree_(degree), steps_(options.most_steps) {
        result_.upper = degree;
        const std::uint64_t round = 2 * (f.variables() + 1) * f.size();
        rounds_ = static_cast<unsigned>(std::min<std::uint64_t>(options.most_steps / 4 / round, 1 << 10));
    }

    ThresholdDegree run() {
        for (unsigned d = 0; d <= degree_; ++d) {
            if (quickly(d)) return std::move(result_);
            if (d == degree_ || result_.unfinished) continue;  // known, or only better upper bounds are looked for
            linear_program(d);
            if (result_.polynomial) return std::move(result_);
        }
        if (result_.lower == result_.upper) result_.unfinished.reset();
        return std::move(result_);
    }

  private:
    bool quickly(unsigned d) {
        if (limits_.exceeded() || f_.variables() > most_searched_variables) return false;
        auto polynomial = search_signs(f_, d, rounds_);
        if (polynomial) keep(std::move(*polynomial), d);
        return polynomial.has_value();
    }

    void linear_program(unsigned d) {
        const std::uint64_t rows = characters(f_.variables(), d) + 1;
        if (rows > 4096 || rows * rows * least_pivots > steps_) {  // there must be steps for a few pivots
            result_.unfinished = verdict::Undecided{verdict::Reason::unsupported,
                                                    "the linear program takes more than its share of steps"};
            return;
        }
        SignProgram::Result found = SignProgram(f_, d).solve(steps_, limits_);
        if (auto* why = std::get_if<verdict::Undecided>(&found)) {
            result_.unfinished = std::move(*why);
        } else if (auto* polynomial = std::get_if<SignPolynomial>(&found)) {
            keep(std::move(*polynomial), d);
        } else {
            auto& weights = std::get<Weights>(found);
            if (!obstructs(weights, d, f_))
                throw base::InternalError("weights against a sign polynomial are not orthogonal to it");
            result_.lower = d + 1;
            result_.obstacle = std::move(weights);
        }
    }

    void keep(SignPolynomial polynomial, unsigned d) {
        if (!represents(polynomial, f_)) throw base::InternalError("a sign polynomial has a wrong sign");
        result_.upper = d;
        result_.polynomial = std::move(polynomial);
    }

    const TruthTable& f_;
    const base::Limits& limits_;
    unsigned degree_;
    std::uint64_t steps_;
    unsigned rounds_;
    ThresholdDegree result_;
};

}  // namespace

ThresholdDegree threshold_degree(const TruthTable& f, unsigned degree, const ThresholdDegreeOptions& options,
                                 const base::Limits& limits) {
    return DegreeSearch(f, degree, options, limits).run();
}

}  // namespace attest::measure
