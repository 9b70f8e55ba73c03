#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "attest/exact/ball.hpp"
#include "attest/language/alphabet.hpp"
#include "attest/network/at_length.hpp"

namespace attest::soft {

/// Where a norm came upon a vector, for those who want to know how much it stretched it.
struct NormSeen {
    std::size_t norm = 0;       ///< which one of the model: they are numbered in the order in which they are applied
    std::int64_t position = 0;  ///< from 1
    exact::Ball variance;       ///< without eps; rms: the mean of the squares
    exact::Ball eps;
};

/// Where one head looked from one position.
struct HeadSeen {
    std::size_t layer = 0, head = 0;
    std::int64_t position = 0;  ///< of the query, from 1
    std::int64_t first = 0;     ///< of the positions that it sees, from 1
    exact::BallVector weights;  ///< of these in a row; their sum is 1
};

/// What one part adds to the residual stream at a position that is read; coordinates that nothing asks for are 0.
struct PartSeen {
    enum class Part : std::uint8_t { embedding, head, feedforward };
    Part part = Part::embedding;
    std::size_t layer = 0, head = 0;
    std::int64_t position = 0;  ///< from 1
    exact::BallVector added;    ///< [d]; embedding: with the position vector, before a norm
};

/// What to write down on the way to a score; null: nothing of the kind.
struct Notes {
    std::vector<NormSeen>* norms = nullptr;
    std::vector<HeadSeen>* heads = nullptr;
    std::vector<PartSeen>* parts = nullptr;
};

/// Evaluates one softmax transformer on words of one length in balls of one precision.
///
/// Only what reaches the readout is computed: positions and coordinates that nothing asks for are left out, and so are
/// errors that they would make (a norm with eps = 0 at a position that nobody reads).
class Evaluator {
  public:
    /// Needs   softmax attention throughout, or none; `transformer` outlives this
    /// Throws  InputError for an empty sequence, a readout position that the sequence lacks, an expression without value;
    ///         Unsupported for hard or average attention
    /// Cost    O(n d) and, for short sequences, a table of all biases
    Evaluator(const network::Transformer& transformer, std::int64_t length, long bits);
    Evaluator(network::Transformer&&, std::int64_t, long) = delete;  // it keeps a reference
    ~Evaluator();
    Evaluator(Evaluator&&) noexcept;

    /// The readout weight · y + bias; the word is accepted iff it is positive. With classes the greatest logit of an accepted
    /// class less that of the others: positive means accepted, negative rejected, and 0 may be either.
    ///
    /// Exact   encloses the true value; not finite where the bits do not suffice to show that there is one
    /// Throws  Unsupported if the model only says classes; InputError naming layer and position where a norm with eps = 0 meets a variance that is certainly 0
    /// Cost    O(L H n² (dk + d)) operations on balls; O(n d) a layer where the attention is uniform by its form
    exact::Ball score(const language::Word& word, const Notes& notes = {}) const;

    /// The logits for any readout: a vector for each position that is read (one number each where there are no classes).
    /// Exact, Throws, Cost  as score
    std::vector<exact::BallVector> answer(const language::Word& word, const Notes& notes = {}) const;

    std::int64_t length() const;
    long bits() const;

  private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

/// The class whose logit is certainly greater than each other; nothing if there is none, also where two are level.
std::optional<std::size_t> certain_class(const exact::BallVector& logits);

}  // namespace attest::soft
