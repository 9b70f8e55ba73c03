#pragma once

#include <string>

#include "attest/decide/threshold/encoder.hpp"
#include "attest/decide/threshold/solver.hpp"
#include "attest/network/guhat_keys.hpp"

namespace attest::threshold {

/// By which numbers a network chooses whose class tables for one length cannot show.
struct Scores {
    network::GuhatKeys keys;    ///< key dimension 1: with the values of the encoding
    std::string position_free;  ///< no positions: the file of FORMAT.md, section 9.8
};

/// The network of a satisfying assignment in a class of weak orders, with whole numbers for keys: run on all words by the
/// definition of the class.
///
/// Needs   the solver's last answer was satisfiable; no strict orders in the class
/// Throws  InternalError if the assignment is no network, or the network wrong on a word
Scores run_by_scores(const Specification& specification, const std::vector<Sample>& samples, const Encoding& encoding,
                     const CutSolver& solver);

}  // namespace attest::threshold
