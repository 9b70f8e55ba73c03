#include "attest/decide/restriction/optimum.hpp"

#include <catch2/catch.hpp>

#include "attest/language/language.hpp"
#include "attest/network/evaluate.hpp"
#include "attest/programs/zoo.hpp"
#include "base/random.hpp"
#include "circuit/simulate.hpp"
#include "definitions.hpp"
#include "random_model.hpp"
#include "seed.hpp"

using namespace attest;
using namespace attest::restriction;
using attest::tests::matters;

namespace {

constexpr std::uint64_t most = 1 << 20;

/// A function that is a circuit of a table, as an OR of its words.
Function function_of(const TruthTable& table, std::size_t length, std::size_t symbols) {
    circuit::Builder builder(std::size_t{1} << 28);
    std::vector<std::string> names;
    for (std::size_t a = 0; a < symbols; ++a) names.push_back(std::string(1, static_cast<char>('0' + a)));
    const compile::Inputs inputs(builder, language::Alphabet(names), static_cast<std::int64_t>(length));
    language::Word word(length, 0);
    std::vector<circuit::Literal> words;
    for (std::size_t w = 0; w < table.size(); ++w, Restriction::all_free(length).next_word(word, symbols)) {
        if (!table[w]) continue;
        std::vector<circuit::Literal> all;
        for (std::size_t i = 0; i < length; ++i)
            all.push_back(inputs.present(static_cast<std::int64_t>(i) + 1, word[i]));
        words.push_back(builder.conjunction(all));
    }
    const circuit::Literal accept = builder.disjunction(words);
    return {inputs, std::move(builder).take(), accept, {}, {}, {}};
}

TruthTable random_table(base::Random& random, std::size_t length, std::size_t symbols) {
    std::size_t words = 1;
    for (std::size_t i = 0; i < length; ++i) words *= symbols;
    TruthTable table(words);
    const std::uint64_t bias = 1 + random.below(6);
    for (std::size_t w = 0; w < words; ++w) table[w] = random.chance(bias, 8);
    return table;
}

/// By definition: over all restrictions, the most free positions with at most so many that matter.
std::size_t best_by_definition(const TruthTable& table, std::size_t length, std::size_t symbols,
                               std::size_t dependence) {
    std::size_t best = 0;
    Restriction restriction = Restriction::all_free(length);
    std::vector<std::size_t> digits(length, 0);
    for (;;) {
        for (std::size_t i = 0; i < length; ++i) {
            restriction.fixed[i].reset();
            if (digits[i] < symbols) restriction.fixed[i] = static_cast<language::Symbol>(digits[i]);
        }
        if (matters(table, restriction, symbols).size() <= dependence) best = std::max(best, restriction.free_count());
        std::size_t i = 0;
        while (i < length && ++digits[i] > symbols) digits[i++] = 0;
        if (i == length) return best;
    }
}

Optimum trivial(std::size_t length) {
    return {0, Restriction::only(language::Word(length, 0)), {}, length, Optimum::Bound::none, 0};
}

/// Enumeration and search agree, both hold what they claim, and so does the definition.
void agree(const TruthTable& table, std::size_t length, std::size_t symbols, std::size_t dependences) {
    const Function function = function_of(table, length, symbols);
    REQUIRE(tabulate(function, most) == table);
    const auto optima = optima_by_enumeration(table, length, symbols, dependences, most, {});
    REQUIRE(optima);
    for (std::size_t c = 0; c <= dependences; ++c) {
        CAPTURE(c);
        const Optimum& enumerated = optima->at(c);
        const Optimum searched = optimum_by_search(function, c, trivial(length), {}, {});
        CHECK(enumerated.optimal());
        CHECK(searched.optimal());
        CHECK(enumerated.restriction.free_count() == best_by_definition(table, length, symbols, c));
        CHECK(searched.restriction.free_count() == enumerated.restriction.free_count());
        for (const Optimum* o : {&enumerated, &searched}) {
            const auto found = matters(table, o->restriction, symbols);
            CHECK(found.size() <= c);
            CHECK(std::includes(o->depends_on.begin(), o->depends_on.end(), found.begin(), found.end()));
            CHECK(restriction::dependence(function, o->restriction, {}) == found);
        }
    }
    const Optimum greedy = greedy_constant(function, 1, {});
    CHECK(matters(table, greedy.restriction, symbols).empty());
    CHECK(greedy.restriction.free_count() <= optima->front().restriction.free_count());
}

TruthTable language_table(const std::string& text, std::size_t length) {
    const auto language = language::Language::parse(text, std::nullopt);
    TruthTable table;
    language::Word word(length, 0);
    do table.push_back(language.contains(word));
    while (language::next_word(word, language.alphabet()));
    return table;
}

std::size_t least_fixed(const std::string& language, std::size_t length) {
    const TruthTable table = language_table(language, length);
    const auto symbols = language::Language::parse(language, std::nullopt).alphabet().size();
    const auto optima = optima_by_enumeration(table, length, symbols, 0, std::uint64_t{1} << 24, {});
    REQUIRE(optima);
    return length - optima->front().most_free;
}

}  // namespace

