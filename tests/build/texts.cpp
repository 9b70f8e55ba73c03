#include <catch2/catch.hpp>

#include "../classify/subjects.hpp"
#include "attest/base/error.hpp"
#include "attest/decide/induction/induction.hpp"
#include "build/network.hpp"
#include "build/text.hpp"
#include "language/classify/census.hpp"
#include "programs/brasp/program.hpp"
#include "programs/ltl/program.hpp"

// The texts that plans are written as, read back by the compilers of the two languages: a language, a text, a network, a language.

using namespace attest;
using classify::Class;

namespace {

/// The minimal automaton of a network, at all lengths.
language::Dfa automaton_of(const network::Transformer& network) {
    return std::get<induction::ModelLanguage>(induction::language_of(network, {})).automaton;
}

bool is_same(const language::Dfa& a, const language::Dfa& b) {
    return a.start == b.start && a.accepting == b.accepting && a.transition == b.transition;
}

void check_texts(const language::Dfa& automaton, std::optional<build::Construction> construction) {
    const build::StagePlan plan = build::plan_network(automaton, "network", construction).plan;
    const std::string ltl = build::ltl_text(plan);
    INFO(ltl);
    CHECK(is_same(automaton_of(programs::ltl::compile(programs::ltl::parse(ltl, "text"))), automaton));
    if (plan.modulus > 1) {
        CHECK_THROWS_AS(build::brasp_text(plan), base::Unsupported);
        return;
    }
    const std::string brasp = build::brasp_text(plan);
    INFO(brasp);
    CHECK(is_same(automaton_of(programs::brasp::compile(programs::brasp::parse(brasp, "text"))), automaton));
}

}  // namespace

TEST_CASE("Texts: each golden row comes back from LTL and B-RASP as the automaton that it was") {
    for (const tests::GoldenRow& golden : tests::golden_rows()) {
        INFO(golden.name);
        if (golden.classes[8] == '.' || golden.automaton.alphabet.size() > 4) continue;
        check_texts(golden.automaton, build::Construction::cascade);
        if (golden.classes[0] != '.') check_texts(golden.automaton, build::Construction::exits);
    }
}

TEST_CASE("Texts: all languages of two states, and every seventh of three") {
    std::size_t number = 0;
    for (std::size_t states = 1; states <= 3; ++states)
        classify::for_each_table(states, 2, [&](const classify::Table& table) {
            const classify::ClassVector in = classify::classify(table).in;
            for (const std::uint32_t accepting : classify::minimal_acceptance(table))
                if (in[Class::ac0] && (states < 3 || ++number % 7 == 0)) {
                    INFO(states << " states, number " << number);
                    check_texts(classify::automaton_of(table, accepting), {});
                }
            return true;
        });
    CHECK(number == 560);
}

TEST_CASE("Texts: R-trivial languages are written with P alone, symbols of any kind in quotation marks") {
    language::Dfa automaton = tests::minimal_automaton("regex:a*b*");
    CHECK(build::ltl_text(build::plan_network(automaton, "n", build::Construction::exits).plan).find(" S ") ==
          std::string::npos);
    automaton.alphabet = language::Alphabet({"S", "sought1"});
    check_texts(automaton, build::Construction::cascade);
    automaton.alphabet = language::Alphabet({"(", "__"});
    check_texts(automaton, build::Construction::exits);
    automaton.alphabet = language::Alphabet({"#", "b"});
    CHECK_THROWS_AS(check_texts(automaton, {}), base::Unsupported);
}
