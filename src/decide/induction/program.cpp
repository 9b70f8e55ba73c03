#include "program.hpp"

#include <algorithm>
#include <chrono>

#include "attest/base/error.hpp"
#include "by_invariant.hpp"
#include "program_step.hpp"
#include "programs/brasp/cases.hpp"
#include "programs/brasp/columns.hpp"
#include "step_search.hpp"

// A program says of all prefixes of a word at once what it says of them, 64 at a time: so long words are cheap, and words that go round in a
// circle, of which each latch may need another turn, are tried first. What depends on deep memory shows there, or not at all.

namespace attest::induction {

namespace {

using language::Symbol;
using language::Word;
namespace brasp = programs::brasp;

constexpr std::size_t first_length = 64, most_length = std::size_t{1} << 18, most_words = 512;
constexpr std::size_t most_states_read = std::size_t{1} << 20;
/// Gates that are worked out: some ten seconds.
constexpr std::uint64_t most_work = 5'000'000'000;
constexpr double most_work_on_words = 5e9;

class ProgramDecision {
  public:
    ProgramDecision(const ProgramQuestion& q, const base::Limits& limits,
                    const std::function<void(const std::string&)>& progress)
        : q_(q), automaton_(automaton_of(q.language)), limits_(limits), progress_(progress) {}

    Outcome run() {
        tell("trying words that go round in a circle");
        if (auto found = by_words()) return std::move(*found);
        if (limits_.exceeded()) return undecided();
        if (q_.program.alphabet.size() <= 64) {
            tell("reading all words, state by state");
            const StepSearch read = induction::search(program_step(q_.program, automaton_, q_.meaning),
                                                      most_states_read, most_work, limits_);
            if (read.closed) return {Closure{read.states, 0, 1, 0}, 0};
            if (read.difference) return by_step(*read.difference);
            if (limits_.exceeded()) return undecided();
        }
        tell("looking for an invariant by reachability");
        InvariantSearch search([&] { return program_step(q_.program, automaton_, q_.meaning); },
                               q_.program.alphabet.size());
        StepAnswer answer = search.by_reachability({}, limits_);
        if (const auto* word = std::get_if<Word>(&answer)) return by_step(*word);
        if (auto* invariant = std::get_if<Invariant>(&answer)) return {std::move(*invariant), 0};
        return undecided();
    }

  private:
    void tell(const std::string& what) const {
        if (progress_) progress_(what);
    }
    Outcome undecided() const {
        const auto limit = limits_.exceeded();
        return {verdict::Undecided{limit ? verdict::reason_of(*limit) : verdict::Reason::unsupported,
                                   "no invariant was found"},
                0};
    }

    /// What the step says of a word, which is among the shortest, by definition.
    Outcome by_step(const Word& word) const {
        auto found = difference_on(word, word.size());
        if (!found) throw base::InternalError("the step of a program and its definition disagree: please report this");
        found->is_shortest = true;
        return std::move(*found);
    }

    /// A first symbol, or none, then one or two in turn; short ones first, longer by and by.
    std::optional<Outcome> by_words() {
        const auto symbols = static_cast<Symbol>(q_.program.alphabet.size());
        std::vector<std::pair<Word, Word>> words;
        const auto add = [&](const Word& begins, const Word& turns) {
            if (words.size() < most_words) words.emplace_back(begins, turns);
        };
        for (Symbol a = 0; a < symbols; ++a) add({}, {a});
        for (Symbol a = 0; a < symbols; ++a)
            for (Symbol b = 0; b < symbols; ++b)
                if (a != b) add({}, {a, b});
        for (Symbol a = 0; a < symbols; ++a)
            for (Symbol b = 0; b < symbols; ++b)
                if (a != b) add({a}, {b});
        if (auto found = difference_on({}, static_cast<std::size_t>(q_.from))) return found;
        const std::size_t longest = std::min(most_length, 4 + 2 * latches());
        const double operations = operations_of_a_word();
        double work = 0;
        for (std::size_t length = std::min(first_length, longest);; length = std::min(2 * length, longest)) {
            for (const auto& [begins, turns] : words) {
                // In words of 64 positions; each operation has a cost of its own.
                work += operations * (100 + static_cast<double>(length) / 64);
                if (work > most_work_on_words || limits_.exceeded()) return std::nullopt;
                Word word = begins;
                while (word.size() < length) word.push_back(turns[(word.size() - begins.size()) % turns.size()]);
                if (auto found = difference_on(word, static_cast<std::size_t>(q_.from))) return found;
            }
            if (length == longest) return std::nullopt;
        }
    }

    double operations_of_a_word() const {
        double nodes = 0;
        for (const brasp::Definition& d : q_.program.definitions) {
            const auto of = [](const brasp::Expression& e) { return static_cast<double>(e.last - e.first + 1); };
            if (d.attends())
                nodes += static_cast<double>(brasp::Cases(q_.program, d).count()) * (of(d.score) + of(d.value));
            else if (d.kind == brasp::Definition::Kind::expression) nodes += of(d.value);
        }
        return nodes;
    }

    std::size_t latches() const {
        std::size_t latches = 0;
        for (const brasp::Definition& d : q_.program.definitions)
            if (d.attends()) latches += brasp::Cases(q_.program, d).count();
        return latches;
    }

    /// The first prefix of the word, of at least so many symbols, on which program and language differ.
    std::optional<Outcome> difference_on(const Word& word, std::size_t from) const {
        const std::vector<bool> accepts = brasp::answers(q_.program, word, limits_);
        std::uint32_t state = automaton_.start;
        for (std::size_t n = 0; n < accepts.size(); ++n) {
            if (n > 0) state = automaton_.transition[state][q_.meaning[word[n - 1]]];
            if (n < from || accepts[n] == automaton_.accepting[state]) continue;
            Outcome outcome{decide::Counterexample{Word(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(n)),
                                                   automaton_.accepting[state], accepts[n]},
                            0};
            outcome.is_shortest = n == from;
            return outcome;
        }
        return std::nullopt;
    }

    const ProgramQuestion& q_;
    language::Dfa automaton_;
    const base::Limits& limits_;
    const std::function<void(const std::string&)>& progress_;
};

}  // namespace

Outcome prove(const ProgramQuestion& question, const base::Limits& limits,
              const std::function<void(const std::string&)>& progress) {
    const auto start = std::chrono::steady_clock::now();
    Outcome outcome = ProgramDecision(question, limits, progress).run();
    outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return outcome;
}

}  // namespace attest::induction
