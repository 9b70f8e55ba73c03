#pragma once

#include "attest/exact/rational.hpp"
#include "network/seq2seq/run.hpp"
#include "programs/machines/turing.hpp"

namespace attest::machines {

/// The encoder–decoder that simulates a machine: its t-th output is the configuration at time t, as a one-hot state, a
/// one-hot symbol that is read, and the step before.
///
/// weight  of the third product of the last visit's query; 1/3 in the paper, and any number between 0 and 1/2 will do
/// Shape   dimension 2 |Q| + 4 |Σ| + 11
/// Source  [perez2021attention]; the output map is ours, and layers 2 and 3 have no attention to the encoder
network::Seq2seq perez_network(const NormalForm& machine, const exact::Rational& weight = exact::Rational(1, 3));

/// The output that stands for a configuration.
exact::Vector configuration(const network::Seq2seq& network, const NormalForm& machine, std::size_t state,
                            std::size_t symbol, int step_before);

}  // namespace attest::machines
