#pragma once

#include <fmt/format.h>

#include <string>

#include "attest/verdict/certified.hpp"
#include "record/words.hpp"

namespace attest::cli {

using record::answer_word;
using record::margin_decimal;

/// How several lengths were answered.
struct Answered {
    std::size_t held = 0, failed = 0, open = 0;

    const char* headword() const { return failed > 0 ? "REFUTED" : open > 0 ? "UNDECIDED" : "VERIFIED"; }
};
template <typename Results>
Answered answered(const Results& results) {
    Answered count;
    for (const auto& result : results)
        ++(result.verdict.holds() ? count.held : result.verdict.fails() ? count.failed : count.open);
    return count;
}

/// `deadline: after 3 of 8 words`
inline std::string why_text(const verdict::Undecided& why) {
    return fmt::format("{}: {}", verdict::to_string(why.reason), why.detail);
}

}  // namespace attest::cli
