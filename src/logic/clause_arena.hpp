#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

namespace attest::logic {

/// A literal as an index: 2·variable, plus 1 if negative.
using Literal = std::uint32_t;

inline Literal to_literal(std::int32_t signed_literal) {
    const auto variable = static_cast<Literal>(std::abs(signed_literal));
    return 2 * variable + (signed_literal < 0 ? 1U : 0U);
}
inline std::int32_t to_signed(Literal literal) {
    const auto variable = static_cast<std::int32_t>(literal >> 1);
    return (literal & 1) ? -variable : variable;
}

/// A clause in an arena; 0 is none, the top bit is free for the user.
using ClauseRef = std::uint32_t;

/// Clauses one after another in one block: a head of three words, then the literals.
/// Memory  4 bytes a literal, 12 a clause
class ClauseArena {
  public:
    static constexpr std::size_t most_words = std::size_t{1} << 31;

    ClauseRef add(std::span<const Literal> literals, std::uint32_t tag) {
        const auto ref = static_cast<ClauseRef>(words_.size());
        words_.push_back(static_cast<std::uint32_t>(literals.size()));
        words_.push_back(0);
        words_.push_back(tag);
        words_.insert(words_.end(), literals.begin(), literals.end());
        return ref;
    }

    std::uint32_t size(ClauseRef ref) const { return words_[ref]; }
    std::uint32_t& flags(ClauseRef ref) { return words_[ref + 1]; }
    std::uint32_t flags(ClauseRef ref) const { return words_[ref + 1]; }
    /// A number of the user's.
    std::uint32_t& tag(ClauseRef ref) { return words_[ref + 2]; }
    std::uint32_t tag(ClauseRef ref) const { return words_[ref + 2]; }
    Literal* literals(ClauseRef ref) { return words_.data() + ref + 3; }
    std::span<const Literal> clause(ClauseRef ref) const { return {words_.data() + ref + 3, words_[ref]}; }
    std::size_t words() const { return words_.size(); }

  private:
    std::vector<std::uint32_t> words_{0};  // so that 0 is no clause
};

}  // namespace attest::logic
