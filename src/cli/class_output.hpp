#pragma once

#include <string>

#include "certify/outside.hpp"

namespace attest::cli {

/// A line for each class, with the words that show that a language is outside; then which transformers recognise it.
///
/// alphabet  in which words are spelled
std::string class_rows(const language::Alphabet& alphabet, const certify::ClassReport& report);

}  // namespace attest::cli
