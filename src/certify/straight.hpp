#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "attest/certify/every_length.hpp"
#include "decide/induction/program.hpp"

namespace attest::certify {

/// A B-RASP program and what it is to recognise.
struct StraightSubject {
    std::string name;
    std::string text;  ///< as it was read
    programs::brasp::Program program;
    language::Language language;
    std::vector<std::pair<std::string, std::string>> map;
};

/// Decides of the program itself whether it does at every length, writes the certificate (FORMAT.md, section 36), and has the checker read
/// it back, all within the limits.
///
/// Throws  as induction::prove; InternalError if the checker refuses a counterexample
EveryLength recognise_at_every_length(const StraightSubject& subject, std::int64_t from, const base::Limits& limits,
                                      Archive& archive, const std::function<void(const std::string&)>& progress = {});

}  // namespace attest::certify
