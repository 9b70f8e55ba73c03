#include "checker/rational.hpp"

#include <algorithm>
#include <string>

#include "checker/defect.hpp"

namespace attest::checker {
namespace {

constexpr std::size_t most_digits = 100000;
constexpr long most_exponent = 4096;

std::string_view take_digits(std::string_view& text) {
    std::size_t count = 0;
    while (count < text.size() && text[count] >= '0' && text[count] <= '9') ++count;
    if (count == 0) throw Defect("", "a digit was expected in a number");
    if (count > most_digits) throw Defect("", "a number of more than 100000 digits");
    const std::string_view digits = text.substr(0, count);
    text.remove_prefix(count);
    return digits;
}

bool take(std::string_view& text, char c) {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
}

long take_exponent(std::string_view& text) {
    const bool negative = take(text, '-');
    if (!negative) take(text, '+');
    long exponent = 0;
    for (const char c : take_digits(text)) exponent = std::min(exponent * 10 + (c - '0'), most_exponent + 1);
    if (exponent > most_exponent) throw Defect("", "the exponent of a number is beyond 4096");
    return negative ? -exponent : exponent;
}

Rational power_of_ten(long exponent) {
    mpz_class power;
    mpz_ui_pow_ui(power.get_mpz_t(), 10, static_cast<unsigned long>(std::abs(exponent)));
    return exponent < 0 ? Rational(1, power) : Rational(power);
}

}  // namespace

Rational decimal(std::string_view text) {
    const bool negative = take(text, '-');
    std::string digits(take_digits(text));
    if (digits.size() > 1 && digits.front() == '0') throw Defect("", "a number with a leading zero");
    long exponent = 0;
    if (take(text, '.')) {
        const std::string_view fraction = take_digits(text);
        digits += fraction;
        exponent -= static_cast<long>(fraction.size());
    }
    if (take(text, 'e') || take(text, 'E')) exponent += take_exponent(text);
    if (!text.empty()) throw Defect("", "unexpected characters after a number");
    const Rational value = Rational(mpz_class(digits, 10)) * power_of_ten(exponent);
    return negative ? Rational(-value) : value;
}

Rational quoted_number(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return decimal(text);
    std::string_view rest = text;
    const bool negative = take(rest, '-');
    const mpz_class numerator(std::string(take_digits(rest)), 10);
    if (!take(rest, '/')) throw Defect("", "a fraction is written digits/digits");
    const mpz_class denominator(std::string(take_digits(rest)), 10);
    if (!rest.empty()) throw Defect("", "a fraction is written digits/digits");
    if (denominator == 0) throw Defect("", "a fraction with denominator 0");
    Rational value(numerator, denominator);
    value.canonicalize();
    return negative ? Rational(-value) : value;
}

bool VectorLess::operator()(const Vector& a, const Vector& b) const {
    if (a.size() != b.size()) return a.size() < b.size();
    for (std::size_t i = 0; i < a.size(); ++i) {
        // Equality is far cheaper than order, and most entries are equal.
        if (mpq_equal(a[i].get_mpq_t(), b[i].get_mpq_t())) continue;
        return a[i] < b[i];
    }
    return false;
}

}  // namespace attest::checker
