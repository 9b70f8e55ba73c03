#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "attest/network/program.hpp"
#include "attest/network/transformer.hpp"
#include "programs/residual/builder.hpp"

// B-RASP: straight-line programs of Boolean vectors [yang2024masked], in the text of hongjianjiang/llm_verification.
//
// Position 0 is before the word: every `symbol` is false there and `bos` is true. rightmost(S, V) at i is V(i, j) at the
// greatest j < i with S(i, j), false if there is none; leftmost has the least. A word is accepted iff the output is true at
// its last position, the empty one iff it is true at position 0.

namespace attest::programs::brasp {

/// A step of a Boolean expression; operands stand before it.
struct Node {
    enum class Kind : std::uint8_t { constant, name, negation, conjunction, disjunction };
    Kind kind = Kind::constant;
    bool flag = false;        ///< constant: its value; name: whether it is meant at j
    std::uint32_t left = 0;   ///< operand; name: index of the definition
    std::uint32_t right = 0;  ///< second operand
};

/// The steps first … last of `Program::nodes`, of which the last is the result.
struct Expression {
    std::uint32_t first = 0, last = 0;
};

struct Definition {
    enum class Kind : std::uint8_t { bos, symbol, expression, rightmost, leftmost };
    std::string name;
    Kind kind = Kind::expression;
    std::uint32_t symbol = 0;  ///< index in the alphabet
    Expression score = {};     ///< S of rightmost and leftmost
    Expression value = {};     ///< V of them; the expression
    std::size_t line = 0;

    bool attends() const { return kind == Kind::rightmost || kind == Kind::leftmost; }
};

struct Program {
    std::vector<std::string> alphabet;
    std::vector<Node> nodes;
    std::vector<Definition> definitions;
    std::uint32_t output = 0;
};

/// Reads a program. `file` is for messages.
/// Throws  InputError `FILE:line N, column M`
/// Cost    O(size): no recursion, so that nothing nests too deep
Program parse(std::string_view text, const std::string& file);

/// The text of a program, which parse reads as the same program but for the shape of nested conjunctions.
/// Throws  InputError for a symbol that the text cannot hold
std::string write(const Program& program);

/// The transformer of unique hard attention that accepts the same words; definitions on which the output does not depend are
/// left out.
///
/// Gives   dk of a head is the number of different questions S(i, ·) that its query positions ask
/// Throws  Unsupported beyond 4,096 of them in one definition
network::Transformer compile(const Program& program, const residual::Options& options = {});

/// The same function as a program over finite values, for words of any length.
///
/// Throws  Unsupported where a definition says more of i than 4,096 cases are for
/// Cost    O(size) and what its scores take apart
network::Program as_program(const Program& program, const std::string& name);

/// By definition, whether the output depends on it.
std::vector<bool> used(const Program& program);
/// Names of definitions on which the output does not depend, in order.
std::vector<std::string> unused(const Program& program);

}  // namespace attest::programs::brasp
