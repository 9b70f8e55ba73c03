#pragma once

#include <stdexcept>
#include <string>

namespace attest::checker {

/// What is wrong with a certificate, and where; which obligation it breaks is known to the stage that catches
/// it.
class Defect : public std::runtime_error {
  public:
    Defect(std::string place, const std::string& reason)
        : std::runtime_error(reason), place_(std::move(place)) {}

    const std::string& place() const { return place_; }

  private:
    std::string place_;
};

/// The files could not be read at all, so nothing is known about the certificate.
class Unreadable : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

}  // namespace attest::checker
