#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "checker/core/text.hpp"
#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// A formula of FOC[+;MOD] (FORMAT.md section 33.1): nodes, each after its operands, the last one without free variables.
struct CountFormula {
    enum class Operator {
        truth,
        symbol,
        residue,
        least,
        zero,
        multiple,
        negation,
        conjunction,
        disjunction,
        exists,
        exactly
    };
    struct Term {
        std::size_t count = 0;  ///< variable
        std::int64_t factor = 0;
    };
    struct Node {
        Operator op = Operator::truth;
        bool holds = false;                   ///< truth
        std::size_t left = 0, right = 0;      ///< operands
        std::size_t position = 0, count = 0;  ///< variables
        std::size_t symbol = 0;               ///< index in the alphabet
        std::int64_t modulus = 1, rest = 0;
        std::vector<Term> terms = {};
        std::int64_t constant = 0;
    };

    std::string name;
    std::vector<Symbol> alphabet;
    std::vector<Node> nodes;
    std::size_t positions = 0, counts = 0;  ///< variables are below these
    std::size_t modulus = 1;                ///< the lcm of those of residues

    std::size_t cells() const { return alphabet.size() * modulus; }
};

/// Throws  Defect (place)
CountFormula read_formula(std::string_view bytes, const std::string& file, Budget& budget);

/// How many positions of a word have each symbol and residue: [symbol · modulus + residue].
using CellCounts = std::vector<std::uint64_t>;

/// Whether the formula is true of a word with these counts, operator by operator.
/// Cost    (N + 1)^(quantifiers that nest) steps at worst
bool holds(const CountFormula& formula, const CellCounts& cells, Budget& budget);

CellCounts cells_of(const CountFormula& formula, const std::vector<std::size_t>& word);

}  // namespace attest::checker
