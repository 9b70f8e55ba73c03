#pragma once

#include <cstdint>

#include "checker/defect.hpp"

namespace attest::checker {

/// The work and memory that one certificate may ask for.
///
/// A certificate of forty bytes can claim a length of 10^9; whoever builds something whose size the
/// certificate decides draws on this budget first.
class Budget {
  public:
    Budget(std::uint64_t steps, std::uint64_t bytes) : steps_(steps), bytes_(bytes) {}

    void step(std::uint64_t count = 1) {
        if (count > steps_) throw Defect("limits", "checking needs more steps than allowed (--max-steps)");
        steps_ -= count;
    }

    void memory(std::uint64_t count) {
        if (count > bytes_) throw Defect("limits", "checking needs more memory than allowed (--max-memory)");
        bytes_ -= count;
    }

    std::uint64_t bytes_left() const { return bytes_; }

  private:
    std::uint64_t steps_;
    std::uint64_t bytes_;
};

}  // namespace attest::checker
