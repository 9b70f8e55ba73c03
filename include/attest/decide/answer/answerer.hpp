#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/exact/ball.hpp"
#include "attest/language/alphabet.hpp"
#include "attest/network/evaluate.hpp"
#include "attest/network/guhat.hpp"
#include "attest/network/program.hpp"
#include "attest/soft/judge.hpp"
#include "attest/soft/words.hpp"

namespace attest::network {
class ExactWords;
class ProgramAtLength;
}  // namespace attest::network

namespace attest::decide {

/// A network as it is asked about words of one length: a transformer, tables, or a program.
using Network = std::variant<const network::Transformer*, const network::Guhat*, const network::Program*>;

const language::Alphabet& alphabet_of(const Network& network);
/// Whether its scores are enclosed in balls, not computed exactly.
bool is_soft(const Network& network);

/// What a network says of one word.
struct Answer {
    std::optional<bool> accepts;  ///< nothing: balls do not tell the score from 0, or a limit came first
    std::optional<exact::Rational>
        margin;  ///< the size of the score is at least this; none for tables and programs, which have no score
    std::optional<exact::Ball> score;  ///< of a softmax model
    long bits = 0;                     ///< likewise: that its sign took, or that did not suffice
    std::optional<base::Limit> limit;  ///< why there is no answer, if not for the precision
};

/// In which order words are asked about.
enum class Order {
    any,
    several,       ///< in no order, but many are known before they are asked about: answer_each()
    lexicographic  ///< all words, or nearly: those that begin alike are evaluated together, in doubles or whole numbers
                   ///< where these do
};

/// Words of one length for a program that accepts some.
class ProgramWords {
  public:
    /// Throws  InputError, Unsupported as network::ProgramAtLength and network::accepts
    ProgramWords(const network::Program& program, std::int64_t length);
    ProgramWords(ProgramWords&&) noexcept;
    ~ProgramWords();

    /// Exact   yes
    /// Throws  InputError where the program has no value
    bool accepts(const language::Word& word);

  private:
    const network::Program* program_;
    std::unique_ptr<network::ProgramAtLength> at_length_;
};

/// Words of one length, each with the answer that is certain, by whatever evaluates the network.
class Answerer {
  public:
    /// Needs   the network outlives this; tables are asked at their own length
    /// Throws  InputError as network::Evaluator
    Answerer(const Network& network, std::int64_t length, Order order = Order::any);

    /// Exact   yes: an answer that is given is the network's
    /// Cost    one evaluation; of a softmax model as many as its sign takes
    Answer answer(const language::Word& word, const base::Limits& limits);
    /// Of each word, as far as limits allow: the last of fewer has one. Of Order::several, those of a softmax model are
    /// evaluated together in doubles where these do.
    std::vector<Answer> answer_each(const std::vector<language::Word>& words, const base::Limits& limits);

  private:
    using Evaluating = std::variant<network::Evaluator, network::GuhatEvaluator, ProgramWords, soft::Judge>;
    static Evaluating evaluating(const Network& network, std::int64_t length);

    std::optional<Answer> answer_together(const language::Word& word);
    static std::optional<Answer> answer_of(const exact::Interval& score);

    Evaluating evaluator_;
    std::shared_ptr<network::ExactWords> exactly_;  // together, where scores are rational
    std::optional<soft::WordScores> together_;
    std::optional<language::Word> prefix_;  ///< of the words whose scores are known
    std::vector<exact::Interval> scores_;
    std::size_t symbols_;
    bool several_;
};

}  // namespace attest::decide
