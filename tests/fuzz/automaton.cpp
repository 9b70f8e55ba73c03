#include "attest/base/json.hpp"
#include "attest/language/dfa.hpp"
#include "refusal.hpp"

// Automaton files: the minimal automaton accepts the same short words.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace attest;
    fuzz::reads([&] {
        const base::Json document = base::Json::parse(fuzz::text(data, size), "f.json");
        const language::Dfa automaton = language::read_dfa(base::JsonNode(document, "f.json"));
        const language::Dfa minimal = language::minimize(automaton);
        fuzz::require(minimal.size() <= automaton.size(), "a minimal automaton is no larger");
        if (automaton.alphabet.size() > 8) return;
        for (std::size_t length = 0; length <= 3; ++length) {
            language::Word word(length);
            do
                fuzz::require(minimal.accepts(word) == automaton.accepts(word),
                              "the minimal automaton accepts the same");
            while (language::next_word(word, automaton.alphabet));
        }
    });
    return 0;
}
