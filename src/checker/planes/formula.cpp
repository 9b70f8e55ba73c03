#include "checker/planes/formula.hpp"

#include "checker/kernel/defect.hpp"
#include "checker/kernel/shown.hpp"

// FORMAT.md section 38.3: as with clauses, the text is written inequality by inequality and compared byte by byte, so that
// what outside checkers read is what is meant.

namespace attest::checker {

void Inequalities::at_least(const std::vector<std::pair<std::uint32_t, mpz_class>>& terms, const mpz_class& bound) {
    std::map<std::uint32_t, mpz_class> weights;
    budget_->step(1 + terms.size(), 16);
    for (const auto& [variable, weight] : terms) weights[variable] += weight;
    std::erase_if(weights, [](const auto& term) { return term.second == 0; });
    all_.push_back({{weights.begin(), weights.end()}, bound});
    budget_->memory(all_.back().bytes());
}

void Inequalities::equal(const std::vector<std::pair<std::uint32_t, mpz_class>>& terms, const mpz_class& bound) {
    at_least(terms, bound);
    auto negative = terms;
    for (auto& [variable, weight] : negative) weight = -weight;
    at_least(negative, -bound);
}

void check_opb_text(const Inequalities& formula, std::string_view bytes, const std::string& file) {
    std::size_t number = 0;
    const auto compare = [&](const std::string& line) {
        ++number;
        if (!bytes.starts_with(line + "\n"))
            throw Defect(file + " line " + std::to_string(number), quoted(line, 400) + " was expected");
        bytes.remove_prefix(line.size() + 1);
    };
    compare("* #variable= " + std::to_string(formula.variables()) +
            " #constraint= " + std::to_string(formula.all().size()));
    for (const Inequality& inequality : formula.all()) compare(inequality.text());
    if (!bytes.empty()) throw Defect(file + " line " + std::to_string(number + 1), "the end was expected");
}

}  // namespace attest::checker
