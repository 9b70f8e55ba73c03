#pragma once

#include <optional>
#include <string>

#include "attest/certify/archive.hpp"
#include "attest/verdict/certified.hpp"
#include "programs/machines/loop_errors.hpp"

namespace attest::certify {

/// A program with the bytes it was read from.
struct SubleqFile {
    machines::SubleqProgram program;
    std::string bytes;
};

/// The loop of the program that goes wrong.
struct WrongLoop {
    std::size_t loop = 0;  ///< from 1
    machines::LoopOutcome outcome;
};

struct LoopsDecided {
    machines::LoopSettings settings;
    std::optional<machines::LoopErrors> errors;  ///< for all programs of the shape, where they are within the snap
    std::optional<WrongLoop> wrong;
    std::size_t loops = 0;  ///< of the program that were gone through and are right, where the errors are not
    verdict::Verdict verdict;
};

/// Whether one loop of the network is one step, for all well-formed programs of the shape and all memories: by bounds on all
/// errors; where they do not show it, by running the program for as many loops and looking for one that goes wrong.
///
/// Throws  Unsupported for a temperature beyond 10000
LoopsDecided decide_loops(const SubleqFile& file, const machines::LoopSettings& settings, std::size_t loops,
                          const base::Limits& limits, Archive& archive);

}  // namespace attest::certify
