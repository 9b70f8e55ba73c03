#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "attest/base/error.hpp"
#include "program.hpp"

// Of a position a formula sees its cell, symbol and residue. So "exactly x positions p are such that ψ" is "x is the sum of the
// counts of the cells that make ψ true", by cases where counts decide that, and N is the sum of all counts: what is left are
// conditions on counts of cells, from which quantifiers over counts are eliminated from within.

namespace attest::programs::foc {

namespace {

using ConditionId = Conditions::Id;

constexpr std::size_t most_cells = 4096, most_cases = 12, most_normalised = 2'000'000;

/// Variables of its conditions: cells, then the program's count variables.
class Normaliser {
  public:
    explicit Normaliser(const Program& program) : Normaliser(program, modulus_of(program)) {}
    /// modulus  a multiple of that of the program
    Normaliser(const Program& program, std::uint32_t modulus) : program_(program), modulus_(modulus) {
        if (program.alphabet.size() > most_cells / modulus_)
            throw base::Unsupported(
                fmt::format("a position is one of more than {} pairs of symbol and residue", most_cells));
        cells_ = static_cast<std::uint32_t>(program.alphabet.size()) * modulus_;
        for (std::uint32_t c = 0; c < cells_; ++c) length_ = plus(length_, variable(c));
        at_.assign(program.positions, none);
    }

    NormalForm normalise() {
        const ConditionId condition = of(program_.output);
        NormalForm form{program_.name, program_.alphabet, modulus_, {}, {}, Conditions::no};
        std::map<std::uint32_t, std::uint32_t> names;
        for (const auto& [column, cells] : columns(condition)) {
            if (std::all_of(column.begin(), column.end(), [](std::int64_t f) { return f == 0; })) continue;
            names[cells.front()] = static_cast<std::uint32_t>(form.counts.size());
            form.counts.emplace_back(cells_, false);
            for (const std::uint32_t c : cells) form.counts.back()[c] = true;
        }
        form.condition = form.conditions.copy(conditions_, condition, names);
        return form;
    }

    /// The program's condition on cells.
    std::pair<Conditions, ConditionId> by_cells() {
        const ConditionId condition = of(program_.output);
        return {conditions_, condition};
    }

  private:
    static constexpr std::uint32_t none = UINT32_MAX;

    ConditionId of(std::uint32_t node) {
        if (++steps_ > most_normalised)
            throw base::Unsupported("the normal form of the formula is too large: positions nest too much");
        const auto key = std::pair(node, at_);
        if (const auto known = known_.find(key); known != known_.end()) return known->second;
        const ConditionId made = make(program_.nodes[node]);
        known_.emplace(key, made);
        return made;
    }

    ConditionId make(const Node& node) {
        switch (node.kind) {
            case Node::Kind::constant: return node.left == 1 ? Conditions::yes : Conditions::no;
            case Node::Kind::symbol:
                return at_[node.position] / modulus_ == node.left ? Conditions::yes : Conditions::no;
            case Node::Kind::residue:
                return at_[node.position] % modulus_ % node.modulus == node.rest ? Conditions::yes : Conditions::no;
            case Node::Kind::least: return conditions_.least(shifted(node.form));
            case Node::Kind::zero: return conditions_.zero(shifted(node.form));
            case Node::Kind::multiple: return conditions_.multiple(shifted(node.form), node.modulus);
            case Node::Kind::negation: return conditions_.negation(of(node.left));
            case Node::Kind::conjunction: return conditions_.all({of(node.left), of(node.right)});
            case Node::Kind::disjunction: return conditions_.any({of(node.left), of(node.right)});
            case Node::Kind::exists: return conditions_.exists(of(node.left), cells_ + node.count, &length_);
            case Node::Kind::exactly: return exactly(node);
        }
        return Conditions::no;
    }

    Linear shifted(const Linear& form) const {
        Linear result{{}, form.constant};
        for (const auto& [v, factor] : form.terms) result.terms[cells_ + v] = factor;
        return result;
    }

