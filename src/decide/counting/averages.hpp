#pragma once

#include <optional>
#include <string>

#include "attest/network/transformer.hpp"

namespace attest::counting {

/// Why what a model answers at every length is not said by counts of its symbols; nothing where it is (FORMAT.md, section 37):
/// all positions look alike, and the one layer that attends gives all that it sees the same weight.
std::optional<std::string> not_by_counts(const network::Transformer& model);

/// The C-RASP program that accepts the words, but for the empty one, that the model accepts, as FORMAT.md, section 37, writes it.
///
/// Needs   not_by_counts gives nothing
/// Throws  Unsupported where a number has more than 15 digits, or a symbol cannot stand in such a text
std::string text_of_averages(const network::Transformer& model);

}  // namespace attest::counting
