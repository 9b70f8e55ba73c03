#pragma once

#include <string>

#include "attest/network/transformer.hpp"

namespace attest::cli {

enum class Towards { below, above };

/// Six digits on the safe side.
std::string bound(double x, Towards side);
/// `0^7 1^3` for a word of many symbols.
std::string spell(const network::Transformer& transformer, const language::Word& word);

}  // namespace attest::cli
