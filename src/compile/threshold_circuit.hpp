#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/circuit/circuit.hpp"
#include "attest/compile/inputs.hpp"
#include "attest/exact/rational.hpp"
#include "attest/network/transformer.hpp"
#include "attest/verdict/verdict.hpp"

namespace attest::compile {

/// A circuit of threshold gates: a gate is true iff the weights of its true wires add up to its bound at least. Node 0 is the
/// constant false, then come the inputs of Inputs, then the gates, each after what it reads. AND and OR are such gates, and NOT is a
/// negative weight.
class ThresholdCircuit {
  public:
    struct Gate {
        std::vector<std::pair<circuit::Node, mpz_class>> wires;  ///< ascending, weights not 0
        mpz_class bound;
        std::size_t depth = 0;  ///< gates on the longest path to an input, itself included
    };

    explicit ThresholdCircuit(std::size_t inputs) : inputs_(inputs) {}

    /// "The weights of the true literals add up to the bound at least", simplified where it is constant or one literal; equal
    /// gates are one.
    circuit::Literal threshold(const std::vector<std::pair<circuit::Literal, mpz_class>>& terms, mpz_class bound);
    circuit::Literal conjunction(const std::vector<circuit::Literal>& literals);
    circuit::Literal disjunction(const std::vector<circuit::Literal>& literals);

    std::size_t input_count() const { return inputs_; }
    const std::vector<Gate>& gates() const { return gates_; }
    std::size_t depth(circuit::Literal l) const;
    bool evaluate(circuit::Literal l, const std::vector<bool>& inputs) const;
    /// Without the gates that the literal does not depend on, which is renumbered.
    ThresholdCircuit cone(circuit::Literal& root) const;

  private:
    std::size_t inputs_;
    std::vector<Gate> gates_;
    std::map<std::pair<std::vector<std::pair<circuit::Node, mpz_class>>, mpz_class>, circuit::Node> numbers_;
};

struct ThresholdModel {
    ThresholdCircuit circuit;
    circuit::Literal accept;
    std::int64_t positions = 0;       ///< n
    std::vector<std::size_t> values;  ///< greatest number of values of one position, by boundary
    double formula_log2 = 0;          ///< what the size formula says, with these numbers of values
};

/// The acceptance of a model of hard and average attention as threshold gates, three levels a layer at any length: the TC⁰ form.
///
/// Gives   depth at most 3 a layer, and one for symbols that are alike; undecided with reason memory, deadline, interrupted or unsupported
/// Exact   yes
/// Source  [hao2022formal]
std::variant<ThresholdModel, verdict::Undecided> compile_threshold(const Inputs& inputs,
                                                                   const network::Transformer& transformer,
                                                                   std::size_t most_gates, const base::Limits& limits);

}  // namespace attest::compile
