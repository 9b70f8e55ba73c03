#include "attest/analysis/threshold_degree.hpp"

#include <bit>

#include "attest/base/error.hpp"
#include "sign_program.hpp"

namespace attest::analysis {

namespace {

bool even(Input set) { return std::popcount(set) % 2 == 0; }

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

}  // namespace

bool represents(const SignPolynomial& polynomial, const TruthTable& f) {
    mpz_class sum;
    for (std::uint64_t k = 0; k < f.size(); ++k) {
        const auto x = static_cast<Input>(k);
        sum = 0;
        for (const auto& [set, coefficient] : polynomial.terms) {
            if (even(set & x)) sum += coefficient;
            else sum -= coefficient;
        }
        if (sgn(sum) != (f[x] ? -1 : 1)) return false;
    }
    return true;
}

bool obstructs(const Weights& weights, unsigned degree, const TruthTable& f) {
    bool some = false;
    for (const auto& [x, weight] : weights.entries) {
        if (weight < 0) return false;
        some = some || weight > 0;
    }
    mpz_class sum;
    for (std::uint64_t s = 0; s < f.size(); ++s) {
        if (static_cast<unsigned>(std::popcount(s)) > degree) continue;
        sum = 0;
        for (const auto& [x, weight] : weights.entries) {
            if (even(static_cast<Input>(s) & x) != f[x]) sum += weight;
            else sum -= weight;
        }
        if (sum != 0) return false;
    }
    return some;
}

ThresholdDegree threshold_degree(const TruthTable& f, unsigned degree, const ThresholdDegreeOptions& options, const base::Limits& limits) {
    ThresholdDegree result;
    result.upper = degree;
    std::uint64_t steps = options.most_steps;
    for (unsigned d = 0; d <= degree; ++d) {
        // There must be steps for a few pivots.
        const std::uint64_t rows = characters(f.variables(), d) + 1;
        if (rows > 4096 || rows * rows * least_pivots > steps) {
            result.unfinished = verdict::Undecided{verdict::Reason::unsupported, "the linear program takes more than its share of steps"};
            return result;
        }
        SignProgram::Result found = SignProgram(f, d).solve(steps, limits);
        if (auto* why = std::get_if<verdict::Undecided>(&found)) {
            result.unfinished = std::move(*why);
            return result;
        }
        if (auto* polynomial = std::get_if<SignPolynomial>(&found)) {
            if (!represents(*polynomial, f)) throw base::InternalError("a sign polynomial has a wrong sign");
            result.upper = d;
            result.polynomial = std::move(*polynomial);
            return result;
        }
        auto& weights = std::get<Weights>(found);
        if (!obstructs(weights, d, f)) throw base::InternalError("weights against a sign polynomial are not orthogonal to it");
        result.lower = d + 1;
        result.obstacle = std::move(weights);
    }
    throw base::InternalError("the threshold degree is more than it can be");
}

}  // namespace attest::analysis
