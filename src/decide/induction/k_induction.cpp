#include "k_induction.hpp"

#include <cstdlib>
#include <deque>

#include "attest/logic/sat_solver.hpp"

// That words of up to k letters end well, from a state on, no step leaves where k + 1 steps cannot be well k times and then bad: all words
// of fewer letters from the next state are ends of words from this one. So what k-induction shows is an invariant over one state, and needs
// no proof of its own kind. Letters are few, so they are written out, with all that may be guessed.

namespace attest::induction {

using circuit::Literal;
using logic::Answer;

namespace {

constexpr std::size_t most_copies = 64, most_gates_of_copies = 200'000;
constexpr std::int64_t most_conflicts_of_a_step = 20'000;

std::int32_t shifted(std::int32_t literal, std::int32_t by) { return literal > 0 ? literal + by : literal - by; }

/// Whether k steps that end well, from a state with the lemmas, or from the first one, may be followed by one that does not.
class Unrolled {
  public:
    Unrolled(const StepFormula& step, const std::vector<LatchLiterals>& lemmas, bool from_first)
        : step_(step), solver_(logic::make_solver(logic::BackEnd::cadical)) {
        add_step();
        for (std::size_t k = 0; k < step.latches() && from_first; ++k)
            add({step.initial[k] ? step.now[k] : -step.now[k]});
        if (from_first) return;
        for (const LatchLiterals& lemma : lemmas) {
            std::vector<std::int32_t> clause;
            for (const LatchLiteral l : lemma) clause.push_back(step.before(l));
            add(clause);
        }
    }

    /// Of the last step; the next one follows.
    Answer ends_badly(const base::Limits& limits) {
        const std::int32_t bad[] = {shifted(step_.bad, offset())};
        solver_->limit_conflicts(most_conflicts_of_a_step);
        return solver_->solve(bad, limits);
    }
    void go_on() {
        add({-shifted(step_.bad, offset())});
        const std::int32_t before = offset();
        add_step();
        for (std::size_t k = 0; k < step_.latches(); ++k) {
            const std::int32_t after = shifted(step_.next[k], before), now = shifted(step_.now[k], offset());
            add({-after, now});
            add({after, -now});
        }
    }

  private:
    std::int32_t offset() const { return (steps_ - 1) * step_.clauses.variables; }
    void add(const std::vector<std::int32_t>& clause) { solver_->add_clause(clause); }
    void add_step() {
        ++steps_;
        std::vector<std::int32_t> clause;
        for (std::size_t c = 0; c < step_.clauses.size(); ++c) {
            clause.clear();
            for (const std::int32_t l : step_.clauses.clause(c)) clause.push_back(shifted(l, offset()));
            add(clause);
        }
    }

    const StepFormula& step_;
    std::unique_ptr<logic::SatSolver> solver_;
    std::int32_t steps_ = 0;
};

/// Letters, each with each guess; as good as no end of them where there are too many to write out.
std::size_t moves_of(const StepCircuit& step) {
    return step.guess_inputs > 10 ? most_copies + 1 : step.letters.size() << step.guess_inputs;
}

/// What a step does for one letter and guess, as gates over the literals of its latches.
class Copies {
  public:
    Copies(const StepCircuit& step, std::vector<LatchLiterals> lemmas) : step_(step), lemmas_(std::move(lemmas)) {
        for (std::size_t k = 0; k < step.latches(); ++k)
            latches_.push_back(builder_.add_input("latch " + std::to_string(k)));
    }

    /// That all words of up to k letters end well.
    Conjunction of_words(std::size_t k) && {
        Conjunction result;
        for (const LatchLiterals& lemma : lemmas_) {
            std::vector<Literal> some;
            for (const LatchLiteral l : lemma) some.push_back(latches_[StepFormula::index(l)] ^ (l < 0));
            result.conjuncts.push_back(builder_.disjunction(some));
        }
        std::deque<std::pair<std::vector<Literal>, std::size_t>> states{{latches_, 0}};
        for (; !states.empty(); states.pop_front()) {
            const auto [now, letters] = states.front();
            for (std::size_t move = 0; move < moves_of(step_); ++move) {
                const std::vector<Literal> nodes = after(now, move);
                result.conjuncts.push_back(!Instances::of(nodes, step_.bad));
                if (letters + 1 == k) continue;
                std::vector<Literal> next;
                for (const Literal l : step_.next) next.push_back(Instances::of(nodes, l));
                states.emplace_back(std::move(next), letters + 1);
            }
        }
        std::erase(result.conjuncts, circuit::top);
        if (result.conjuncts.empty()) result.conjuncts.push_back(circuit::top);
        result.circuit = std::move(builder_).take();
        return result;
    }

  private:
    std::vector<Literal> after(const std::vector<Literal>& latches, std::size_t move) {
        const std::size_t letter = move % step_.letters.size(), guesses = move / step_.letters.size();
        const circuit::Circuit& c = step_.circuit();
        std::vector<Literal> nodes{circuit::bottom};
        for (std::size_t i = 0; i < step_.letter_inputs; ++i)
            nodes.push_back(circuit::bottom ^ (step_.letter_inputs == 1 ? letter == 1 : letter == i));
        for (std::size_t g = 0; g < step_.guess_inputs; ++g)
            nodes.push_back(circuit::bottom ^ ((guesses >> g & 1) != 0));
        nodes.insert(nodes.end(), latches.begin(), latches.end());
        std::vector<Literal> fan_ins;
        for (circuit::Node v = c.first_gate(); v < step_.machine_nodes; ++v) {
            fan_ins.clear();
            for (const Literal l : c.fan_ins(v)) fan_ins.push_back(Instances::of(nodes, l));
            nodes.push_back(c.kind(v) == circuit::GateKind::exclusive_or ? builder_.exclusive_or(fan_ins[0], fan_ins[1])
                                                                         : builder_.conjunction(fan_ins));
        }
        return nodes;
    }

    const StepCircuit& step_;
    std::vector<LatchLiterals> lemmas_;
    circuit::Builder builder_{std::size_t{1} << 30};
    std::vector<Literal> latches_;
};

std::size_t words_up_to(std::size_t moves, std::size_t k) {
    std::size_t words = 0;
    for (std::size_t n = 1, of_n = moves; n <= k && words <= most_copies; ++n, of_n *= moves) words += of_n;
    return words;
}

}  // namespace

std::optional<Conjunction> by_k_induction(const StepCircuit& step, const StepFormula& formula,
                                          const std::vector<LatchLiterals>& lemmas, const base::Limits& limits) {
    Unrolled anywhere(formula, lemmas, false), first(formula, {}, true);
    for (std::size_t k = 1; k <= 8; ++k) {
        const std::size_t copies = words_up_to(moves_of(step), k);
        if (copies > most_copies || copies * step.circuit().gate_count() > most_gates_of_copies) return std::nullopt;
        // Words of k letters end well; and if k letters do, one more does.
        if (first.ends_badly(limits) != Answer::unsatisfiable) return std::nullopt;
        first.go_on();
        anywhere.go_on();
        const bool tried = (k & (k - 1)) == 0;
        if (tried && anywhere.ends_badly(limits) == Answer::unsatisfiable) return Copies(step, lemmas).of_words(k);
        if (limits.exceeded()) return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace attest::induction
