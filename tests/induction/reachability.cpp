#include "decide/induction/reachability.hpp"

#include <fmt/format.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <sstream>
#include <thread>

#include "attest/base/file.hpp"
#include "attest/formats/file.hpp"
#include "attest/programs/zoo.hpp"
#include "decide/induction/by_invariant.hpp"
#include "decide/induction/k_induction.hpp"
#include "decide/induction/product.hpp"
#include "decide/induction/program_step.hpp"
#include "decide/induction/proposal.hpp"
#include "decide/induction/sequential.hpp"
#include "outside.hpp"
#include "seed.hpp"
#include "shared_data.hpp"
#include "step_support.hpp"
#include "trials.hpp"

// Invariants by solvers against the search of all pairs of states, and what another prover proposes.

using namespace attest;
using namespace attest::tests;
using induction::LatchLiteral;
using induction::LatchLiterals;

namespace {

/// Whether a clause is true of these latches.
bool is_true(const LatchLiterals& clause, const std::vector<bool>& latches) {
    return std::any_of(clause.begin(), clause.end(),
                       [&](LatchLiteral l) { return latches[induction::StepFormula::index(l)] == (l > 0); });
}

/// The latches after a letter, with any guesses.
std::vector<bool> after(const induction::StepCircuit& step, const std::vector<bool>& latches, language::Symbol a,
                        base::Random& random) {
    std::vector<bool> inputs;
    for (std::size_t i = 0; i < step.letter_inputs; ++i) inputs.push_back(step.letter_inputs == 1 ? a == 1 : a == i);
    for (std::size_t g = 0; g < step.guess_inputs; ++g) inputs.push_back(random.chance(1, 2));
    inputs.insert(inputs.end(), latches.begin(), latches.end());
    return circuit::evaluate(step.circuit(), step.next, inputs);
}

/// The length of a shortest word, not empty, on which they differ, by all pairs; 0 if there is none. Nothing where that search
/// asks more of the model than its step does, as of the begin symbol's own queries.
std::optional<std::size_t> shortest_by_pairs(const network::Transformer& t, const language::Dfa& automaton) {
    try {
        return induction::with_machine(
            t, [&](const std::unique_ptr<induction::Machine>& machine, const induction::Parameters&) {
                const std::vector<language::Symbol> meaning = identity(t.alphabet);
                const induction::Search found =
                    induction::search(*machine, {t, automaton, meaning, 1, induction::most_states}, {});
                return found.difference ? found.difference->word.size() : 0;
            });
    } catch (const base::Unsupported&) {
        return std::nullopt;
    }
}

/// Clauses that somebody could propose.
std::vector<LatchLiterals> random_clauses(base::Random& random, std::size_t latches) {
    std::vector<LatchLiterals> clauses;
    for (std::size_t c = 0; c < 3 * latches; ++c) {
        LatchLiterals& clause = clauses.emplace_back();
        for (std::size_t k = 0; k < 1 + random.below(3); ++k) {
            const auto latch = static_cast<LatchLiteral>(1 + random.below(latches));
            clause.push_back(random.chance(1, 3) ? latch : -latch);
        }
        if (!induction::normalise(clause)) clauses.pop_back();
    }
    return clauses;
}

}  // namespace