TEST_CASE("enumeration, search and definition agree on random functions of two symbols", "[restriction]") {
    const std::uint64_t seed = tests::seed();
    for (std::uint64_t k = 0; k < 150; ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + k);
        const std::size_t length = random.below(6);
        agree(random_table(random, length, 2), length, 2, 2);
    }
}

TEST_CASE("enumeration, search and definition agree on random functions of three symbols", "[restriction]") {
    const std::uint64_t seed = tests::seed();
    for (std::uint64_t k = 0; k < 40; ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 500 + k);
        const std::size_t length = 1 + random.below(4);
        agree(random_table(random, length, 3), length, 3, 1);
    }
}

TEST_CASE("languages whose smallest certificates are known", "[restriction]") {
    CHECK(least_fixed("parity", 7) == 7);
    CHECK(least_fixed("majority", 7) == 4);
    CHECK(least_fixed("majority", 8) == 4);    // four zeros: no majority of ones
    CHECK(least_fixed("palindrome", 9) == 2);  // a pair that differs
    CHECK(least_fixed("all-ones", 9) == 1);
    CHECK(least_fixed("first", 9) == 1);
    CHECK(least_fixed("contains:11", 9) == 2);
    CHECK(least_fixed("dyck:1", 8) == 1);   // begins with a closing bracket
    CHECK(least_fixed("dyck:1", 7) == 0);   // nothing of odd length is balanced
    CHECK(least_fixed("mod:3,0", 8) == 7);  // one free symbol more and two residues are left
}

TEST_CASE("the address function stays open on its address and one datum", "[restriction]") {
    // ADDR with two address bits and four data bits: fixing the address and one datum settles it.
    TruthTable table;
    for (unsigned w = 0; w < 64; ++w) table.push_back((w >> (3 - (w >> 4)) & 1) != 0);
    const auto optima = optima_by_enumeration(table, 6, 2, 3, most, {});
    REQUIRE(optima);
    CHECK(optima->at(0).restriction.free_count() == 3);
    CHECK(optima->at(1).restriction.free_count() == 4);  // the address fixed, one datum matters
}

TEST_CASE("circuits of models are tabulated as the evaluator does", "[restriction]") {
    const std::uint64_t seed = tests::seed();
    for (std::uint64_t k = 0; k < 60; ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 900 + k);
        tests::RandomModelOptions options;
        options.symbols = 1 + random.below(3);
        options.layers = random.below(3);
        const network::Transformer t = tests::random_model(random, options);
        const auto length = static_cast<std::int64_t>(random.below(6));
        if (t.sequence_length(length) == 0) continue;
        const auto compiled = compile_function(t, length, 0, {});
        REQUIRE(std::holds_alternative<Function>(compiled));
        CHECK(tabulate(std::get<Function>(compiled), most) == tabulate(t, length, most, {}));
    }
}

TEST_CASE("a limit gives the best found and says that it is not proved", "[restriction]") {
    const TruthTable table = language_table("parity", 5);
    std::atomic<bool> stop{true};
    base::Limits limits;
    limits.interrupted = &stop;
    const Optimum o = optimum_by_search(function_of(table, 5, 2), 0, trivial(5), {}, limits);
    CHECK_FALSE(o.optimal());
    CHECK(o.bound == Optimum::Bound::none);
    CHECK(o.restriction == trivial(5).restriction);
    CHECK_FALSE(optima_by_enumeration(table, 5, 2, 0, most, limits));
}
