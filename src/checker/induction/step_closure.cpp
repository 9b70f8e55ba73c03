#include "checker/induction/step_closure.hpp"

#include <set>

#include "checker/kernel/defect.hpp"

// Valuations of latches, one after the other, each as bits in words. Of a node two numbers are known, bit a of which is about symbol a: whether it is true there,
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
        Valuation first(words());
        for (std::size_t k = 0; k < step_.initial.size(); ++k)
            first[k / 64] |= static_cast<std::uint64_t>(step_.initial[k]) << k % 64;
        meet(std::move(first));
        while (!waiting_.empty()) {
            if (met_.size() > states)
                throw Defect("manifest.json: evidence.states",
                             "there are more than " + std::to_string(states) + " states");
            const Valuation& valuation = *waiting_.back();
            waiting_.pop_back();
            follow(valuation);
        }
    }

  private:
    using Valuation = std::vector<std::uint64_t>;

    std::size_t words() const { return step_.initial.size() / 64 + 1; }
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

    void follow(const Valuation& valuation) {
        const std::size_t latches = step_.initial.size();
        for (std::size_t k = 0; k < latches; ++k)
            latch(k) = (valuation[k / 64] >> k % 64 & 1) != 0 ? KnownBits{~std::uint64_t{0}, 0}
                                                              : KnownBits{0, ~std::uint64_t{0}};
        work_out();
        budget_.step(symbols_, latches);
        const std::uint64_t all = symbols_ == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << symbols_) - 1;
        if ((of(step_.bad).no & all) != all)
            throw Defect("program.brasp", "a word is told otherwise by the program than by the language");
        std::vector<Valuation> next(symbols_, Valuation(words()));
        std::uint64_t is_dead = 0;
        for (std::size_t k = 0; k < latches; ++k) {
            const std::uint64_t true_by_symbol = of(step_.next[k]).yes & all;
            if (dead_[k]) is_dead |= true_by_symbol;
            for (std::size_t a = 0; true_by_symbol != 0 && a < symbols_; ++a)
                next[a][k / 64] |= (true_by_symbol >> a & 1) << k % 64;
        }
        for (std::size_t a = 0; a < symbols_; ++a)
            if ((is_dead >> a & 1) == 0) meet(std::move(next[a]));
    }

    void meet(Valuation valuation) {
        const std::size_t bytes = 8 * valuation.size();
        const auto [at, is_new] = met_.insert(std::move(valuation));
        if (!is_new) return;
        budget_.memory(128 + bytes);
        waiting_.push_back(&*at);
    }

    const MachineStep& step_;
    std::size_t symbols_;
    Budget& budget_;
    std::vector<KnownBits> nodes_;
    std::vector<bool> dead_;
    std::set<Valuation> met_;
    std::vector<const Valuation*> waiting_;
};

}  // namespace

void check_closure_of_step(const MachineStep& step, std::size_t symbols, std::uint64_t states, Budget& budget) {
    if (symbols > 64) throw Defect("manifest.json: evidence.kind", "a closure is for at most 64 symbols");
    StepClosure(step, symbols, budget).check(states);
}

}  // namespace attest::checker
