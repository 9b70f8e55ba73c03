#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "attest/language/alphabet.hpp"
#include "attest/network/transformer.hpp"
#include "programs/foc/condition.hpp"
#include "programs/residual/builder.hpp"

// First-order logic with counting quantifiers over words, FOC[+;MOD] [chiang2023tighter]. The syntax is that of this folder's
// README. Variables are of two sorts: positions, 1 to N, of which a formula sees the symbol and the residue modulo a number, but
// neither order nor equality; and counts, 0 to N, of which it sees linear equations and inequalities. The one way from
// positions to counts is the quantifier "exactly x positions p are such that …".

namespace attest::programs::foc {

/// A formula; its operands stand before it. Variables are numbers, each bound in one place.
struct Node {
    enum class Kind : std::uint8_t {
        constant,
        symbol,    ///< at the position
        residue,   ///< the position is `rest` modulo `modulus`
        least,     ///< form ≥ 0, over count variables
        zero,      ///< form = 0
        multiple,  ///< form ≡ 0 modulo `modulus`
        negation,
        conjunction,
        disjunction,
        exists,  ///< some count
        exactly  ///< the count is the number of positions
    };
    Kind kind = Kind::constant;
    std::uint32_t left = 0, right = 0;      ///< operands; constant: 1 for true; symbol: index in the alphabet
    std::uint32_t position = 0, count = 0;  ///< variables
    std::uint32_t modulus = 1, rest = 0;    ///< of residue and multiple
    Linear form = {};                       ///< of least, zero and multiple
};

struct Program {
    struct Definition {
        std::string name;
        std::uint32_t node = 0;
    };
    std::string name;
    std::vector<std::string> alphabet;
    std::vector<Node> nodes;
    std::uint32_t positions = 0, counts = 0;  ///< how many variables there are
    std::vector<Definition> definitions;
    std::uint32_t output = 0;  ///< a node without free variables
};

/// What nests deeper than this is refused, so that all that follows formulas may recur.
inline constexpr std::size_t most_nested = 1000;

/// Reads a formula. `file` is for messages.
/// Throws  InputError `FILE:line N, column M`
/// Cost    O(size · depth of scopes)
Program parse(std::string_view text, const std::string& file);

/// By node: whether the output depends on it.
std::vector<bool> used(const Program& program);

/// Names of definitions on which the output does not depend, in order.
std::vector<std::string> unused(const Program& program);

/// Whether the formula is true of the word, by the definition of its operators.
/// Exact   yes
/// Cost    O(size · (N + 1)^(quantifiers that nest))
bool holds(const Program& program, const language::Word& word);

/// The lcm of all moduli of positions: of a position a formula sees its symbol and its residue modulo this.
/// Throws  Unsupported beyond 720
std::uint32_t modulus_of(const Program& program);

/// ∃x₁ … x_k (∃^{=x₁}p ψ₁(p) ∧ … ∧ ∃^{=x_k}p ψ_k(p) ∧ χ(x₁, …, x_k)), ψ and χ without quantifiers: a word is in the language by
/// how often symbols stand at residues. ψ is a set of cells, a cell a symbol and a residue.
struct NormalForm {
    std::string name;
    std::vector<std::string> alphabet;
    std::uint32_t modulus = 1;
    std::vector<std::vector<bool>> counts;  ///< [k][symbol · modulus + residue]: whether x_k counts it
    Conditions conditions;
    Conditions::Id condition = Conditions::no;  ///< χ, over k

    std::size_t cells() const { return alphabet.size() * modulus; }
    bool holds(const language::Word& word) const;
};

/// Source  [chiang2023tighter]; quantifiers over counts are eliminated by Cooper's method, whose left end is 0
/// Exact   yes
/// Throws  Unsupported where it becomes too large, or a number leaves 64 bits
NormalForm normal_form(const Program& program);

/// Whether two formulas over one alphabet are true of the same words of at least `from` symbols: whether no numbers of cells
/// tell them apart, by the same elimination.
///
/// Exact   yes
/// Throws  as normal_form
bool agree(const Program& one, const Program& other, std::size_t from);

/// The text of a normal form, which `parse` reads.
/// Throws  InputError for a symbol that the text cannot hold
std::string write(const NormalForm& form);

/// The formula as a file of certificates (FORMAT.md, section 33): only what the output needs.
std::string formula_file(const Program& program);

/// The transformer that accepts the same words.
///
/// Gives   average attention with a begin symbol: one layer of uniform heads, one a count, whose means are multiples of 1/n; a
///         second one where the normal form has residues of counts, whose heads look up the position that a count is
/// Source  [chiang2023tighter]
/// Throws  as normal_form
network::Transformer compile(const Program& program, const residual::Options& options = {});
network::Transformer compile(const NormalForm& form, const residual::Options& options = {});

}  // namespace attest::programs::foc
