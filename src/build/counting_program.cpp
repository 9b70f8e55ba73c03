#include "counting_program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "attest/base/error.hpp"
#include "potentials.hpp"

// A word goes through the components of the automaton, entering each in some state. For a component and a state e in which it
// is entered the program says
//
//   act     it was entered before this symbol: always, or by the count of `enter`, which is true at the symbol that leads in;
//   class   in which class the state before this symbol is, round by round. A potential V gives each state a number and each
//           class x and letter a number E(x, a) that an edge adds. The counts of act & class x & letter, so weighted, add up to
//           V(state) − V(e), and with this symbol's own share to V(state before) − V(e) + E(x, a);
//   leave   this symbol leads out, for each state that it leads to; any: to some; first: it is the first such symbol.
//
// Up to the first exit all of it is right, by induction over symbols and rounds; after it `first` is false for ever, and the
// number of exits is not 0, so that nothing comes of what is said then. That is the invariant: a component has not been entered (its counts are
// balanced, nothing has been counted of entering and leaving), or the word is in it (its counts say in which state), or it
// has been left (some exit has been counted).

namespace attest::build {

namespace {

using language::Dfa;
using language::Symbol;
using State = Dfa::State;
using Fact = CounterFact;

/// A component with the state in which it is entered, and what its program counts.
struct Stay {
    std::size_t component = 0;
    State entry = 0;
    std::string name;
    std::map<State, std::size_t> exits;          ///< the states outside that it leads to, and the stays there
    std::vector<std::string> entered_by;         ///< Booleans that are true at the symbol that leads in
    std::optional<std::uint32_t> entered, left;  ///< counters
    std::vector<std::vector<Fact>> balance;      ///< by place in the component: what its counts say
};

constexpr std::size_t nowhere = SIZE_MAX;

std::string put_together(const std::vector<std::string>& parts, const char* sign, const char* nothing) {
    if (parts.empty()) return nothing;
    return fmt::format("{}", fmt::join(parts, sign));
}
std::string all_of(std::vector<std::string> parts) {
    std::erase(parts, "true");
    for (std::string& p : parts)
        if (p.find('|') != std::string::npos) p = "(" + p + ")";
    return put_together(parts, " & ", "true");
}
std::string any_of(const std::vector<std::string>& parts) { return put_together(parts, " | ", "false"); }

/// `form = number`, without a negative number.
std::string equals(const std::string& form, const mpz_class& number) {
    if (number >= 0) return fmt::format("{} = {}", form, number.get_str());
    return fmt::format("{} + {} = 0", form, mpz_class(-number).get_str());
}

class Builder {
  public:
    Builder(const Dfa& automaton, const base::Limits& limits)
        : automaton_(automaton), limits_(limits), letters_(automaton.alphabet.size()) {}

    CountingProgram build() {
        find_components();
        result_.text = "alphabet";
        for (const std::string& symbol : automaton_.alphabet.symbols()) {
            if (symbol == "\"") throw base::Unsupported("the text of a C-RASP program cannot hold the symbol '\"'");
            result_.text += fmt::format(" \"{}\"", symbol);
        }
        result_.text += "\n";
        find_stays();
        for (Stay& stay : stays_) write(stay);
        define("out", any_of(accepting_));
        state_invariant();
        return std::move(result_);
    }

  private:
    // What the automaton is like.

    void find_components() {
        const std::size_t n = automaton_.size();
        std::vector<std::vector<bool>> reaches(n, std::vector<bool>(n));
        for (State q = 0; q < n; ++q) {
            std::vector<State> open{q};
            reaches[q][q] = true;
            while (!open.empty()) {
                const State at = open.back();
                open.pop_back();
                for (const State to : automaton_.transition[at])
                    if (!reaches[q][to]) reaches[q][to] = true, open.push_back(to);
            }
        }
        component_of_.assign(n, nowhere);
        for (State q = 0; q < n; ++q) {
            live_.push_back(false);
            for (State r = 0; r < n; ++r) live_[q] = live_[q] || (reaches[q][r] && automaton_.accepting[r]);
            if (component_of_[q] != nowhere) continue;
            for (State r = q; r < n; ++r)
                if (reaches[q][r] && reaches[r][q]) component_of_[r] = components_.size();
            components_.emplace_back();
            for (State r = q; r < n; ++r)
                if (component_of_[r] == component_of_[q]) components_.back().push_back(r);
        }
        // Those that are reached from more components come later.
        for (std::size_t c = 0; c < components_.size(); ++c) {
            const auto from = static_cast<std::size_t>(std::count_if(
                reaches.begin(), reaches.end(), [&](const auto& row) { return bool(row[components_[c].front()]); }));
            order_.emplace_back(from, c);
        }
        std::sort(order_.begin(), order_.end());
    }

