#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "attest/restriction/evidence.hpp"
#include "attest/restriction/function.hpp"
#include "attest/solve/sat_solver.hpp"

namespace attest::restriction {

/// Thrown inside this part where a limit is exceeded; never leaves it.
struct OutOfLimits {};

/// A function on two words at once, in one incremental solver: the miter of two copies.
class Twin {
  public:
    Twin(const Function& function, std::uint64_t seed, const base::Limits& limits);

    /// Two words that the restriction admits, equal at the tied positions, and answered differently.
    /// Throws  OutOfLimits
    std::optional<Words> find_difference(const Restriction& restriction, const std::vector<bool>& tied);

    /// Whether, for every word that the restriction admits, symbol a and symbol b at the position make the answers differ.
    /// Needs   the restriction leaves the position free
    bool always_differ(const Restriction& restriction, std::size_t position, language::Symbol a, language::Symbol b);

    /// The model's answer.
    bool accepts(const language::Word& word) const;

  private:
    std::int32_t present(std::size_t copy, std::size_t position, language::Symbol symbol) const;
    void assume(const Restriction& restriction);
    bool ask();
    language::Word word(std::size_t copy) const;

    const Function& function_;
    const base::Limits& limits_;
    std::unique_ptr<solve::SatSolver> solver_;
    std::int32_t differ_ = 0;           // literal: the answers differ
    std::vector<std::int32_t> equal_;   // by position, literal: the symbols are equal
    std::vector<std::int32_t> assumptions_;
};

/// Symbols of the words, one after the other, until the answer changes: the last word with the first one's answer, and the
/// position and symbol that change it.
struct Flip {
    language::Word word;
    std::size_t position;
    language::Symbol symbol;
};
Flip single_flip(const Twin& twin, const Words& words);

}  // namespace attest::restriction
