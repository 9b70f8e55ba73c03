#pragma once

namespace attest::base {

/// The version of attest, `major.minor.patch`.
const char* version();

}  // namespace attest::base
