#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "attest/base/error.hpp"
#include "decide/formula/formula.hpp"

// A vector says how often each symbol stands at each residue. Words are read position by position, and of those with one
// vector only the states are kept to which they lead.

namespace attest::formula {

namespace {

using language::Dfa;
using language::Symbol;
using language::Word;

constexpr std::uint64_t most_vectors = std::uint64_t{1} << 20, most_words = std::uint64_t{1} << 22,
                        most_kept = std::uint64_t{1} << 23;

/// [symbol · modulus + residue]
using Vector = std::vector<std::uint32_t>;
using Layer = std::map<Vector, std::set<Dfa::State>>;

std::optional<Outcome> stopped(const base::Limits& limits) {
    const auto limit = limits.exceeded();
    if (!limit) return std::nullopt;
    return Outcome{verdict::Undecided{verdict::reason_of(*limit), "while vectors of counts were looked at"}};
}

class Vectors {
  public:
    Vectors(const Question& question, std::size_t length)
        : question_(question),
          form_(programs::foc::normal_form(question.program)),
          modulus_(programs::foc::modulus_of(question.program)),
          length_(length) {}

    /// Throws  Unsupported beyond 2^20
    std::uint64_t count() const {
        std::uint64_t all = 1;
        const std::size_t symbols = question_.program.alphabet.size();
        for (std::size_t r = 1; r <= modulus_; ++r) {
            const std::uint64_t places = (length_ + modulus_ - r) / modulus_;
            std::uint64_t ways = 1;  // of so many symbols at so many places
            for (std::uint64_t k = 1; k < symbols && ways <= most_vectors; ++k) ways = ways * (places + k) / k;
            all *= ways;
            if (all > most_vectors)
                throw base::Unsupported(
                    fmt::format("words of length {} have more than 2^20 vectors of symbols by residues modulo {}",
                                length_, modulus_));
        }
        if (all * (length_ + 1) > most_kept)
            throw base::Unsupported(
                fmt::format("words of length {} and their beginnings have more than 2^23 vectors "
                            "of symbols by residues modulo {}",
                            length_, modulus_));
        return all;
    }

    Outcome by_states(const Dfa& automaton, const base::Limits& limits) {
        const std::uint64_t all = count();
        std::vector<Layer> layers(1);
        layers[0][Vector(form_.cells(), 0)] = {automaton.start};
        for (std::size_t i = 1; i <= length_; ++i) {
            if (auto end = stopped(limits)) return *end;
            Layer next;
            for (const auto& [vector, states] : layers.back())
                for (Symbol a = 0; a < question_.meaning.size(); ++a) {
                    auto& into = next[with(vector, a, i)];
                    for (const Dfa::State q : states) into.insert(automaton.transition[q][question_.meaning[a]]);
                }
            layers.push_back(std::move(next));
        }
        for (const auto& [vector, states] : layers.back())
            for (const Dfa::State q : states)
                if (automaton.accepting[q] != holds(vector))
                    return {replayed(question_, word_of(automaton, layers, vector, q))};
        return {Exhausted{all}};
    }

    /// One word a vector, for languages that depend on counts alone.
    Outcome by_one_word(const base::Limits& limits) {
        const std::uint64_t all = count();
        std::set<Vector> layer{Vector(form_.cells(), 0)};
        for (std::size_t i = 1; i <= length_; ++i) {
            if (auto end = stopped(limits)) return *end;
            std::set<Vector> next;
            for (const Vector& vector : layer)
                for (Symbol a = 0; a < question_.meaning.size(); ++a) next.insert(with(vector, a, i));
            layer = std::move(next);
        }
        for (const Vector& vector : layer) {
            const Word word = sorted_word(vector);
            if (contains(word) != holds(vector)) return {replayed(question_, word)};
        }
        return {Exhausted{all}};
    }

    Outcome by_words(const base::Limits& limits) {
        const language::Alphabet alphabet(question_.program.alphabet);
        if (!language::count_words(alphabet, length_, most_words))
            throw base::Unsupported(
                fmt::format("{} is not held as an automaton, and there are more than 2^22 words of length {}",
                            question_.language.name(), length_));
        const std::uint64_t all = count();
        Word word(length_, 0);
        std::uint64_t seen = 0;
        do {
            if (seen++ % 4096 == 0)
                if (auto end = stopped(limits)) return *end;
            if (contains(word) != form_.holds(word)) return {replayed(question_, word)};
        } while (language::next_word(word, alphabet));
        return {Exhausted{all}};
    }

  private:
    Vector with(Vector vector, Symbol a, std::size_t position) const {
        ++vector[a * modulus_ + position % modulus_];
        return vector;
    }

    bool holds(const Vector& vector) const {
        std::vector<std::int64_t> values(form_.counts.size(), 0);
        for (std::size_t k = 0; k < values.size(); ++k)
            for (std::size_t c = 0; c < vector.size(); ++c) values[k] += form_.counts[k][c] ? vector[c] : 0;
        return form_.conditions.holds(form_.condition, values);
    }

    bool contains(const Word& word) const {
        Word meaning;
        for (const Symbol a : word) meaning.push_back(question_.meaning[a]);
        return question_.language.contains(meaning);
    }

    Word sorted_word(Vector left) const {
        Word word;
        for (std::size_t i = 1; i <= length_; ++i) {
            Symbol a = 0;
            while (left[a * modulus_ + i % modulus_] == 0) ++a;
            --left[a * modulus_ + i % modulus_];
            word.push_back(a);
        }
        return word;
    }

    /// A word with this vector that leads to this state, from the last symbol on.
    Word word_of(const Dfa& automaton, const std::vector<Layer>& layers, Vector vector, Dfa::State state) const {
        Word word;
        for (std::size_t i = length_; i > 0; --i) {
            const auto [a, before] = last_of(automaton, layers[i - 1], vector, state, i);
            --vector[a * modulus_ + i % modulus_];
            state = before;
            word.push_back(a);
        }
        std::reverse(word.begin(), word.end());
        return word;
    }

    std::pair<Symbol, Dfa::State> last_of(const Dfa& automaton, const Layer& layer, const Vector& vector,
                                          Dfa::State state, std::size_t position) const {
        for (Symbol a = 0; a < question_.meaning.size(); ++a) {
            Vector before = vector;
            std::uint32_t& count = before[a * modulus_ + position % modulus_];
            if (count == 0) continue;
            --count;
            for (const Dfa::State q : layer.at(before))
                if (automaton.transition[q][question_.meaning[a]] == state) return {a, q};
        }
        throw base::InternalError("a vector of counts has no word");
    }

    const Question& question_;
    programs::foc::NormalForm form_;
    std::size_t modulus_, length_;
};

}  // namespace

Outcome prove_at(const Question& question, std::size_t length, const base::Limits& limits) {
    Vectors vectors(question, length);
    if (const auto* regular = std::get_if<language::Regular>(&question.language.form()))
        return vectors.by_states(regular->automaton, limits);
    if (std::holds_alternative<language::Majority>(question.language.form())) return vectors.by_one_word(limits);
    return vectors.by_words(limits);
}

}  // namespace attest::formula
