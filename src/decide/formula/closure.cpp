#include <algorithm>
#include <map>
#include <unordered_map>

#include "attest/base/error.hpp"
#include "decide/formula/everywhere.hpp"

// The machine knows the value of each linear form of χ after the word so far, and the residue of each congruence. A form that
// never falls is not followed above the value from which on its atom does not change any more, nor one that never rises below
// it. Once χ no longer depends on atoms that can change, only what it says is known. So states are finitely many if the other
// forms stay bounded as long as they matter.

namespace attest::formula {

namespace {

using language::Dfa;
using language::Symbol;
using programs::foc::Conditions;

enum class Truth : std::uint8_t { no, yes, open };

class CountMachine {
  public:
    /// Which way a form can go.
    enum class Way : std::uint8_t { still, rising, falling, both };
    using State = std::vector<std::int64_t>;  ///< phase, then a value an atom; or −1 and the answer

    explicit CountMachine(const programs::foc::NormalForm& form)
        : form_(form), nodes_(form.conditions.below(form.condition)) {
        for (const Conditions::Id id : nodes_) {
            const Conditions::Node& node = form.conditions.node(id);
            if (node.parts.empty() && node.kind != Conditions::Kind::constant) atoms_.push_back(id);
        }
        for (const Conditions::Id id : atoms_) add(form.conditions.node(id));
    }

    State start() const {
        State state{0};
        for (const Conditions::Id id : atoms_) state.push_back(form_.conditions.node(id).form.constant);
        return settled(std::move(state));
    }

    State step(const State& from, Symbol a) const {
        if (from.front() < 0) return from;
        State to = from;
        to[0] = (to[0] + 1) % form_.modulus;
        const std::size_t cell = a * form_.modulus + static_cast<std::size_t>(to[0]);
        for (std::size_t k = 0; k < atoms_.size(); ++k)
            if (__builtin_add_overflow(to[k + 1], steps_[k][cell], &to[k + 1]))
                throw base::Unsupported("a count of the formula leaves 64 bits");
        return settled(std::move(to));
    }

    bool accepts(const State& state) const {
        if (state.front() < 0) return state[1] == 1;
        return truth(state, false) == Truth::yes;
    }

  private:
    void add(const Conditions::Node& node) {
        std::vector<std::int64_t> steps(form_.cells(), 0);
        for (std::size_t c = 0; c < steps.size(); ++c)
            for (const auto& [k, factor] : node.form.terms) steps[c] += form_.counts[k][c] ? factor : 0;
        const bool rises = std::any_of(steps.begin(), steps.end(), [](auto s) { return s > 0; });
        const bool falls = std::any_of(steps.begin(), steps.end(), [](auto s) { return s < 0; });
        ways_.push_back(rises && falls ? Way::both : rises ? Way::rising : falls ? Way::falling : Way::still);
        steps_.push_back(std::move(steps));
    }

    /// What an atom says of its value, and whether it says so for ever.
    Truth atom(std::size_t k, std::int64_t value, bool for_ever) const {
        const Conditions::Node& node = form_.conditions.node(atoms_[k]);
        const Way way = ways_[k];
        bool holds = false, stays = way == Way::still;
        if (node.kind == Conditions::Kind::least) {
            holds = value >= 0;
            stays = stays || (holds ? way == Way::rising : way == Way::falling);
        } else if (node.kind == Conditions::Kind::zero) {
            holds = value == 0;
            stays = stays || (value > 0 && way == Way::rising) || (value < 0 && way == Way::falling);
        } else {
            holds = (value % node.modulus == 0) != node.negated;
        }
        return for_ever && !stays ? Truth::open : holds ? Truth::yes : Truth::no;
    }

    Truth truth(const State& state, bool for_ever) const {
        std::map<Conditions::Id, Truth> found;
        std::size_t k = 0;
        for (const Conditions::Id id : nodes_) {
            const Conditions::Node& node = form_.conditions.node(id);
            if (node.kind == Conditions::Kind::constant) {
                found[id] = id == Conditions::yes ? Truth::yes : Truth::no;
            } else if (node.parts.empty()) {
                found[id] = atom(k, state[k + 1], for_ever);
                ++k;
            } else {
                const bool all = node.kind == Conditions::Kind::conjunction;
                const Truth ends = all ? Truth::no : Truth::yes;
                Truth result = all ? Truth::yes : Truth::no;
                for (const Conditions::Id part : node.parts) {
                    const Truth t = found.at(part);
                    if (t == ends) result = ends;
                    else if (t == Truth::open && result != ends) result = Truth::open;
                }
                found[id] = result;
            }
        }
        return found.at(form_.condition);
    }

