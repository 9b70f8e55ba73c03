#include "checker/network/program_values.hpp"

#include "checker/kernel/defect.hpp"

// The model format, section 11: values. Texts and numbers are kept under keys of their own, so that the text "1" and the
// number 1 are two values; a number has one spelling, so that equal numbers are one.

namespace attest::checker {
namespace {

bool is_natural(const std::string& text) {
    if (text.empty() || text.find_first_not_of("0123456789") != std::string::npos) return false;
    return text == "0" || text[0] != '0';
}

}  // namespace

bool looks_rational(const std::string& text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string::npos) return false;
    const std::size_t start = text[0] == '-' ? 1 : 0;
    return slash >= start && is_natural(text.substr(start, slash - start)) && is_natural(text.substr(slash + 1));
}

std::size_t ProgramValues::keep(Value value, const std::string& key, Budget& budget) {
    const auto found = numbers_.find(key);
    if (found != numbers_.end()) return found->second;
    budget.memory(256 + 4 * key.size());
    values_.push_back(std::move(value));
    return numbers_.emplace(key, values_.size() - 1).first->second;
}

std::size_t ProgramValues::number(const Rational& number, Budget& budget) {
    budget.arithmetic(digits_of(number));
    const std::string text = number.get_str();
    return keep({text, number, true}, "n" + text, budget);
}

std::size_t ProgramValues::integer(long number, Budget& budget) {
    const auto found = integers_.find(number);
    if (found != integers_.end()) return found->second;
    budget.memory(64);
    return integers_.emplace(number, this->number(Rational(number), budget)).first->second;
}

std::size_t read_program_value(const Cursor& at, ProgramValues& values, Budget& budget) {
    if (!at.is(Json::Kind::string)) return values.number(at.number(), budget);
    const std::string& text = at.string();
    if (!looks_rational(text)) return values.text(text, budget);
    constexpr std::size_t longest = 4096;
    if (text.size() > longest) at.fail("a rational has at most 4096 characters");
    const Rational number = at.number();
    if (number.get_den() == 1 || number.get_str() != text)
        at.fail("a rational in lowest terms, no integer, was expected");
    return values.number(number, budget);
}

}  // namespace attest::checker
