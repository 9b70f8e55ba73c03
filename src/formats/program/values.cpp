#include "values.hpp"

#include "base/text.hpp"

namespace attest::formats {

namespace {

/// Digits without a leading zero.
bool is_natural(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos &&
           (text.size() == 1 || text[0] != '0');
}

constexpr std::size_t longest_number = 4096;

}  // namespace

bool is_quotient(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const auto slash = text.find('/');
    return slash != std::string_view::npos && is_natural(text.substr(0, slash)) && is_natural(text.substr(slash + 1));
}

network::Program::Value read_value(const base::JsonNode& node) {
    if (node.value().is_number()) return exact::read_rational(node);
    const std::string& text = node.as_string();
    if (!is_quotient(text)) return text;
    if (text.size() > longest_number) node.fail("a rational of at most 4096 characters");
    exact::Rational number;
    const bool zero = text.ends_with("/0");
    if (!zero) {
        number.set_str(text, 10);
        number.canonicalize();
    }
    if (zero || exact::to_string(number) != text) node.fail("a rational in lowest terms that is no integer");
    return number;
}

void require_text(const base::JsonNode& node, const std::string& symbol) {
    if (is_quotient(symbol)) node.fail("symbols that are no rationals", "\"" + base::printable(symbol) + "\"");
}

}  // namespace attest::formats
