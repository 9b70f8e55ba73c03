#include "attest/base/json.hpp"
#include "language/automaton_file.hpp"
#include "refusal.hpp"

// Automaton files, of any format that is read: the minimal automaton accepts the same short words.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace attest;
    fuzz::reads([&] {
        const language::AutomatonFile file = language::parse_automaton(std::string(fuzz::text(data, size)), "f.json");
        const language::Dfa& automaton = file.automaton;
        const base::Json kept = base::Json::parse(file.source, "f.json");
        fuzz::require(language::read_dfa(base::JsonNode(kept, "f.json")).size() == automaton.size(),
                      "what a certificate keeps is the automaton");
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
