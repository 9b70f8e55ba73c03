#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/circuit/circuit.hpp"
#include "attest/logic/cnf.hpp"
#include "attest/verdict/verdict.hpp"

namespace attest::measure {

/// Looks at a refutation: empty if the proof refutes the formula, else why it is not accepted.
using ProofCheck = std::function<std::string(const logic::Cnf& formula, const std::string& lrat)>;

/// "No input with this value has so many sensitive positions", as a formula that was refuted, and the accepted proof.
struct Refuted {
    bool value = false;
    unsigned positions = 0;     ///< 0: there is no input with this value
    const logic::Cnf& formula;  ///< its first variables are the positions, in order
    const std::string& lrat;
};
using KeepRefuted = std::function<void(const Refuted&)>;

/// The most sensitive positions of an input on which a function has a given value.
struct MostSensitive {
    unsigned lower = 0;                      ///< reached at `input`, which was evaluated
    unsigned upper = 0;                      ///< no input has more: refuted, and the refutation accepted
    std::optional<std::vector<bool>> input;  ///< none if no input with this value was found
    bool never = false;                      ///< no input has this value: refuted, and accepted
    std::string reason;                      ///< if open: why
    std::optional<verdict::Reason> stopped;  ///< if a limit is why
};

struct SensitiveOptions {
    std::uint64_t seed = 0;
    std::int64_t most_conflicts = 20'000;  ///< of one question to the solver; four times as many for a proof
    ProofCheck check;                      ///< none: no refutation counts
    KeepRefuted keep;                      ///< is given what `check` has accepted; may be empty
    std::function<void(const std::string&)> progress;
};

/// "Is there an input with this value and k sensitive positions", k raised until there is none: the function and
/// its n flipped copies in one circuit, whose gates they share where they can, and a network that counts.
///
/// Needs   the circuit's inputs are the positions, in order
MostSensitive most_sensitive(const circuit::Circuit& circuit, circuit::Literal root, bool value,
                             const SensitiveOptions& options, const base::Limits& limits);

}  // namespace attest::measure
