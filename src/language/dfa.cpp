#include "attest/language/dfa.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "base/json_text.hpp"
#include "base/text.hpp"
#include "language/automaton_file.hpp"

namespace attest::language {

Alphabet read_symbols(const base::JsonNode& list) {
    std::vector<std::string> symbols;
    std::vector<std::string> sorted;
    for (const auto& element : list.elements()) {
        symbols.push_back(element.as_string());
        if (base::code_points(symbols.back(), element.where()).size() != 1) element.fail("a symbol of one character");
        if (is_control(symbols.back())) element.fail("a symbol that is no control character");
    }
    if (symbols.empty()) list.fail("at least one symbol");
    sorted = symbols;
    std::sort(sorted.begin(), sorted.end());
    const auto repeated = std::adjacent_find(sorted.begin(), sorted.end());
    if (repeated != sorted.end()) list.fail("distinct symbols", fmt::format("'{}' twice", base::printable(*repeated)));
    return Alphabet(std::move(symbols));
}

namespace {

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

std::vector<std::optional<Dfa::State>> read_row(const base::JsonNode& row, const Alphabet& alphabet,
                                                std::size_t states) {
    std::vector<std::optional<Dfa::State>> targets;
    for (const auto& element : row.elements())
        targets.push_back(element.value().is_null() ? std::nullopt : std::optional(read_state(element, states)));
    if (targets.size() != alphabet.size()) row.fail(fmt::format("{} states, one for each symbol", alphabet.size()));
    return targets;
}

}  // namespace

bool Dfa::accepts(const Word& word) const {
    State state = start;
    for (const Symbol s : word) state = transition[state][s];
    return accepting[state];
}

PartialDfa read_partial_dfa(const base::JsonNode& document) {
    document.allow_keys({"format", "version", "alphabet", "states", "start", "accept", "transitions"});
    if (const auto format = document.at("format"); format.as_string() != "attest/dfa") format.fail("\"attest/dfa\"");
    document.at("version").as_integer(1, 1);

    PartialDfa automaton{read_symbols(document.at("alphabet")), 0, {}, {}};
    // The rows are counted before anything of that size is made, so that a great number alone costs nothing.
    const auto states =
        static_cast<std::size_t>(document.at("states").as_integer(1, static_cast<std::int64_t>(most_states)));
    const auto transitions = document.at("transitions");
    if (transitions.size() != states)
        transitions.fail(fmt::format("{} {}, one for each state", states, states == 1 ? "row" : "rows"));
    automaton.start = read_state(document.at("start"), states);
    automaton.accepting = read_accepting(document.at("accept"), states);
    automaton.next.reserve(states);
    for (const auto& row : transitions.elements()) automaton.next.push_back(read_row(row, automaton.alphabet, states));
    return automaton;
}

Dfa read_dfa(const base::JsonNode& document) {
    PartialDfa partial = read_partial_dfa(document);
    Dfa automaton{std::move(partial.alphabet), partial.start, std::move(partial.accepting), {}};
    for (std::size_t s = 0; s < partial.next.size(); ++s) {
        auto& row = automaton.transition.emplace_back();
        for (const auto& to : partial.next[s]) {
            if (!to) document.at("transitions").elements()[s].fail("a state for each symbol", "null");
            row.push_back(*to);
        }
    }
    return automaton;
}

std::string write_dfa(const Dfa& automaton) {
    std::vector<std::string> symbols, rows;
    std::vector<std::size_t> accept;
    for (const std::string& symbol : automaton.alphabet.symbols()) symbols.push_back(base::json_string(symbol));
    for (std::size_t s = 0; s < automaton.size(); ++s) {
        if (automaton.accepting[s]) accept.push_back(s);
        rows.push_back(fmt::format("[{}]", fmt::join(automaton.transition[s], ",")));
    }
    return fmt::format(
        R"({{"format":"attest/dfa","version":1,"alphabet":[{}],"states":{},"start":{},"accept":[{}],"transitions":[{}]}})"
        "\n",
        fmt::join(symbols, ","), automaton.size(), automaton.start, fmt::join(accept, ","), fmt::join(rows, ","));
}

}  // namespace attest::language
