#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "attest/network/at_length.hpp"

namespace attest::network {

/// What one head did at one asking position.
struct Attended {
    std::vector<std::int64_t>
        positions;  ///< chosen (hard: one; average: all maximisers; sparsemax: all of weight above
                    ///< 0); none if the mask leaves none
    std::vector<exact::Rational> weights;   ///< of these, their sum is 1; empty: all equal
    exact::Rational score;                  ///< greatest score
    std::optional<exact::Rational> margin;  ///< to the best other position that was not chosen; none if there is none
};

/// Everything that happened on one word.
struct Trace {
    std::vector<std::vector<exact::Vector>>
        activations;  ///< [boundary 0 … L][position from 0][d]; empty where the readout needs none
    std::vector<std::vector<std::vector<Attended>>>
        attended;  ///< [layer][head][position from 0]; positions empty where not needed
};

struct Evaluation {
    bool accepts = false;
    exact::Rational
        score;  ///< readout weight · y + bias, accepted iff > 0; with classes the greatest logit of an accepted
                ///< class less that of the others, where 0 is decided by the order of the classes
};

/// What is read: one vector, or one for each position of the word.
struct Answers {
    std::vector<exact::Vector> logits;  ///< a vector for each that is read; one number each where there are no classes
    std::vector<std::size_t> classes;   ///< of each; empty where there are no classes
};

/// Evaluates one transformer on words of one length.
class Evaluator {
  public:
    /// Throws  Unsupported for softmax models; InputError for a length that the model is not for, an empty sequence, a readout position that the
    ///         sequence lacks, or an expression that has no value at this length
    /// Cost    O(n d) and, for short sequences, a table of all biases
    Evaluator(const Transformer& transformer, std::int64_t length);

    /// Exact   yes
    /// Throws  Unsupported if the model only says classes
    /// Cost    O(L H n² (dk + d)) rational operations
    Evaluation evaluate(const language::Word& word, Trace* trace = nullptr) const;

    /// The same for any readout.
    Answers answer(const language::Word& word, Trace* trace = nullptr) const;

    std::int64_t length() const { return length_; }
    /// The model as it is at this length: its layers are those of the trace.
    const Transformer& transformer() const { return transformer_; }

  private:
    using Sequence = std::vector<exact::Vector>;

    void find_needed();
    void tabulate();
    Sequence embed(const language::Word& word) const;
    Sequence run(const language::Word& word, Trace* trace) const;
    void attend(std::size_t layer, Sequence& y, Trace* trace) const;
    exact::Vector pool(std::size_t layer, std::size_t head, std::int64_t i, const exact::Vector& query,
                       const Sequence& keys, const Sequence& values, Attended* record) const;
    exact::Rational bias(std::size_t layer, std::size_t head, std::int64_t i, std::int64_t j) const;

    AtLength at_;
    const Transformer& transformer_;
    std::int64_t length_;
    std::int64_t n_;
    std::vector<std::int64_t> read_;                                 // positions
    Sequence positions_;                                             // position vectors, by position
    std::vector<std::vector<bool>> needed_;                          // [boundary][position]
    std::vector<std::vector<exact::Rational>> scales_;               // [layer][head]
    std::vector<std::vector<std::vector<exact::Rational>>> biases_;  // [layer][head][i n + j], or empty
};

/// One word on its own.
Evaluation evaluate(const Transformer& transformer, const language::Word& word, Trace* trace = nullptr);

}  // namespace attest::network
