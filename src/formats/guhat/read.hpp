#pragma once

#include "attest/base/json.hpp"
#include "attest/network/guhat.hpp"

namespace attest::formats {

/// The tables of a document.
/// Throws  InputError with FILE:PLACE, what was expected and what was found.
network::Guhat read_guhat(const base::JsonNode& root, const std::string& default_name);

}  // namespace attest::formats