    ConditionId exactly(const Node& node) {
        std::map<ConditionId, Linear> counted;  // by what makes ψ true
        for (std::uint32_t c = 0; c < cells_; ++c) {
            at_[node.position] = c;
            const ConditionId when = of(node.left);
            if (when != Conditions::no) counted[when] = plus(counted[when], variable(c));
        }
        at_[node.position] = none;
        const Linear always = counted[Conditions::yes];
        counted.erase(Conditions::yes);
        if (counted.size() > most_cases)
            throw base::Unsupported(
                "the normal form of the formula is too large: what is counted depends on too many "
                "conditions on counts");
        std::vector<ConditionId> cases;
        for (std::size_t which = 0; which < std::size_t{1} << counted.size(); ++which) {
            Linear number = plus(always, times(-1, variable(cells_ + node.count)));
            std::vector<ConditionId> parts;
            std::size_t k = 0;
            for (const auto& [when, form] : counted) {
                const bool holds = (which >> k++ & 1U) != 0;
                parts.push_back(holds ? when : conditions_.negation(when));
                if (holds) number = plus(number, form);
            }
            parts.push_back(conditions_.zero(number));
            cases.push_back(conditions_.all(parts));
        }
        return conditions_.any(cases);
    }

    /// Cells by their factors in all atoms: those with the same are counted together.
    std::map<std::vector<std::int64_t>, std::vector<std::uint32_t>> columns(ConditionId condition) const {
        std::vector<const Linear*> forms;
        for (const ConditionId part : conditions_.below(condition))
            if (conditions_.node(part).parts.empty()) forms.push_back(&conditions_.node(part).form);
        std::map<std::vector<std::int64_t>, std::vector<std::uint32_t>> found;
        for (std::uint32_t c = 0; c < cells_; ++c) {
            std::vector<std::int64_t> column;
            for (const Linear* form : forms) column.push_back(form->factor(c));
            found[std::move(column)].push_back(c);
        }
        return found;
    }

    const Program& program_;
    std::uint32_t modulus_, cells_ = 0;
    Linear length_;  ///< the sum of all cells
    Conditions conditions_;
    std::vector<std::uint32_t> at_;  ///< by position variable: its cell, or none
    std::map<std::pair<std::uint32_t, std::vector<std::uint32_t>>, ConditionId> known_;
    std::size_t steps_ = 0;
};

}  // namespace

NormalForm normal_form(const Program& program) { return Normaliser(program).normalise(); }

bool agree(const Program& one, const Program& other, std::size_t from) {
    const std::uint32_t modulus = std::lcm(modulus_of(one), modulus_of(other));
    auto own = Normaliser(one, modulus).by_cells();
    Conditions& conditions = own.first;
    const ConditionId says = own.second;
    const auto [others, meant_there] = Normaliser(other, modulus).by_cells();
    const auto cells = static_cast<std::uint32_t>(one.alphabet.size()) * modulus;
    std::map<std::uint32_t, std::uint32_t> names;
    Linear length{{}, -static_cast<std::int64_t>(from)};
    std::vector<Linear> at_residue(modulus);
    for (std::uint32_t c = 0; c < cells; ++c) {
        names[c] = c;
        length = plus(length, variable(c));
        at_residue[c % modulus] = plus(at_residue[c % modulus], variable(c));
    }
    const ConditionId meant = conditions.copy(others, meant_there, names);
    // Positions come in turn to the residues 1, 2, …, 0.
    std::vector<ConditionId> word{conditions.least(length)};
    for (std::uint32_t r = 1; r < modulus; ++r)
        word.push_back(conditions.least(plus(at_residue[r], times(-1, at_residue[(r + 1) % modulus]))));
    word.push_back(conditions.least(plus(plus(at_residue[0], times(-1, at_residue[1 % modulus])), {{}, 1})));
    const auto only = [&](ConditionId holds, ConditionId fails) {
        std::vector<ConditionId> parts = word;
        parts.push_back(holds);
        parts.push_back(conditions.negation(fails));
        return conditions.all(parts);
    };
    ConditionId differs = conditions.any({only(says, meant), only(meant, says)});
    for (std::uint32_t c = 0; c < cells; ++c) differs = conditions.exists(differs, c, nullptr);
    return differs == Conditions::no;
}

bool NormalForm::holds(const language::Word& word) const {
    std::vector<std::int64_t> values(counts.size(), 0);
    for (std::size_t i = 0; i < word.size(); ++i)
        for (std::size_t k = 0; k < counts.size(); ++k)
            values[k] += counts[k][word[i] * modulus + (i + 1) % modulus] ? 1 : 0;
    return conditions.holds(condition, values);
}

}  // namespace attest::programs::foc
