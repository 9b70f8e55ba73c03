#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checker/core/cursor.hpp"
#include "checker/core/manifest.hpp"

namespace attest::checker {

// What these claims say is read into the texts of `Claim::map`, and their bounds into `Evidence::rule`, by key: a claim of a
// further kind costs the manifest nothing. The functions `…_of` give it back as what it is.

/// That a network simulates a Turing machine: FORMAT.md section 28.
struct SimulationClaim {
    std::optional<std::size_t> length;  ///< of the words; nothing: all words
    std::optional<std::size_t> steps;   ///< nothing: all times
};

/// That one loop of a network is one step of every SUBLEQ program of a shape: FORMAT.md section 29.
struct LoopsClaim {
    std::size_t scratch = 0, memory = 0, commands = 0, bits = 0;
    Rational temperature, snap;

    std::size_t columns() const { return scratch + memory + commands; }
    std::size_t code_bits() const;
};

/// Upper bounds of exponentials.
struct TemperatureBounds {
    Rational x, far, rho, write;
};

/// Needs   a claim of the kind, as it was read
SimulationClaim simulation_of(const Claim& claim);
LoopsClaim loops_of(const Claim& claim);
TemperatureBounds bounds_of(const Evidence& evidence);

/// The keys of claims, and of their evidence. Each throws Defect (place).
void read_simulates(const Cursor& at, Claim& claim);
Evidence read_simulation_evidence(const Cursor& at, const Claim& claim);

std::vector<std::string> files_of_simulation(const Manifest& manifest);

void read_loops(const Cursor& at, Claim& claim);
Evidence read_loops_evidence(const Cursor& at, const Claim& claim);

std::vector<std::string> files_of_loops(const Manifest& manifest);

}  // namespace attest::checker
