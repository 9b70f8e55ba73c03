#include "checker/induction/invariant.hpp"

#include <string>

#include "checker/kernel/defect.hpp"
#include "checker/translation/formula_of_miter.hpp"

// FORMAT.md, section 31: the files of an induction, and its formula. What the writer says of the machine is compared with what is built
// here, and never used; the invariant alone is the writer's.

namespace attest::checker {
namespace {

Literal read_literal(const Cursor& at, std::size_t nodes) {
    return static_cast<Literal>(at.integer(0, static_cast<std::int64_t>(2 * nodes - 1)));
}

/// The conjuncts as literals of a circuit, for these values of the latches.
Literals form_conjuncts(const InvariantFile& invariant, Circuit& circuit, const Literals& latches) {
    Literals nodes{bottom};
    nodes.insert(nodes.end(), latches.begin(), latches.end());
    const auto of = [&](Literal l) { return nodes[l / 2] ^ (l & 1); };
    circuit.budget().memory(4 * invariant.gates.size());
    for (const auto& [kind, fanin] : invariant.gates) {
        if (kind == Circuit::Gate::parity) {
            nodes.push_back(circuit.parity(of(fanin[0]), of(fanin[1])));
            continue;
        }
        Literals literals;
        for (const Literal l : fanin) literals.push_back(of(l));
        nodes.push_back(circuit.conjunction(std::move(literals)));
    }
    Literals result;
    for (const Literal c : invariant.conjuncts) result.push_back(of(c));
    return result;
}

}  // namespace

Formula formula_of_induction(MachineStep step, const InvariantFile& invariant, std::size_t symbols, Budget& budget) {
    Literals now;
    for (std::size_t k = 0; k < step.initial.size(); ++k) now.push_back(step.latch(k));
    const Literals before = form_conjuncts(invariant, step.circuit, now);
    for (std::size_t k = 0; k < before.size(); ++k)
        if (before[k] == bottom)
            throw Defect("invariant.json: conjuncts[" + std::to_string(k) + "]", "it is never true");
    const Literals after = form_conjuncts(invariant, step.circuit, step.next);
    Literals roots{step.bad};
    for (const Literal c : after) roots.push_back(negated(c));
    Formula formula = formula_of({std::move(step.circuit), std::move(roots), symbols, 1}, budget);
    for (const Literal c : before) {
        if (c == top) continue;
        const auto variable = static_cast<std::int32_t>(c / 2);
        formula.add({c % 2 == 0 ? variable : -variable});
    }
    return formula;
}

InvariantFile read_invariant_file(std::string_view bytes, std::size_t latches, Budget& budget) {
    const Json json = parse_json(bytes, "invariant.json", budget);
    const Cursor all(json, "invariant.json: ");
    all.only({"format", "version", "latches", "gates", "conjuncts"});
    if (all.at("format").string() != "attest/invariant") all.at("format").fail("\"attest/invariant\" was expected");
    all.at("version").integer(1, 1);
    all.at("latches").integer(static_cast<std::int64_t>(latches), static_cast<std::int64_t>(latches));
    InvariantFile file;
    const Cursor gates = all.at("gates");
    std::size_t nodes = 1 + latches;
    for (std::size_t g = 0; g < gates.size(); ++g, ++nodes) {
        const Cursor gate = gates.item(g);
        if (gate.size() < 3) gate.fail("a gate is [\"and\" or \"xor\", literal, literal, …]");
        const std::string& name = gate.item(0).string();
        const bool parity = name == "xor";
        if (!parity && name != "and") gate.item(0).fail("\"and\" or \"xor\" was expected");
        if (parity && gate.size() != 3) gate.fail("a parity is of two literals");
        budget.memory(64 + 4 * gate.size());
        Literals literals;
        for (std::size_t k = 1; k < gate.size(); ++k) literals.push_back(read_literal(gate.item(k), nodes));
        file.gates.emplace_back(parity ? Circuit::Gate::parity : Circuit::Gate::conjunction, std::move(literals));
    }
    const Cursor conjuncts = all.at("conjuncts");
    if (conjuncts.size() == 0) conjuncts.fail("at least one conjunct was expected");
    for (std::size_t k = 0; k < conjuncts.size(); ++k) file.conjuncts.push_back(read_literal(conjuncts.item(k), nodes));
    return file;
}

void check_machine_file(const MachineStep& step, std::string_view bytes, Budget& budget) {
    const Budget::Temporary here(budget);
    const Json json = parse_json(bytes, "machine.json", budget);
    const Cursor all(json, "machine.json: ");
    all.only({"format", "version", "inputs", "latches", "gates", "bad"});
    if (all.at("format").string() != "attest/machine") all.at("format").fail("\"attest/machine\" was expected");
    all.at("version").integer(1, 1);
    const auto inputs = static_cast<std::int64_t>(step.letter_inputs);
    all.at("inputs").integer(inputs, inputs);
    const Cursor latches = all.at("latches");
    if (latches.size() != step.initial.size())
        latches.fail(std::to_string(step.initial.size()) + " latches were expected, " + std::to_string(latches.size()) +
                     " were found");
    for (std::size_t k = 0; k < latches.size(); ++k) {
        const Cursor latch = latches.item(k);
        latch.only({"initial", "next"});
        latch.at("initial").integer(step.initial[k] ? 1 : 0, step.initial[k] ? 1 : 0);
        latch.at("next").integer(step.next[k], step.next[k]);
    }
    const Cursor gates = all.at("gates");
    if (gates.size() != step.circuit.gates())
        gates.fail(std::to_string(step.circuit.gates()) + " gates were expected, " + std::to_string(gates.size()) +
                   " were found");
    for (std::size_t g = 0; g < gates.size(); ++g) {
        const Cursor gate = gates.item(g);
        const auto fanin = step.circuit.fanin(g);
        const bool parity = step.circuit.kind(g) == Circuit::Gate::parity;
        if (gate.size() != 1 + fanin.size() || gate.item(0).string() != (parity ? "xor" : "and"))
            gate.fail("another gate was expected");
        for (std::size_t k = 0; k < fanin.size(); ++k) gate.item(k + 1).integer(fanin[k], fanin[k]);
    }
    all.at("bad").integer(step.bad, step.bad);
}

Induction::Induction(MachineStep step, std::size_t symbols, const Files& files, Budget& budget) : formula_(budget) {
    check_machine_file(step, files.at("machine.json"), budget);
    initial_ = step.initial;
    gates_ = step.circuit.gates();
    invariant_ = read_invariant_file(files.at("invariant.json"), initial_.size(), budget);
    formula_ = formula_of_induction(std::move(step), invariant_, symbols, budget);
    check_formula_text(formula_, files.at("formula.cnf"), "formula.cnf");
}

void Induction::check_base(Budget& budget) const {
    Circuit circuit(initial_.size(), budget);
    Literals latches;
    for (std::size_t k = 0; k < initial_.size(); ++k) latches.push_back(static_cast<Literal>(2 * (k + 1)));
    const Literals conjuncts = form_conjuncts(invariant_, circuit, latches);
    const std::vector<bool> values = simulate(circuit, initial_);
    for (std::size_t k = 0; k < conjuncts.size(); ++k)
        if (!holds(values, conjuncts[k]))
            throw Defect("invariant.json: conjuncts[" + std::to_string(k) + "]", "it is false before the first letter");
}

}  // namespace attest::checker
