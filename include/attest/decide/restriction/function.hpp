#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/circuit/circuit.hpp"
#include "attest/compile/compile.hpp"
#include "attest/compile/inputs.hpp"
#include "attest/decide/restriction/restriction.hpp"
#include "attest/network/transformer.hpp"
#include "attest/verdict/verdict.hpp"

namespace attest::restriction {

/// What a hard-attention model accepts at one length, as a circuit over its words (FORMAT.md, section 6).
struct Function {
    compile::Inputs inputs;
    circuit::Circuit circuit;
    circuit::Literal accept;
    std::vector<compile::Drop> drops;
    std::vector<circuit::Literal> drop_literals;  ///< of the drops, in order: false on every word
    /// Literals of the values of each position that a later layer reads: [boundary 0 … L][position from 0].
    std::vector<std::vector<std::vector<circuit::Literal>>> values;

    std::size_t length() const { return static_cast<std::size_t>(inputs.length()); }
    std::size_t symbols() const { return inputs.symbols(); }
    /// The circuit's inputs as literals, with constants where the restriction fixes a position.
    std::vector<circuit::Literal> restricted_inputs(const Restriction& restriction) const;
};

/// Compiles a model. Values that never occur are looked for where value sets grow.
///
/// Gives   undecided as compile::compile_model
/// Throws  InputError as network::Evaluator
std::variant<Function, verdict::Undecided> compile_function(const network::Transformer& transformer,
                                                            std::int64_t length, std::uint64_t seed,
                                                            const base::Limits& limits);

/// The answers on all words, in order of the words.
using TruthTable = std::vector<bool>;

/// From the circuit, 64 words at a time.
///
/// Gives   nothing where there are more than `most_words` words
std::optional<TruthTable> tabulate(const Function& function, std::uint64_t most_words);

/// By the exact evaluator, word by word: also for average attention.
///
/// Gives   nothing where there are more words, or a limit is exceeded
std::optional<TruthTable> tabulate(const network::Transformer& transformer, std::int64_t length,
                                   std::uint64_t most_words, const base::Limits& limits);

}  // namespace attest::restriction