    /// The state without what no longer matters.
    State settled(State state) const {
        for (std::size_t k = 0; k < atoms_.size(); ++k) {
            const Conditions::Node& node = form_.conditions.node(atoms_[k]);
            std::int64_t& value = state[k + 1];
            if (node.kind == Conditions::Kind::multiple) {
                value = (value % node.modulus + node.modulus) % node.modulus;
                continue;
            }
            const std::int64_t above = node.kind == Conditions::Kind::zero ? 1 : 0;
            if (ways_[k] == Way::rising) value = std::min(value, above);
            if (ways_[k] == Way::falling) value = std::max<std::int64_t>(value, -1);
        }
        const Truth t = truth(state, true);
        if (t == Truth::open) return state;
        return {-1, t == Truth::yes ? 1 : 0};
    }

    const programs::foc::NormalForm& form_;
    std::vector<Conditions::Id> nodes_, atoms_;
    std::vector<Way> ways_;                         ///< by atom
    std::vector<std::vector<std::int64_t>> steps_;  ///< [atom][cell]
};

struct HashOfPair {
    std::size_t operator()(const std::pair<CountMachine::State, Dfa::State>& pair) const {
        std::size_t hash = pair.second + 0x9E3779B97F4A7C15ULL;
        for (const std::int64_t x : pair.first)
            hash = (hash ^ static_cast<std::size_t>(x)) * 0x100000001B3ULL + (hash >> 29);
        return hash;
    }
};

class Search {
  public:
    Search(const Question& question, const Dfa& automaton, const programs::foc::NormalForm& form)
        : question_(question), automaton_(automaton), machine_(form) {}

    Outcome run(std::size_t from, std::size_t most, const base::Limits& limits) {
        visit({machine_.start(), automaton_.start}, 0, 0);
        if (from == 0 && differs(0)) return {replayed(question_, {})};
        for (std::size_t at = 0; at < seen_.size(); ++at) {
            if (at % 1024 == 0)
                if (const auto limit = limits.exceeded())
                    return {verdict::Undecided{verdict::reason_of(*limit), "while pairs of states were looked at"}};
            for (Symbol a = 0; a < question_.meaning.size(); ++a) {
                const Pair pair = *seen_[at];
                const std::uint32_t to =
                    visit({machine_.step(pair.first, a), automaton_.transition[pair.second][question_.meaning[a]]},
                          static_cast<std::uint32_t>(at), a);
                if (differs(to)) return {replayed(question_, word_to(static_cast<std::uint32_t>(at), a))};
            }
            if (seen_.size() > most)
                return {verdict::Undecided{verdict::Reason::unsupported,
                                           "too many pairs of states: counts that the formula compares may "
                                           "differ without bound"}};
        }
        return {Closed{seen_.size()}};
    }

  private:
    using Pair = std::pair<CountMachine::State, Dfa::State>;

    std::uint32_t visit(Pair pair, std::uint32_t parent, Symbol by) {
        const auto [place, is_new] = known_.try_emplace(std::move(pair), static_cast<std::uint32_t>(seen_.size()));
        if (is_new) {
            seen_.push_back(&place->first);
            parents_.emplace_back(parent, by);
        }
        return place->second;
    }

    bool differs(std::uint32_t at) const {
        return machine_.accepts(seen_[at]->first) != automaton_.accepting[seen_[at]->second];
    }

    language::Word word_to(std::uint32_t at, Symbol last) const {
        language::Word word{last};
        for (; at != 0; at = parents_[at].first) word.push_back(parents_[at].second);
        std::reverse(word.begin(), word.end());
        return word;
    }

    const Question& question_;
    const Dfa& automaton_;
    CountMachine machine_;
    std::unordered_map<Pair, std::uint32_t, HashOfPair> known_;
    std::vector<const Pair*> seen_;
    std::vector<std::pair<std::uint32_t, Symbol>> parents_;
};

}  // namespace

Difference replayed(const Question& question, language::Word word) {
    const bool holds = programs::foc::holds(question.program, word);
    language::Word meaning;
    for (const Symbol a : word) meaning.push_back(question.meaning[a]);
    if (question.language.contains(meaning) == holds)
        throw base::InternalError("a word on which formula and language were to differ does not show it");
    return {std::move(word), holds};
}

Outcome close(const Question& question, const Dfa& automaton, std::size_t from, std::size_t most,
              const base::Limits& limits) {
    const programs::foc::NormalForm form = programs::foc::normal_form(question.program);
    return Search(question, automaton, form).run(from, most, limits);
}

}  // namespace attest::formula
