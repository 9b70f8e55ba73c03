#include "value.hpp"

#include "base/quote.hpp"

namespace attest::programs::rasp {

namespace {

using exact::Rational;

constexpr std::size_t most_bits = 4096;
constexpr std::size_t longest_text = 1024;

mpz_class floor_of(const Rational& x) {
    mpz_class quotient;
    mpz_fdiv_q(quotient.get_mpz_t(), x.get_num_mpz_t(), x.get_den_mpz_t());
    return quotient;
}

bool is_small(const Rational& x) {
    return mpz_sizeinbase(x.get_num_mpz_t(), 2) <= most_bits && mpz_sizeinbase(x.get_den_mpz_t(), 2) <= most_bits;
}

std::optional<Value> kept(const Rational& x) {
    if (!is_small(x)) return std::nullopt;
    return Value(x);
}
Value truth(bool is) { return Rational(is ? 1 : 0); }

/// Whole exponents only: others have no rational value in general.
std::optional<Value> power(const Rational& base, const Rational& exponent) {
    if (exponent.get_den() != 1) return std::nullopt;
    const mpz_class size = abs(exponent.get_num());
    if (base == 0 && exponent < 0) return std::nullopt;
    if (base == 0 || base == 1 || base == -1) {
        if (exponent == 0) return Value(Rational(1));
        return Value(base == -1 && mpz_even_p(size.get_mpz_t()) != 0 ? Rational(1) : base);
    }
    const std::size_t bits = std::max(mpz_sizeinbase(base.get_num_mpz_t(), 2), mpz_sizeinbase(base.get_den_mpz_t(), 2));
    if (size * static_cast<unsigned long>(bits) > 2 * most_bits) return std::nullopt;
    const unsigned long e = size.get_ui();
    Rational result;
    mpz_pow_ui(result.get_num_mpz_t(), base.get_num_mpz_t(), e);
    mpz_pow_ui(result.get_den_mpz_t(), base.get_den_mpz_t(), e);
    if (exponent < 0) result = 1 / result;
    return kept(result);
}

std::optional<Value> arithmetic(Op op, const Rational& a, const Rational& b) {
    switch (op) {
        case Op::add: return kept(a + b);
        case Op::subtract: return kept(a - b);
        case Op::multiply: return kept(a * b);
        case Op::divide: return b == 0 ? std::nullopt : kept(a / b);
        case Op::power: return power(a, b);
        default: return b == 0 ? std::nullopt : kept(a - b * floor_of(a / b));
    }
}

std::optional<Value> texts(Op op, const Value& a, const Value& b) {
    const auto *left = std::get_if<std::string>(&a), *right = std::get_if<std::string>(&b);
    if (op == Op::add && left != nullptr && right != nullptr && left->size() + right->size() <= longest_text)
        return Value(*left + *right);
    if (op != Op::multiply || (left != nullptr) == (right != nullptr)) return std::nullopt;
    const std::string& text = left != nullptr ? *left : *right;
    const std::optional<std::int64_t> times = as_integer(left != nullptr ? b : a);
    if (!times || *times > static_cast<std::int64_t>(longest_text / std::max<std::size_t>(text.size(), 1)))
        return std::nullopt;
    std::string repeated;
    for (std::int64_t k = 0; k < *times; ++k) repeated += text;
    return Value(repeated);
}

/// Texts are ordered by their code points, which the bytes of UTF-8 are as well.
std::optional<Value> order(Op op, const Value& a, const Value& b) {
    if (op == Op::equal) return truth(a == b);
    if (op == Op::unequal) return truth(a != b);
    if (a.index() != b.index()) return std::nullopt;
    switch (op) {
        case Op::less: return truth(a < b);
        case Op::less_equal: return truth(a <= b);
        case Op::greater: return truth(b < a);
        default: return truth(b <= a);
    }
}

std::optional<Value> number_of(Op op, const Value& value) {
    const auto* number = std::get_if<Rational>(&value);
    if (number == nullptr) return std::nullopt;
    switch (op) {
        case Op::minus: return Value(Rational(-*number));
        case Op::round: return Value(rounded(*number));
        default: return value;
    }
}

}  // namespace

bool gives_truth(Op op) {
    switch (op) {
        case Op::equal:
        case Op::unequal:
        case Op::less:
        case Op::less_equal:
        case Op::greater:
        case Op::greater_equal:
        case Op::both:
        case Op::either:
        case Op::negation:
        case Op::among: return true;
        default: return false;
    }
}

std::optional<Value> applied(Op op, const std::vector<const Value*>& of) {
    const Value& a = *of[0];
    switch (op) {
        case Op::both: return truth(is_true(a) && is_true(*of[1]));
        case Op::either: return truth(is_true(a) || is_true(*of[1]));
        case Op::negation: return truth(!is_true(a));
        case Op::indicator: return truth(is_true(a));
        case Op::choose: return is_true(a) ? *of[1] : *of[2];
        case Op::minus:
        case Op::plus:
        case Op::round: return number_of(op, a);
        case Op::equal:
        case Op::unequal:
        case Op::less:
        case Op::less_equal:
        case Op::greater:
        case Op::greater_equal: return order(op, a, *of[1]);
        default: break;
    }
    const auto *left = std::get_if<Rational>(&a), *right = std::get_if<Rational>(of[1]);
    return left != nullptr && right != nullptr ? arithmetic(op, *left, *right) : texts(op, a, *of[1]);
}

bool is_true(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return !text->empty();
    return std::get<Rational>(value) != 0;
}

std::optional<std::int64_t> as_integer(const Value& value) {
    const auto* number = std::get_if<Rational>(&value);
    if (number == nullptr || number->get_den() != 1 || mpz_sizeinbase(number->get_num_mpz_t(), 2) > 62)
        return std::nullopt;
    return number->get_num().get_si();
}

Rational rounded(const Rational& x) {
    const Rational half(1, 2);
    mpz_class nearest = floor_of(x + half);
    if (Rational(nearest) - x == half && mpz_odd_p(nearest.get_mpz_t()) != 0) --nearest;
    return nearest;
}

std::string shown(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return base::quoted(*text, 40);
    return exact::to_string(std::get<Rational>(value));
}

}  // namespace attest::programs::rasp
