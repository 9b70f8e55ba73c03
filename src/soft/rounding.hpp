#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "attest/soft/judge.hpp"

namespace attest::soft {

/// The floating-point types of IEEE 754 that networks are run in.
enum class Float { binary32, binary64 };

const char* to_string(Float type);  ///< `binary32`, `binary64`

/// A softmax model at one length as a program in floating point computes it: each weight, position vector and constant
/// rounded to nearest once, each operation rounded to nearest, sums from left to right, softmax by subtracting the
/// greatest score and dividing each e^score by their sum. What it gives is what such a program does, right or wrong.
class RoundedNetwork {
  public:
    /// Needs   `transformer` outlives this
    /// Throws  as Evaluator
    RoundedNetwork(const network::Transformer& transformer, std::int64_t length, Float type);
    RoundedNetwork(network::Transformer&&, std::int64_t, Float) = delete;
    ~RoundedNetwork();
    RoundedNetwork(RoundedNetwork&&) noexcept;

    /// The rounded score; accepted iff it is positive. May be NaN or infinite.
    /// Cost    O(L H n² (dk + dv) + L n d²); O(n) a head where attention is uniform
    double score(const language::Word& word) const;

    class Implementation;

  private:
    std::unique_ptr<Implementation> implementation_;
};

/// A word on which rounding changes the answer.
struct RoundingFailure {
    language::Word word;
    double rounded = 0;  ///< the score of the rounded network
    exact::Ball score;   ///< around the true one, whose sign is certain
    long bits = 0;
};

/// Looks for a word on which the rounded network answers otherwise than the model, whose answer balls prove.
///
/// Gives   the first failure among blocks of the second symbol of many sizes and random words; nothing proves nothing
/// Cost    `tries` evaluations in balls and in floating point
std::optional<RoundingFailure> find_rounding_failure(const network::Transformer& transformer, std::int64_t length,
                                                     Float type, std::uint64_t seed, std::size_t tries,
                                                     const base::Limits& limits);

}  // namespace attest::soft
