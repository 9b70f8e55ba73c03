#include "attest/exact/rational.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "attest/base/error.hpp"
#include "base/text.hpp"

namespace attest::exact {

namespace {

constexpr int greatest_exponent = 4096;
constexpr std::size_t most_characters = 100000;
constexpr long most_places_in_json = 4932;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The digits at the front of `text`, which is advanced.
std::string_view take_digits(std::string_view& text) {
    std::size_t k = 0;
    while (k < text.size() && is_digit(text[k])) ++k;
    const std::string_view digits = text.substr(0, k);
    text.remove_prefix(k);
    return digits;
}

/// The same, but nothing where a zero leads other digits.
std::string_view take_natural(std::string_view& text) {
    const std::string_view digits = take_digits(text);
    return digits.size() > 1 && digits.front() == '0' ? std::string_view() : digits;
}

mpz_class power_of_ten(unsigned long exponent) {
    mpz_class power;
    mpz_ui_pow_ui(power.get_mpz_t(), 10, exponent);
    return power;
}

}  // namespace

namespace {

/// The decimal; its digits before the point and its exponent add up to at most `most_places`.
Rational decimal(std::string_view text, const std::string& where, std::optional<long> most_places) {
    const auto fail = [&]() -> Rational { throw base::InputError(where, "a number", base::printable(text, 40)); };
    std::string_view rest = text;
    const bool negative = !rest.empty() && rest.front() == '-';
    if (negative) rest.remove_prefix(1);
    if (rest.size() > most_characters)
        throw base::InputError(where, fmt::format("a number of at most {} digits", most_characters), "more");
    std::string digits(take_natural(rest));
    if (digits.empty()) return fail();
    auto places = static_cast<long>(digits.size());
    long exponent = 0;
    if (!rest.empty() && rest.front() == '.') {
        rest.remove_prefix(1);
        const std::string_view fraction = take_digits(rest);
        if (fraction.empty()) return fail();
        digits += fraction;
        exponent -= static_cast<long>(fraction.size());
    }
    if (!rest.empty() && (rest.front() == 'e' || rest.front() == 'E')) {
        rest.remove_prefix(1);
        if (rest.size() > 1 && rest.front() == '+' && is_digit(rest[1])) rest.remove_prefix(1);
        int written = 0;
        const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), written);
        const bool beyond = written > greatest_exponent || written < -greatest_exponent;
        if (error == std::errc::result_out_of_range || (error == std::errc() && beyond))
            throw base::InputError(where, fmt::format("an exponent of at most {} in size", greatest_exponent),
                                   base::printable(text, 40));
        if (error != std::errc()) return fail();
        rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
        exponent += written;
        places += written;
    }
    if (!rest.empty()) return fail();
    if (most_places && places > *most_places)
        throw base::InputError(where, fmt::format("a number below 10^{}, or a larger one in quotes", *most_places),
                               base::printable(text, 40));
    Rational number{mpz_class(digits, 10)};
    if (exponent > 0) number *= power_of_ten(static_cast<unsigned long>(exponent));
    if (exponent < 0) number /= Rational(power_of_ten(static_cast<unsigned long>(-exponent)));
    return negative ? Rational(-number) : number;
}

}  // namespace

Rational parse_decimal(std::string_view text, const std::string& where) { return decimal(text, where, std::nullopt); }

Rational parse_number(std::string_view text, const std::string& where) {
    const std::size_t slash = text.find('/');
    Rational number = parse_decimal(text.substr(0, slash), where);
    if (slash == std::string_view::npos) return number;
    const Rational below = parse_decimal(text.substr(slash + 1), where);
    if (below == 0) throw base::InputError(where, "a number", fmt::format("'{}'", base::printable(text)));
    return number / below;
}

Rational read_rational(const base::JsonNode& node) {
    if (node.value().is_number())
        return decimal(std::get<base::Json::Number>(node.value().value_).text, node.where(), most_places_in_json);
    const std::string expected = "a number or a rational \"p/q\"";
    if (!node.value().is_string()) node.fail(expected);
    const std::string& text = node.as_string();
    std::string_view rest = text;
    if (!rest.empty() && rest.front() == '-') rest.remove_prefix(1);
    if (rest.size() > most_characters) node.fail(fmt::format("at most {} digits", most_characters), "more");
    const std::string_view numerator = take_natural(rest);
    std::string_view denominator = "1";
    if (!rest.empty() && rest.front() == '/') {
        rest.remove_prefix(1);
        denominator = take_natural(rest);
    }
    if (numerator.empty() || denominator.empty() || !rest.empty()) node.fail(expected);
    const mpz_class p(std::string(numerator), 10), q(std::string(denominator), 10);
    if (q == 0) node.fail("a denominator other than 0", fmt::format("\"{}\"", base::printable(text, 40)));
    Rational number(text.front() == '-' ? mpz_class(-p) : p, q);
    number.canonicalize();
    return number;
}

std::string to_string(const Rational& number) { return number.get_str(); }

}  // namespace attest::exact
