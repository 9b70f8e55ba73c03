#pragma once

#include <string>
#include <vector>

#include "checker/checker.hpp"

namespace attest::checker {

/// What a collection claims, all of whose parts hold: how many claims, with those of collections within, and of which
/// kinds.
std::string collection_sentence(const std::vector<Report>& parts);

}  // namespace attest::checker
