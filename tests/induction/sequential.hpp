#pragma once

#include <chrono>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/decide/induction/induction.hpp"
#include "base/random.hpp"
#include "random_sequential.hpp"

namespace attest::tests {

inline base::Limits within(int seconds) {
    base::Limits limits;
    limits.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    return limits;
}

/// Nothing where there was not time enough.
inline std::optional<induction::ModelLanguage> language_within(const network::Transformer& t, int seconds) {
    auto found = induction::language_of(t, within(seconds));
    if (auto* language = std::get_if<induction::ModelLanguage>(&found)) return std::move(*language);
    return std::nullopt;
}

/// A shortest word of at least `from` symbols on which two automata differ.
inline std::optional<std::size_t> distance(const language::Dfa& a, const language::Dfa& b,
                                           const std::vector<language::Symbol>& meaning, std::size_t from) {
    std::deque<std::tuple<std::uint32_t, std::uint32_t, std::size_t>> queue{{a.start, b.start, 0}};
    std::set<std::tuple<std::uint32_t, std::uint32_t, bool>> seen;
    while (!queue.empty()) {
        const auto [p, q, n] = queue.front();
        queue.pop_front();
        if (!seen.insert({p, q, n >= from}).second) continue;
        if (n >= from && a.accepting[p] != b.accepting[q]) return n;
        for (std::size_t s = 0; s < meaning.size(); ++s)
            queue.emplace_back(a.transition[p][s], b.transition[q][meaning[s]], n + 1);
    }
    return std::nullopt;
}

}  // namespace attest::tests
