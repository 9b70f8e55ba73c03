#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/exact/rational.hpp"
#include "attest/network/transformer.hpp"

namespace attest::task {

/// What is known of one word.
struct Margin {
    bool is_right = false;
    exact::Rational least, most;  ///< its margin lies between
    long bits = 0;                ///< that it took; 0: rational
    bool in_balls = false;        ///< doubles left it open
};

/// Whether a model gives the classes that are asked for, and by what margin, for words of one length in lexicographic
/// order, each asked for once.
class ClassMargins {
  public:
    virtual ~ClassMargins() = default;

    /// wanted   a class for each place that is read
    /// Gives    nothing if a limit came first, or the bits do not tell
    virtual std::optional<Margin> next(const language::Word& word, const std::vector<std::size_t>& wanted,
                                       const base::Limits& limits) = 0;
    /// The classes that lead at the places that are read, many words at a time; nothing where that does not tell.
    virtual std::optional<std::vector<std::size_t>> leading(const language::Word& word) = 0;
    /// The classes at the places that are read, by definition; nothing where they are not certain.
    virtual std::optional<std::vector<std::size_t>> replay(const language::Word& word, const base::Limits& limits) = 0;

    /// Needs   a model with classes, which outlives it
    static std::unique_ptr<ClassMargins> make(const network::Transformer& model, std::int64_t length);
};

}  // namespace attest::task
