#include "language/classify/layers.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "registers.hpp"

// What any network of k layers can tell of a word (src/certify/FORMAT.md, section 23). A letter of level b + 1 is one of
// level b with the order in which letters of level b came. A head takes the last (first) position of the letters with the
// greatest score, so that it is no more than a function of letter and order; and orders can be read off by heads for pairs
// of letters. So k layers are enough iff no two words, one in the language and one not, are the same at level k.
//
// Looking to the left the orders are registers of a deterministic machine, whose states are gone through together with the
// automaton. Looking to both sides words are looked at one by one.

namespace attest::classify {

namespace {

using language::Symbol;
using language::Word;
using State = language::Dfa::State;

/// Registers and automaton together.
class OneSided {
  public:
    OneSided(const language::Dfa& automaton, const LayerClass& network, std::size_t layers)
        : automaton_(automaton), network_(network), registers_(network, layers) {}

    LayerSearch search(const base::Limits& limits, std::size_t most) {
        LayerSearch result;
        visit(registers_.start(), automaton_.start, 0, 0);
        for (std::size_t k = 0; k < nodes_.size(); ++k) {
            if ((result.pair = conflict(k))) break;
            if (nodes_.size() > most || (k % 1024 == 1023 && limits.exceeded())) break;
            for (Symbol a = 0; a < automaton_.alphabet.size(); ++a) {
                const auto [registers, state, from, letter] = nodes_[k];
                visit(registers_.step(registers, a), automaton_.transition[state][a], k, a);
            }
            result.is_closed = k + 1 == nodes_.size();
        }
        result.is_closed = result.is_closed && !result.pair;
        result.states = nodes_.size();
        return result;
    }

    /// A pair among these words.
    std::optional<std::pair<Word, Word>> among(const std::vector<Word>& words) {
        std::map<std::pair<std::uint32_t, Symbol>, std::pair<std::size_t, bool>> seen;
        for (std::size_t k = 0; k < words.size(); ++k) {
            const Word& word = words[k];
            if (word.empty()) continue;
            std::uint32_t at = registers_.start();
            for (std::size_t i = 0; i + 1 < word.size(); ++i) at = registers_.step(at, word[i]);
            if (network_.reads_end) at = registers_.step(at, word.back());
            const bool accepted = automaton_.accepts(word);
            const auto [found, is_new] =
                seen.try_emplace({at, network_.reads_end ? 0 : word.back()}, std::pair(k, accepted));
            if (is_new || found->second.second == accepted) continue;
            const Word& other = words[found->second.first];
            return accepted ? std::pair(word, other) : std::pair(other, word);
        }
        return std::nullopt;
    }

  private:
    struct Node {
        std::uint32_t registers;
        State state;
        std::size_t from;
        Symbol letter;
    };

    void visit(std::uint32_t registers, State state, std::size_t from, Symbol letter) {
        if (seen_.emplace(registers, state).second) nodes_.push_back({registers, state, from, letter});
    }

    Word word_to(std::size_t node) const {
        Word word;
        for (; node != 0; node = nodes_[node].from) word.push_back(nodes_[node].letter);
        std::reverse(word.begin(), word.end());
        return word;
    }

    bool accepts(std::size_t node, Symbol a) const {
        const State q = nodes_[node].state;
        return automaton_.accepting[network_.reads_end ? q : automaton_.transition[q][a]];
    }

    /// The first node with these registers stands for what the layers take the word for.
    std::optional<std::pair<Word, Word>> conflict(std::size_t node) {
        const std::size_t other = first_.try_emplace(nodes_[node].registers, node).first->second;
        for (Symbol a = 0; a < automaton_.alphabet.size(); ++a) {
            if (accepts(node, a) == accepts(other, a)) continue;
            Word one = word_to(node), two = word_to(other);
            if (!network_.reads_end) one.push_back(a), two.push_back(a);
            if (accepts(node, a)) return std::pair(std::move(one), std::move(two));
            return std::pair(std::move(two), std::move(one));
        }
        return std::nullopt;
    }

