#include "language/shortest_words.hpp"

#include <algorithm>

namespace attest::language {

namespace {

/// Words by length, each prefix of which can still become one that counts.
class ShortestWords {
  public:
    ShortestWords(const Dfa& automaton, bool accepted, std::size_t most)
        : dfa_(automaton), most_(most), reach_(1, automaton.accepting) {
        if (!accepted) reach_[0].flip();
    }

    std::vector<Word> find(std::size_t from) {
        const std::size_t longest = from + std::min({2 * dfa_.size(), longest_word, most_bits / dfa_.size()});
        for (std::size_t length = from; length <= longest && found_.size() < most_; ++length) {
            while (reach_.size() <= length) step();
            word_.clear();
            if (reach_[length][dfa_.start]) extend(dfa_.start, length);
        }
        return std::move(found_);
    }

  private:
    static constexpr std::size_t most_bits = std::size_t{1} << 28, longest_word = 4096;

    /// From which states a word of one symbol more leads to where it counts.
    void step() {
        std::vector<bool> next(dfa_.size(), false);
        for (std::size_t q = 0; q < dfa_.size(); ++q)
            next[q] = std::any_of(dfa_.transition[q].begin(), dfa_.transition[q].end(),
                                  [&](Dfa::State to) { return reach_.back()[to]; });
        reach_.push_back(std::move(next));
    }

    void extend(Dfa::State state, std::size_t left) {
        if (found_.size() == most_) return;
        if (left == 0) return found_.push_back(word_);
        for (Symbol a = 0; a < dfa_.alphabet.size(); ++a) {
            const Dfa::State to = dfa_.transition[state][a];
            if (!reach_[left - 1][to]) continue;
            word_.push_back(a);
            extend(to, left - 1);
            word_.pop_back();
        }
    }

    const Dfa& dfa_;
    std::size_t most_;
    std::vector<std::vector<bool>> reach_;  ///< by number of symbols, then state
    std::vector<Word> found_;
    Word word_;
};

}  // namespace

std::vector<Word> shortest_words(const Dfa& automaton, bool accepted, std::size_t most, std::size_t from) {
    return ShortestWords(automaton, accepted, most).find(from);
}

}  // namespace attest::language
