#pragma once

#include <fmt/format.h>

#include <string>

#include "attest/decide/recognise/prove.hpp"
#include "attest/verdict/certified.hpp"

namespace attest::cli {

inline const char* answer_word(bool accepts) { return accepts ? "accept" : "reject"; }

/// A margin as a decimal that is a little below it.
inline std::string margin_decimal(const exact::Rational& margin) {
    decide::EnclosedScore score;
    score.margin = margin;
    return decide::margin_text(score);
}

/// `deadline: after 3 of 8 words`
inline std::string why_text(const verdict::Undecided& why) {
    return fmt::format("{}: {}", verdict::to_string(why.reason), why.detail);
}

}  // namespace attest::cli
