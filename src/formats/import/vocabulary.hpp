#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attest/formats/import.hpp"
#include "settings.hpp"

namespace attest::formats::import {

/// A symbol and its row in the embedding.
struct Token {
    std::string symbol;
    std::uint64_t row = 0;
};

/// Which rows of an embedding are letters.
struct Vocabulary {
    std::vector<Token> letters;
    std::optional<Token> begin, end;

    /// Whether a letter has several characters.
    bool is_separated() const;
    /// How many positions of a sequence are not the word's.
    std::uint64_t frame() const { return (begin ? 1 : 0) + (end ? 1 : 0); }
    /// The symbol of a row, for the names of classes; else `#3`.
    std::string name_of_row(std::uint64_t row) const;
};

/// From --alphabet, --tokens, --begin and --end.
/// Throws  UsageError where neither alphabet nor tokens are told, a symbol has two rows or none, or a row is not below
///         `rows`
Vocabulary read_vocabulary(const Options& options, std::uint64_t rows, Settings& settings);

}  // namespace attest::formats::import
