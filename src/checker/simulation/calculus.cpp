#include "checker/simulation/calculus.hpp"

#include <algorithm>

#include "checker/core/interval.hpp"
#include "checker/kernel/defect.hpp"

// FORMAT.md, section 29.3, line by line.

namespace attest::checker {
namespace {

const std::string at_evidence = "manifest.json: evidence";

/// That e^exponent ≤ bound, for each number of the exponent.
void require_bound(const Rational& exponent, const Rational& bound, const char* key, Budget& budget) {
    // Enough that the interval of an exponential near to 1, or to 0, is short beside its distance from there.
    const std::size_t digits = digits_of(exponent) + digits_of(bound);
    const auto bits = static_cast<mpfr_prec_t>(1024 + 128 * digits);
    budget.memory(4 * static_cast<std::uint64_t>(bits));
    budget.step(64 * digits, static_cast<std::uint64_t>(bits));
    const Interval value = exp(Interval(exponent, bits));
    if (!value.is_finite() || value.high() > bound)
        throw Defect(at_evidence + "." + key, "the number is not known to be an upper bound");
}

Rational power(const Rational& base, std::size_t exponent, Budget& budget) {
    Rational result = 1;
    for (std::size_t k = 0; k < exponent; ++k) {
        budget.arithmetic(digits_of(result) + digits_of(base));
        result *= base;
    }
    return result;
}

Rational two_to(std::size_t k) { return Rational(mpz_class(1) << k); }

void require_at_most(const Rational& value, const Rational& most, const char* what) {
    if (value > most)
        throw Defect("manifest.json: claim.temperature",
                     std::string(what) + " may be " + std::to_string(value.get_d()) + ", more than " + most.get_str());
}

}  // namespace

Rational check_calculus(const LoopsClaim& claim, const TemperatureBounds& b, Budget& budget) {
    const std::size_t l = claim.code_bits(), n = claim.bits;
    const Rational& lambda = claim.temperature;
    require_bound(-2 * lambda, b.x, "x", budget);
    const Rational z = power(1 + b.x, l, budget) - 1, e1 = 4 * z / (2 + z);
    require_at_most(e1, 1, "the error of a pointer");
    const Rational turn = lambda * static_cast<unsigned long>(l) * e1;
    require_bound(-2 * lambda * (1 - e1), b.far, "far", budget);
    require_bound(turn * (1 + e1), 1 + b.rho, "rho", budget);
    require_bound(turn, 1 + b.write, "write", budget);

    const Rational f = power(1 + b.far, l, budget) - 1;
    const Rational e2 = (b.rho + 3 * f) * (1 + b.rho) / (2 + b.rho);
    require_at_most((two_to(n) - 1) * e2, Rational(1, 2), "the error of a sum in the first adder");
    Rational weighted, last, all;
    for (std::size_t i = 1; i <= n; ++i) {
        budget.arithmetic(digits_of(weighted) + digits_of(e2));
        weighted += two_to(i) / 4 * (2 * (two_to(i) - 1) * e2 + e2);
        last = 2 * weighted;
        all += last;
    }
    require_at_most(last + all, 1, "the error of the flag");

    const Rational written = (2 * std::max(b.write, z) + 2 * z + 2 * last) * (1 + b.write) / (2 + b.write);
    const Rational other = 4 * z + 2 * b.x * (1 + b.write) * (2 + last);
    const Rational next = e1 + 2 * (last + all);
    require_at_most(e1, claim.snap, "the error of a pointer");
    require_at_most(written, claim.snap, "the error of the cell that is written");
    require_at_most(other, claim.snap, "the error of another cell");
    require_at_most(next, claim.snap, "the error of the next command");
    return std::max({e1, written, other, next});
}

}  // namespace attest::checker
