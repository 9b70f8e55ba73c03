#pragma once

// Bit-parallel simulation: a word holds one node's value on 64 assignments. Data are flat: input k of a run
// over W words is inputs[k·W … k·W + W), and likewise for roots.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "attest/circuit/circuit.hpp"

namespace attest::circuit {

/// The values of all nodes on 64 assignments, one word a node: the plain way, which the fast one is held
/// against.
///
/// Shape   inputs: [input_count]
std::vector<std::uint64_t> simulate_word(const Circuit& circuit, std::span<const std::uint64_t> inputs);

/// The values of some literals on one assignment.
///
/// Shape   inputs: [input_count]
std::vector<bool> evaluate(const Circuit& circuit, std::span<const Literal> roots, const std::vector<bool>& inputs);
bool evaluate(const Circuit& circuit, Literal root, const std::vector<bool>& inputs);

/// Evaluates given roots on many assignments. Planned once for a circuit and its roots: only gates that a
/// root depends on are evaluated, in blocks of up to 32 words, and a gate's block is given to another as soon
/// as its last reader is done, so that the working set is as wide as the circuit's frontier and not as long
/// as the circuit.
///
/// Keeps no reference to the circuit. One simulator serves one thread at a time.
///
/// Cost    planning O(nodes + wires), about 12 bytes a gate and 4 a wire
class Simulator {
  public:
    Simulator(const Circuit& circuit, std::span<const Literal> roots);
    ~Simulator();
    Simulator(Simulator&&) noexcept;
    Simulator& operator=(Simulator&&) noexcept;

    /// Shape   inputs: [input_count × words]; outputs: [roots × words]
    /// Throws  InternalError if the spans have other sizes
    void run(std::span<const std::uint64_t> inputs, std::span<std::uint64_t> outputs, std::size_t words);

    std::size_t input_count() const;
    std::size_t root_count() const;
    std::size_t gate_count() const;  ///< evaluated a word
    std::size_t slot_count() const;  ///< blocks held at once

    struct Plan;

  private:
    std::unique_ptr<Plan> plan_;
};

/// Words that 2^n assignments fill: one for n ≤ 6.
std::size_t truth_table_words(unsigned n);

/// The inputs of a run over words first … first + words of all 2^n assignments of n inputs: assignment a (bit
/// a mod 64 of word a / 64) gives input k the bit n−1−k of a, so that the first input is the most
/// significant, as in words of a language. For n < 6 the assignments repeat in the word.
///
/// Shape   inputs: [n × words]
void fill_all_assignments(unsigned n, std::size_t first, std::size_t words, std::span<std::uint64_t> inputs);

/// The truth table of a literal over all inputs of its circuit, in the order of fill_all_assignments; unused
/// bits are 0.
///
/// Needs   at most 32 inputs
/// Throws  Unsupported for more
std::vector<std::uint64_t> truth_table(const Circuit& circuit, Literal root);

}  // namespace attest::circuit
