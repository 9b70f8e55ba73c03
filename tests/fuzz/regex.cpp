#include "attest/language/dfa.hpp"
#include "refusal.hpp"

// Regular expressions: the automaton of a pattern is minimal already.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace attest;
    static const language::Alphabet alphabet({"0", "1", "a", "é"});
    fuzz::reads([&] {
        const language::Dfa automaton = language::parse_regex(std::string(fuzz::text(data, size)), alphabet, "f", 300);
        fuzz::require(language::minimize(automaton).transition == automaton.transition, "an automaton is minimal");
    });
    return 0;
}
