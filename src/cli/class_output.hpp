#pragma once

#include <string>

#include "certify/outside.hpp"

namespace attest::cli {

/// A line for each class, with the words that show that a language is outside; then which transformers recognise it.
///
/// alphabet  in which words are spelled
/// build     how `attest` is asked to build something for the language, but for options; empty: that is not told
std::string class_rows(const language::Alphabet& alphabet, const certify::ClassReport& report,
                       const std::string& build = "");

}  // namespace attest::cli
