#pragma once

// What the kinds of nodes are: the table of their names, the views of gates, and the rules that go by kind. Nothing
// else switches on GateKind. A new kind of gate is a row, a view and a case of `visit_gate`, after which the compiler
// names each place that has no rule for it; numbers of its own (the weights and the bound of a threshold gate) stand in
// an array of the circuit beside the wires, and its view gives them. A latch is a row too, and no gate: a node without
// fan-ins, like an input, whose next value the circuit keeps as a literal, like a constraint.

#include <array>
#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "attest/base/error.hpp"
#include "attest/circuit/builder.hpp"
#include "attest/circuit/circuit.hpp"
#include "base/overloaded.hpp"

namespace attest::circuit {

/// A row of the table.
struct KindRow {
    GateKind kind;
    const char* name;       ///< in JSON, SMT-LIB, GraphML and DOT: `and`
    const char* sign;       ///< in drawings: `∧`
    const char* dot_shape;  ///< of Graphviz
    std::size_t least_fan_ins, most_fan_ins;
    bool is_gate() const { return most_fan_ins > 0; }
};

const KindRow& row_of(GateKind kind);

/// True iff all fan-ins are.
struct Conjunction {
    std::span<const Literal> of;
};
/// True iff one of the two fan-ins is.
struct ExclusiveOr {
    std::span<const Literal, 2> of;
};

/// Calls the rule for the kind of a gate with a view of it. Rules take Conjunction and ExclusiveOr, and give one type.
///
/// Needs   a gate
template <typename... Rules>
decltype(auto) visit_gate(const Circuit& circuit, Node gate, Rules&&... rules) {
    const base::Overloaded<std::remove_cvref_t<Rules>...> rule{std::forward<Rules>(rules)...};
    const std::span<const Literal> in = circuit.fan_ins(gate);
    if (circuit.kind(gate) == GateKind::conjunction) return rule(Conjunction{in});
    if (circuit.kind(gate) == GateKind::exclusive_or) return rule(ExclusiveOr{in.first<2>()});
    throw base::InternalError("circuit: a rule for gates was asked of a node that is none");
}

/// The gate once more, over the images of its fan-ins, by the rules of the builder. `image`: Literal → Literal.
template <typename Image>
Literal form_again(Builder& to, const Circuit& circuit, Node gate, const Image& image) {
    return visit_gate(
        circuit, gate,
        [&](Conjunction g) {
            if (g.of.size() == 2) return to.conjunction({image(g.of[0]), image(g.of[1])});
            std::vector<Literal> images;
            images.reserve(g.of.size());
            for (const Literal l : g.of) images.push_back(image(l));
            return to.conjunction(images);
        },
        [&](ExclusiveOr g) { return to.exclusive_or(image(g.of[0]), image(g.of[1])); });
}

/// The clauses that say what a gate is, in the order of FORMAT.md, section 7: a promise. `take`: a span of literals.
///
///   g = AND(l1, …, lk)   (¬g l1) … (¬g lk) (g ¬l1 … ¬lk)
///   g = a XOR b          (¬g a b) (¬g ¬a ¬b) (g ¬a b) (g a ¬b)
///
/// Source  Tseitin 1968
template <typename Take>
void clauses_of(const Circuit& circuit, Node gate, const Take& take) {
    const Literal g(gate, false);
    visit_gate(
        circuit, gate,
        [&](Conjunction c) {
            std::vector<Literal> all;
            all.reserve(c.of.size() + 1);
            all.push_back(g);
            for (const Literal l : c.of) {
                take(std::span<const Literal>(std::array{!g, l}));
                all.push_back(!l);
            }
            take(std::span<const Literal>(all));
        },
        [&](ExclusiveOr x) {
            const Literal a = x.of[0], b = x.of[1];
            for (const auto& clause :
                 {std::array{!g, a, b}, std::array{!g, !a, !b}, std::array{g, !a, b}, std::array{g, a, !b}})
                take(std::span<const Literal>(clause));
        });
}

}  // namespace attest::circuit
