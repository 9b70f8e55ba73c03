#pragma once

#include <fmt/format.h>

#include <string>

#include "attest/verdict/certified.hpp"
#include "record/words.hpp"

namespace attest::cli {

using record::answer_word;
using record::margin_decimal;

/// `deadline: after 3 of 8 words`
inline std::string why_text(const verdict::Undecided& why) {
    return fmt::format("{}: {}", verdict::to_string(why.reason), why.detail);
}

}  // namespace attest::cli
