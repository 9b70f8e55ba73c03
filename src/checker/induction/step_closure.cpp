#include "checker/induction/step_closure.hpp"

#include <set>

#include "checker/kernel/defect.hpp"

// Valuations of latches, one after the other. Of a node two numbers are known, bit a of which is about symbol a: whether it is true there,
// and whether it is false; if neither, it is open.

namespace attest::checker {
namespace {

struct KnownBits {
    std::uint64_t yes = 0, no = 0;
};

class StepClosure {
  public:
    StepClosure(const MachineStep& step, std::size_t symbols, Budget& budget)
        : step_(step), symbols_(symbols), budget_(budget), nodes_(step.circuit.nodes()) {
        budget.memory(16, step.circuit.nodes());
        nodes_[0].no = ~std::uint64_t{0};
        find_dead();
        for (std::size_t i = 0; i < step.letter_inputs; ++i) {
            KnownBits& input = nodes_[1 + i];
            const std::size_t symbol = step.letter_inputs == 1 ? 1 : i;
            input.yes = std::uint64_t{1} << symbol;
            input.no = ~input.yes;
        }
    }

    void check(std::uint64_t states) {
        meet(step_.initial);
        while (!waiting_.empty()) {
            if (met_.size() > states)
                throw Defect("manifest.json: evidence.states",
                             "there are more than " + std::to_string(states) + " states");
            const std::vector<bool>& valuation = *waiting_.back();
            waiting_.pop_back();
            follow(valuation);
        }
    }

  private:
    KnownBits of(Literal l) const {
        const KnownBits& known = nodes_[l / 2];
        return (l & 1) != 0 ? KnownBits{known.no, known.yes} : known;
    }
    KnownBits& latch(std::size_t k) { return nodes_[step_.latch(k) / 2]; }

    void work_out() {
        budget_.step(2 * step_.circuit.gates());
        for (std::size_t g = 0; g < step_.circuit.gates(); ++g) {
            const auto fanin = step_.circuit.fanin(g);
            KnownBits result{~std::uint64_t{0}, 0};
            if (step_.circuit.kind(g) == Circuit::Gate::parity) {
                const KnownBits a = of(fanin[0]), b = of(fanin[1]);
                result = {(a.yes & b.no) | (a.no & b.yes), (a.yes & b.yes) | (a.no & b.no)};
            } else {
                for (const Literal l : fanin) {
                    result.yes &= of(l).yes;
                    result.no |= of(l).no;
                }
            }
            nodes_[step_.circuit.literal_of(g) / 2] = result;
        }
    }

    /// One latch true, all else open.
    void find_dead() {
        dead_.resize(step_.initial.size());
        for (std::size_t k = 0; k < dead_.size(); ++k) {
            latch(k).yes = ~std::uint64_t{0};
            work_out();
            dead_[k] = of(step_.next[k]).yes != 0 && of(step_.bad).no != 0;
            latch(k).yes = 0;
        }
    }

    void follow(const std::vector<bool>& valuation) {
        for (std::size_t k = 0; k < valuation.size(); ++k)
            latch(k) = valuation[k] ? KnownBits{~std::uint64_t{0}, 0} : KnownBits{0, ~std::uint64_t{0}};
        work_out();
        budget_.step(symbols_, valuation.size());
        for (std::size_t a = 0; a < symbols_; ++a) {
            if ((of(step_.bad).no >> a & 1) == 0)
                throw Defect("program.brasp", "a word is told otherwise by the program than by the language");
            std::vector<bool> next(step_.next.size());
            bool is_dead = false;
            for (std::size_t k = 0; k < next.size(); ++k) {
                next[k] = (of(step_.next[k]).yes >> a & 1) != 0;
                is_dead = is_dead || (next[k] && dead_[k]);
            }
            if (!is_dead) meet(next);
        }
    }

    void meet(const std::vector<bool>& valuation) {
        const auto [at, is_new] = met_.insert(valuation);
        if (!is_new) return;
        budget_.memory(128 + valuation.size() / 4);
        waiting_.push_back(&*at);
    }

    const MachineStep& step_;
    std::size_t symbols_;
    Budget& budget_;
    std::vector<KnownBits> nodes_;
    std::vector<bool> dead_;
    std::set<std::vector<bool>> met_;
    std::vector<const std::vector<bool>*> waiting_;
};

}  // namespace

void check_closure_of_step(const MachineStep& step, std::size_t symbols, std::uint64_t states, Budget& budget) {
    if (symbols > 64) throw Defect("manifest.json: evidence.kind", "a closure is for at most 64 symbols");
    StepClosure(step, symbols, budget).check(states);
}

}  // namespace attest::checker
