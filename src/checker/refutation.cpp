#include <algorithm>

#include "checker/checker.hpp"
#include "checker/kernel/proof.hpp"

// A formula and a proof by themselves. What follows is that the formula has no solution, and nothing about models: only
// the translation of a claim makes a formula mean something.

namespace attest::checker {

std::string check_refutation(std::int32_t variables, std::span<const std::int32_t> clauses, std::string_view lrat,
                             const Options& options) {
    try {
        Budget budget(options);
        Formula formula(budget);
        formula.variables = static_cast<std::size_t>(variables);
        for (std::size_t at = 0; at < clauses.size();) {
            const auto rest = clauses.subspan(at);
            const auto size = static_cast<std::size_t>(std::ranges::find(rest, 0) - rest.begin());
            formula.add(rest.first(size));
            at += size + 1;
        }
        check_lrat(formula, lrat, "proof", budget);
        return {};
    } catch (const Defect& defect) {
        return defect.place() + ": " + defect.what();
    } catch (const Stopped& stopped) {
        return stopped.what();
    }
}

}  // namespace attest::checker
