#pragma once

#include <optional>
#include <string>
#include <vector>

#include "attest/base/limits.hpp"
#include "programs/machines/perez.hpp"

namespace attest::machines {

/// How machine and network fared on one word.
struct Comparison {
    std::size_t steps = 0;  ///< that both took
    std::optional<std::size_t>
        wrong;        ///< the first time at which the network's output is no configuration of the machine
    std::string why;  ///< of the wrong one: what is there
    std::optional<std::size_t> accepted;  ///< the first time at which the machine accepts
    std::optional<std::size_t> network_accepted;
    std::optional<base::Limit> stopped;
};

/// Runs both side by side, until they differ or so many steps are taken. Whole outputs are compared, and each head with
/// queries must have a single best position.
///
/// Exact   yes
/// Cost    O(steps²) rational operations for a network of ours
/// Throws  UsageError for a symbol that is not of both alphabets, and a network with too few coordinates
Comparison compare(const network::Seq2seq& network, const NormalForm& machine, const std::vector<std::string>& word,
                   std::size_t steps, const base::Limits& limits);

/// The weight of a network's last visit, if it is ours with some weight, equal in every number.
std::optional<exact::Rational> weight_of(const network::Seq2seq& network, const NormalForm& machine);

}  // namespace attest::machines
