#include <catch2/catch.hpp>

#include "attest/base/file.hpp"
#include "attest/certify/certificate.hpp"
#include "attest/decide/restriction/optimum.hpp"
#include "attest/network/evaluate.hpp"
#include "attest/programs/zoo.hpp"
#include "checker/checker.hpp"
#include "random_model.hpp"
#include "seed.hpp"

// Restrictions through the checker, which builds their circuits a second time from FORMAT.md.

namespace {

using namespace attest;
using restriction::Restriction;

constexpr std::uint64_t most = 1 << 20;

formats::ModelFile file_of(const network::Transformer& t) { return {t, formats::write_model(t), {}, {}}; }

checker::Report check(const formats::ModelFile& file, std::int64_t length,
                      const std::optional<restriction::Settled>& settled, const restriction::Evidence& evidence) {
    const base::DirectoryInProgress place;
    certify::write_restriction(place.path(), file, length, settled, evidence, {{{"attest", "test"}}});
    return checker::check(place.path());
}

/// The best restriction of a small model, with its pair and the words that show that it is the best.
struct Best {
    restriction::Function function;
    restriction::TruthTable table;
    restriction::Settled settled;
    std::uint64_t words = 1;
};

Best best_of(const network::Transformer& t, std::int64_t length) {
    auto function = std::get<restriction::Function>(restriction::compile_function(t, length, 0, {}));
    auto table = *tabulate(function, most);
    const auto n = static_cast<std::size_t>(length);
    const std::size_t m = t.alphabet.size();
    const auto optima = restriction::optima_by_enumeration(table, n, m, 0, most, {});
    Best best{std::move(function), std::move(table), {optima->front().restriction, false, {}, true, {}}, 1};
    restriction::Settled& s = best.settled;
    language::Word word = s.restriction.first_word();
    s.answer = network::evaluate(t, word).accepts;
    for (std::size_t k = 0; k < s.restriction.free_count(); ++k) best.words *= m;
    if (s.restriction.free_count() > 0) {
        language::Word other = word;
        other[s.restriction.free_positions().back()] = 1;
        s.pair = {word, other};
    }
    if (s.restriction.fixed_count() > 0)
        s.open = *open_words(n, m, s.restriction.fixed_count(), restriction::difference_in_table(best.table, m),
                             [&](const language::Word& w) { return network::evaluate(t, w).accepts; }, most, {});
    return best;
}

void accepted(const checker::Report& report) {
    INFO(report.claim << ": " << report.obligation << " at " << report.place << ": " << report.reason);
    CHECK(report.accepted);
}

}  // namespace

TEST_CASE("the checker accepts the best restrictions of random models, by proof and by all words", "[certificate]") {
    const std::uint64_t seed = tests::seed();
    std::size_t with_gates = 0, optimal = 0;
    for (std::uint64_t k = 0; k < 150; ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 12000 + k);
        tests::RandomModelOptions options;
        options.symbols = k % 4 == 0 ? 3 : 2;
        options.layers = random.below(4);
        options.heads = 1 + random.below(3);
        const network::Transformer t = tests::random_model(random, options);
        const auto length = static_cast<std::int64_t>(random.below(6));
        if (t.sequence_length(length) == 0) continue;
        const Best best = best_of(t, length);
        const formats::ModelFile file = file_of(t);
        const decide::Decision decision =
            refute_other_answer(best.function, best.settled.restriction, best.settled.answer, {}, {});
        REQUIRE(decision.answer == logic::Answer::unsatisfiable);
        accepted(check(file, length, best.settled, {decision.refutation, 0}));
        accepted(check(file, length, best.settled, {{}, best.words}));
        with_gates += decision.refutation->circuit.gate_count() > 0 ? 1 : 0;
        optimal += best.settled.open.empty() ? 0 : 1;
    }
    CHECK(with_gates > 0);
    CHECK(optimal > 10);
}

TEST_CASE("the checker accepts restrictions of the zoo iff the table says that they settle the answer",
          "[certificate]") {
    const std::uint64_t seed = tests::seed();
    std::size_t settled = 0, open = 0;
    for (const programs::ZooEntry& entry : programs::zoo()) {
        if (entry.kind != network::AttentionKind::hard) continue;
        CAPTURE(seed, entry.name);
        base::Random random(seed + 14000);
        const network::Transformer t = programs::zoo_model(entry.examples.front());
        const std::int64_t length = 5;
        Best best = best_of(t, length);
        for (int k = 0; k < 8; ++k) {
            Restriction r = Restriction::all_free(static_cast<std::size_t>(length));
            for (auto& symbol : r.fixed)
                if (random.chance(5, 8)) symbol = static_cast<language::Symbol>(random.below(t.alphabet.size()));
            const bool answer = network::evaluate(t, r.first_word()).accepts;
            const bool differs = restriction::difference_in_table(best.table, t.alphabet.size())(r).has_value();
            const decide::Decision decision = refute_other_answer(best.function, r, answer, {}, {});
            CHECK((decision.answer == logic::Answer::satisfiable) == differs);
            (differs ? open : settled) += 1;
            if (differs) continue;
            best.settled = {r, answer, {}, false, {}};
            if (r.free_count() > 0) {
                language::Word other = r.first_word();
                other[r.free_positions().front()] = 1;
                best.settled.pair = {r.first_word(), other};
            }
            accepted(check(file_of(t), length, best.settled, {decision.refutation, 0}));
        }
    }
    CHECK(settled > 20);
    CHECK(open > 20);
}

