#include <catch2/catch.hpp>

#include "base/random.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/network/program.hpp"
#include "checker/question/prefixes.hpp"
#include "random_program.hpp"
#include "seed.hpp"
#include "trials.hpp"

// Mistakes counted by states of prefixes and by regions of them, against all words by definition.

using namespace attest;

namespace {

std::uint64_t mistakes(checker::Program& program, const checker::Task& task, std::size_t length,
                       checker::Budget& budget) {
    std::uint64_t wrong = 0;
    std::vector<std::size_t> word(length, 0);
    for (;;) {
        if (checker::answers(program, word, budget) != checker::expected(task, word, budget)) ++wrong;
        std::size_t i = length;
        while (i > 0 && ++word[i - 1] == program.alphabet.size()) word[--i] = 0;
        if (i == 0) return wrong;
    }
}

}  // namespace

TEST_CASE("Prefixes: states and regions count the mistakes that there are") {
    base::Random random(tests::seed() + 41);
    INFO("seed " << tests::seed());
    std::size_t counted = 0, by_regions = 0;
    for (std::uint64_t trial = 0; trial < tests::trials(400); ++trial) {
        const std::string text = tests::random_backward_program(random).dump();
        INFO(text);
        checker::Budget budget{checker::Options()};
        try {
            checker::Program program =
                checker::read_program(checker::parse_json(text, "p.json", budget), "p.json", budget);
            const checker::Task task = checker::read_task("shift:1", program.alphabet, "task", budget);
            const std::size_t length = 2 + random.below(4);
            const std::uint64_t wrong = mistakes(program, task, length, budget);
            const checker::PrefixCount states = checker::count_by_prefixes(program, task, length, budget);
            const checker::PrefixCount regions = checker::count_by_prefixes(program, task, length, budget, 0);
            CHECK(states.wrong == wrong);
            CHECK(regions.wrong == wrong);
            ++counted;
            by_regions += regions.by_regions ? 1 : 0;
        } catch (const checker::Defect&) {  // no value on some word; or a step that is not gone through by prefixes
        }
    }
    CHECK(10 * counted > tests::trials(400));
    CHECK(2 * by_regions > counted);
}
