#include "left_to_right.hpp"

#include "logic/left_to_right.hpp"
#include "logic/tseitin.hpp"

namespace attest::decide {

std::optional<Refutation> refute_left_to_right(circuit::Circuit& circuit, std::vector<circuit::Literal>& roots,
                                               std::vector<compile::Drop>& drops, std::int64_t length,
                                               std::size_t symbols, const ProveOptions& options,
                                               const base::Limits& limits) {
    if (roots.size() != 1) return std::nullopt;
    if (options.progress) options.progress("relating states from left to right");
    logic::Cnf formula = logic::formula(circuit, roots, length, symbols);
    auto proof = logic::refute_left_to_right(circuit, roots[0], formula, length, symbols, {}, limits);
    if (!proof) return std::nullopt;
    return Refutation{std::move(circuit),
                      std::move(roots),
                      std::move(drops),
                      std::move(formula),
                      std::move(*proof),
                      "lrat",
                      {},
                      "simulation from left to right"};
}

}  // namespace attest::decide
