// Words on which rounding changes the answer: counting networks come near 0 at balanced words, so that blocks of many
// sizes are tried before random words. The true answer is that of balls; words whose sign they leave open are passed
// over.

#include <algorithm>

#include "base/random.hpp"
#include "soft/rounding.hpp"

namespace attest::soft {

namespace {

using language::Word;

/// A block of the second symbol at the front, or a random word; every size of block is as likely to come up early.
Word candidate(std::size_t k, std::size_t symbols, std::int64_t length, base::Random& random) {
    Word word(static_cast<std::size_t>(length), 0);
    const auto n = static_cast<std::uint64_t>(length);
    if (symbols > 1 && k % 3 < 2) {
        const std::uint64_t sizes[] = {n, n / 2, 0, n / 4, 3 * n / 4, n > 0 ? n - 1 : 0};
        const std::uint64_t ones = k / 3 < 3 ? sizes[2 * (k / 3) + k % 3] : random.below(n + 1);
        std::fill_n(word.begin(), ones, 1);
    } else {
        for (auto& symbol : word) symbol = static_cast<language::Symbol>(random.below(symbols));
    }
    return word;
}

}  // namespace

std::optional<RoundingFailure> find_rounding_failure(const network::Transformer& transformer, std::int64_t length,
                                                     Float type, std::uint64_t seed, std::size_t tries,
                                                     const base::Limits& limits) {
    const RoundedNetwork network(transformer, length, type);
    Judge judge(transformer, length);
    base::Random random(seed);
    for (std::size_t k = 0; k < tries; ++k) {
        const Word word = candidate(k, transformer.alphabet.size(), length, random);
        const double score = network.score(word);
        const Judgement judged = judge.judge(word, limits);
        if (judged.limit) return std::nullopt;
        if (judged.accepts && *judged.accepts != (score > 0))
            return RoundingFailure{word, score, judged.score, judged.bits};
    }
    return std::nullopt;
}

}  // namespace attest::soft
