#include "planes_proof.hpp"

#include <algorithm>

// Statement. Let a gate compare Σ w x with b, and let U_q and L_q be the greatest and the least sum of words that lead to the
// state q. With the step variables e, Σ w x = Σ w(e) e, and for any numbers π of states Σ w x = Σ π(q) [q at the end] +
// Σ (w(e) + π(from) − π(to)) e: conservation, multiplied by π. With π = U all numbers in brackets are at most 0, so
// Σ w x ≤ Σ U_q [q]: one line, a shortest path and its dual. With the gate's own inequality: gate → one of the q with U_q ≥ b; and
// with L: ¬gate → one of the q with L_q < b. With π some sum that leads to the state they are multiples of m, and Σ w x ≡ π(q)
// where q is: for a sum that two gates tie to one value the other residues are cut off by a division by m.
// Numbers of any size are one number here; what counts from left to right would need a state for each.

namespace attest::decide {

using logic::LinearConstraint;
using Terms = logic::PseudoBoolean::Terms;

PlanesProver::PlanesProver(const PlanesFormula& question, const compile::Inputs& inputs,
                           const compile::ThresholdModel& model, const base::Limits& limits)
    : q_(question), inputs_(inputs), model_(model), limits_(limits), proof_(question.formula.constraints.size()) {}

std::variant<std::string, std::vector<language::Word>> PlanesProver::run() {
    const std::vector<Family> all = families();
    for (const Family& family : all) {
        if (limits_.exceeded()) return std::vector<language::Word>{};
        add_extremes(family);
        add_residues(family);
    }
    add_conjunctions();
    if (auto text = contradiction()) return std::move(*text);
    return std::move(words_);
}

std::int32_t PlanesProver::gate_variable(std::size_t gate) const {
    return static_cast<std::int32_t>(model_.circuit.input_count() + gate + 1);
}

SymbolWeights PlanesProver::weights_of(const compile::ThresholdCircuit::Gate& gate) const {
    const std::size_t symbols = inputs_.symbols(), each = symbols == 2 ? 1 : symbols;
    SymbolWeights weights;
    weights.of.resize((gate.wires.back().first - 1) / each + 1, std::vector<mpz_class>(symbols));
    for (const auto& [node, weight] : gate.wires)
        weights.of[(node - 1) / each][symbols == 2 ? 1 : (node - 1) % each] = weight;
    return weights;
}

std::vector<PlanesProver::Family> PlanesProver::families() const {
    using Wires = std::vector<std::pair<circuit::Node, mpz_class>>;
    std::map<Wires, std::size_t> numbers;
    std::vector<Family> all;
    const auto& gates = model_.circuit.gates();
    for (std::size_t g = 0; g < gates.size(); ++g) {
        if (gates[g].wires.back().first > model_.circuit.input_count()) continue;
        const auto [entry, fresh] = numbers.try_emplace(gates[g].wires, all.size());
        if (fresh) {
            Family& family = all.emplace_back();
            family.weights = weights_of(gates[g]);
            for (const auto& [node, weight] : gates[g].wires) {
                if (weight < 0) family.least += weight;
                else family.most += weight;
            }
        }
        all[entry->second].bounds.emplace_back(gates[g].bound, g);
    }
    for (Family& family : all) std::sort(family.bounds.begin(), family.bounds.end());
    return all;
}

/// sign 1: Σ π(q) [q] − Σ w x ≥ 0; sign −1: the contrary. Both up to what slack would take away, which is 0 or more.
std::uint64_t PlanesProver::relation(const SymbolWeights& weights, const Potentials& potential, int sign, bool slack) {
    Sum sum;
    const auto equal = [&](std::uint64_t number, const mpz_class& factor) {
        sum.add(factor > 0 ? number : number + 1, abs(factor));
    };
    for (std::size_t t = 0; t < weights.reach(); ++t) {
        for (std::size_t a = 0; a < weights.of[t].size(); ++a) equal(q_.reads[t][a], sign * weights.of[t][a]);
        for (std::size_t q = 0; t + 1 < weights.reach() && q < potential[t + 1].size(); ++q)
            equal(q_.through[t][q], -sign * potential[t + 1][q]);
        if (!slack) continue;
        for (const Edge& edge : q_.runs.at[t])
            sum.add_literal(edge.variable,
                            sign * (potential[t + 1][edge.to] - potential[t][edge.from] - weights.of[t][edge.symbol]));
    }
    return proof_.derive(sum);
}

/// Σ e over the steps of a position: it is 1.
std::uint64_t PlanesProver::one_step(std::size_t position, bool at_most) {
    const auto [entry, fresh] = ones_.try_emplace({position, at_most}, 0);
    if (!fresh) return entry->second;
    Sum sum;
    for (const std::uint64_t number : q_.reads[position]) sum.add(number + (at_most ? 1 : 0));
    if (inputs_.one_hot()) sum.add(q_.one_symbol[position] + (at_most ? 1 : 0));
    return entry->second = proof_.derive(sum);
}

/// Adds factor · (Σ e = 1) at the position.
void PlanesProver::add_ones(Sum& sum, std::size_t position, const mpz_class& factor) {
    if (factor != 0) sum.add(one_step(position, factor < 0), abs(factor));
}

/// ¬first ∨ second ∨ some of the steps.
void PlanesProver::add_clause(const Sum& sum, const Premise& premise, const std::vector<std::int32_t>& steps) {
    const std::uint64_t number = proof_.derive(sum);
    Terms terms;
    if (premise.first) terms.emplace_back(gate_variable(*premise.first), -1);
    if (premise.second) terms.emplace_back(gate_variable(*premise.second), 1);
    for (const std::int32_t step : steps) terms.emplace_back(step, 1);
    clauses_.push_back(logic::linear_constraint(terms, premise.first ? 0 : 1));
    known_.emplace(premise, Clause{number, steps});
}

/// What follows from wires of a conjunction follows from it: one resolution in one line.
void PlanesProver::add_conjunctions() {
    const auto& gates = model_.circuit.gates();
    const std::size_t inputs = model_.circuit.input_count();
    constexpr std::size_t most_wires = 64;
    for (std::size_t g = 0; g < gates.size(); ++g) {
        std::size_t positive = 0;
        bool unit = gates[g].wires.size() <= most_wires;
        for (const auto& [node, weight] : gates[g].wires) {
            unit = unit && abs(weight) == 1;
            positive += weight > 0 ? 1 : 0;
        }
        if (!unit || gates[g].bound != static_cast<unsigned long>(positive)) continue;
        const auto follow = [&](const Premise& premise) {
            const auto [from, to] = known_.equal_range(premise);
            const std::vector<std::pair<Premise, Clause>> clauses(from, to);
            for (const auto& [same, clause] : clauses) {
                Sum sum;
                sum.add(PlanesFormula::reaches(g));
                sum.add(clause.number);
                for (const auto& [node, weight] : gates[g].wires) {
                    const bool is_premise =
                        node > inputs && (premise.first == node - inputs - 1 || premise.second == node - inputs - 1);
                    if (!is_premise) sum.weaken(static_cast<std::int32_t>(node));
                }
                sum.saturate();
                add_clause(sum, {g, std::nullopt}, clause.steps);
            }
        };
        for (const auto& [node, weight] : gates[g].wires) {
            if (node <= inputs) continue;
            const std::size_t one = node - inputs - 1;
            follow(weight > 0 ? Premise{one, std::nullopt} : Premise{std::nullopt, one});
            for (const auto& [other, sign] : gates[g].wires)
                if (weight > 0 && sign < 0 && other > inputs) follow({one, other - inputs - 1});
        }
    }
}

void PlanesProver::add_extremes(const Family& family) {
    const std::size_t last = family.weights.reach() - 1;
    const Potentials most = extreme_sums(q_.runs, family.weights, true);
    const Potentials least = extreme_sums(q_.runs, family.weights, false);
    const std::uint64_t above = relation(family.weights, most, 1, true);
    const std::uint64_t below = relation(family.weights, least, -1, true);
    for (const auto& [bound, gate] : family.bounds) {
        Sum reaches, falls_short;
        std::vector<std::int32_t> can_reach, can_fall_short;
        reaches.add(PlanesFormula::reaches(gate));
        reaches.add(above);
        add_ones(reaches, last, 1 - bound);
        falls_short.add(PlanesFormula::falls_short(gate));
        falls_short.add(below);
        add_ones(falls_short, last, bound);
        for (const Edge& edge : q_.runs.at[last]) {
            if (most.back()[edge.to] >= bound) can_reach.push_back(edge.variable);
            else reaches.weaken(edge.variable);
            if (least.back()[edge.to] < bound) can_fall_short.push_back(edge.variable);
            else falls_short.weaken(edge.variable);
        }
        reaches.saturate();
        falls_short.saturate();
        add_clause(reaches, {gate, std::nullopt}, can_reach);
        add_clause(falls_short, {std::nullopt, gate}, can_fall_short);
    }
    proof_.remove({above, below});
    constexpr std::size_t most_words = 256;
    for (std::size_t q = 0; q < most.back().size() && words_.size() < most_words; ++q)
        for (const Potentials* const sums : {&most, &least})
            words_.push_back(extreme_word(q_.runs, family.weights, *sums, q));
}

std::vector<PlanesProver::SingleValue> PlanesProver::single_values(const Family& family) const {
    std::vector<SingleValue> values;
    const auto& bounds = family.bounds;
    if (bounds.front().first == family.least + 1) values.push_back({family.least, {}, bounds.front().second});
    for (std::size_t k = 0; k + 1 < bounds.size(); ++k)
        if (bounds[k].first + 1 == bounds[k + 1].first)
            values.push_back({bounds[k].first, bounds[k].second, bounds[k + 1].second});
    if (bounds.back().first == family.most) values.push_back({family.most, bounds.back().second, {}});
    return values;
}

void PlanesProver::add_residues(const Family& family) {
    const std::vector<SingleValue> values = single_values(family);
    const std::optional<Residues> found = values.empty() ? std::nullopt : residues(q_.runs, family.weights);
    if (!found) return;
    const std::vector<mpz_class>& potential = found->potential.back();
    const std::uint64_t at_least = relation(family.weights, found->potential, 1, false);
    const std::uint64_t at_most = relation(family.weights, found->potential, -1, false);
    for (const SingleValue& value : values) {
        std::vector<mpz_class> done;  // residues
        for (std::size_t q = 0; q < potential.size(); ++q) {
            const mpz_class difference = potential[q] - value.sum;
            mpz_class residue;
            mpz_fdiv_r(residue.get_mpz_t(), difference.get_mpz_t(), found->modulus.get_mpz_t());
            if (residue == 0 || std::find(done.begin(), done.end(), residue) != done.end()) continue;
            done.push_back(residue);
            add_residue(family, *found, value, q, at_least, at_most);
        }
    }
    proof_.remove({at_least, at_most});
}

namespace {

/// What it takes to come to a multiple of the modulus from below.
mpz_class up_to_multiple(const mpz_class& number, const mpz_class& modulus) {
    mpz_class rest;
    const mpz_class negative = -number;
    mpz_fdiv_r(rest.get_mpz_t(), negative.get_mpz_t(), modulus.get_mpz_t());
    return rest;
}

}  // namespace

/// Where the gates tie the sum to the value, and the state is q: one of the two inequalities between the sum and its residue, with
/// all weights made multiples of the modulus and divided by it, so that the bound is rounded up. `shift` is how often 1 was
/// added on both sides, so that the bound is above 0.
std::uint64_t PlanesProver::rounded(const Family& family, const Residues& residues, const SingleValue& value,
                                    std::size_t state, std::uint64_t relation, int sign, mpz_class& shift) {
    const mpz_class& modulus = residues.modulus;
    const std::vector<mpz_class>& potential = residues.potential.back();
    const std::size_t last = family.weights.reach() - 1;
    const std::optional<std::size_t> gate = sign > 0 ? value.reaching : value.beyond;
    Sum sum;
    if (gate) {
        sum.add(sign > 0 ? PlanesFormula::reaches(*gate) : PlanesFormula::falls_short(*gate));
        const mpz_class weight = sign > 0 ? mpz_class(value.sum - family.least) : mpz_class(family.most - value.sum);
        sum.add_literal(gate_variable(*gate), -sign * up_to_multiple(weight, modulus));
    } else {
        // The least, or the most, that there can be.
        for (const auto& [node, weight] : model_.circuit.gates()[family.bounds.front().second].wires)
            sum.add_literal(static_cast<std::int32_t>(node), sign * weight);
    }
    sum.add(relation);
    const mpz_class bound = sign * (value.sum - potential[state]);
    mpz_class quotient;
    const mpz_class negative = -bound;
    mpz_fdiv_q(quotient.get_mpz_t(), negative.get_mpz_t(), modulus.get_mpz_t());
    shift = quotient < 0 ? mpz_class(0) : mpz_class(quotient + 1);
    add_ones(sum, last, -sign * potential[state] + shift * modulus);
    for (const Edge& edge : q_.runs.at[last])
        sum.add_literal(edge.variable, up_to_multiple(sign * (potential[edge.to] - potential[state]), modulus));
    sum.divide(modulus);
    return proof_.derive(sum);
}

void PlanesProver::add_residue(const Family& family, const Residues& residues, const SingleValue& value,
                               std::size_t state, std::uint64_t at_least, std::uint64_t at_most) {
    const std::vector<mpz_class>& potential = residues.potential.back();
    const std::size_t last = family.weights.reach() - 1;
    mpz_class shift, other_shift;
    const std::uint64_t low = rounded(family, residues, value, state, at_least, 1, shift);
    const std::uint64_t high = rounded(family, residues, value, state, at_most, -1, other_shift);
    Sum sum;
    sum.add(low);
    sum.add(high);
    add_ones(sum, last, -(shift + other_shift));
    sum.saturate();
    std::vector<std::int32_t> steps;
    for (const Edge& edge : q_.runs.at[last])
        if (up_to_multiple(potential[edge.to] - potential[state], residues.modulus) != 0)
            steps.push_back(edge.variable);
    add_clause(sum, {value.reaching, value.beyond}, steps);
    proof_.remove({low, high});
}

/// "The model accepts only where the language does", or "rejects": by propagation, if it does. Gives its number.
std::optional<std::uint64_t> PlanesProver::side(bool accepts) {
    const circuit::Literal answer = accepts ? model_.accept : !model_.accept;
    Terms terms;
    mpz_class bound = 0;  // Σ of the steps that agree ≥ the answer
    if (answer.node() != 0)
        terms.emplace_back(static_cast<std::int32_t>(answer.node()), answer.complemented() ? 1 : -1);
    if (answer.complemented()) bound = 1;
    for (const Edge& edge : q_.runs.at.back())
        if (q_.runs.accepting[edge.to] == accepts) terms.emplace_back(edge.variable, 1);
    const LinearConstraint claim = logic::linear_constraint(terms, bound);
    LinearConstraint contrary = claim;
    for (auto& term : contrary.terms) term.second = -term.second;
    contrary.bound = 1 - claim.bound;
    std::vector<const LinearConstraint*> all{&contrary};
    for (const LinearConstraint& constraint : q_.formula.constraints) all.push_back(&constraint);
    for (const LinearConstraint& clause : clauses_) all.push_back(&clause);
    if (!logic::propagation_refutes(all, q_.formula.variables, limits_)) return std::nullopt;
    return proof_.derive(claim);
}

/// With "the answers differ" one side says 2 · answer ≤ 1, the other 2 · answer ≥ 1, and both are rounded.
std::optional<std::string> PlanesProver::contradiction() {
    const bool constant = model_.accept.node() == 0;
    std::optional<std::uint64_t> sides[2];
    for (const bool accepts : {true, false}) {
        if (constant && accepts != (model_.accept == circuit::top)) continue;
        auto& one = sides[accepts ? 0 : 1];
        one = side(accepts);
        if (!one) return std::nullopt;
    }
    const std::size_t last = q_.runs.length() - 1;
    const std::uint64_t at_most_one = one_step(last, true);
    Sum accepted, rejected, both;
    std::uint64_t ends[2] = {0, 0};
    if (sides[0]) {  // Σ members − accept ≥ 0, and 1 − accept − Σ members ≥ 0
        accepted.add(*sides[0]);
        accepted.add(q_.differ + 1);
        if (!constant) accepted.divide(2);
        ends[0] = proof_.derive(accepted);
    }
    if (sides[1]) {  // Σ others + accept ≥ 1, 1 − Σ steps ≥ 0, and Σ members + accept ≥ 1
        rejected.add(*sides[1]);
        rejected.add(at_most_one);
        rejected.add(q_.differ);
        if (!constant) rejected.divide(2);
        ends[1] = proof_.derive(rejected);
    }
    if (constant) return std::move(proof_).conclude(ends[sides[0] ? 0 : 1]);
    both.add(ends[0]);
    both.add(ends[1]);
    const std::uint64_t last_line = proof_.derive(both);
    return std::move(proof_).conclude(last_line);
}

}  // namespace attest::decide
