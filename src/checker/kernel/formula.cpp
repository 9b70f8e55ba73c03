#include "checker/kernel/formula.hpp"

#include <charconv>

#include "checker/kernel/defect.hpp"

// The formula that the checker builds and the file that other tools read must be one: the canonical text of section 7
// is written clause by clause and compared byte by byte, so no parser of ours stands between.

namespace attest::checker {
namespace {

void append(std::string& text, std::int64_t number) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    text.append(digits, end);
}

}  // namespace

void Formula::add(std::span<const std::int32_t> clause) {
    budget_->memory(16 + 8 * clause.size());
    literals_.insert(literals_.end(), clause.begin(), clause.end());
    begins_.push_back(literals_.size());
}

std::span<const std::int32_t> Formula::clause(std::size_t index) const {
    return std::span(literals_).subspan(begins_[index], begins_[index + 1] - begins_[index]);
}

void check_formula_text(const Formula& formula, std::string_view bytes, const std::string& file) {
    std::string line;
    std::size_t number = 0;
    const auto compare = [&] {
        ++number;
        if (!bytes.starts_with(line)) {
            line.pop_back();
            throw Defect(file + " line " + std::to_string(number), "\"" + line + "\" was expected");
        }
        bytes.remove_prefix(line.size());
    };
    line = "p cnf " + std::to_string(formula.variables) + " " + std::to_string(formula.clauses()) + "\n";
    compare();
    for (std::size_t k = 0; k < formula.clauses(); ++k) {
        line.clear();
        for (const std::int32_t literal : formula.clause(k)) append(line, literal), line += ' ';
        line += "0\n";
        compare();
    }
    if (!bytes.empty()) throw Defect(file + " line " + std::to_string(number + 1), "the end was expected");
}

}  // namespace attest::checker
