#pragma once

#include <gmpxx.h>

#include <cstdint>

#include "checker/language/task.hpp"
#include "checker/network/program.hpp"

namespace attest::checker {

/// What going through all words by their prefixes found.
struct PrefixCount {
    mpz_class wrong;           ///< words on which some answer is not the task's text
    std::uint64_t states = 0;  ///< of prefixes, that were gone on from; or regions of them
    bool by_regions = false;
};

/// Counts mistakes (FORMAT.md section 26.3): prefixes that leave the same open are one; where these are many, whole regions
/// of them are gone through at once.
///
/// many_states   more states of one length than this are gone through by regions, where they can be
/// Throws  Defect (place) where program or task look ahead, or a step has no value on a word
/// Cost    steps for each state and symbol; memory for some states of each length
PrefixCount count_by_prefixes(Program& program, const Task& task, std::size_t length, Budget& budget,
                              std::size_t many_states = 1 << 16);

}  // namespace attest::checker
