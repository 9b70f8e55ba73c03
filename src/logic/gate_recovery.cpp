#include "gate_recovery.hpp"

#include <algorithm>
#include <cstdlib>

namespace attest::logic {
namespace {

class Recovery {
  public:
    explicit Recovery(const Cnf& formula) : formula_(formula) {
        circuit_.gates.resize(static_cast<std::size_t>(formula.variables) + 1);
    }

    RecoveredCircuit run() {
        for (std::size_t c = 0; c < formula_.size();) {
            RecoveredGate gate = conjunction_at(c);
            if (gate.clauses == 0) gate = parity_at(c);
            if (gate.clauses == 0) {
                circuit_.others.push_back(c++);
                continue;
            }
            circuit_.gates[static_cast<std::size_t>(-formula_.clause(c)[0])] = gate;
            c += gate.clauses;
        }
        return std::move(circuit_);
    }

  private:
    /// May −g, the first literal here, stand for a gate that is not defined yet, with this fan-in?
    bool fits(std::int32_t minus_gate, std::int32_t fan_in) const {
        return minus_gate < 0 && std::abs(fan_in) < -minus_gate &&
               circuit_.gates[static_cast<std::size_t>(-minus_gate)].kind == RecoveredGate::Kind::input;
    }

    RecoveredGate conjunction_at(std::size_t c) const {
        const std::int32_t minus_gate = formula_.clause(c).empty() ? 0 : formula_.clause(c)[0];
        std::size_t end = c;
        for (; end < formula_.size(); ++end) {
            const auto clause = formula_.clause(end);
            if (clause.size() != 2 || clause[0] != minus_gate || !fits(minus_gate, clause[1])) break;
        }
        const std::size_t count = end - c;
        if (count == 0 || end == formula_.size()) return {};
        const auto last = formula_.clause(end);
        if (last.size() != count + 1 || last[0] != -minus_gate) return {};
        for (std::size_t i = 0; i < count; ++i)
            if (last[i + 1] != -formula_.clause(c + i)[1]) return {};
        return {RecoveredGate::Kind::conjunction, c, count + 1};
    }

    RecoveredGate parity_at(std::size_t c) const {
        if (c + 4 > formula_.size() || formula_.clause(c).size() != 3) return {};
        const std::int32_t g = -formula_.clause(c)[0], a = formula_.clause(c)[1], b = formula_.clause(c)[2];
        if (!fits(-g, a) || !fits(-g, b) || std::abs(a) == std::abs(b)) return {};
        const std::int32_t expected[4][3] = {{-g, a, b}, {-g, -a, -b}, {g, -a, b}, {g, a, -b}};
        for (std::size_t i = 0; i < 4; ++i) {
            const auto clause = formula_.clause(c + i);
            if (!std::equal(clause.begin(), clause.end(), expected[i], expected[i] + 3)) return {};
        }
        return {RecoveredGate::Kind::parity, c, 4};
    }

    const Cnf& formula_;
    RecoveredCircuit circuit_;
};

}  // namespace

RecoveredCircuit recover_gates(const Cnf& formula) { return Recovery(formula).run(); }

std::vector<std::int32_t> fan_ins(const Cnf& formula, const RecoveredGate& gate) {
    if (gate.kind == RecoveredGate::Kind::input) return {};
    const auto clause = formula.clause(gate.kind == RecoveredGate::Kind::parity ? gate.first_clause
                                                                                : gate.first_clause + gate.clauses - 1);
    std::vector<std::int32_t> literals(clause.begin() + 1, clause.end());
    if (gate.kind == RecoveredGate::Kind::conjunction)
        for (std::int32_t& literal : literals) literal = -literal;
    return literals;
}

}  // namespace attest::logic
