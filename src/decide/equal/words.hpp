#pragma once

#include "attest/decide/equal/equal.hpp"

namespace attest::equal {

/// Programs are evaluated by tables, so that so many words take less time than a proof.
inline constexpr std::uint64_t few_words = 1 << 16;

inline bool is_program(const decide::Network& network) {
    return std::holds_alternative<const network::Program*>(network);
}

/// Both networks, asked about one word after the other.
class Pair {
  public:
    Pair(const Question& question, const base::Limits& limits, decide::Order order = decide::Order::any)
        : question_(question),
          limits_(limits),
          model_(question.model, question.length, order),
          other_(question.other, question.length, order) {}

    struct Answers {
        decide::Answer model, other;
        bool certain() const { return model.accepts && other.accepts; }
        bool differ() const { return certain() && *model.accepts != *other.accepts; }
    };
    Answers ask(const language::Word& word);
    decide::Answer ask_model(const language::Word& word) { return model_.answer(word, limits_); }
    decide::Answer ask_other(const language::Word& word);
    /// Of each word, as far as limits allow: the last has one then. Needs  Order::several, for many at a time
    std::vector<Answers> ask_each(const std::vector<language::Word>& words);

    /// A word in which fewer symbols are other than the first of the alphabet, as far as some hundred evaluations lead.
    Difference shrink(Difference difference);

  private:
    const Question& question_;
    const base::Limits& limits_;
    decide::Answerer model_, other_;
};

/// All words, or one for all with its counts where both networks are soft and only counts matter.
Outcome compare_all_words(const Question& question, const decide::ProveOptions& options, const base::Limits& limits);

/// Classes as large as can be of which each lies in one of either partition.
soft::Classes refine(const soft::Classes& one, const soft::Classes& two, std::int64_t length);

/// The other program with its symbols in the order of the model's: their names are what programs compare.
network::Program in_order(const network::Program& other, const std::vector<language::Symbol>& letters);

/// By the miter of the two circuits and a solver.
/// Gives   undecided with the reason unsupported or memory where there is no circuit that fits
Outcome compare_circuits(const Question& question, const decide::ProveOptions& options, const base::Limits& limits);

}  // namespace attest::equal
