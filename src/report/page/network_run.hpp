#pragma once

#include <set>
#include <string>
#include <variant>

#include "attention_arcs.hpp"
#include "attest/network/guhat.hpp"
#include "attest/network/transformer.hpp"
#include "context.hpp"

namespace attest::report {

using Network = std::variant<network::Transformer, network::Guhat>;

/// What a network did on one word.
struct NetworkRun {
    bool accepts = false;
    std::string score;  ///< how the answer was read; empty for tables
    Attention attention;
    std::string text;  ///< where each position looks, a line each
};

/// Throws  Unsupported where no precision tells a softmax model's score from 0
NetworkRun run_of(const Network& network, const language::Word& word);

/// The drawing of the attention, and the list of where each position looks, where they are not too long.
///
/// marked  positions of the sequence, from 1, that stand out; title, note: of the drawing; outcome: beside the position
///         that is read
void write_run(Context& page, const NetworkRun& run, const std::set<std::int64_t>& marked, const std::string& title,
               const std::string& outcome, const std::string& note);

}  // namespace attest::report
