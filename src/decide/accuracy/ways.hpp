#pragma once

#include "attest/decide/accuracy/accuracy.hpp"

namespace attest::accuracy {

/// How many words the alphabet has at the question's length.
mpz_class all_words(const Question& question);

/// All words, or one for all with its counts where that is fewer.
/// Gives   undecided with the reason memory where they are too many
Outcome count_by_words(const Question& question, const Options& options, const base::Limits& limits);

/// A solver lists the mistakes, as many as there may be, and shows that there are no others; where there are too many,
/// a
/// decision diagram of the miter counts them.
/// Gives   undecided with the reason unsupported or memory where neither is possible
Outcome count_by_circuit(const Question& question, const Options& options, const base::Limits& limits);

/// Words drawn evenly.
Outcome count_by_sample(const Question& question, const Options& options, const base::Limits& limits);

/// The word as a mistake, if it certainly is one; `answer` is the network's.
std::optional<Mistake> mistake(const Question& question, const language::Word& word, const decide::Answer& answer);

/// Puts a mistake among those that are shown.
void show(Where& where, const Mistake& mistake, std::size_t most);

}  // namespace attest::accuracy
