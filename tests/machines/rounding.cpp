#include "programs/machines/rounding.hpp"

#include <cmath>
#include <cstring>

#include "base/random.hpp"
#include "programs/machines/rounded_number.hpp"
#include "support.hpp"

// Rounded networks: arithmetic in whole numbers against this machine's own, the search against looking at everything, and
// both against the table of times at which networks fail.

namespace attest::machines::tests {

namespace {

constexpr int single = 24, twice = 53;

double value_of(const RoundedNumber& x) {
    const double value = std::ldexp(static_cast<double>(x.significand()), x.exponent());
    return x.is_negative() ? -value : value;
}

/// A number of this many bits, of a size between 2^-20 and 2^20.
std::pair<std::int64_t, std::uint64_t> fraction(base::Random& random) {
    const auto numerator = static_cast<std::int64_t>(random.below(std::uint64_t{1} << (1 + random.below(40))));
    return {random.below(2) == 0 ? numerator : -numerator,
            1 + random.below(std::uint64_t{1} << (1 + random.below(40)))};
}

NormalForm sweep(std::size_t amplitude) {
    // Goes to the right until it sees the mark that stands there, and back: states count.
    TuringMachine m;
    m.name = "sweep";
    m.tape = {"#"};
    for (std::size_t k = 0; k < 2 * amplitude; ++k) m.states.push_back("q" + std::to_string(k));
    m.accepting.resize(m.states.size());
    m.moves.resize(m.states.size());
    for (std::size_t k = 0; k < m.states.size(); ++k)
        m.moves[k] = Move{(k + 1) % m.states.size(), 0, k < amplitude ? 1 : -1};
    return normal_form(m);
}

}  // namespace

TEST_CASE("Rounded arithmetic is that of IEEE 754") {
    const std::uint64_t seed = 5;
    CAPTURE(seed);
    base::Random random(seed);
    for (int k = 0; k < 20000; ++k) {
        const auto [n, d] = fraction(random);
        const auto [m, e] = fraction(random);
        const RoundedNumber x = RoundedNumber::quotient(n, d, twice), y = RoundedNumber::quotient(m, e, twice);
        const double a = static_cast<double>(n) / static_cast<double>(d),
                     b = static_cast<double>(m) / static_cast<double>(e);
        CAPTURE(n, d, m, e);
        REQUIRE(value_of(x) == a);
        REQUIRE(value_of(x.times(y, twice)) == a * b);
        REQUIRE(value_of(x.plus(y, twice)) == a + b);
        const RoundedNumber u = RoundedNumber::quotient(n % 16777216, d, single),
                            v = RoundedNumber::quotient(m % 16777216, e, single);
        const auto p = static_cast<float>(value_of(u)), q = static_cast<float>(value_of(v));
        REQUIRE(value_of(u.times(v, single)) == static_cast<double>(p * q));
        REQUIRE(value_of(u.plus(v, single)) == static_cast<double>(p + q));
        REQUIRE((u.magnitude() < v.magnitude()) == (std::fabs(p) < std::fabs(q)));
    }
}

TEST_CASE("Quotients are rounded once, also where a double would be rounded twice") {
    // 1 + 2^-24 + 2^-60 rounds up in binary32; its nearest double is the tie 1 + 2^-24, which rounds to 1.
    const std::uint64_t d = std::uint64_t{1} << 60;
    const auto n = static_cast<std::int64_t>(d + (std::uint64_t{1} << 36) + 1);
    CHECK(value_of(RoundedNumber::quotient(n, d, single)) == 1 + std::ldexp(1.0, -23));
}

TEST_CASE("Only times that may score as well are looked at, and none that matters is left out") {
    const std::uint64_t seed = 9;
    CAPTURE(seed);
    base::Random random(seed);
    const FloatFormat coarse{"coarse", 14};
    std::size_t failed = 0;
    for (int k = 0; k < 60; ++k) {
        const NormalForm machine = normal_form(random_machine(random, 2 + random.below(5)));
        const std::vector<std::size_t> word(random.below(12), 1);
        for (const FloatFormat& format : {coarse, binary32()}) {
            const RoundedRun quick = run_rounded(machine, word, format, 300, {}),
                             all = run_rounded_by_definition(machine, word, format, 300);
            CAPTURE(k, format.name);
            CHECK(quick.steps == all.steps);
            REQUIRE(quick.wrong.has_value() == all.wrong.has_value());
            if (!all.wrong) continue;
            ++failed;
            CHECK(quick.wrong->read == all.wrong->read);
            CHECK(quick.wrong->right == all.wrong->right);
            CHECK(quick.wrong->read_score == all.wrong->read_score);
        }
    }
    CHECK(failed > 10);
}

TEST_CASE("Networks in floating point fail where the table says") {
    const NormalForm champion = normal_form(parse_busy_beaver(champion_text));
    const RoundedRun single_run = run_rounded(champion, {}, binary32(), 1000, {});
    REQUIRE(single_run.wrong);
    CHECK(single_run.wrong->step == 145);
    CHECK(single_run.wrong->cell == -11);
    CHECK(single_run.wrong->right == 135);
    CHECK(single_run.wrong->read == 133);
    CHECK(single_run.wrong->read_score == "8.2473633e-10");
    CHECK(single_run.wrong->right_score == "8.5716606e-10");
    const RoundedRun double_run = run_rounded(champion, {}, binary64(), 100000, {});
    REQUIRE(double_run.wrong);
    CHECK(double_run.wrong->step == 31543);
    CHECK(double_run.wrong->cell == -299);
    CHECK(double_run.wrong->right == 30933);
    CHECK(double_run.wrong->read == 30931);
    // Near to one score a step: nothing quadratic.
    CHECK(double_run.scores < 40000);
    const auto fails = [](const NormalForm& machine, const std::string& word, std::size_t steps) {
        const RoundedRun run = run_rounded(machine, machine.symbols_of(symbols(word)), binary32(), steps, {});
        return run.wrong ? std::optional(run.wrong->step - 1) : std::nullopt;
    };
    const NormalForm pairs = normal_form(anbn());
    CHECK(fails(pairs, "aaaaaaaabbbbbbbb", 400) == 152);
    CHECK(fails(pairs, "aaaaaaaaaaaabbbbbbbbbbbb", 400) == 208);
    CHECK_FALSE(fails(pairs, "aaaabbbb", 60));
    CHECK(fails(normal_form(increment()), std::string(40, '1'), 400) == 204);
}

TEST_CASE("A head that swings over two cells never fails in twenty thousand steps, over twenty it soon does") {
    const RoundedRun narrow = run_rounded(sweep(1), {}, binary32(), 20000, {});
    CHECK_FALSE(narrow.wrong);
    CHECK(narrow.steps == 20000);
    CHECK(narrow.scores < 60000);
    CHECK(run_rounded(sweep(20), {}, binary32(), 2000, {}).wrong);
}

}  // namespace attest::machines::tests
