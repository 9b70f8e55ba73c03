#include "attest/logic/cnf.hpp"

#include <charconv>

namespace attest::logic {

std::string to_dimacs(const Cnf& formula) {
    std::string text = "p cnf " + std::to_string(formula.variables) + " " + std::to_string(formula.size()) + "\n";
    text.reserve(text.size() + 7 * formula.literals.size() + 2 * formula.size());
    char digits[16];
    for (std::size_t c = 0; c < formula.size(); ++c) {
        for (const std::int32_t literal : formula.clause(c)) {
            const auto end = std::to_chars(digits, digits + sizeof digits, literal).ptr;
            text.append(digits, end);
            text += ' ';
        }
        text += "0\n";
    }
    return text;
}

}  // namespace attest::logic
