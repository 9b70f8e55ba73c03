#include "checker/counting/program.hpp"

#include <gmpxx.h>

// FORMAT.md, section 30.1: what a program says of a word, position by position, as the definitions read.

namespace attest::checker {
namespace {

using Kind = CountingStep::Kind;

struct Values {
    std::vector<bool> truth;
    std::vector<mpz_class> count;
};

void evaluate(const CountingStep& step, std::size_t at, std::size_t letter, std::vector<mpz_class>& counters,
              Values& v) {
    const auto& count = v.count;
    switch (step.kind) {
        case Kind::truth: v.truth[at] = step.number == 1; break;
        case Kind::letter: v.truth[at] = static_cast<std::size_t>(step.number) == letter; break;
        case Kind::negation: v.truth[at] = !v.truth[step.left]; break;
        case Kind::conjunction: v.truth[at] = v.truth[step.left] && v.truth[step.right]; break;
        case Kind::disjunction: v.truth[at] = v.truth[step.left] || v.truth[step.right]; break;
        case Kind::less: v.truth[at] = count[step.left] < count[step.right]; break;
        case Kind::at_most: v.truth[at] = count[step.left] <= count[step.right]; break;
        case Kind::equal: v.truth[at] = count[step.left] == count[step.right]; break;
        case Kind::number: v.count[at] = mpz_class(static_cast<long>(step.number)); break;
        case Kind::sum: v.count[at] = count[step.left] + count[step.right]; break;
        case Kind::difference: v.count[at] = count[step.left] - count[step.right]; break;
        case Kind::multiple: v.count[at] = static_cast<long>(step.number) * count[step.left]; break;
        case Kind::count:
            if (v.truth[step.left]) ++counters[step.counter];
            v.count[at] = counters[step.counter];
            break;
        case Kind::minimum:
            v.count[at] = count[step.left] < count[step.right] ? count[step.left] : count[step.right];
            break;
        case Kind::maximum:
            v.count[at] = count[step.left] < count[step.right] ? count[step.right] : count[step.left];
            break;
        case Kind::choice: v.count[at] = v.truth[step.condition] ? count[step.left] : count[step.right]; break;
    }
}

}  // namespace

bool accepts(const CountingProgram& program, const std::vector<std::size_t>& word, Budget& budget) {
    const std::size_t steps = program.steps.size();
    budget.memory(steps + program.counters, 32);
    Values values{std::vector<bool>(steps), std::vector<mpz_class>(steps)};
    std::vector<mpz_class> counters(program.counters);
    bool accepted = false;
    for (const std::size_t letter : word) {
        budget.step(steps, 16);
        for (std::size_t k = 0; k < steps; ++k) {
            evaluate(program.steps[k], k, letter, counters, values);
            if (const std::size_t size = mpz_size(values.count[k].get_mpz_t()); size > 2) {
                budget.arithmetic(size);
                budget.memory(8, size);
            }
        }
        accepted = values.truth[program.output];
    }
    return accepted;
}

}  // namespace attest::checker
