#include "build/counting_program.hpp"
#include "checked.hpp"

// What Spacer finds is believed by nobody: it is taken apart, shown again, and the checker takes it; of a program that is wrong there
// is nothing to find.

using namespace attest;

namespace {

language::Dfa automaton_of(const std::string& text) {
    const auto parsed = language::Language::parse(text, language::Alphabet({"a", "b"}));
    return std::get<language::Regular>(parsed.form()).automaton;
}

}  // namespace

TEST_CASE("Spacer: an invariant that it finds is kept, and taken by the checker", "[counting]") {
    for (const char* text : {"regex:.*a.*", "regex:b.*", "regex:a*b*"}) {
        INFO(text);
        const language::Dfa automaton = automaton_of(text);
        const build::CountingProgram built = build::counting_program(automaton);
        const counting::System system =
            counting::make_system(programs::crasp::parse(built.text, text), automaton, {0, 1});
        const auto proof = counting::invariant_of_spacer(system, {});
        REQUIRE(proof);
        CHECK(proof->found_by == "spacer");
        checker::Budget budget = tests::large_budget();
        const checker::CountingSystem checkers = tests::checkers_system(built.text, automaton, budget);
        CHECK_NOTHROW(tests::check_found(checkers, proof->invariant, proof->lines, budget));
    }
}

TEST_CASE("Spacer: of a program for another language there is no invariant", "[counting]") {
    const build::CountingProgram built = build::counting_program(automaton_of("regex:a*b*"));
    const counting::System system =
        counting::make_system(programs::crasp::parse(built.text, "other"), automaton_of("regex:b.*"), {0, 1});
    CHECK_FALSE(counting::invariant_of_spacer(system, {}));
}
