#pragma once

#include <stdexcept>
#include <string>

#include "checker/kernel/limits.hpp"

namespace attest::checker {

/// What is wrong with a certificate, and where; which obligation it breaks is known to the stage that catches
/// it.
class Defect : public std::runtime_error {
  public:
    Defect(std::string place, const std::string& reason) : std::runtime_error(reason), place_(std::move(place)) {}

    const std::string& place() const { return place_; }

  private:
    std::string place_;
};

/// The files could not be read at all, so nothing is known about the certificate.
class Unreadable : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// A limit of the caller ended the check, so nothing is known about the certificate. No Defect: who adds a place to a
/// defect must not make one of this.
class Stopped : public std::runtime_error {
  public:
    explicit Stopped(Stop by)
        : std::runtime_error(by == Stop::deadline ? "the time is up"
                             : by == Stop::memory ? "more memory is needed than granted"
                                                  : "interrupted"),
          by_(by) {}

    Stop by() const { return by_; }

  private:
    Stop by_;
};

}  // namespace attest::checker
