#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "checker/core/text.hpp"
#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// A B-RASP program (FORMAT.md, section 36.1).
struct StraightProgram {
    struct Node {
        enum class Kind : std::uint8_t { constant, name, negation, conjunction, disjunction };
        Kind kind = Kind::constant;
        bool flag = false;                ///< of a constant; of a name: it is meant at j
        std::size_t left = 0, right = 0;  /// operands, that stand before it; of a name: its definition
    };
    /// The nodes first … last, of which the last one is the result.
    struct Expression {
        std::size_t first = 0, last = 0;
    };
    struct Definition {
        enum class Kind : std::uint8_t { begin, symbol, expression, rightmost, leftmost };
        Kind kind = Kind::expression;
        std::size_t symbol = 0;
        Expression score, value;

        bool attends() const { return kind >= Kind::rightmost; }
    };
    std::vector<Symbol> alphabet;
    std::vector<Node> nodes;
    std::vector<Definition> definitions;
    std::size_t output = 0;
};

/// Reads a program's text. Throws Defect (file and line).
StraightProgram read_straight_program(std::string_view text, const std::string& file, Budget& budget);

/// What an attention asks of the position that asks (FORMAT.md, section 36.2, "Cases").
struct AskedCases {
    std::vector<std::size_t> names;         ///< definitions but symbols
    std::vector<std::size_t> symbols;       ///< definitions that are symbols
    std::vector<std::size_t> alternatives;  ///< symbols of the alphabet of these, each once; then none of them

    std::size_t count() const { return (alternatives.size() + 1) << names.size(); }
    /// Whether a definition is true in a case. Needs it is one of the names or symbols.
    bool is_true(const StraightProgram& program, std::size_t definition, std::size_t number) const;
};
/// Throws Defect (file) beyond 4,096 cases
AskedCases cases_of(const StraightProgram& program, const StraightProgram::Definition& definition,
                    const std::string& file, Budget& budget);

/// Whether the program accepts the word, given by symbols of its alphabet.
///
/// Exact   yes
/// Cost    O(nodes · cases · (1 + symbols / 64))
bool accepts(const StraightProgram& program, const std::vector<std::size_t>& word, Budget& budget);

}  // namespace attest::checker
