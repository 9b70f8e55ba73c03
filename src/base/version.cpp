#include "base/version.hpp"

namespace attest::base {

const char* version() { return ATTEST_VERSION; }

}  // namespace attest::base
