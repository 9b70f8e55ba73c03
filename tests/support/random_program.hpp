#pragma once

#include <nlohmann/json.hpp>

#include "base/random.hpp"

namespace attest::tests {

/// A random program: small, with steps of every kind, some of which may have no value on some words.
nlohmann::ordered_json random_program(base::Random& random);

}  // namespace attest::tests
