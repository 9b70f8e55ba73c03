#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "attest/network/transformer.hpp"
#include "programs/residual/builder.hpp"

// Linear temporal logic over finite words, read at the last position [yang2024masked]. The syntax is that of this folder's README.
//
// Strict since and until are all that a program keeps of its operators: f S g at i says that g holds at some j < i, and f at all
// positions between; f U g is the mirror. The empty word is read at position 0, which no operator sees: no symbol stands there,
// `empty` is true, and it is 0 modulo every number.

namespace attest::programs::ltl {

/// A formula; its operands stand before it.
struct Node {
    enum class Kind : std::uint8_t {
        constant,
        symbol,
        empty,      ///< this is position 0
        remainder,  ///< the position is `right` modulo `left`
        negation,
        conjunction,
        disjunction,
        since,
        until
    };
    Kind kind = Kind::constant;
    std::uint32_t left = 0;   ///< operand; constant: 1 for true; symbol: index in the alphabet
    std::uint32_t right = 0;  ///< second operand
};

struct Program {
    struct Definition {
        std::string name;
        std::uint32_t node = 0;
    };
    std::vector<std::string> alphabet;
    std::vector<Node> nodes;
    std::vector<Definition> definitions;
    std::uint32_t output = 0;  ///< a node
};

/// Reads a program. `file` is for messages.
/// Throws  InputError `FILE:line N, column M`
/// Cost    O(size): no recursion, so that nothing nests too deep
Program parse(std::string_view text, const std::string& file);

/// The transformer of unique hard attention that accepts the same words; definitions on which the output does not depend are
/// left out.
///
/// Gives   one head for each since (strict mask, ties to the right) and until (mask strict-future, ties to the left), and a
///         begin symbol, where the empty word is read
/// Source  [yang2024masked]
network::Transformer compile(const Program& program, const residual::Options& options = {});

/// Names of definitions on which the output does not depend, in order.
std::vector<std::string> unused(const Program& program);

}  // namespace attest::programs::ltl
