#pragma once

#include <array>
#include <optional>
#include <variant>
#include <vector>

#include "measure/function/diagram.hpp"

namespace attest::measure {

/// How many positions must be known on the inputs with one value, as far as it was found out.
struct DiagramCertificates {
    /// Bounds on a greatest value over inputs, and where the lower one is reached.
    struct Greatest {
        unsigned lower = 0, upper = 0;
        std::vector<bool> input;  ///< by position from 0
    };
    Greatest certificate;                       ///< each certificate of the input has at least `lower` positions
    Greatest block_sensitivity;                 ///< only `lower` is looked for; upper is that of certificates
    std::vector<std::vector<unsigned>> blocks;  ///< disjoint, of block_sensitivity.input: positions from 1, ascending
};

struct DiagramCertificateOptions {
    std::size_t most_certificates = 4096;    ///< that may be needed to cover the inputs with one value
    std::uint64_t most_steps = 100'000'000;  ///< nodes and blocks looked at
    std::size_t most_nodes = 1 << 20;        ///< of the diagram of inputs that are not covered yet
};

/// By value of the function; none where it never has it. Certificates are collected until each input with the value has
/// one; an input for which no certificate is known that is as small as another's gets a least one, by the hitting sets of
/// the blocks that change its value.
///
/// Exact   lower and upper always
/// Gives   undecided with reason deadline or interrupted
std::variant<std::array<std::optional<DiagramCertificates>, 2>, verdict::Undecided> certificates(
    const Diagram& d, const DiagramCertificateOptions& options, const base::Limits& limits);

/// The most positions that are tested on a path: as a decision tree, the diagram is so deep.
unsigned longest_path(const Diagram& d);

}  // namespace attest::measure
