#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "attest/language/alphabet.hpp"
#include "attest/network/transformer.hpp"

namespace attest::soft {

/// The score of single words and its derivative, in doubles without bounds: it guides searches, and proves nothing.
///
/// With two classes or more the score is the greatest logit of an accepted class less the greatest of the others.
class Gradient {
  public:
    /// Needs   supports_words(transformer)
    /// Throws  as Evaluator
    Gradient(const network::Transformer& transformer, std::int64_t length);
    ~Gradient();
    Gradient(Gradient&&) noexcept;

    /// Exact   rounded
    /// Cost    O(L H n² (dk + dv) + L n d²)
    double score(const language::Word& word) const;

    struct Slopes {
        double score;
        /// [position of the word][symbol]: by how much the score would change to first order if that symbol stood there;
        /// 0 for the word's own.
        std::vector<std::vector<double>> change;

        /// By how much the score would change to first order from one word to another, which differ nowhere but at one or both of
        /// two positions.
        double moved(const language::Word& from, const language::Word& to,
                     const std::pair<std::size_t, std::size_t>& at) const;
    };
    /// Reverse differentiation.
    /// Cost    about three times that of `score`
    Slopes slopes(const language::Word& word) const;
    /// Of a score: about so many multiplications.
    double cost() const;

  private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace attest::soft
