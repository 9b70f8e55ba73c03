#pragma once

#include <chrono>

#include "attest/verdict/certified.hpp"

namespace attest::certify {

/// What is shown to a user is all the time that an answer took, the check of its certificate included.
class Stopwatch {
  public:
    double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }
    void stop(verdict::Verdict& verdict) const { verdict.spent.seconds = seconds(); }

  private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace attest::certify
