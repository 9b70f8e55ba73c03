#include "checker/machine/closure.hpp"

#include <map>

#include "checker/kernel/defect.hpp"
#include "checker/machine/key_table.hpp"
#include "checker/machine/walk.hpp"

// FORMAT.md, sections 21 and 27, obligation `closure`: all pairs of states, one after the other.

namespace attest::checker {
namespace {

const char* const states_place = "manifest.json: evidence.states";

/// Balanced words of brackets up to a depth: the state is the list of open kinds, or lost.
Automaton bracket_automaton(std::size_t kinds, std::size_t depth, Budget& budget) {
    constexpr std::size_t most = 100'000;
    Automaton automaton;
    automaton.symbols = 2 * kinds;
    std::map<std::vector<std::size_t>, std::uint32_t> numbers;
    std::vector<std::vector<std::size_t>> open;
    const auto number = [&](const std::vector<std::size_t>& stack) {
        const auto [at, is_new] = numbers.emplace(stack, static_cast<std::uint32_t>(open.size() + 1));
        if (is_new) open.push_back(stack);
        return at->second;
    };
    automaton.next.emplace_back(2 * kinds, 0);  // lost
    automaton.accepting = {false};
    automaton.start = number({});
    for (std::size_t s = 0; s < open.size(); ++s) {
        if (open.size() > most)
            throw Defect("manifest.json: claim.language", "its automaton has more than 100,000 states");
        budget.step(8, 2 * kinds * (1 + open[s].size()));
        budget.memory(64 + 4 * kinds + 16 * open[s].size());
        std::vector<std::uint32_t> row(2 * kinds, 0);
        for (std::size_t k = 0; k < kinds; ++k) {
            std::vector<std::size_t> stack = open[s];
            if (!stack.empty() && stack.back() == k) {
                stack.pop_back();
                row[2 * k + 1] = number(stack);
                stack = open[s];
            }
            stack.push_back(k);
            if (stack.size() <= depth) row[2 * k] = number(stack);
        }
        automaton.next.push_back(std::move(row));
        automaton.accepting.push_back(open[s].empty());
    }
    return minimal(automaton, budget);
}

/// What is wrong with the pairs of one run; void if a machine learned something in it.
class DefectOfRun : public Defect {
  public:
    using Defect::Defect;
};

/// Pairs of states that words lead to, each looked at once.
class Seen {
  public:
    using State = Walk::State;

    Seen(std::uint64_t most, Budget& budget) : most_(most), budget_(budget), others_(budget) {}

    /// Throws  DefectOfRun where there are more than the evidence says
    void note(State first, State second) {
        budget_.step(8);
        if (!is_new(first, second)) return;
        budget_.memory(16);
        pairs_.emplace_back(first, second);
        if (pairs_.size() > most_) throw DefectOfRun(states_place, "there are more pairs of states than it says");
    }
    std::size_t count() const { return pairs_.size(); }
    std::pair<State, State> at(std::size_t k) const { return pairs_[k]; }

  private:
    bool is_new(State first, State second) {
        if (seconds_.size() <= first) {
            budget_.memory(8 * (first + 1 - seconds_.size()));
            seconds_.resize(first + 1, none);
        }
        if (seconds_[first] == second) return false;
        if (seconds_[first] == none) {
            seconds_[first] = second;
            return true;
        }
        const std::uint64_t pair = std::uint64_t{first} << 32 | second;
        if (others_.find(pair) != nullptr) return false;
        others_.insert(pair, 0);
        return true;
    }

