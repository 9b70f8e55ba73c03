#include <algorithm>
#include <array>
#include <string>

#include "attest/base/error.hpp"
#include "circuit/gates.hpp"
#include "circuit/simulate.hpp"

namespace attest::circuit {

namespace {

std::uint64_t value_of(const std::vector<std::uint64_t>& values, Literal l) {
    return values[l.node()] ^ -std::uint64_t{l.complemented()};
}

std::uint64_t gate_value(const Circuit& circuit, Node v, const std::vector<std::uint64_t>& values) {
    return visit_gate(
        circuit, v,
        [&](Conjunction g) {
            std::uint64_t all = ~std::uint64_t{0};
            for (const Literal l : g.of) all &= value_of(values, l);
            return all;
        },
        [&](ExclusiveOr g) { return value_of(values, g.of[0]) ^ value_of(values, g.of[1]); });
}

}  // namespace

std::vector<std::uint64_t> simulate_word(const Circuit& circuit, std::span<const std::uint64_t> inputs) {
    if (inputs.size() != circuit.input_count()) {
        throw base::InternalError("circuit: simulation with the wrong number of inputs");
    }
    std::vector<std::uint64_t> values(circuit.node_count(), 0);
    std::ranges::copy(inputs, values.begin() + 1);
    for (Node v = circuit.first_gate(); v < circuit.node_count(); ++v) values[v] = gate_value(circuit, v, values);
    return values;
}

std::vector<bool> evaluate(const Circuit& circuit, std::span<const Literal> roots, const std::vector<bool>& inputs) {
    const std::vector<std::uint64_t> words(inputs.begin(), inputs.end());
    const std::vector<std::uint64_t> values = simulate_word(circuit, words);
    std::vector<bool> result;
    for (const Literal root : roots) result.push_back((value_of(values, root) & 1U) != 0);
    return result;
}

bool evaluate(const Circuit& circuit, Literal root, const std::vector<bool>& inputs) {
    return evaluate(circuit, std::span(&root, 1), inputs).front();
}

std::size_t truth_table_words(unsigned n) { return n <= 6 ? 1 : std::size_t{1} << (n - 6); }

void fill_all_assignments(unsigned n, std::size_t first, std::size_t words, std::span<std::uint64_t> inputs) {
    // Bit b of the assignments 0 … 63.
    static constexpr std::array<std::uint64_t, 6> within{0xAAAAAAAAAAAAAAAAU, 0xCCCCCCCCCCCCCCCCU, 0xF0F0F0F0F0F0F0F0U,
                                                         0xFF00FF00FF00FF00U, 0xFFFF0000FFFF0000U, 0xFFFFFFFF00000000U};
    for (unsigned k = 0; k < n; ++k) {
        const unsigned bit = n - 1 - k;
        for (std::size_t w = 0; w < words; ++w) {
            inputs[k * words + w] = bit < 6 ? within[bit] : -std::uint64_t{(first + w) >> (bit - 6) & 1U};
        }
    }
}

std::vector<std::uint64_t> truth_table(const Circuit& circuit, Literal root) {
    if (circuit.input_count() > 32) {
        throw base::Unsupported("a truth table over " + std::to_string(circuit.input_count()) +
                                " inputs; at most 32 are possible");
    }
    const unsigned n = static_cast<unsigned>(circuit.input_count());
    std::vector<std::uint64_t> table(truth_table_words(n));
    const std::size_t step = std::min<std::size_t>(table.size(), 1024);
    std::vector<std::uint64_t> inputs(n * step);
    Simulator simulator(circuit, std::span(&root, 1));
    for (std::size_t first = 0; first < table.size(); first += step) {
        fill_all_assignments(n, first, step, inputs);
        simulator.run(inputs, std::span(table).subspan(first, step), step);
    }
    if (n < 6) table.front() &= (std::uint64_t{1} << (1U << n)) - 1;
    return table;
}

}  // namespace attest::circuit
