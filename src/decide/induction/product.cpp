#include "product.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "layered.hpp"
#include "paged.hpp"
#include "steps.hpp"

namespace attest::induction {

namespace {

using language::Symbol;
using language::Word;

/// What a state does on a letter.
struct Move {
    std::optional<bool> accepts;  ///< if the letter is the last symbol of the sequence
    const std::uint32_t* to = nullptr;
    std::size_t count = 0;  ///< of states after it, at `to` until the next move is asked for
};

/// A machine's states by numbers, with what each does on a letter worked out once.
class General {
  public:
    General(Machine& machine, const network::Transformer& model) : machine_(machine), model_(model) {}

    std::vector<std::uint32_t> starts() {
        if (!model_.begin) return {states_.number(machine_.start())};
        return numbers(machine_.step(machine_.start(), Machine::begin));
    }
    std::optional<bool> begin_alone() { return machine_.last(machine_.start(), Machine::begin); }
    Move move(std::uint32_t state, Symbol a) {
        const std::size_t index = state * model_.alphabet.size() + a;
        if (moves_.size() <= index) moves_.resize(2 * index + 64);
        if (!moves_[index]) {
            const Machine::State from = states_[state];
            Known known;
            if (!model_.end) known.accepts = machine_.last(from, a);
            known.to = numbers(machine_.step(from, a));
            moves_[index] = std::move(known);
        }
        return {moves_[index]->accepts, moves_[index]->to.data(), moves_[index]->to.size()};
    }
    std::optional<bool> at_end(std::uint32_t state) {
        if (ends_.size() <= state) ends_.resize(2 * state + 64);
        if (!ends_[state]) ends_[state] = machine_.last(Machine::State(states_[state]), Machine::end);
        return *ends_[state];
    }

  private:
    struct Known {
        std::optional<bool> accepts;
        std::vector<std::uint32_t> to;
    };

    std::vector<std::uint32_t> numbers(std::vector<Machine::State> states) {
        std::vector<std::uint32_t> result;
        for (Machine::State& state : states) result.push_back(states_.number(std::move(state)));
        return result;
    }

    Machine& machine_;
    const network::Transformer& model_;
    StateNumbers states_;
    std::vector<std::optional<Known>> moves_;               ///< [state · letters + letter]
    std::vector<std::optional<std::optional<bool>>> ends_;  ///< by state: acceptance if the sequence ends
};

/// The same of a machine that goes one way.
class OneWay {
  public:
    OneWay(Machine& machine, const network::Transformer& model)
        : machine_(machine), model_(model), start_(machine_.start()) {}

    std::vector<std::uint32_t> starts() {
        if (!model_.begin) return {start_};
        const std::uint32_t to = machine_.step(start_, Machine::begin).to;
        return to == Layered::none ? std::vector<std::uint32_t>{} : std::vector<std::uint32_t>{to};
    }
    std::optional<bool> begin_alone() { return machine_.last(start_, Machine::begin); }
    Move move(std::uint32_t state, Symbol a) {
        const Layered::Move move = machine_.step(state, a);
        to_ = move.to;
        return {move.accepts, &to_, to_ == Layered::none ? std::size_t{0} : 1};
    }
    std::optional<bool> at_end(std::uint32_t state) { return machine_.last(state, Machine::end); }

  private:
    Layered machine_;
    const network::Transformer& model_;
    std::uint32_t start_, to_ = 0;
};

/// One search, void if the machine grows.
template <typename Stepper>
class Exploration {
  public:
    Exploration(Machine& machine, const Product& product, const base::Limits& limits)
        : machine_(machine), stepper_(machine, product.model), q_(product), dfa_(product.automaton), limits_(limits) {}

    Search run() {
        if (q_.from == 0) look_at_empty_word();
        for (const std::uint32_t state : stepper_.starts()) note(state, dfa_.start, none, 0);
        starts_.assign(pairs_.size(), true);
        for (std::size_t k = 0; k < pairs_.size() && !result_.difference && !result_.stopped; ++k) {
            if (k % 256 == 0)
                if (const auto limit = limits_.exceeded())
                    result_.stopped = {verdict::reason_of(*limit), fmt::format("after {} pairs of states", k)};
            if (is_void(k)) break;
            for (Symbol a = 0; a < letters() && !result_.difference; ++a) read(k, a);
            if (pairs_.size() > q_.most)
                result_.stopped = {
                    verdict::Reason::memory,
                    fmt::format("the machine and the language have more than {} pairs of states", q_.most)};
        }
        result_.pairs = pairs_.size();
        return std::move(result_);
    }

