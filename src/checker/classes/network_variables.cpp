#include "checker/classes/network_variables.hpp"

#include <algorithm>

// FORMAT.md, section 9.1: which variables the formula of a class has. A symbol's value at boundary 0 is known, so it
// has no variable but the literal for "true", and clauses are written without it.

namespace attest::checker {

NetworkVariables::NetworkVariables(const NetworkClass& network_class, const NetworkWords& all_words,
                                   Budget& of_certificate)
    : c(network_class),
      words(all_words),
      budget(of_certificate),
      formula(budget),
      orders(formula, budget, c.has_strict_orders()) {
    budget.memory(32 * (c.layers + 1) * (1 + words.words.size()));
    activations_.resize(c.layers + 1, std::vector<std::vector<std::vector<Activation>>>(words.words.size()));
    for (std::size_t x = 0; x < words.words.size(); ++x) {
        budget.memory((64 + 32 * c.layers) * positions(x));
        for (const std::size_t a : words.words[x]) activations_[0][x].push_back({{values.symbol(a, budget), 0}});
        if (c.reads_end) activations_[0][x].push_back({{values.symbol(words.symbols, budget), 0}});
        for (std::size_t l = 1; l <= c.layers; ++l) activations_[l][x].resize(positions(x));
    }
}

void NetworkVariables::add(const Clause& clause, std::initializer_list<std::int32_t> more) {
    Clause once;
    const auto take = [&](std::int32_t literal) {
        if (literal != 0 && std::find(once.begin(), once.end(), literal) == once.end()) once.push_back(literal);
    };
    for (const std::int32_t literal : clause) take(literal);
    for (const std::int32_t literal : more) take(literal);
    formula.add(once);
}

std::vector<std::size_t> NetworkVariables::unread_positions() const {
    const std::size_t length = words.words.front().size();
    std::vector<std::size_t> all;
    for (std::size_t j = 1; j <= length; ++j)
        if (c.reads_end || j < length) all.push_back(j);
    return all;
}

}  // namespace attest::checker
