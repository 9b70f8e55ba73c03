#pragma once

#include "attest/base/json.hpp"
#include "attest/model/guhat.hpp"

namespace attest::model {

/// The tables of a document.
/// Throws  InputError with FILE:PLACE, what was expected and what was found.
Guhat read_guhat(const base::JsonNode& root, const std::string& default_name);

}  // namespace attest::model
