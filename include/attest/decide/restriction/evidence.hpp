#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "attest/decide/recognise/prove.hpp"
#include "attest/decide/restriction/function.hpp"
#include "attest/decide/restriction/restriction.hpp"

namespace attest::restriction {

using Words = std::pair<language::Word, language::Word>;

/// A restriction under which the answer is constant: the claim `restriction` of FORMAT.md, section 10.
struct Settled {
    Restriction restriction;
    bool answer = false;
    std::optional<Words> pair;         ///< admitted, different in one symbol, answered alike
    bool optimal = false;              ///< that fewer fixed positions do not settle the answer is part of the claim
    std::vector<language::Word> open;  ///< what shows it
};

/// What a claim about a restriction rests on.
struct Evidence {
    std::optional<decide::Refutation> refutation;
    std::uint64_t words = 0;  ///< evaluated, if there is no refutation
    std::optional<decide::EnclosedScore> score =
        {};  ///< of a softmax model: what is known of all of these words' scores
};

/// Whether the answer is constant under a restriction: refutes that some admitted word is answered otherwise.
decide::Decision refute_other_answer(const Function& function, const Restriction& restriction, bool answer,
                                     const decide::ProveOptions& options, const base::Limits& limits);

/// Whether every word is sensitive at every position: refutes that some word has a position whose symbol does not matter.
/// Needs   function.length() >= 1
decide::Decision refute_silent_position(const Function& function, const decide::ProveOptions& options,
                                        const base::Limits& limits);

/// Two words that a restriction admits and that are answered differently, if there are any.
using FindDifference = std::function<std::optional<Words>(const Restriction&)>;

/// By a solver. Throws InternalError if its words are answered alike.
FindDifference difference_by_solver(const Function& function, std::uint64_t seed, const base::Limits& limits);
/// From the table of all answers.
FindDifference difference_in_table(const TruthTable& table, std::size_t symbols);

/// Words that show that every restriction with `fixed` − 1 fixed positions leaves both answers possible.
///
/// Gives   nothing where some restriction does not, where there are more than `most` of them, or a limit is exceeded
/// Needs   1 <= fixed <= length
/// Cost    C(length, fixed−1) · (words + symbols^(fixed−1)), and a difference for each pair of words that is kept
std::optional<std::vector<language::Word>> open_words(std::size_t length, std::size_t symbols, std::size_t fixed,
                                                      const FindDifference& find,
                                                      const std::function<bool(const language::Word&)>& accepts,
                                                      std::uint64_t most, const base::Limits& limits);

}  // namespace attest::restriction
