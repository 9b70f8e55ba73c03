#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <variant>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/language/language.hpp"
#include "attest/verdict/verdict.hpp"

namespace attest::threshold {

/// How often each symbol of an alphabet occurs in a word.
using Counts = std::vector<std::int64_t>;
/// For all counts of words of one length, whether these words are in a language.
using MembersByCounts = std::map<Counts, bool>;

/// Gives   why not, where some counts have members and others, there are more than 2^16 counts, or, of a language that is
///         neither regular nor majority, words; or a limit was exceeded
/// Exact   yes
/// Cost    for each counts of this length and of shorter ones a step for each state that such words lead to
std::variant<MembersByCounts, verdict::Undecided> members_by_counts(const language::Language& language,
                                                                    std::int64_t length, const base::Limits& limits);

/// A list of integers, one for each symbol, such that membership is a function of Σ a · counts, and changes as seldom as in
/// any list that is tried: over two symbols that is the number of the second ones.
struct LinearForm {
    Counts factors;                       ///< the least is 0
    std::map<std::int64_t, bool> member;  ///< by the values that occur
    std::int64_t changes = 0;             ///< of membership as the value grows
};
/// Nothing if a limit was exceeded.
std::optional<LinearForm> steadiest_form(const MembersByCounts& members, std::int64_t length,
                                         const base::Limits& limits);

/// Counts that follow one another on a line, one in each stretch of equal membership: as many as are found on any line that is
/// tried; over two symbols that is the only one.
std::vector<Counts> most_alternating(const MembersByCounts& members, const base::Limits& limits);

}  // namespace attest::threshold