    bool is_inside(const Stay& stay, State q) const { return component_of_[q] == stay.component; }

    /// In an order in which what leads into one stands before it.
    void find_stays() {
        std::vector<std::set<State>> entries(components_.size());
        entries[component_of_[automaton_.start]].insert(automaton_.start);
        for (const auto& [from, c] : order_) {
            if (!live_[components_[c].front()]) continue;
            for (const State entry : entries[c]) {
                Stay stay{c, entry, std::to_string(stays_.size()), {}, {}, {}, {}, {}};
                for (const State q : components_[c])
                    for (const State to : automaton_.transition[q])
                        if (!is_inside(stay, to)) stay.exits.emplace(to, nowhere);
                for (const auto& exit : stay.exits) entries[component_of_[exit.first]].insert(exit.first);
                stays_.push_back(std::move(stay));
            }
        }
        for (Stay& stay : stays_)
            for (auto& [to, number] : stay.exits)
                for (std::size_t k = 0; k < stays_.size(); ++k)
                    if (stays_[k].entry == to && component_of_[to] == stays_[k].component) number = k;
    }

    // What is written.

    std::string define(const std::string& name, const std::string& expression) {
        result_.text += name + " = " + expression + "\n";
        return name;
    }
    std::uint32_t define_count(const std::string& name, const std::string& expression) {
        define(name, "#[" + expression + "]");
        return static_cast<std::uint32_t>(result_.counters++);
    }
    /// The symbol is one of these.
    std::string letter_in(const std::vector<Symbol>& letters) const {
        if (letters.size() == letters_) return "true";
        std::vector<std::string> parts;
        for (const Symbol a : letters) parts.push_back(fmt::format("Q(\"{}\")", automaton_.alphabet.symbol(a)));
        return any_of(parts);
    }

    /// A state for those of a component, each with the symbols for which something is so of what they lead to.
    template <typename Condition>
    std::string where(const Stay& stay, const std::vector<std::string>& in_state, const Condition& condition) const {
        std::vector<std::string> parts;
        for (std::size_t k = 0; k < in_state.size(); ++k) {
            std::vector<Symbol> letters;
            for (Symbol a = 0; a < letters_; ++a)
                if (condition(automaton_.transition[components_[stay.component][k]][a])) letters.push_back(a);
            if (!letters.empty()) parts.push_back(all_of({in_state[k], letter_in(letters)}));
        }
        return any_of(parts);
    }

    void write(Stay& stay) {
        if (limits_.exceeded()) throw base::Unsupported("the program took too long to build");
        std::string act = "true";
        if (&stay != &stays_.front()) {
            const std::string enter = define("enter" + stay.name, any_of(stay.entered_by));
            stay.entered = define_count("entered" + stay.name, enter);
            act = define("act" + stay.name, fmt::format("entered{} >= 1 & !{}", stay.name, enter));
        }
        const std::vector<std::string> in_state = write_rounds(stay, act);
        std::string valid = act;
        if (!stay.exits.empty()) valid = write_exits(stay, act, in_state);
        const std::string accepts = where(stay, in_state, [&](State to) { return bool(automaton_.accepting[to]); });
        if (accepts != "false") accepting_.push_back(define("accept" + stay.name, all_of({valid, accepts})));
    }

    /// Booleans for the states before this symbol.
    std::vector<std::string> write_rounds(Stay& stay, const std::string& act) {
        const std::vector<State>& component = components_[stay.component];
        const Rounds rounds = separate(automaton_, component);
        if (rounds.classes < component.size())
            throw base::Unsupported(fmt::format(
                "no C-RASP program recognises the language: of {} states of its automaton that reach each other "
                "counting tells only {} classes apart; attest classify shows why",
                component.size(), rounds.classes));
        stay.balance.resize(component.size());
        std::vector<std::string> in_class{"true"};
        for (std::size_t t = 0; t < rounds.rounds.size(); ++t) {
            const std::vector<std::size_t>& finer =
                t + 1 < rounds.rounds.size() ? rounds.rounds[t + 1].class_of : rounds.class_of;
            in_class = write_round(stay, rounds.rounds[t], finer, act, std::move(in_class),
                                   fmt::format("{}_{}", stay.name, t));
        }
        std::vector<std::string> in_state;
        for (std::size_t k = 0; k < component.size(); ++k) in_state.push_back(in_class[rounds.class_of[k]]);
        depth_of_rounds(stay, rounds.rounds.size());
        return in_state;
    }