TEST_CASE("Reachability: random models, against the search of all pairs", "[induction]") {
    base::Random random(tests::seed() + 31);
    INFO("seed " << tests::seed() + 31);
    std::size_t held = 0, differed = 0;
    for (std::uint64_t k = 0; k < tests::trials(60); ++k) {
        INFO("model " << k);
        const network::Transformer t = random_sequential(random);
        language::Dfa automaton = random_automaton(random, t.alphabet);
        if (!step_of(t, automaton)) continue;
        if (random.chance(1, 2))
            if (const auto own = language_within(t, 1)) automaton = own->automaton;
        const auto step = step_of(t, automaton);
        const auto expected = shortest_by_pairs(t, automaton);
        if (!expected) continue;
        const induction::StepFormula formula = induction::formula_of(*step);
        std::vector<LatchLiterals> lemmas;
        if (random.chance(2, 3))
            lemmas = induction::kept_by_steps(
                formula,
                random.chance(1, 2) ? induction::one_hot_clauses(*step) : random_clauses(random, step->latches()), {});
        induction::ReachabilityOutcome outcome = induction::reach(formula, lemmas, {}, {});
        if (auto* word = std::get_if<language::Word>(&outcome.result)) {
            if (step->reads_begin) word->erase(word->begin());
            ++differed;
            CHECK(word->size() == *expected);
            CHECK(is_bad(*step, *word, t.alphabet.size()));
            continue;
        }
        ++held;
        const auto* invariant = std::get_if<induction::ClauseInvariant>(&outcome.result);
        REQUIRE(invariant != nullptr);
        CHECK(*expected == 0);
        CHECK(induction::are_safe(formula, invariant->clauses, {}));
        CHECK(induction::kept_by_steps(formula, invariant->clauses, {}) == invariant->clauses);
        std::vector<bool> latches = step->initial;
        for (std::size_t n = 0; n < 30; ++n) {
            for (const LatchLiterals& clause : invariant->clauses) REQUIRE(is_true(clause, latches));
            latches = after(*step, latches, static_cast<language::Symbol>(random.below(t.alphabet.size())), random);
        }
    }
    WARN(held << " invariants, " << differed << " words");
    CHECK(held > 3);
    CHECK(differed > 3);
}

TEST_CASE("Reachability and k-induction: a deadline, or somebody who waits no longer, ends them within a second",
          "[induction]") {
    // Whether the letters before were an odd number of a's, counted in two orders: that this is the same no solver sees soon.
    constexpr int back = 61;
    std::string text = "alphabet a b\nf0 = symbol a\nx0 = f0\ny0 = f0\n";
    for (int k = 1; k < back; ++k) text += fmt::format("f{} = rightmost(true, f{}@j)\n", k, k - 1);
    for (int k = 1; k < back; ++k)
        for (const auto& [sum, at] : {std::pair("x", k), std::pair("y", 17 * k % back)})
            text += fmt::format("{0}{1} = {0}{2} & !f{3} | !{0}{2} & f{3}\n", sum, k, k - 1, at);
    text += fmt::format("out = x{0} & !y{0} | !x{0} & y{0}\n", back - 1);
    const programs::brasp::Program program = programs::brasp::parse(text, "deep");
    const language::Language none = language::Language::parse("regex:[^ab]", language::Alphabet({"a", "b"}));
    const induction::StepCircuit step = induction::program_step(program, induction::automaton_of(none), {0, 1});
    const induction::StepFormula formula = induction::formula_of(step);
    for (const bool by_deadline : {true, false}) {
        std::atomic<bool> interrupted{false};
        const auto ended = [&](const auto& phase) {
            interrupted = false;
            base::Limits limits;
            if (by_deadline) limits.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(300);
            else limits.interrupted = &interrupted;
            std::thread user([&] {
                std::this_thread::sleep_for(std::chrono::milliseconds(300));
                interrupted = true;
            });
            const auto start = std::chrono::steady_clock::now();
            const bool nothing = phase(limits);
            const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
            user.join();
            INFO("by a deadline " << by_deadline << ", " << seconds << " s");
            CHECK(nothing);
            CHECK(seconds >= 0.25);  // else it ended by itself
            CHECK(seconds < 0.3 + 1 + 2);
        };
        ended([&](const base::Limits& limits) {
            return std::holds_alternative<std::monostate>(induction::reach(formula, {}, {}, limits).result);
        });
        ended([&](const base::Limits& limits) { return !induction::by_k_induction(step, formula, {}, limits); });
    }
}

TEST_CASE("Reachability: a bound on calls is kept", "[induction]") {
    const network::Transformer t = programs::zoo_model("tomita-7");
    const auto step = step_of(t, induction::automaton_of(language::Language::parse("tomita:7", t.alphabet)));
    REQUIRE(step);
    const induction::StepFormula formula = induction::formula_of(*step);
    const induction::ReachabilityOutcome few = induction::reach(formula, {}, {5}, {});
    CHECK(std::holds_alternative<std::monostate>(few.result));
    CHECK(few.queries < 20);
    CHECK(std::holds_alternative<induction::ClauseInvariant>(induction::reach(formula, {}, {}, {}).result));
}

