#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/network/program.hpp"
#include "attest/network/transformer.hpp"
#include "programs/residual/builder.hpp"

// C-RASP: straight-line programs of Booleans and counts [yang2024counting]. The literature writes them as calls of Python or
// as formulas; this text is ours (grammar: README.md of this folder). #[φ] at i is the number of positions j ≤ i of the word
// with φ(j), #>[φ] of those with j ≥ i. A word is accepted iff the output is true at its last position; the empty word, which
// has none, is outside.

namespace attest::programs::crasp {

/// A step of an expression; operands stand before it.
struct Node {
    enum class Kind : std::uint8_t {
        // Booleans
        constant,  ///< number: 0 or 1
        symbol,    ///< number: index in the alphabet
        negation,
        conjunction,
        disjunction,
        less,
        less_equal,
        equal,
        // counts
        integer,  ///< number
        sum,
        difference,
        multiple,  ///< of `left`, number times
        before,    ///< #[left]
        after,     ///< #>[left]
        minimum,
        maximum,
        choice,  ///< condition ? left : right
        // either
        name  ///< number: index of the definition
    };
    Kind kind = Kind::constant;
    bool is_count = false;
    std::int64_t number = 0;
    std::uint32_t left = 0, right = 0, condition = 0;
};

/// The steps first … last of `Program::nodes`, of which the last is the result.
struct Definition {
    std::string name;
    std::uint32_t first = 0, last = 0;
    std::size_t line = 0;
};

struct Program {
    std::vector<std::string> alphabet;
    std::vector<Node> nodes;
    std::vector<Definition> definitions;
    std::uint32_t output = 0;

    bool is_count(const Definition& definition) const { return nodes[definition.last].is_count; }
};

/// Reads a program. `file` is for messages.
/// Throws  InputError `FILE:line N, column M`
/// Cost    O(size): no recursion
Program parse(std::string_view text, const std::string& file);

/// The text of a program, which parse reads as the same program.
/// Throws  InputError for a symbol that the text cannot hold
std::string write(const Program& program);

/// The transformer of average attention that accepts the same words, without layer norm; definitions on which the output does
/// not depend are left out. The empty word is an error of its position encoding.
network::Transformer compile(const Program& program, const residual::Options& options = {});

/// The same function as a program over finite values, for words of these lengths, at least 1: counts are values.
///
/// Throws  Unsupported where counts may have too many values
network::Program as_program(const Program& program, const std::string& name,
                            std::pair<std::int64_t, std::int64_t> lengths, const base::Limits& limits = {});

/// By definition, whether the output depends on it.
std::vector<bool> used(const Program& program);
/// Names of definitions on which the output does not depend, in order.
std::vector<std::string> unused(const Program& program);

}  // namespace attest::programs::crasp
