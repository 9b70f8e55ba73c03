#pragma once

#include <optional>
#include <string>
#include <vector>

#include "attest/network/transformer.hpp"
#include "network/seq2seq/seq2seq.hpp"

/// Answers that depend on the counts of symbols, or on their proportions, alone.
namespace attest::order {

/// What an answer may depend on.
enum class Invariance {
    order,      ///< the same on words with the same counts
    proportion  ///< the same on words, not empty, with the same proportions
};

const char* to_string(Invariance invariance);  ///< `order`, `proportion`

/// Why the text of a model does not show that it is invariant (FORMAT.md, section 32.1); nothing where it does.
/// Cost    O(heads + d)
/// Source  [perez2021attention], which has it of encoder–decoders
std::optional<std::string> obstacle(const network::Transformer& model, Invariance invariance);
std::optional<std::string> obstacle(const network::Seq2seq& network, Invariance invariance);

/// What the text shows of a model if it were read elsewhere.
struct Reading {
    std::string where;  ///< `begin`, `end`, `symbol`, `mean`, `sum`
    bool order = false, proportion = false;
    bool is_own = false;  ///< so it is read
};

/// All readings that the model can have.
std::vector<Reading> readings(const network::Transformer& model);

}  // namespace attest::order