TEST_CASE("k-induction: what it finds is an invariant, and nothing is found where words end badly", "[induction]") {
    base::Random random(tests::seed() + 33);
    INFO("seed " << tests::seed() + 33);
    std::size_t found = 0, differed = 0;
    for (std::uint64_t k = 0; k < tests::trials(40); ++k) {
        INFO("model " << k);
        const network::Transformer t = random_sequential(random);
        language::Dfa automaton = random_automaton(random, t.alphabet);
        if (!step_of(t, automaton)) continue;
        if (random.chance(1, 2))
            if (const auto own = language_within(t, 1)) automaton = own->automaton;
        const std::vector<language::Symbol> meaning = identity(t.alphabet);
        std::optional<induction::Invariant> invariant;
        base::Limits limits;  // where there is nothing to find it would look on and on
        limits.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(300);
        try {
            invariant = induction::with_machine(
                t, [&](const std::unique_ptr<induction::Machine>&, const induction::Parameters& p) {
                    return induction::InvariantSearch(t, p, automaton, meaning).by_k_induction(limits);
                });
        } catch (const base::Unsupported&) {
            continue;
        }
        const auto shortest = shortest_by_pairs(t, automaton);
        if (!shortest) continue;
        const bool differs = *shortest > 0;
        differed += differs ? 1 : 0;
        found += invariant ? 1 : 0;
        if (differs) CHECK_FALSE(invariant);
        if (invariant) CHECK_FALSE(invariant->proof.empty());
    }
    WARN(found << " invariants, " << differed << " models with a wrong word");
    CHECK(found > 2);
    CHECK(differed > 2);
}

