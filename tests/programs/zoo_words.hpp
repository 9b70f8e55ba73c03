#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attest/language/language.hpp"
#include "attest/programs/zoo.hpp"
#include "base/random.hpp"

namespace attest::programs::zoo_test {

/// Whether an entry says that it is right at length N: `all`, `N = k`, `N = k, l`, `N >= k`, `N <= k` or `no claim`.
inline bool claims(const ZooEntry& entry, std::uint64_t length) {
    if (entry.lengths == "all") return true;
    if (entry.lengths == "no claim") return false;
    if (entry.lengths.rfind("N >= ", 0) == 0) return length >= std::stoull(entry.lengths.substr(5));
    if (entry.lengths.rfind("N <= ", 0) == 0) return length <= std::stoull(entry.lengths.substr(5));
    for (std::size_t at = 4; at < entry.lengths.size();
         at = std::min(entry.lengths.find(", ", at), entry.lengths.size() - 2) + 2)
        if (length == std::stoull(entry.lengths.substr(at))) return true;
    return false;
}

inline std::vector<std::string> all_examples() {
    std::vector<std::string> names;
    for (const ZooEntry& entry : zoo()) names.insert(names.end(), entry.examples.begin(), entry.examples.end());
    return names;
}

/// Those that are evaluated without error.
inline std::vector<std::string> exact_examples() {
    std::vector<std::string> names;
    for (const ZooEntry& entry : zoo())
        if (entry.kind != network::AttentionKind::softmax)
            names.insert(names.end(), entry.examples.begin(), entry.examples.end());
    return names;
}

inline language::Language language_of(const std::string& name) {
    return language::Language::parse(zoo_entry(name).language, zoo_model(name).alphabet);
}

inline language::Word random_word(std::size_t alphabet, std::size_t length, base::Random& random) {
    language::Word word(length);
    for (auto& symbol : word) symbol = static_cast<language::Symbol>(random.below(alphabet));
    return word;
}

/// A word of a regular language by a random walk that keeps to states from which acceptance is possible in
/// time.
inline std::optional<language::Word> random_path(const language::Dfa& dfa, std::size_t length, base::Random& random) {
    std::vector<std::vector<bool>> alive = {dfa.accepting};  // [symbols to come][state]
    for (std::size_t k = 0; k < length; ++k) {
        auto& next = alive.emplace_back(dfa.size());
        for (std::size_t q = 0; q < dfa.size(); ++q)
            for (const auto target : dfa.transition[q]) next[q] = next[q] || alive[k][target];
    }
    if (!alive[length][dfa.start]) return std::nullopt;
    language::Word word;
    for (language::Dfa::State q = dfa.start; word.size() < length;) {
        const auto symbol = static_cast<language::Symbol>(random.below(dfa.alphabet.size()));
        if (!alive[length - word.size() - 1][dfa.transition[q][symbol]]) continue;
        word.push_back(symbol);
        q = dfa.transition[q][symbol];
    }
    return word;
}

inline std::optional<language::Word> random_brackets(const language::Dyck& dyck, std::size_t length,
                                                     base::Random& random) {
    if (length % 2 == 1) return std::nullopt;
    language::Word word;
    std::vector<language::Symbol> open;
    while (word.size() < length) {
        const bool must_close = open.size() == length - word.size() || open.size() == dyck.depth.value_or(length);
        if (open.empty() || (!must_close && random.chance(1, 2))) {
            open.push_back(static_cast<language::Symbol>(2 * random.below(dyck.kinds)));
            word.push_back(open.back());
        } else {
            word.push_back(open.back() + 1);
            open.pop_back();
        }
    }
    return word;
}

/// A random word of the language, where this length has one that is easy to find.
inline std::optional<language::Word> random_member(const language::Language& language, std::size_t length,
                                                   base::Random& random) {
    const auto& form = language.form();
    if (const auto* regular = std::get_if<language::Regular>(&form))
        return random_path(regular->automaton, length, random);
    if (const auto* dyck = std::get_if<language::Dyck>(&form)) return random_brackets(*dyck, length, random);
    language::Word word = random_word(language.alphabet().size(), length, random);
    if (std::holds_alternative<language::Palindrome>(form))
        for (std::size_t k = 0; k < length / 2; ++k) word[length - 1 - k] = word[k];
    if (std::holds_alternative<language::EqualBlocks>(form))
        for (std::size_t k = 0; k < length; ++k) word[k] = 2 * k < length ? 0 : 1;
    return language.contains(word) ? std::optional(word) : std::nullopt;
}

}  // namespace attest::programs::zoo_test
