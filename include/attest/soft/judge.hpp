#pragma once

#include <map>
#include <optional>

#include "attest/base/limits.hpp"
#include "attest/soft/evaluate.hpp"

namespace attest::soft {

/// How many bits to begin with and where to give up; each try has twice the bits of the one before.
struct Precision {
    long first = 128;
    long greatest = 4096;
};

/// What is known of one word.
struct Judgement {
    std::optional<bool> accepts;       ///< nothing: undecided
    exact::Ball score;                 ///< as narrow as the last try made it
    long bits = 0;                     ///< of the last try; 0: none was made
    std::optional<base::Limit> limit;  ///< why there was no further try, if not for the precision
};

/// What is known of the classes of one word.
struct Classification {
    std::vector<std::optional<std::size_t>> classes;  ///< at each position that is read; nothing: undecided
    std::vector<exact::BallVector> logits;            ///< of each, as narrow as the last try made them
    long bits = 0;                                    ///< of the last try; 0: none was made
    std::optional<base::Limit> limit;                 ///< why there was no further try, if not for the precision

    bool is_certain() const;
};

/// Words of one length, each in balls of as many bits as its sign takes.
class Judge {
  public:
    /// Needs   `transformer` outlives this
    Judge(const network::Transformer& transformer, std::int64_t length, Precision precision = {})
        : transformer_(transformer), length_(length), precision_(precision) {}

    /// Throws  as Evaluator
    Judgement judge(const language::Word& word, const base::Limits& limits);
    /// Needs   a model with classes
    Classification classify(const language::Word& word, const base::Limits& limits);
    /// The evaluator with this many bits; made once.
    const Evaluator& evaluator(long bits);
    const Precision& precision() const { return precision_; }

  private:
    const network::Transformer& transformer_;
    std::int64_t length_;
    Precision precision_;
    std::map<long, Evaluator> evaluators_;
};

}  // namespace attest::soft
