#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace attest::base {

/// What somebody may have meant who wrote `word`: the candidates that begin with it or hold it, where these
/// are few, else the nearest by edit distance; letters of either case are the same.
std::vector<std::string> suggestions(std::string_view word, const std::vector<std::string>& candidates);

/// `; perhaps 'a'`, `; perhaps 'a', 'b' or 'c'` as the end of a message; empty where nothing is near.
std::string perhaps(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace attest::base
