#pragma once

#include <string>
#include <vector>

#include "attest/network/guhat.hpp"
#include "attest/network/transformer.hpp"

namespace attest::network {

/// The symbols of the sequence that a network gets for a word, begin and end included.
std::vector<std::string> sequence(const Transformer& transformer, const language::Word& word);
std::vector<std::string> sequence(const Guhat& tables, const language::Word& word);

}  // namespace attest::network
