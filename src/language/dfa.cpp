#include "attest/language/dfa.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "attest/base/text.hpp"

namespace attest::language {

namespace {

Alphabet read_alphabet(const base::JsonNode& list) {
    std::vector<std::string> symbols;
    std::vector<std::string> sorted;
    for (const auto& element : list.elements()) {
        symbols.push_back(element.as_string());
        if (base::code_points(symbols.back(), element.where()).size() != 1)
            element.fail("a symbol of one character");
        if (is_control(symbols.back())) element.fail("a symbol that is no control character");
    }
    if (symbols.empty()) list.fail("at least one symbol");
    sorted = symbols;
    std::sort(sorted.begin(), sorted.end());
    const auto repeated = std::adjacent_find(sorted.begin(), sorted.end());
    if (repeated != sorted.end())
        list.fail("distinct symbols", fmt::format("'{}' twice", base::printable(*repeated)));
    return Alphabet(std::move(symbols));
}

Dfa::State read_state(const base::JsonNode& node, std::size_t states) {
    return static_cast<Dfa::State>(node.as_integer(0, static_cast<std::int64_t>(states) - 1));
}

std::vector<bool> read_accepting(const base::JsonNode& list, std::size_t states) {
    std::vector<bool> accepting(states, false);
    for (const auto& element : list.elements()) {
        const auto state = read_state(element, states);
        if (accepting[state]) element.fail("each state once", fmt::format("{} again", state));
        accepting[state] = true;
    }
    return accepting;
}

std::vector<Dfa::State> read_row(const base::JsonNode& row, const Alphabet& alphabet, std::size_t states) {
    std::vector<Dfa::State> targets;
    for (const auto& element : row.elements()) targets.push_back(read_state(element, states));
    if (targets.size() != alphabet.size())
        row.fail(fmt::format("{} states, one for each symbol", alphabet.size()));
    return targets;
}

}  // namespace

bool Dfa::accepts(const Word& word) const {
    State state = start;
    for (const Symbol s : word) state = transition[state][s];
    return accepting[state];
}

Dfa read_dfa(const base::JsonNode& document) {
    document.allow_keys({"format", "version", "alphabet", "states", "start", "accept", "transitions"});
    if (const auto format = document.at("format"); format.as_string() != "attest/dfa")
        format.fail("\"attest/dfa\"");
    document.at("version").as_integer(1, 1);

    Dfa automaton{read_alphabet(document.at("alphabet")), 0, {}, {}};
    // The rows are counted before anything of that size is made, so that a great number alone costs nothing.
    const auto states = static_cast<std::size_t>(document.at("states").as_integer(1, 100000));
    const auto transitions = document.at("transitions");
    if (transitions.size() != states)
        transitions.fail(fmt::format("{} {}, one for each state", states, states == 1 ? "row" : "rows"));
    automaton.start = read_state(document.at("start"), states);
    automaton.accepting = read_accepting(document.at("accept"), states);
    automaton.transition.reserve(states);
    for (const auto& row : transitions.elements())
        automaton.transition.push_back(read_row(row, automaton.alphabet, states));
    return automaton;
}

}  // namespace attest::language