    const language::Dfa& automaton_;
    const LayerClass& network_;
    Registers registers_;
    std::vector<Node> nodes_;
    std::set<std::pair<std::uint32_t, State>> seen_;
    std::map<std::uint32_t, std::size_t> first_;
};

/// p fⁱ gʲ s for short p, f, g, s and i, j near the number of layers: what a layer less makes of powers is the same.
std::vector<Word> powers(std::size_t letters, std::size_t layers) {
    std::vector<Word> factors, ends{{}};
    for (Symbol a = 0; a < letters; ++a) {
        factors.push_back({a});
        ends.push_back({a});
    }
    for (Symbol a = 0; a < letters; ++a)
        for (Symbol b = 0; b < letters; ++b)
            if (a != b) factors.push_back({a, b});
    std::vector<Word> words;
    const auto append = [](Word& word, const Word& factor, std::size_t times) {
        for (std::size_t k = 0; k < times; ++k) word.insert(word.end(), factor.begin(), factor.end());
    };
    const std::size_t least = layers > 0 ? layers - 1 : 0;
    for (const Word& begin : ends)
        for (const Word& f : factors)
            for (const Word& g : factors)
                for (std::size_t i = least; i <= layers + 1; ++i)
                    for (std::size_t j = least; j <= layers + 1; ++j)
                        for (const Word& end : ends) {
                            Word word = begin;
                            append(word, f, i);
                            append(word, g, j);
                            append(word, end, 1);
                            words.push_back(std::move(word));
                        }
    return words;
}

/// Words one by one, with what comes on both sides.
class TwoSided {
  public:
    TwoSided(const LayerClass& network, std::size_t layers) : network_(network), letters_(layers + 1) {}

    /// What k layers take the word for.
    std::vector<std::uint32_t> look(const Word& word) {
        std::vector<std::uint32_t> letters;
        for (std::size_t i = 0; i < word.size(); ++i)
            letters.push_back(letters_[0]({word[i], {static_cast<std::uint32_t>((i + 1) % network_.modulus)}, {}}));
        std::vector<std::uint32_t> at_end{static_cast<std::uint32_t>(word.size() % network_.modulus)};
        for (std::size_t b = 0; b + 1 < letters_.size(); ++b) {
            std::vector<Order> before{{}}, behind{{}};
            for (const std::uint32_t letter : letters) before.push_back(latest_first(before.back(), letter));
            for (std::size_t i = letters.size(); i-- > 0;) behind.push_back(latest_first(behind.back(), letters[i]));
            at_end.push_back(letters_[b + 1]({0, before.back(), {}}));
            const std::size_t n = letters.size();
            for (std::size_t i = 0; i < n; ++i)
                letters[i] = letters_[b + 1]({letters[i] + 1, before[i], behind[n - 1 - i]});
        }
        return network_.reads_end ? at_end : std::vector<std::uint32_t>{letters.back()};
    }

  private:
    const LayerClass& network_;
    std::vector<Numbers<std::tuple<std::uint32_t, Order, Order>>> letters_;
};

LayerSearch search_two_sided(const language::Dfa& automaton, const LayerClass& network, std::size_t layers,
                             const base::Limits& limits, std::size_t most) {
    constexpr std::size_t longest = 12;
    LayerSearch result;
    TwoSided eyes(network, layers);
    std::map<std::vector<std::uint32_t>, std::pair<Word, bool>> seen;
    for (std::size_t n = network.reads_end ? 0 : 1; n <= longest; ++n) {
        Word word(n, 0);
        do {
            if (++result.states > most || (result.states % 1024 == 0 && limits.exceeded())) return result;
            const bool accepted = automaton.accepts(word);
            const auto [found, is_new] = seen.try_emplace(eyes.look(word), word, accepted);
            if (is_new || found->second.second == accepted) continue;
            result.pair = accepted ? std::pair(word, found->second.first) : std::pair(found->second.first, word);
            return result;
        } while (language::next_word(word, automaton.alphabet));
    }
    return result;
}

}  // namespace

const char* to_string(Ties ties) {
    switch (ties) {
        case Ties::right: return "right";
        case Ties::left: return "left";
        case Ties::both: return "both";
        case Ties::two_sided: return "two-sided";
    }
    return "";
}

LayerSearch search_layers(const language::Dfa& automaton, const LayerClass& network, std::size_t layers,
                          const base::Limits& limits, std::size_t most) {
    if (network.ties == Ties::two_sided) return search_two_sided(automaton, network, layers, limits, most);
    LayerSearch result = OneSided(automaton, network, layers).search(limits, most);
    if (!result.pair && !result.is_closed)
        result.pair = OneSided(automaton, network, layers).among(powers(automaton.alphabet.size(), layers));
    return result;
}

}  // namespace attest::classify
