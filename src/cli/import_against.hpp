#pragma once

#include <string>

#include "attest/base/limits.hpp"
#include "attest/formats/import.hpp"

namespace attest::cli {

/// How an imported model agrees with logits that were recorded in the framework that it is from.
struct Comparison {
    std::size_t words = 0;
    double greatest = 0;  ///< difference of a logit
};

/// Evaluates each class of the model on each word of `{"logits": {"WORD": [numbers]}}`; other members are passed over.
///
/// Throws  InputError for a word on which a logit is further from the recorded one than tolerance · (1 + its size)
/// Cost    an evaluation for each word and class
Comparison compare(const formats::import::Logits& logits, const std::string& expected, double tolerance,
                   const base::Limits& limits);

}  // namespace attest::cli
