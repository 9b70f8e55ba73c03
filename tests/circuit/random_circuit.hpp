#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <vector>

#include "attest/circuit/builder.hpp"
#include "base/random.hpp"

namespace attest::tests {

/// Literals of a builder with what they are on 64 assignments, computed as they are asked for and not from
/// the circuit.
struct RandomCircuit {
    circuit::Builder builder{std::size_t{1} << 30};
    std::vector<std::uint64_t> inputs;
    std::vector<circuit::Literal> literals;
    std::vector<std::uint64_t> values;  ///< of the literals
};

/// Random calls of all constructors, with constants, repeats and complements among the arguments.
inline RandomCircuit random_circuit(base::Random& random, std::size_t inputs, std::size_t calls) {
    using namespace circuit;
    RandomCircuit r;
    const auto add = [&r](Literal l, std::uint64_t value) {
        r.literals.push_back(l);
        r.values.push_back(value);
    };
    add(top, ~std::uint64_t{0});
    for (std::size_t k = 0; k < inputs; ++k) {
        r.inputs.push_back(random.bits());
        add(r.builder.add_input(fmt::format("x{}", k + 1)), r.inputs.back());
    }
    for (std::size_t k = 0; k < calls; ++k) {
        const std::size_t arity = random.chance(1, 8) ? random.below(12) : random.below(4);
        std::vector<Literal> chosen;
        std::vector<std::uint64_t> values;
        for (std::size_t i = 0; i < arity; ++i) {
            const std::size_t which = random.chance(1, 20) ? 0 : random.below(r.literals.size());
            const bool flip = random.chance(1, 2);
            chosen.push_back(r.literals[which] ^ flip);
            values.push_back(r.values[which] ^ -std::uint64_t{flip});
        }
        const std::uint64_t kind = random.below(3);
        std::uint64_t conjunction = ~std::uint64_t{0};
        std::uint64_t disjunction = 0;
        for (const std::uint64_t v : values) {
            conjunction &= v;
            disjunction |= v;
        }
        if (kind == 0) add(r.builder.conjunction(chosen), conjunction);
        if (kind == 1) add(r.builder.disjunction(chosen), disjunction);
        if (kind == 2 && arity >= 2) add(r.builder.exclusive_or(chosen[0], chosen[1]), values[0] ^ values[1]);
    }
    return r;
}

/// The same as a circuit whose last few literals are outputs and, if asked for, one that is nearly always
/// true is a constraint.
inline circuit::Circuit random_ported_circuit(base::Random& random, std::size_t inputs, std::size_t calls,
                                              std::size_t outputs, bool constrained) {
    RandomCircuit r = random_circuit(random, inputs, calls);
    for (std::size_t k = 0; k < outputs; ++k) {
        r.builder.circuit().add_output(fmt::format("y{}", k), r.literals[r.literals.size() - 1 - k]);
    }
    if (constrained) {
        const circuit::Literal constraint = r.builder.disjunction(std::span(r.literals).subspan(1, 2));
        r.builder.circuit().add_constraint("one of two", constraint);
    }
    return std::move(r.builder).take();
}

}  // namespace attest::tests
