#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/decide/threshold/specification.hpp"
#include "attest/network/guhat.hpp"

namespace attest::threshold {

/// A network that works on a part of a longer word.
struct Piece {
    const network::Guhat* network = nullptr;
    std::vector<std::int64_t> positions;  ///< of its positions in the longer sequence, ascending

    std::int64_t reader() const { return positions.back(); }
};

/// A peeling (`peeling_search.hpp`) of a part of a longer word. Its own reader does not go over: a head of the new one takes
/// its place in the last layer.
struct Peeling {
    const network::Guhat* network = nullptr;
    /// For each symbol of the network its position in the longer sequence, then those whose symbols are added to its own
    /// modulo 2 in one layer more, at most one a head. All have some, or none has.
    std::vector<std::vector<std::int64_t>> groups;

    bool adds() const { return groups.front().size() > 1; }
};

/// One network of pieces. That of `reader`, whose reading position is the new one, has the layers of the class or one
/// fewer; the helpers have one fewer, and in the last layer a head looks at what each of them has found. Heads that a
/// piece lacks do what its last one does.
///
/// A piece of `reader` that reads at an end symbol may stand where a symbol is read: it works as if that were one, and the
/// reader remembers it if it can.
///
/// `peelings`: for each a further head of the last layer.
///
/// Needs   pieces on disjoint positions, whose values the class can hold: bounded by no more activations, or by none
///         where the class is unbounded or the piece has one layer; enough heads; helpers only without a mask
/// Gives   tables run on all words, accepting those of the language; nothing if what the reader ends with does not tell
///         them apart, or a limit was reached
/// Cost    for each piece its words, then |Σ|^N evaluations
std::optional<network::Guhat> graft(const Specification& specification, const Piece& reader,
                                    const std::vector<Piece>& helpers, const std::vector<Peeling>& peelings,
                                    const base::Limits& limits);

}  // namespace attest::threshold
