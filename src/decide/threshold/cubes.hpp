#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "attest/decide/threshold/synthesiser.hpp"

namespace attest::threshold {

/// Decides by parts: the variables of orders that occur most are given all combinations of values, and each combination,
/// a cube, is searched on its own, on as many threads as there are. Refuted cubes go into the journal with their proofs;
/// a search that finds them there goes on from them.
///
/// Needs   cubes: a power of two; breaks that hold for the specification
/// Gives   a refutation with one proof: that of each cube, and that the cubes are all there are
/// Throws  InputError for a journal of another question
Existence search_by_cubes(const Specification& specification, const std::vector<Break>& breaks,
                          const SynthesisOptions& options, const base::Limits& limits);

/// What refutes one cube: the clauses of a proof stand after the formula, the cuts, and a unit clause for each literal of
/// the cube.
struct CubeProof {
    std::vector<Literal> cube;
    std::vector<std::vector<Literal>> cuts;
    std::string lrat;
};

/// One refutation of the formula with the cuts of all cubes, in the order of the cubes, from those of all cubes over the
/// same variables: cube k has the complement of variable t iff bit t of k is 0.
///
/// Gives   formula with cuts and the LRAT proof; each step has been followed
/// Throws  InternalError if a step does not follow
Refutation join(const logic::Cnf& formula, const std::vector<CubeProof>& proofs);

}  // namespace attest::threshold
