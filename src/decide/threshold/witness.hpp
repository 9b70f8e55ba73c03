#pragma once

#include <cstdint>

#include "attest/decide/threshold/encoder.hpp"
#include "attest/decide/threshold/solver.hpp"
#include "attest/network/guhat.hpp"

namespace attest::threshold {

/// Tables of the class for words of the specification's length, without any entry.
network::Guhat blank_network(const Specification& specification);

/// The network of a satisfying assignment, as tables for words of the specification's length.
///
/// Needs   the solver's last answer was satisfiable
/// Gives   tables that the exact evaluator has run on all words of that length: they compute the language
/// Throws  InternalError if the assignment is no network, or the network wrong on a word
network::Guhat decode(const Specification& specification, const std::vector<Sample>& samples, const Encoding& encoding,
                      const CutSolver& solver);

/// The first word of the specification's length on which the tables err or look where the mask forbids, if
/// there is one.
std::optional<language::Word> mistake(const Specification& specification, const network::Guhat& network);

}  // namespace attest::threshold
