#include "sign_search.hpp"

#include <bit>
#include <vector>

// A wrong input adds its own signed characters to the coefficients (Rosenblatt 1958). Values on all inputs, and sums
// over all wrong inputs, are Walsh-Hadamard transforms. A round changes a coefficient by at most 2^n, so with n <= 20
// and at most 2^20 rounds values stay within 2^60.

namespace attest::measure {

namespace {

void transform(std::vector<std::int64_t>& a) {
    for (std::size_t half = 1; half < a.size(); half *= 2)
        for (std::size_t base = 0; base < a.size(); base += 2 * half)
            for (std::size_t k = base; k < base + half; ++k) {
                const std::int64_t x = a[k], y = a[k + half];
                a[k] = x + y;
                a[k + half] = x - y;
            }
}

SignPolynomial polynomial(const std::vector<std::int64_t>& coefficients) {
    SignPolynomial result;
    for (std::size_t set = 0; set < coefficients.size(); ++set)
        if (coefficients[set] != 0)
            result.terms.emplace_back(static_cast<Input>(set), static_cast<long>(coefficients[set]));
    return result;
}

}  // namespace

std::optional<SignPolynomial> search_signs(const TruthTable& f, unsigned degree, unsigned rounds) {
    const std::size_t size = f.size();
    std::vector<std::int64_t> coefficients(size, 0), values(size, 0), wrong(size);
    for (unsigned round = 0; round <= rounds; ++round) {
        bool some = false;
        for (std::size_t x = 0; x < size; ++x) {
            const int sign = f[static_cast<Input>(x)] ? -1 : 1;
            wrong[x] = sign * values[x] <= 0 ? sign : 0;
            some = some || wrong[x] != 0;
        }
        if (!some) return polynomial(coefficients);
        transform(wrong);
        for (std::size_t set = 0; set < size; ++set)
            if (static_cast<unsigned>(std::popcount(set)) <= degree) coefficients[set] += wrong[set];
        values = coefficients;
        transform(values);
    }
    return std::nullopt;
}

}  // namespace attest::measure
