#pragma once

#include <string>
#include <vector>

#include "network/sequence.hpp"

namespace attest::report {

using network::sequence;

/// `3 '1'`; `position` from 1
std::string place(const std::vector<std::string>& sequence, std::int64_t position);

/// Which vectors the readout takes: `at 3 '1'`, `as the mean`.
std::string read_where(const network::Transformer& transformer, const std::vector<std::string>& sequence);

}  // namespace attest::report
