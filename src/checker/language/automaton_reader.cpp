#include <set>

#include "checker/core/cursor.hpp"
#include "checker/language/language.hpp"

// FORMAT.md, section 3: the automaton of `dfa:language.json`, complete and deterministic as it stands; nothing is added
// to it.

namespace attest::checker {

AutomatonFile read_automaton(std::string_view bytes, const std::string& file, Budget& budget) {
    const Json json = parse_json(bytes, file, budget);
    const Cursor root(json, file + ": ");
    root.only({"format", "version", "alphabet", "states", "start", "accept", "transitions"});
    if (root.at("format").string() != "attest/dfa") root.at("format").fail("\"attest/dfa\" was expected");
    root.at("version").integer(1, 1);

    AutomatonFile result;
    const Cursor alphabet = root.at("alphabet");
    if (alphabet.size() == 0) alphabet.fail("at least one symbol was expected");
    std::set<std::string> seen;
    for (std::size_t a = 0; a < alphabet.size(); ++a) {
        const std::string& symbol = alphabet.item(a).string();
        if (!is_symbol(symbol)) alphabet.item(a).fail("a symbol is one character, no control character");
        if (!seen.insert(symbol).second) alphabet.item(a).fail("the symbol occurs twice");
        result.alphabet.push_back(symbol);
    }

    const Cursor rows = root.at("transitions");
    const std::int64_t states = root.at("states").integer(1, 100000);
    if (rows.size() != static_cast<std::size_t>(states)) rows.fail("one row for each state was expected");
    Automaton& automaton = result.automaton;
    automaton.symbols = result.alphabet.size();
    automaton.start = static_cast<std::size_t>(root.at("start").integer(0, states - 1));
    automaton.accepting.resize(rows.size());
    const Cursor accept = root.at("accept");
    for (std::size_t k = 0; k < accept.size(); ++k) {
        const auto state = static_cast<std::size_t>(accept.item(k).integer(0, states - 1));
        if (automaton.accepting[state]) accept.item(k).fail("the state occurs twice");
        automaton.accepting[state] = true;
    }
    for (std::size_t state = 0; state < rows.size(); ++state) {
        const Cursor row = rows.item(state);
        if (row.size() != automaton.symbols) row.fail("one state for each symbol was expected");
        budget.memory(32 + 8 * row.size());
        auto& targets = automaton.next.emplace_back();
        for (std::size_t a = 0; a < row.size(); ++a)
            targets.push_back(static_cast<std::uint32_t>(row.item(a).integer(0, states - 1)));
    }
    return result;
}

}  // namespace attest::checker