    std::vector<std::string> write_round(Stay& stay, const Round& round, const std::vector<std::size_t>& finer,
                                         const std::string& act, std::vector<std::string> in_class,
                                         const std::string& name) {
        // What is counted, where some potential weighs it.
        std::map<std::pair<std::size_t, Symbol>, std::uint32_t> counters;
        for (std::size_t x = 0; x < round.classes; ++x)
            for (Symbol a = 0; a < letters_; ++a) {
                const auto weighs = [&](const Potential& p) { return p.of_letter[x][a] != 0; };
                if (std::any_of(round.potentials.begin(), round.potentials.end(), weighs))
                    counters[{x, a}] =
                        define_count(fmt::format("n{}_{}_{}", name, x, a), all_of({act, in_class[x], letter_in({a})}));
            }
        for (std::size_t b = 0; b < round.potentials.size(); ++b)
            write_sum(stay, round.potentials[b], counters, fmt::format("{}_", name), b);

        const auto entry = place(stay, stay.entry);
        std::vector<std::string> result;
        for (std::size_t k = 0; k < finer.size(); ++k) {
            if (finer[k] != result.size()) continue;  // classes are numbered by their first state
            std::vector<std::string> parts{in_class[round.class_of[k]]};
            for (std::size_t b = 0; b < round.potentials.size(); ++b) {
                const Potential& p = round.potentials[b];
                std::map<mpz_class, std::vector<Symbol>> by_share;
                for (Symbol a = 0; a < letters_; ++a) by_share[p.of_letter[round.class_of[k]][a]].push_back(a);
                std::vector<std::string> ways;
                for (const auto& [share, letters] : by_share)
                    ways.push_back(all_of({letter_in(letters), equals(fmt::format("s{}_{}", name, b),
                                                                      p.of_state[k] - p.of_state[entry] + share)}));
                parts.push_back(any_of(ways));
            }
            result.push_back(define(fmt::format("in{}_{}", name, result.size()), all_of(parts)));
        }
        return result;
    }

    std::size_t place(const Stay& stay, State q) const {
        const std::vector<State>& component = components_[stay.component];
        return static_cast<std::size_t>(std::find(component.begin(), component.end(), q) - component.begin());
    }

    /// The weighted counts, and that they are V(state) − V(entry).
    void write_sum(Stay& stay, const Potential& p,
                   const std::map<std::pair<std::size_t, Symbol>, std::uint32_t>& counters, const std::string& name,
                   std::size_t number) {
        std::string plus, minus;
        Fact fact;
        fact.is_equation = true;
        for (const auto& [key, counter] : counters) {
            const mpz_class& weight = p.of_letter[key.first][key.second];
            if (weight == 0) continue;
            const mpz_class size = abs(weight);
            std::string& side = weight > 0 ? plus : minus;
            side += fmt::format("{}{}n{}{}_{}", weight > 0 ? (side.empty() ? "" : " + ") : " - ",
                                size == 1 ? "" : size.get_str() + " * ", name, key.first, key.second);
            fact.terms.emplace_back(counter, weight);
        }
        define(fmt::format("s{}{}", name, number), (plus.empty() ? "0" : plus) + minus);
        std::sort(fact.terms.begin(), fact.terms.end());
        const std::size_t entry = place(stay, stay.entry);
        for (std::size_t k = 0; k < stay.balance.size(); ++k) {
            fact.constant = p.of_state[entry] - p.of_state[k];
            stay.balance[k].push_back(fact);
        }
    }

