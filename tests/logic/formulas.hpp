#pragma once

// Families of formulas with known answers, and a small circuit writer after FORMAT.md, section 7.

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <optional>
#include <vector>

#include "attest/logic/cnf.hpp"
#include "base/random.hpp"

namespace attest::logic::test {

/// `pigeons` pigeons in one hole fewer.
inline Cnf pigeon_hole(std::int32_t pigeons) {
    Cnf formula;
    const std::int32_t holes = pigeons - 1;
    formula.variables = pigeons * holes;
    const auto in = [&](std::int32_t p, std::int32_t h) { return p * holes + h + 1; };
    for (std::int32_t p = 0; p < pigeons; ++p) {
        std::vector<std::int32_t> somewhere;
        for (std::int32_t h = 0; h < holes; ++h) somewhere.push_back(in(p, h));
        formula.add(somewhere);
    }
    for (std::int32_t h = 0; h < holes; ++h)
        for (std::int32_t p = 0; p < pigeons; ++p)
            for (std::int32_t q = 0; q < p; ++q) formula.add({-in(p, h), -in(q, h)});
    return formula;
}

inline Cnf random_3sat(std::int32_t variables, std::size_t clauses, base::Random& random) {
    Cnf formula;
    formula.variables = variables;
    for (std::size_t c = 0; c < clauses; ++c) {
        std::vector<std::int32_t> clause;
        while (clause.size() < 3) {
            const auto v = static_cast<std::int32_t>(1 + random.below(static_cast<std::uint64_t>(variables)));
            if (std::none_of(clause.begin(), clause.end(), [&](std::int32_t l) { return std::abs(l) == v; }))
                clause.push_back(random.chance(1, 2) ? v : -v);
        }
        formula.add(clause);
    }
    return formula;
}

inline bool holds(std::int32_t literal, std::uint64_t assignment) {
    return ((assignment >> (std::abs(literal) - 1)) & 1) == (literal > 0 ? 1U : 0U);
}

inline bool satisfied(const Cnf& formula, std::uint64_t assignment) {
    for (std::size_t c = 0; c < formula.size(); ++c) {
        const auto clause = formula.clause(c);
        if (std::none_of(clause.begin(), clause.end(), [&](std::int32_t l) { return holds(l, assignment); }))
            return false;
    }
    return true;
}

/// By trying all assignments; at most 20 variables.
inline bool satisfiable_by_brute_force(const Cnf& formula) {
    for (std::uint64_t a = 0; a < std::uint64_t{1} << formula.variables; ++a)
        if (satisfied(formula, a)) return true;
    return false;
}

/// Writes gates as FORMAT.md, section 7, does. Literals are signed variables.
class CircuitCnf {
  public:
    explicit CircuitCnf(std::int32_t inputs) { formula_.variables = inputs; }

    std::int32_t conjunction(const std::vector<std::int32_t>& literals) {
        const std::int32_t g = ++formula_.variables;
        std::vector<std::int32_t> last{g};
        for (const std::int32_t l : literals) {
            formula_.add({-g, l});
            last.push_back(-l);
        }
        formula_.add(last);
        return g;
    }
    std::int32_t disjunction(std::vector<std::int32_t> literals) {
        for (std::int32_t& l : literals) l = -l;
        return -conjunction(literals);
    }
    std::int32_t parity(std::int32_t a, std::int32_t b) {
        const std::int32_t sign = (a < 0) != (b < 0) ? -1 : 1;
        a = std::abs(a);
        b = std::abs(b);
        const std::int32_t g = ++formula_.variables;
        formula_.add({-g, a, b});
        formula_.add({-g, -a, -b});
        formula_.add({g, -a, b});
        formula_.add({g, a, -b});
        return sign * g;
    }
    Cnf finish(const std::vector<std::int32_t>& roots) {
        formula_.add(roots);
        return std::move(formula_);
    }

  private:
    Cnf formula_;
};

inline std::vector<std::int32_t> shuffled(std::int32_t n, base::Random& random) {
    std::vector<std::int32_t> order(static_cast<std::size_t>(n));
    std::iota(order.begin(), order.end(), 1);
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
    return order;
}

inline std::int32_t parity_chain(CircuitCnf& circuit, const std::vector<std::int32_t>& literals) {
    std::int32_t sum = literals[0];
    for (std::size_t i = 1; i < literals.size(); ++i) sum = circuit.parity(sum, literals[i]);
    return sum;
}

/// Parity of a few literals as the OR of its minterms.
inline std::int32_t minterm_parity(CircuitCnf& circuit, const std::vector<std::int32_t>& literals) {
    std::vector<std::int32_t> minterms;
    for (std::uint32_t row = 0; row < 1U << literals.size(); ++row) {
        if (__builtin_popcount(row) % 2 == 0) continue;
        std::vector<std::int32_t> term;
        for (std::size_t i = 0; i < literals.size(); ++i) term.push_back((row >> i & 1) ? literals[i] : -literals[i]);
        minterms.push_back(circuit.conjunction(term));
    }
    return circuit.disjunction(minterms);
}

/// Levels of minterm blocks of 2 … `block` literals until one is left.
inline std::int32_t block_parity_tree(CircuitCnf& circuit, std::vector<std::int32_t> literals, std::size_t block,
                                      base::Random& random) {
    while (literals.size() > 1) {
        std::vector<std::int32_t> above;
        for (std::size_t at = 0; at < literals.size();) {
            const std::size_t size = std::min<std::size_t>(literals.size() - at, 2 + random.below(block - 1));
            const std::vector<std::int32_t> part(literals.begin() + static_cast<std::ptrdiff_t>(at),
                                                 literals.begin() + static_cast<std::ptrdiff_t>(at + size));
            above.push_back(part.size() == 1 ? part[0] : minterm_parity(circuit, part));
            at += size;
        }
        literals = std::move(above);
    }
    return literals[0];
}

/// Two chains of XOR gates over the inputs, the second in random order, said to differ: unsatisfiable.
inline Cnf parity_pair(std::int32_t n, base::Random& random) {
    CircuitCnf circuit(n);
    std::vector<std::int32_t> order(static_cast<std::size_t>(n));
    std::iota(order.begin(), order.end(), 1);
    const std::int32_t one = parity_chain(circuit, order);
    const std::int32_t two = parity_chain(circuit, shuffled(n, random));
    return circuit.finish({circuit.parity(one, two)});
}

}  // namespace attest::logic::test
