#pragma once

#include <stdexcept>
#include <string>

namespace attest::base {

/// The family of mistakes. Outcomes (verified, refuted, undecided) are values and never thrown.
class Error : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// The caller asked for something that makes no sense: an option, a name, a combination.
class UsageError : public Error {
  public:
    using Error::Error;
};

/// Something read from outside is not what its format promises. The message is one line:
/// `where: expected …, found …`.
class InputError : public Error {
  public:
    /// `where` is FILE:PLACE as a user would look it up.
    InputError(const std::string& where, const std::string& expected, const std::string& found);
    /// A fault that has no expected/found form: `where: what`.
    InputError(const std::string& where, const std::string& what);
};

/// The input is legal but uses a feature that this operation does not handle (yet).
class Unsupported : public Error {
  public:
    using Error::Error;
};

/// Our own mistake: a check of ours failed. Never caught silently.
class InternalError : public Error {
  public:
    using Error::Error;
};

}  // namespace attest::base
