#pragma once

#include <cstdint>
#include <vector>

#include "measure/function/diagram.hpp"

namespace attest::measure {

/// Positions that decide the value of one input. All inputs and sets are by level of the diagram here.
///
/// A set of levels is a certificate iff it meets each block: each set whose flip changes the value. So a least set that
/// meets the blocks known so far is either a certificate, and a least one, or leaves a block to be learnt (implicit
/// hitting sets: Moreno-Centeno and Karp 2013).
class LeastCertificate {
  public:
    using Levels = std::vector<std::uint32_t>;

    /// steps  nodes that may be looked at; counts down
    LeastCertificate(const Diagram& d, const std::vector<bool>& input, std::uint64_t& steps);

    /// Draws the bounds together until they meet, until the certificate has at most `enough` levels, or out of steps.
    void improve(unsigned enough);

    const std::vector<bool>& certificate() const { return best_; }  ///< by level: whether it belongs to it
    unsigned lower() const { return lower_; }
    unsigned upper() const { return upper_; }
    /// Blocks of the input that have no level in common, as many as were found at once.
    const std::vector<Levels>& disjoint_blocks() const { return packed_; }

  private:
    bool least_block(const std::vector<bool>& fixed, Levels& block);
    /// Blocks that neither `fixed` nor each other meet, until what is fixed with them is a certificate.
    void learn(std::vector<bool> fixed);
    void keep(std::vector<bool> certificate);
    bool least_meeting_set(std::vector<bool>& set);
    void meet(std::vector<std::uint32_t>& times, std::vector<bool>& chosen, std::vector<bool>& barred, unsigned size,
              std::vector<bool>& best, unsigned& best_size);

    const Diagram& d_;
    std::vector<bool> input_;
    std::uint64_t& steps_;
    bool value_;
    std::vector<Levels> blocks_, packed_;
    std::vector<bool> best_;
    unsigned lower_ = 0, upper_;
    std::vector<std::uint32_t> cost_;  // by node: the fewest flips that lead to the other value
};

}  // namespace attest::measure
