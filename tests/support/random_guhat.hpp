#pragma once

#include <nlohmann/json.hpp>

#include "base/random.hpp"

namespace attest::tests {

/// A random file of tables: small, bounded or not, with or without end symbol, with entries for some of the values that
/// can occur and for some that cannot.
nlohmann::ordered_json random_guhat(base::Random& random);

/// What the tables of a file say about a word, by the text of the specification alone: values are JSON.
bool naive_guhat_accepts(const nlohmann::ordered_json& tables, const std::vector<std::string>& word);

}  // namespace attest::tests
