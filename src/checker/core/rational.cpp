#include "checker/core/rational.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>

#include "checker/kernel/defect.hpp"

// Decimal and fraction literals as exact rationals. 1e-5 is 1/100000 and no double; exponents are bounded before any
// power of ten is formed, since `1e999999999` is ten bytes that stand for gigabytes.

namespace attest::checker {
namespace {

constexpr std::size_t most_characters = 100000;
constexpr long most_exponent = 4096;
constexpr long most_places_in_json = 4932;

std::string_view take_digits(std::string_view& text) {
    std::size_t count = 0;
    while (count < text.size() && text[count] >= '0' && text[count] <= '9') ++count;
    if (count == 0) throw Defect("", "a digit was expected in a number");
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

/// The sign, taken off. What is left is short enough to be read.
bool take_sign(std::string_view& text) {
    const bool negative = take(text, '-');
    if (text.size() > most_characters) throw Defect("", "a number of more than 100000 characters");
    return negative;
}

/// `0`, or digits of which the first is not 0.
std::string_view take_natural(std::string_view& text) {
    const std::string_view digits = take_digits(text);
    if (digits.size() > 1 && digits.front() == '0') throw Defect("", "a number with a leading zero");
    return digits;
}

Rational read_decimal(std::string_view text, std::optional<long> most_places) {
    const bool negative = take_sign(text);
    std::string digits(take_natural(text));
    auto places = static_cast<long>(digits.size());
    long exponent = 0;
    if (take(text, '.')) {
        const std::string_view fraction = take_digits(text);
        digits += fraction;
        exponent -= static_cast<long>(fraction.size());
    }
    if (take(text, 'e') || take(text, 'E')) {
        const long written = take_exponent(text);
        exponent += written;
        places += written;
    }
    if (!text.empty()) throw Defect("", "unexpected characters after a number");
    if (most_places && places > *most_places) throw Defect("", "a number beyond 10^4932; it may be written in quotes");
    const Rational value = Rational(mpz_class(digits, 10)) * power_of_ten(exponent);
    return negative ? Rational(-value) : value;
}

/// A number of 1 to 18 digits without leading zeros; taken off.
std::optional<std::int64_t> take_short(std::string_view& text) {
    constexpr std::size_t most_digits = 18;
    std::int64_t number = 0;
    std::size_t count = 0;
    for (; count < text.size() && text[count] >= '0' && text[count] <= '9'; ++count) {
        if (count == most_digits) return std::nullopt;
        number = 10 * number + (text[count] - '0');
    }
    if (count == 0 || (count > 1 && text.front() == '0')) return std::nullopt;
    text.remove_prefix(count);
    return number;
}

/// Mostly one of them is a power of two.
std::int64_t common_divisor(std::int64_t above, std::int64_t below) {
    if ((below & (below - 1)) != 0) return std::gcd(above, below);
    return above == 0 ? below : std::min(below, above & -above);
}

}  // namespace

/// Most are whole and short.
Rational decimal(std::string_view text) {
    std::string_view rest = text;
    if (const std::optional<std::int64_t> number = take_short(rest); number && rest.empty()) return Rational(*number);
    return read_decimal(text, std::nullopt);
}

Rational json_number(std::string_view text) { return read_decimal(text, most_places_in_json); }

std::optional<ShortFraction> short_fraction(std::string_view text) {
    const bool negative = take(text, '-');
    const std::optional<std::int64_t> above = take_short(text);
    if (!above || !take(text, '/')) return std::nullopt;
    const std::optional<std::int64_t> below = take_short(text);
    if (!below || *below == 0 || !text.empty()) return std::nullopt;
    const std::int64_t common = common_divisor(*above, *below);
    return ShortFraction{(negative ? -*above : *above) / common, *below / common};
}

Rational quoted_number(std::string_view text) {
    Rational value;  // the one that is returned: a number that is moved leaves one behind
    if (const std::optional<ShortFraction> fraction = short_fraction(text)) {
        mpq_set_si(value.get_mpq_t(), fraction->numerator, static_cast<unsigned long>(fraction->denominator));
        return value;
    }
    const bool negative = take_sign(text);
    value.get_num() = mpz_class(std::string(take_natural(text)), 10);
    if (take(text, '/')) value.get_den() = mpz_class(std::string(take_natural(text)), 10);
    if (!text.empty()) throw Defect("", "a number in quotes is an integer or integer/integer");
    if (value.get_den() == 0) throw Defect("", "a fraction with denominator 0");
    value.canonicalize();
    if (negative) mpq_neg(value.get_mpq_t(), value.get_mpq_t());
    return value;
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
