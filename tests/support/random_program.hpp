#pragma once

#include <nlohmann/json.hpp>

#include "base/random.hpp"

namespace attest::tests {

/// A random program: small, with steps of every kind, some of which may have no value on some words.
nlohmann::ordered_json random_program(base::Random& random);

/// A random program that sees no later position and answers at each position of the word, often what `shift:1` asks for.
nlohmann::ordered_json random_backward_program(base::Random& random);

}  // namespace attest::tests
