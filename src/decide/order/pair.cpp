#include "pair.hpp"

#include <fmt/format.h>

#include <map>
#include <memory>
#include <numeric>

#include "attest/base/error.hpp"
#include "attest/decide/answer/answerer.hpp"
#include "network/seq2seq/run.hpp"

namespace attest::order {

namespace {

using language::Word;
using Counts = std::vector<std::uint64_t>;

/// What two words must have in common: of proportions, counts without a common divisor.
Counts counts_of(const Word& word, std::size_t symbols, Invariance invariance) {
    Counts counts(symbols);
    for (const language::Symbol a : word) ++counts[a];
    std::uint64_t divisor = 0;
    for (const std::uint64_t count : counts) divisor = std::gcd(divisor, count);
    if (invariance == Invariance::proportion && divisor > 1)
        for (std::uint64_t& count : counts) count /= divisor;
    return counts;
}

/// Of each count or proportion the first word, with its answer of any kind.
template <typename Answer>
class FirstWords {
  public:
    FirstWords(std::size_t symbols, Invariance invariance) : symbols_(symbols), invariance_(invariance) {}

    /// The first word that is like this one, if its answer is another.
    std::optional<std::pair<Word, Answer>> look(const Word& word, const Answer& answer) {
        const auto [at, is_new] = first_.try_emplace(counts_of(word, symbols_, invariance_), word, answer);
        if (is_new || at->second.second == answer) return std::nullopt;
        return at->second;
    }

  private:
    std::size_t symbols_;
    Invariance invariance_;
    std::map<Counts, std::pair<Word, Answer>> first_;
};

/// Words from the shortest on, as far as options and limits allow. `at_length` makes what answers words of a length,
/// `look` gives a pair once there is one.
class WordSearch {
  public:
    WordSearch(const language::Alphabet& alphabet, const PairOptions& options, const base::Limits& limits)
        : alphabet_(alphabet), options_(options), limits_(limits) {}

    template <typename AtLength>
    PairSearch run(const AtLength& at_length) {
        for (std::int64_t length = 1; length <= options_.longest; ++length) {
            if (!language::count_words(alphabet_, static_cast<std::uint64_t>(length), options_.most_words - words_))
                break;
            try {
                if (auto found = words_of(length, at_length(length))) return *found;
            } catch (const base::InputError& error) {
                return not_found(verdict::Reason::unsupported, fmt::format("; {}", error.what()));
            } catch (const base::Unsupported& error) {
                return not_found(verdict::Reason::unsupported, fmt::format("; {}", error.what()));
            }
            if (stopped_) return not_found(verdict::reason_of(*stopped_), "");
            done_ = length;
        }
        return not_found(verdict::Reason::unsupported, "");
    }

  private:
    template <typename Look>
    std::optional<Pair> words_of(std::int64_t length, Look look) {
        Word word(static_cast<std::size_t>(length), 0);
        do {
            if ((stopped_ = limits_.exceeded())) return std::nullopt;
            ++words_;
            if (words_ % told_every == 0 && options_.progress) options_.progress(fmt::format("{} words", words_));
            if (auto pair = look(word)) return pair;
        } while (language::next_word(word, alphabet_));
        return std::nullopt;
    }

    verdict::Undecided not_found(verdict::Reason reason, const std::string& why) const {
        return {reason, fmt::format("no pair of words up to length {} shows that it is not{}", done_, why)};
    }

    static constexpr std::uint64_t told_every = 256;
    const language::Alphabet& alphabet_;
    const PairOptions& options_;
    const base::Limits& limits_;
    std::uint64_t words_ = 0;
    std::int64_t done_ = 0;
    std::optional<base::Limit> stopped_;
};

/// The vectors that an encoder–decoder writes at the first times.
std::vector<exact::Vector> vectors_of(const network::Seq2seq& network, const Word& word, std::size_t times) {
    network::Seq2seqRun run(network, {word.begin(), word.end()});
    std::vector<exact::Vector> vectors{run.output()};
    for (std::size_t t = 0; t < times; ++t) {
        run.step();
        vectors.push_back(run.output());
    }
    return vectors;
}

std::optional<Pair> as_pair(const std::optional<std::pair<Word, bool>>& first, const Word& word) {
    if (!first) return std::nullopt;
    return Pair{first->first, word, first->second};
}

}  // namespace

PairSearch find_pair(const network::Transformer& model, Invariance invariance, const PairOptions& options,
                     const base::Limits& limits) {
    FirstWords<bool> first(model.alphabet.size(), invariance);
    return WordSearch(model.alphabet, options, limits).run([&](std::int64_t length) {
        auto answerer = std::make_shared<decide::Answerer>(&model, length, decide::Order::lexicographic);
        return [&first, &limits, answerer](const Word& word) -> std::optional<Pair> {
            const decide::Answer answer = answerer->answer(word, limits);
            if (!answer.accepts) return std::nullopt;  // a score that is not told from 0 is no witness
            return as_pair(first.look(word, *answer.accepts), word);
        };
    });
}

PairSearch find_pair(const network::Seq2seq& network, Invariance invariance, const PairOptions& options,
                     const base::Limits& limits) {
    if (network.alphabet.empty()) return verdict::Undecided{verdict::Reason::unsupported, "there is one word alone"};
    const language::Alphabet alphabet(network.alphabet);
    FirstWords<std::vector<exact::Vector>> first(alphabet.size(), invariance);
    return WordSearch(alphabet, options, limits).run([&](std::int64_t) {
        return [&](const Word& word) -> std::optional<Pair> {
            const auto vectors = vectors_of(network, word, options.times);
            const auto found = first.look(word, vectors);
            if (!found) return std::nullopt;
            std::size_t t = 0;
            while (found->second[t] == vectors[t]) ++t;
            return Pair{found->first, word, false, t};
        };
    });
}

PairSearch find_pair(const language::Language& language, Invariance invariance, const PairOptions& options,
                     const base::Limits& limits) {
    FirstWords<bool> first(language.alphabet().size(), invariance);
    return WordSearch(language.alphabet(), options, limits).run([&](std::int64_t) {
        return [&](const Word& word) { return as_pair(first.look(word, language.contains(word)), word); };
    });
}

}  // namespace attest::order