    /// Gives the Boolean that all said so far of the component is right.
    std::string write_exits(Stay& stay, const std::string& act, const std::vector<std::string>& in_state) {
        std::vector<std::pair<State, std::string>> leaves;
        std::vector<std::string> all;
        for (const auto& exit : stay.exits) {
            const std::string name =
                define(fmt::format("leave{}_{}", stay.name, exit.first),
                       all_of({act, where(stay, in_state, [&](State to) { return to == exit.first; })}));
            leaves.emplace_back(exit.first, name);
            all.push_back(name);
        }
        const std::string any = define("any" + stay.name, any_of(all));
        stay.left = define_count("left" + stay.name, any);
        const std::string first = define("first" + stay.name, fmt::format("{} & left{} = 1", any, stay.name));
        for (const auto& [to, leave] : leaves)
            if (const std::size_t next = stay.exits.at(to); next != nowhere)
                stays_[next].entered_by.push_back(all_of({first, leave}));
        return define("valid" + stay.name, all_of({act, fmt::format("left{} = 0 | {}", stay.name, first)}));
    }

    /// The greatest number of counts within counts on the way to a component, its own included.
    void depth_of_rounds(const Stay& stay, std::size_t rounds) {
        depth_.resize(stays_.size());
        const auto number = static_cast<std::size_t>(&stay - stays_.data());
        std::size_t before = 0;
        for (std::size_t k = 0; k < number; ++k)
            for (const auto& exit : stays_[k].exits)
                if (exit.second == number) before = std::max(before, depth_[k]);
        depth_[number] = before + (stay.entered ? 1 : 0) + rounds + (stay.exits.empty() ? 0 : 1);
        result_.depth = std::max(result_.depth, depth_[number]);
    }

    // What holds.

    static Fact is(std::uint32_t counter, long number) { return {{{counter, 1}}, -number, true}; }
    static Fact at_least(std::uint32_t counter, long number) { return {{{counter, 1}}, -number, false}; }

    /// A way through the components: which have been left, and where the word is, or nowhere.
    struct Way {
        std::size_t at = nowhere;
        std::set<std::size_t> left;
        auto operator<=>(const Way&) const = default;
    };

    void state_invariant() {
        constexpr std::size_t most_ways = 5000;
        result_.invariant.resize(automaton_.size());
        if (stays_.empty()) {
            for (auto& lists : result_.invariant) lists.emplace_back();
            return;
        }
        std::set<Way> known{{0, {}}};
        std::vector<Way> open{{0, {}}};
        while (!open.empty()) {
            const Way way = open.back();
            open.pop_back();
            if (known.size() > most_ways)
                throw base::Unsupported("the components of the automaton can be gone through in more than 5000 ways");
            describe(way);
            if (way.at == nowhere) continue;
            for (const auto& exit : stays_[way.at].exits) {
                Way next{exit.second, way.left};
                next.left.insert(way.at);
                if (known.insert(next).second) open.push_back(std::move(next));
            }
        }
    }

    void describe(const Way& way) {
        std::vector<Fact> facts;
        for (std::size_t k = 0; k < stays_.size(); ++k) {
            const Stay& stay = stays_[k];
            if (way.left.contains(k)) {
                facts.push_back(at_least(*stay.left, 1));
            } else {
                if (stay.left) facts.push_back(is(*stay.left, 0));
                if (k == way.at) {
                    if (stay.entered) facts.push_back(at_least(*stay.entered, 1));
                    continue;
                }
                if (stay.entered) facts.push_back(is(*stay.entered, 0));
                const auto& balance = stay.balance[place(stay, stay.entry)];
                facts.insert(facts.end(), balance.begin(), balance.end());
            }
        }
        if (way.at == nowhere) {
            for (State q = 0; q < automaton_.size(); ++q)
                if (!live_[q]) result_.invariant[q].push_back(facts);
            return;
        }
        const Stay& stay = stays_[way.at];
        for (std::size_t k = 0; k < stay.balance.size(); ++k) {
            auto list = facts;
            list.insert(list.end(), stay.balance[k].begin(), stay.balance[k].end());
            result_.invariant[components_[stay.component][k]].push_back(std::move(list));
        }
    }

    const Dfa& automaton_;
    const base::Limits& limits_;
    std::size_t letters_;
    CountingProgram result_;
    std::vector<std::vector<State>> components_;
    std::vector<std::size_t> component_of_;
    std::vector<std::pair<std::size_t, std::size_t>> order_;
    std::vector<bool> live_;  ///< whether an accepting state can be reached
    std::vector<Stay> stays_;
    std::vector<std::string> accepting_;
    std::vector<std::size_t> depth_;
};

}  // namespace

CountingProgram counting_program(const Dfa& automaton, const base::Limits& limits) {
    return Builder(automaton, limits).build();
}

}  // namespace attest::build
