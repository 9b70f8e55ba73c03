#include "checker/machine/closure.hpp"

#include <map>

#include "checker/kernel/defect.hpp"
#include "checker/machine/sequence.hpp"

// FORMAT.md, section 21, obligation `closure`: all pairs of states, one after the other.

namespace attest::checker {
namespace {

using Memory = Sequence::Memory;

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

/// All pairs of states that words lead to, in one run of the machine; void if it learns something.
class Pairs {
  public:
    Pairs(const Question& question, const Automaton& automaton, Sequence& machine, std::uint64_t most, Budget& budget)
        : question_(question), automaton_(automaton), machine_(machine), most_(most), budget_(budget) {}

    /// What is wrong, if something is.
    std::optional<Defect> search(bool with_empty_word) {
        const Model& model = *question_.model;
        std::vector<Memory> starts{machine_.start()};
        if (model.begin) starts = machine_.read(starts[0], *model.begin);
        if (with_empty_word) {
            if (model.end)
                for (const Memory& memory : starts) hold(machine_.finish(memory, *model.end), automaton_.start);
            else hold(machine_.finish(machine_.start(), *model.begin), automaton_.start);
        }
        for (const Memory& memory : starts) note(memory, automaton_.start);
        for (std::size_t k = 0; k < pairs_.size() && !defect_; ++k)
            for (std::size_t a = 0; a < question_.alphabet.size(); ++a) read(k, a);
        return defect_;
    }

  private:
    using Pair = std::pair<const Memory*, std::uint32_t>;

    /// Where the run's guesses fit, the model must answer as the language.
    void hold(std::optional<bool> accepts, std::size_t state) {
        if (accepts && *accepts != automaton_.accepting[state])
            refuse("model.json", "a word is told otherwise by the model than by the language");
    }

    void refuse(const char* place, const char* reason) {
        if (!defect_) defect_.emplace(place, reason);
    }

    void note(const Memory& memory, std::size_t state) {
        budget_.step(64 + 8 * memory.size());
        const auto [at, is_new] = memories_.insert(memory);
        if (is_new) budget_.memory(96 + 4 * memory.size());
        if (!seen_.insert({&*at, static_cast<std::uint32_t>(state)}).second) return;
        budget_.memory(96);
        pairs_.emplace_back(&*at, static_cast<std::uint32_t>(state));
        if (pairs_.size() > most_) refuse(states_place, "there are more pairs of states than it says");
    }

    void read(std::size_t k, std::size_t a) {
        const auto [memory, state] = pairs_[k];
        const std::size_t next = automaton_.next[state][question_.letters[a]];
        const std::string& symbol = question_.alphabet[a];
        const Model& model = *question_.model;
        if (!model.end) hold(machine_.finish(*memory, symbol), next);
        for (const Memory& after : moves(memory, a)) {
            if (model.end) hold(at_end(after, *model.end), next);
            note(after, next);
        }
    }

    /// What is read from a memory, kept: many pairs share one.
    const std::vector<Memory>& moves(const Memory* memory, std::size_t a) {
        auto& kept = moves_[memory];
        if (kept.empty()) {
            kept.resize(question_.alphabet.size());
            budget_.memory(32 * kept.size() + 64);
        }
        if (!kept[a]) {
            kept[a] = machine_.read(*memory, question_.alphabet[a]);
            for (const Memory& after : *kept[a]) budget_.memory(32 + 4 * after.size());
        }
        return *kept[a];
    }

    std::optional<bool> at_end(const Memory& memory, const std::string& end) {
        const auto found = ends_.find(memory);
        if (found != ends_.end()) return found->second;
        budget_.memory(96 + 4 * memory.size());
        return ends_.emplace(memory, machine_.finish(memory, end)).first->second;
    }

    const Question& question_;
    const Automaton& automaton_;
    Sequence& machine_;
    std::uint64_t most_;
    Budget& budget_;
    std::set<Memory> memories_;
    std::set<Pair> seen_;
    std::vector<Pair> pairs_;
    std::map<const Memory*, std::vector<std::optional<std::vector<Memory>>>> moves_;
    std::map<Memory, std::optional<bool>> ends_;
    std::optional<Defect> defect_;
};

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
    std::optional<Defect> defect;
    do {
        const std::uint64_t kept = machine.kept_bytes();
        {
            const Budget::Temporary one_run(budget);
            machine.begin_run();
            defect = Pairs(question, automaton, machine, closure.states, budget).search(from == 0);
        }
        budget.memory(machine.kept_bytes() - kept);
    } while (machine.has_learned());  // what was found with less than all queries and kinds is void
    if (defect) throw Defect(*defect);
}

}  // namespace attest::checker
