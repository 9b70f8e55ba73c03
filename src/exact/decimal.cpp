#include "exact/decimal.hpp"

#include <fmt/format.h>

namespace attest::exact {

std::string to_decimal(const Rational& number) {
    const mpf_class wide(number, 128);
    mp_exp_t exponent = 0;
    const std::string leading = wide.get_str(exponent, 10, 6);
    if (exponent > 300 || exponent < -300) {  // beyond a double
        const std::size_t first = leading[0] == '-' ? 2 : 1;
        return fmt::format("~{}.{}e{:+03}", leading.substr(0, first),
                           leading.size() > first ? leading.substr(first) : "0", exponent - 1);
    }
    const std::string text = fmt::format("{:.6g}", number.get_d());
    Rational back = 0;
    const bool plain = text.find_first_of("en") == std::string::npos;
    if (plain) {
        const std::size_t point = text.find('.');
        std::string digits = text;
        mpz_class scale = 1;
        if (point != std::string::npos) {
            mpz_ui_pow_ui(scale.get_mpz_t(), 10, text.size() - point - 1);
            digits.erase(point, 1);
        }
        back = Rational(mpz_class(digits, 10), scale);
        back.canonicalize();
    }
    return plain && back == number ? text : "~" + text;
}

}  // namespace attest::exact
