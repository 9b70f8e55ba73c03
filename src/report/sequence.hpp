#pragma once

#include <string>
#include <vector>

#include "attest/network/guhat.hpp"
#include "attest/network/transformer.hpp"

namespace attest::report {

/// The symbols of the sequence that a network gets for a word, begin and end included.
std::vector<std::string> sequence(const network::Transformer& transformer, const language::Word& word);
std::vector<std::string> sequence(const network::Guhat& tables, const language::Word& word);

/// `3 '1'`; `position` from 1
std::string place(const std::vector<std::string>& sequence, std::int64_t position);

/// Which vectors the readout takes: `at 3 '1'`, `as the mean`.
std::string read_where(const network::Transformer& transformer, const std::vector<std::string>& sequence);

}  // namespace attest::report