TEST_CASE("the checker accepts that every word of a parity tree is sensitive everywhere", "[certificate]") {
    for (const auto& [name, length] :
         std::vector<std::pair<std::string, std::int64_t>>{{"parity-tree-2-1", 3},
                                                           {"parity-tree-1-4", 4},
                                                           {"parity-tree-2-2", 8},
                                                           {"parity-tree-shuffled-2-3", 15}}) {
        CAPTURE(name);
        const network::Transformer t = programs::zoo_model(name);
        const auto function = std::get<restriction::Function>(restriction::compile_function(t, length, 0, {}));
        const decide::Decision decision = refute_silent_position(function, {}, {});
        REQUIRE(decision.answer == logic::Answer::unsatisfiable);
        accepted(check(file_of(t), length, {}, {decision.refutation, 0}));
        if (length <= 8) accepted(check(file_of(t), length, {}, {{}, std::uint64_t{1} << length}));
        CHECK(check(file_of(t), length, {}, {{}, 7}).obligation == "exhaustion");
    }
}

TEST_CASE("whether every word is sensitive everywhere is answered as the table answers it", "[certificate]") {
    const std::uint64_t seed = tests::seed();
    for (std::uint64_t k = 0; k < 60; ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 13000 + k);
        tests::RandomModelOptions options;
        options.symbols = k % 3 == 0 ? 3 : 2;
        const network::Transformer t = tests::random_model(random, options);
        const auto length = static_cast<std::int64_t>(1 + random.below(3));
        const Best best = best_of(t, length);
        const decide::Decision decision = refute_silent_position(best.function, {}, {});
        const bool nothing_free = best.settled.restriction.free_count() == 0;
        CHECK((decision.answer == logic::Answer::unsatisfiable) == nothing_free);
        if (nothing_free) accepted(check(file_of(t), length, {}, {decision.refutation, 0}));
        else CHECK(check(file_of(t), length, {}, {{}, best.table.size()}).obligation == "exhaustion");
    }
}

TEST_CASE("the checker refuses restrictions that do not settle the answer, and optima that are none", "[certificate]") {
    const network::Transformer t = programs::zoo_model("palindrome");
    const formats::ModelFile file = file_of(t);
    Best best = best_of(t, 5);
    REQUIRE(best.settled.restriction.fixed_count() == 2);
    accepted(check(file, 5, best.settled, {{}, best.words}));

    auto changed = best.settled;
    changed.answer = !changed.answer;
    CHECK(check(file, 5, changed, {{}, best.words}).obligation == "exhaustion");

    changed = best.settled;
    changed.restriction.fixed.assign(5, std::nullopt);
    changed.restriction.fixed[0] = 1;
    CHECK(check(file, 5, changed, {{}, 16}).obligation == "exhaustion");
    CHECK(check(file, 5, changed, {{}, 8}).obligation == "exhaustion");
    CHECK(refute_other_answer(best.function, changed.restriction, changed.answer, {}, {}).answer ==
          logic::Answer::satisfiable);

    // One symbol more than is needed is no optimum, whatever words are shown.
    changed = best.settled;
    const std::size_t third = best.settled.restriction.free_positions().front();
    changed.restriction.fixed[third] = changed.pair->first[third];
    changed.pair->second = changed.pair->first;
    changed.pair->second[changed.restriction.free_positions().front()] ^= 1;
    changed.open.clear();
    language::Word word(5, 0);
    do changed.open.push_back(word);
    while (language::next_word(word, t.alphabet));
    CHECK(check(file, 5, changed, {{}, best.words / 2}).obligation == "optimality");
    changed.optimal = false;
    accepted(check(file, 5, changed, {{}, best.words / 2}));

    changed = best.settled;
    changed.open.resize(2);
    CHECK(check(file, 5, changed, {{}, best.words}).obligation == "optimality");

    changed = best.settled;
    std::swap(changed.pair->first[0], changed.pair->first[1]);
    changed.pair->second = changed.pair->first;
    CHECK(check(file, 5, changed, {{}, best.words}).obligation == "witness");
    changed.pair.reset();
    CHECK(check(file, 5, changed, {{}, best.words}).obligation == "question");

    // The proof of one restriction is none for another; here both have the same circuit, but not the same words.
    const decide::Decision decision =
        refute_other_answer(best.function, best.settled.restriction, best.settled.answer, {}, {});
    changed = best.settled;
    for (auto& symbol : changed.restriction.fixed)
        if (symbol) symbol = 1 - *symbol;
    CHECK(check(file, 5, changed, {decision.refutation, 0}).obligation == "witness");
    changed = best.settled;
    changed.restriction.fixed[0].reset();
    CHECK(check(file, 5, changed, {decision.refutation, 0}).obligation == "translation");
    CHECK(check(file, 5, {}, {decision.refutation, 0}).obligation == "translation");
}
