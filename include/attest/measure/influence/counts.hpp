#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "attest/language/alphabet.hpp"

namespace attest::influence {

/// A set of words of one length: those in which each symbol occurs at least and at most so often.
struct Counts {
    std::int64_t length = 0;
    std::vector<std::int64_t> least;  ///< by symbol
    std::vector<std::int64_t> most;   ///< by symbol

    /// All words of this length.
    static Counts all(std::size_t symbols, std::int64_t length);
    /// The words of this set that hold the symbol, with the bounds as narrow as they imply; nothing if there is none.
    std::optional<Counts> with(language::Symbol symbol) const;
    /// What the words of this set become when one `from` is replaced by `to`.
    /// Needs   least[from] >= 1
    Counts after(language::Symbol from, language::Symbol to) const;
    /// Two halves, cut where the bounds are widest; nothing if all counts are fixed.
    std::optional<std::pair<Counts, Counts>> halves() const;
    bool is_fixed() const { return least == most; }
    /// Some word of this set, symbols in order.
    language::Word some_word() const;

  private:
    bool narrow();  ///< false: there is no such word
};

}  // namespace attest::influence