    static constexpr State none = UINT32_MAX;
    std::uint64_t most_;
    Budget& budget_;
    std::vector<State> seconds_;  ///< by first state the second that was seen first with it; mostly there is no other
    KeyTable others_;
    std::vector<std::pair<State, State>> pairs_;
};

/// In all pairs of states of machine and automaton. Throws DefectOfRun.
void hold_model(const Question& question, const Automaton& automaton, Walk& walk, bool with_empty_word,
                std::uint64_t most, Budget& budget) {
    const auto hold = [&](const Walk::Said& said, std::size_t state) {
        const bool member = automaton.accepting[state];
        if (said.contradicts({member, !member}))
            throw DefectOfRun("model.json", "a word is told otherwise by the model than by the language");
    };
    if (with_empty_word) hold(walk.empty_word(), automaton.start);
    Seen pairs(most, budget);
    for (const Walk::State state : walk.starts()) pairs.note(state, static_cast<std::uint32_t>(automaton.start));
    for (std::size_t k = 0; k < pairs.count(); ++k) {
        const auto [memory, state] = pairs.at(k);
        for (std::size_t a = 0; a < question.alphabet.size(); ++a) {
            const std::uint32_t next = automaton.next[state][question.letters[a]];
            const Walk::Reading& reading = walk.read(memory, a);
            hold(reading.said, next);
            for (const Walk::State after : reading.after) pairs.note(after, next);
        }
    }
}

/// In all pairs of states of two machines. Throws DefectOfRun.
void hold_two(const TwoModels& two, Walk& model, Walk& other, bool with_empty_word, std::uint64_t most,
              Budget& budget) {
    const auto hold = [](const Walk::Said& one, const Walk::Said& another) {
        if (one.contradicts(another))
            throw DefectOfRun("other.json", "a word is told otherwise by the one model than by the other");
    };
    if (with_empty_word) hold(model.empty_word(), other.empty_word());
    Seen pairs(most, budget);
    for (const Walk::State one : model.starts())
        for (const Walk::State another : other.starts()) pairs.note(one, another);
    for (std::size_t k = 0; k < pairs.count(); ++k)
        for (std::size_t a = 0; a < two.letters.size(); ++a) {
            const auto [one, another] = pairs.at(k);
            const Walk::Reading& first = model.read(one, a);
            const Walk::Reading& second = other.read(another, two.letters[a]);
            hold(first.said, second.said);
            for (const Walk::State x : first.after)
                for (const Walk::State y : second.after) pairs.note(x, y);
        }
}

/// Runs until the machines have learned nothing in a run: what was found with less than all queries and kinds is void.
template <typename Run>
void run_until_whole(std::initializer_list<Sequence*> machines, Budget& budget, const Run& run) {
    const auto kept = [&] {
        std::uint64_t bytes = 0;
        for (const Sequence* machine : machines) bytes += machine->kept_bytes();
        return bytes;
    };
    for (;;) {
        const std::uint64_t before = kept();
        std::optional<DefectOfRun> defect;
        {
            const Budget::Temporary one_run(budget);
            for (Sequence* machine : machines) machine->begin_run();
            try {
                run();
            } catch (const DefectOfRun& found) {
                defect.emplace(found);
            }
        }
        budget.memory(kept() - before);
        bool learned = false;
        for (const Sequence* machine : machines) learned |= machine->has_learned();
        if (learned) continue;
        if (defect) throw DefectOfRun(*defect);
        return;
    }
}

}  // namespace

Automaton automaton_at_all_lengths(const Language& language, Budget& budget) {
    if (language.automaton) return *language.automaton;
    if (language.family == Language::Family::dyck && language.depth)
        return bracket_automaton(static_cast<std::size_t>(language.pairs), static_cast<std::size_t>(*language.depth),
                                 budget);
    throw Defect("manifest.json: claim.language", "it has no automaton at all lengths");
}

void check_closure(const Question& question, std::uint64_t from, const Closure& closure, Budget& budget) {
    const Automaton automaton = automaton_at_all_lengths(question.language, budget);
    Sequence machine(*question.model, closure.scale, budget);
    run_until_whole({&machine}, budget, [&] {
        Walk walk(*question.model, question.alphabet, machine, budget);
        hold_model(question, automaton, walk, from == 0, closure.states, budget);
    });
}

void check_joint_closure(const TwoModels& two, std::uint64_t from, const Closure& closure, const Scale& other,
                         Budget& budget) {
    Sequence machine(*two.model.model, closure.scale, budget), second(*two.other.model, other, budget);
    run_until_whole({&machine, &second}, budget, [&] {
        Walk walk(*two.model.model, two.model.alphabet, machine, budget);
        Walk other_walk(*two.other.model, two.other.alphabet, second, budget);
        hold_two(two, walk, other_walk, from == 0, closure.states, budget);
    });
}

}  // namespace attest::checker