TEST_CASE("Proposals: what is left of clauses without a latch is what they say of the others", "[induction]") {
    base::Random random(tests::seed() + 34);
    INFO("seed " << tests::seed() + 34);
    constexpr std::size_t latches = 6;
    for (int round = 0; round < 100; ++round) {
        const std::vector<LatchLiterals> clauses = random_clauses(random, latches);
        std::vector<LatchLiterals> rest = clauses;
        const auto gone = static_cast<LatchLiteral>(1 + random.below(latches));
        REQUIRE(induction::eliminate(rest, gone, 10'000));
        for (unsigned bits = 0; bits < 1U << latches; ++bits) {
            const auto holds = [&](const std::vector<LatchLiterals>& all, bool value) {
                std::vector<bool> state;
                for (std::size_t k = 0; k < latches; ++k) state.push_back((bits >> k & 1U) != 0);
                state[static_cast<std::size_t>(gone) - 1] = value;
                return std::all_of(all.begin(), all.end(), [&](const auto& c) { return is_true(c, state); });
            };
            REQUIRE(holds(rest, false) == (holds(clauses, false) || holds(clauses, true)));
        }
    }
    std::vector<LatchLiterals> many = random_clauses(random, 40);
    for (LatchLiterals& clause : many) {
        clause.push_back(random.chance(1, 2) ? 41 : -41);
        REQUIRE(induction::normalise(clause));
    }
    CHECK_FALSE(induction::eliminate(many, 41, 10));
}

TEST_CASE("Proposals: what random clauses say is kept as far as no step leaves it", "[induction]") {
    base::Random random(tests::seed() + 35);
    INFO("seed " << tests::seed() + 35);
    for (std::uint64_t k = 0; k < tests::trials(60); ++k) {
        INFO("model " << k);
        const network::Transformer t = random_sequential(random);
        const auto step = step_of(t, random_automaton(random, t.alphabet));
        if (!step) continue;
        const induction::StepFormula formula = induction::formula_of(*step);
        const std::vector<LatchLiterals> kept =
            induction::kept_by_steps(formula, random_clauses(random, step->latches()), {});
        std::vector<bool> latches = step->initial;
        for (std::size_t n = 0; n < 30; ++n) {
            for (const LatchLiterals& clause : kept) REQUIRE(is_true(clause, latches));
            latches = after(*step, latches, static_cast<language::Symbol>(random.below(t.alphabet.size())), random);
        }
    }
}

TEST_CASE("Proposals: files that are none are refused at their line", "[induction]") {
    const std::vector<std::string> names{"phase 1", "layer 1 head 1 kind 1", "layer 1 head 1 kind 12", "not state 1"};
    const auto read = [&](const std::string& text) { return induction::read_invariant(text, names, "i.pla"); };
    const std::string head = "# a comment\n.i 2\n.o 1\n.p 2\n.ilb layer 1 head 1 kind 12 lo0\n.ob inv\n";
    CHECK(read(head + "1- 1\n01 1\n.e\n") == std::vector<LatchLiterals>{{-3}, {-1, 3}});
    const auto refuses = [&](const std::string& text, const std::string& message) {
        INFO(text);
        CHECK_THROWS_WITH(read(text), Catch::Contains(message));
    };
    refuses(head + "1- 1\n.e\n", "i.pla:line 8: 2 rows were expected");
    refuses(head + "1- 1\n01 1\n", "line 8: expected the line .e, found the end of the file");
    refuses(head + "1-- 1\n01 1\n.e\n", "line 7: 2 of 0, 1 and -");
    refuses(head + "1- 0\n01 1\n.e\n", "line 7");
    refuses(head + "12 1\n01 1\n.e\n", "0, 1 or - was expected in column 2");
    refuses(".ilb lo4\n.e\n", "line 1: the circuit has 4 latches");
    refuses(".ilb lo0 phase 1\n.e\n", "stands twice");
    refuses(".ilb phase 2\n.e\n", "the name of a latch was expected");
    refuses(".i 3\n.ilb phase 1\n.e\n", "3 latches were expected");
    refuses(".o 2\n.e\n", "one output");
    refuses(".phase 1\n", "a row was expected");
    refuses("", "expected an invariant in PLA form, found an empty file");
}

TEST_CASE("Proposals: an invariant of another prover needs nothing more", "[induction]") {
    if (!tests::have("berkeley-abc")) return;
    const base::DirectoryInProgress scratch;
    std::vector<std::pair<network::Transformer, std::string>> rows = {{programs::zoo_model("contains-1"), "contains:1"},
                                                                      {programs::zoo_model("all-ones"), "all-ones"},
                                                                      {programs::zoo_model("last"), "last"}};
    for (const auto& [name, text] : {std::pair("D3", "nested:3"), std::pair("_ab_bba__", "regex:(ab|bba)*")})
        if (const auto path = tests::shared_data("regular/" + std::string(name) + ".json"))
            rows.emplace_back(std::get<formats::ModelFile>(formats::read_network(path->string())).transformer, text);
    for (const auto& [t, text] : rows) {
        INFO(t.name);
        const language::Language language = language::Language::parse(text, t.alphabet);
        const language::Dfa automaton = induction::automaton_of(language);
        const std::vector<language::Symbol> meaning = identity(t.alphabet);
        const std::int64_t from = induction::least_length(t);
        std::ostringstream bytes;
        write_aiger_binary(induction::sequential_circuit(t, &automaton, meaning, from), bytes);
        base::write_file(scratch.path() + "/m.aig", bytes.view());
        REQUIRE_THAT(
            tests::output_of("cd " + scratch.path() + " && berkeley-abc -q 'read_aiger m.aig; pdr -d -I i.pla'"),
            Catch::Contains("Property proved"));
        const induction::Proposal proposal{base::read_file(scratch.path() + "/i.pla"), "i.pla"};
        const induction::Outcome outcome =
            induction::prove({t, language, meaning, from, induction::Way::automatic, &proposal}, {});
        REQUIRE(outcome.invariant() != nullptr);
        // What is proposed for one language does no harm to another.
        const language::Language other = language::Language::parse("contains:" + t.alphabet.symbol(0), t.alphabet);
        const language::Dfa other_automaton = induction::automaton_of(other);
        if (other_automaton.size() < automaton.size()) continue;  // it has not all of the latches
        const induction::Outcome wrong =
            induction::prove({t, other, meaning, from, induction::Way::automatic, &proposal}, {});
        REQUIRE(wrong.counterexample() != nullptr);
        CHECK(wrong.counterexample()->word.size() ==
              induction::prove({t, other, meaning, from}, {}).counterexample()->word.size());
    }
}
