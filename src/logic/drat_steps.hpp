#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/logic/cnf.hpp"
#include "clause_arena.hpp"

namespace attest::logic {

/// Thrown inside the proof code only, where a proof turns out to be none.
struct NoProof {
    std::string reason;
};

/// One step of a DRAT proof: the addition or the deletion of a clause of the arena.
struct DratStep {
    ClauseRef clause;
    bool deletes;
};

/// A formula and a DRAT proof for it, read and matched.
struct DratProblem {
    ClauseArena arena;
    std::vector<ClauseRef> formula;  ///< formula clause c; its literals sorted and without repeats
    std::vector<DratStep> steps;
};

/// Reads a DRAT proof, text or binary, told apart by the bytes. Each deletion is matched to the youngest
/// living clause with the same set of literals; deletions of what is not there are dropped, as all checkers
/// do.
///
/// Throws  NoProof for bytes that are no whole DRAT file, a variable that the formula has not, the memory
/// limit
DratProblem read_drat(const Cnf& formula, std::string_view bytes, const base::Limits& limits);

}  // namespace attest::logic
