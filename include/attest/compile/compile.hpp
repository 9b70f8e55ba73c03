#pragma once

#include <cstdint>
#include <functional>
#include <variant>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/circuit/builder.hpp"
#include "attest/compile/inputs.hpp"
#include "attest/language/language.hpp"
#include "attest/network/transformer.hpp"
#include "attest/verdict/verdict.hpp"

namespace attest::compile {

/// How the attention of a layer becomes gates.
enum class Form {
    constant_depth,  ///< selections as single gates: depth ≤ 2 L + 1 at any length (Hao, Angluin & Frank 2022)
    compact          ///< prefix chains shared between positions (FORMAT.md, section 6); what certificates use
};

/// A value of a value set that never occurs: boundary b, position p (from 1), index in the set before dropping.
struct Drop {
    std::int64_t boundary = 0;
    std::int64_t position = 0;
    std::int64_t value = 0;
    auto operator<=>(const Drop&) const = default;
};

/// Asked with disjunctions of literals of the circuit so far: which of them are false on all words. It may say no when
/// it cannot tell.
using NeverTrue =
    std::function<std::vector<bool>(const circuit::Circuit&, const std::vector<std::vector<circuit::Literal>>&)>;

/// Literals that say of each part of a model whether it stands or adds 0, by layer.
struct Switches {
    std::vector<std::vector<circuit::Literal>> heads;
    std::vector<circuit::Literal> feedforward;  ///< the constant false where a layer has none
};

struct Options {
    Form form = Form::constant_depth;
    /// Values known to be droppable, in ascending order; each gives a literal that must be false on all words.
    std::vector<Drop> drops;
    /// Where given, finds further values that can never occur; they are left out.
    NeverTrue never_true;
    /// More values, or cases that lead to values, of one position than this stop the compilation (reason memory).
    std::size_t most_values = 1 << 16;
    std::size_t most_cases = 1 << 20;
    /// Keep the literals of all value sets.
    bool keep_values = false;
    /// Where given, parts can be switched off: the circuit is of all models without some parts at once.
    /// Needs   the compact form, a model without `repeat`
    const Switches* switches = nullptr;
};

/// What a compilation met, to be held against the size formula.
struct Sizes {
    std::int64_t positions = 0;             ///< n
    std::vector<std::size_t> values;        ///< v_b: greatest number of values of one position, by boundary
    std::vector<std::size_t> values_total;  ///< over all needed positions, by boundary
    std::size_t dropped = 0;
};

/// A model at one length, inside a builder.
struct CompiledModel {
    circuit::Literal accept;
    std::vector<Drop> drops;                      ///< given, or found
    std::vector<circuit::Literal> drop_literals;  ///< of the given drops, in order
    Sizes sizes;
    /// If asked for, the literals of the values that a position can hold, as far as later layers tell them apart:
    /// [boundary][position from 0], each the values' literals in order; empty where nothing reads the position.
    std::vector<std::vector<std::vector<circuit::Literal>>> values;
};

/// The acceptance of a hard-attention model on words of `inputs.length()` symbols.
///
/// Exact   yes: on every word the literal is true iff the model accepts
/// Gives   undecided with reason memory, deadline, interrupted, or unsupported (average or softmax attention)
/// Throws  InputError as network::Evaluator
/// Source  [hao2022formal]; FORMAT.md sections 5 and 6
std::variant<CompiledModel, verdict::Undecided> compile_model(circuit::Builder& builder, const Inputs& inputs,
                                                              const network::Transformer& transformer,
                                                              const Options& options, const base::Limits& limits);

/// Membership of the word in a language; `meaning` gives the language symbol of each model symbol.
/// Needs   language.defined_at(inputs.length())
circuit::Literal compile_language(circuit::Builder& builder, const Inputs& inputs, const language::Language& language,
                                  const std::vector<language::Symbol>& meaning);

/// The greatest number of gates that the one-hot form of theory 2.4 can need for these sizes:
/// Σ_{k<L} 2 n v_k + v_L + 1 with v_k = v_{k−1} (n v_{k−1})^H; as a logarithm to base 2, since it is astronomic.
double size_formula_log2(const network::Transformer& transformer, std::int64_t n);

}  // namespace attest::compile
