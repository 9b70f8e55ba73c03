#include "product.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace attest::induction {

namespace {

using language::Symbol;
using language::Word;

struct HashOfState {
    std::size_t operator()(const Machine::State& state) const {
        std::size_t hash = 0x9E3779B97F4A7C15ULL;
        for (const std::uint32_t x : state) hash = (hash ^ x) * 0x100000001B3ULL + (hash >> 29);
        return hash;
    }
};

/// One search, void if the machine grows.
class Exploration {
  public:
    Exploration(Machine& machine, const Question& question, const language::Dfa& automaton, const base::Limits& limits)
        : machine_(machine), q_(question), dfa_(automaton), limits_(limits) {}

    Search run() {
        if (q_.from == 0) look_at_empty_word();
        for (const std::uint32_t state : starts()) reach(state, dfa_.start, none, 0);
        for (std::size_t k = 0; k < pairs_.size() && !result_.difference && !result_.stopped; ++k) {
            if (k % 16 == 0)
                if (const auto limit = limits_.exceeded())
                    result_.stopped = {verdict::reason_of(*limit), fmt::format("after {} pairs of states", k)};
            for (Symbol a = 0; a < letters() && !result_.difference; ++a) read(k, a);
            if (pairs_.size() > most_pairs)
                result_.stopped = {
                    verdict::Reason::memory,
                    fmt::format("the machine and the language have more than {} pairs of states", most_pairs)};
        }
        result_.pairs = pairs_.size();
        return std::move(result_);
    }

  private:
    static constexpr std::uint32_t none = UINT32_MAX;
    using StateNumbers = base::Interner<Machine::State, std::unordered_map<Machine::State, std::uint32_t, HashOfState>>;

    struct Pair {
        std::uint32_t state, language;
        std::uint32_t before;  ///< the pair from which it was reached first; none: a start
        Symbol letter;
        bool looked_at = false;
    };
    /// What a state does on a letter, worked out once.
    struct Move {
        bool known = false;
        std::vector<std::uint32_t> to;
        std::optional<bool> accepts;  ///< if the letter is the last symbol of the sequence
    };

    std::size_t letters() const { return q_.meaning.size(); }
    bool has_end() const { return q_.model.end.has_value(); }

    std::vector<std::uint32_t> starts() {
        std::vector<std::uint32_t> numbers;
        const Machine::State start = machine_.start();
        if (!q_.model.begin) return {states_.number(start)};
        for (const Machine::State& state : machine_.step(start, Machine::begin))
            numbers.push_back(states_.number(state));
        return numbers;
    }

    void look_at_empty_word() {
        if (!has_end()) {
            judge(machine_.last(machine_.start(), Machine::begin), dfa_.start, {});
            return;
        }
        for (const std::uint32_t state : starts()) judge(machine_.last(states_[state], Machine::end), dfa_.start, {});
    }

    void judge(std::optional<bool> accepts, std::uint32_t language, const Word& word) {
        if (accepts && *accepts != dfa_.accepting[language])
            result_.difference = {word, dfa_.accepting[language], *accepts};
    }

    void reach(std::uint32_t state, std::uint32_t language, std::uint32_t before, Symbol letter) {
        const std::uint64_t key = static_cast<std::uint64_t>(state) * dfa_.size() + language;
        const auto [at, is_new] = numbers_.try_emplace(key, static_cast<std::uint32_t>(pairs_.size()));
        if (is_new) pairs_.push_back({state, language, before, letter});
        Pair& pair = pairs_[at->second];
        if (before == none || pair.looked_at || !has_end()) return;
        pair.looked_at = true;  // a start only when a word leads to it again
        const std::optional<bool> accepts = at_end(state);
        if (accepts && *accepts != dfa_.accepting[language]) judge(accepts, language, word_to(before, letter));
    }

    std::optional<bool> at_end(std::uint32_t state) {
        if (ends_.size() <= state) ends_.resize(states_.size());
        if (!ends_[state]) ends_[state] = machine_.last(states_[state], Machine::end);
        return *ends_[state];
    }

    void read(std::size_t k, Symbol a) {
        const Pair pair = pairs_[k];
        const std::uint32_t language = dfa_.transition[pair.language][q_.meaning[a]];
        const std::size_t index = pair.state * letters() + a;
        if (moves_.size() <= index) moves_.resize(std::max(index + 1, states_.size() * letters()));
        if (!moves_[index].known) {
            Move move{true, {}, std::nullopt};
            const Machine::State state = states_[pair.state];
            if (!has_end()) move.accepts = machine_.last(state, a);
            for (Machine::State& next : machine_.step(state, a)) move.to.push_back(states_.number(std::move(next)));
            moves_[index] = std::move(move);
        }
        if (!has_end() && moves_[index].accepts && *moves_[index].accepts != dfa_.accepting[language])
            return judge(moves_[index].accepts, language, word_to(static_cast<std::uint32_t>(k), a));
        const std::vector<std::uint32_t>& to = moves_[index].to;
        for (std::size_t t = 0; t < to.size() && !result_.difference; ++t)
            reach(to[t], language, static_cast<std::uint32_t>(k), a);
    }

    Word word_to(std::uint32_t pair, Symbol last) const {
        Word word{last};
        for (; pairs_[pair].before != none; pair = pairs_[pair].before) word.push_back(pairs_[pair].letter);
        std::reverse(word.begin(), word.end());
        return word;
    }

    Machine& machine_;
    const Question& q_;
    const language::Dfa& dfa_;
    const base::Limits& limits_;
    StateNumbers states_;
    std::vector<Pair> pairs_;
    std::unordered_map<std::uint64_t, std::uint32_t> numbers_;
    std::vector<Move> moves_;                               ///< [state · letters + letter]
    std::vector<std::optional<std::optional<bool>>> ends_;  ///< by state: acceptance if the sequence ends
    Search result_;
};

}  // namespace

Search search(Machine& machine, const Question& question, const language::Dfa& automaton, const base::Limits& limits) {
    for (;;) {
        machine.restart();
        Search found = Exploration(machine, question, automaton, limits).run();
        if (found.stopped || !machine.grew()) return found;
    }
}

}  // namespace attest::induction