  private:
    static constexpr std::uint32_t none = UINT32_MAX;

    struct Pair {
        std::uint32_t state, language;
        std::uint32_t before;  ///< the pair from which it was reached first; none: a start
        Symbol letter;
    };
    struct First {
        std::uint32_t pair, language;
    };
    std::size_t letters() const { return q_.meaning.size(); }
    bool has_end() const { return q_.model.end.has_value(); }

    /// A machine that has grown is soon started again, with what it has learned until then.
    bool is_void(std::size_t k) {
        if (!machine_.grew()) return false;
        if (!grew_at_) grew_at_ = k;
        return k > 2 * *grew_at_ + 64;
    }

    void look_at_empty_word() {
        if (!has_end()) {
            judge(stepper_.begin_alone(), dfa_.start, {});
            return;
        }
        for (const std::uint32_t state : stepper_.starts()) judge(stepper_.at_end(state), dfa_.start, {});
    }

    void judge(std::optional<bool> accepts, std::uint32_t language, const Word& word) {
        if (accepts && *accepts != dfa_.accepting[language])
            result_.difference = {word, dfa_.accepting[language], *accepts};
    }

    /// The pair's number, and whether it is new.
    std::pair<std::uint32_t, bool> note(std::uint32_t state, std::uint32_t language, std::uint32_t before,
                                        Symbol letter) {
        if (firsts_.size() <= state) firsts_.resize(state + 1, {none, 0});
        First& first = firsts_[state];
        const bool is_other = first.pair != none && first.language != language;
        const std::uint64_t key = std::uint64_t{state} * dfa_.size() + language;
        const std::uint64_t known = is_other ? others_.at(key) : first.pair;
        if (known != (is_other ? KeyTable::none : none)) return {static_cast<std::uint32_t>(known), false};
        const auto number = static_cast<std::uint32_t>(pairs_.size());
        pairs_.push_back({state, language, before, letter});
        if (is_other) others_.put(key, number);
        else first = {number, language};
        return {number, true};
    }

    /// By a word, which ends with the letter.
    void reach(std::uint32_t state, std::uint32_t language, std::uint32_t before, Symbol letter) {
        const auto [number, is_new] = note(state, language, before, letter);
        if (!has_end()) return;
        if (!is_new && !(number < starts_.size() && starts_[number])) return;
        if (!is_new) starts_[number] = false;
        const std::optional<bool> accepts = stepper_.at_end(state);
        if (accepts && *accepts != dfa_.accepting[language]) judge(accepts, language, word_to(before, letter));
    }

    void read(std::size_t k, Symbol a) {
        const Pair pair = pairs_[k];
        const std::uint32_t language = dfa_.transition[pair.language][q_.meaning[a]];
        const Move move = stepper_.move(pair.state, a);
        if (!has_end() && move.accepts && *move.accepts != dfa_.accepting[language])
            return judge(move.accepts, language, word_to(static_cast<std::uint32_t>(k), a));
        for (std::size_t t = 0; t < move.count && !result_.difference; ++t)
            reach(move.to[t], language, static_cast<std::uint32_t>(k), a);
    }

    Word word_to(std::uint32_t pair, Symbol last) const {
        Word word{last};
        for (; pairs_[pair].before != none; pair = pairs_[pair].before) word.push_back(pairs_[pair].letter);
        std::reverse(word.begin(), word.end());
        return word;
    }

    Machine& machine_;
    Stepper stepper_;
    const Product& q_;
    const language::Dfa& dfa_;
    const base::Limits& limits_;
    Paged<Pair> pairs_;
    Paged<First> firsts_;       ///< by state of the machine: mostly there is no other pair with it
    KeyTable others_;           ///< of a state of the machine and one of the language
    std::vector<bool> starts_;  ///< whether no word has led to it yet, which alone is asked what it says at the end
    std::optional<std::size_t> grew_at_;
    Search result_;
};

}  // namespace

Search search(Machine& machine, const Product& product, const base::Limits& limits) {
    for (;;) {
        machine.restart();
        Search found = Layered::fits(machine) ? Exploration<OneWay>(machine, product, limits).run()
                                              : Exploration<General>(machine, product, limits).run();
        if (found.stopped || !machine.grew()) return found;
    }
}

}  // namespace attest::induction
