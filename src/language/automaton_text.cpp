#include <fmt/format.h>

#include <map>

#include "attest/base/error.hpp"
#include "base/text.hpp"
#include "language/automaton_file.hpp"

// Automata as other programs read them.

namespace attest::language {

namespace {

/// In quotation marks, as both HOA and DOT have strings.
std::string quoted_text(const std::string& text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') result += '\\';
        result += c;
    }
    return result + "\"";
}

bool is_zero_one(const Alphabet& alphabet) { return alphabet.symbols() == std::vector<std::string>{"0", "1"}; }

/// Of the one proposition that holds at the symbol 1, or of one for each symbol.
std::string label_of(const Alphabet& alphabet, Symbol a) {
    if (is_zero_one(alphabet)) return a == 1 ? "0" : "!0";
    std::string label;
    for (Symbol p = 0; p < alphabet.size(); ++p)
        label += fmt::format("{}{}{}", p == 0 ? "" : "&", p == a ? "" : "!", p);
    return label;
}

std::string propositions_of(const Alphabet& alphabet) {
    if (is_zero_one(alphabet)) return "1 \"1\"";
    if (alphabet.size() < 2) throw base::Unsupported("an alphabet of one symbol is not written as HOA");
    std::string list = std::to_string(alphabet.size());
    for (const std::string& symbol : alphabet.symbols()) {
        if (base::code_points(symbol, "alphabet").size() != 1)
            throw base::Unsupported(
                fmt::format("the symbol '{}' of several characters is not written as HOA", base::printable(symbol)));
        list += " " + quoted_text(symbol);
    }
    return list;
}

}  // namespace

std::string write_hoa(const Dfa& automaton, const std::string& name) {
    const Alphabet& alphabet = automaton.alphabet;
    std::string text = fmt::format(
        "HOA: v1\nname: {}\nStates: {}\nStart: {}\nAP: {}\nacc-name: Buchi\nAcceptance: 1 Inf(0)\n"
        "properties: trans-labels explicit-labels state-acc deterministic\n--BODY--\n",
        quoted_text(base::printable(name)), automaton.size(), automaton.start, propositions_of(alphabet));
    for (Dfa::State q = 0; q < automaton.size(); ++q) {
        text += fmt::format("State: {}{}\n", q, automaton.accepting[q] ? " {0}" : "");
        for (Symbol a = 0; a < alphabet.size(); ++a)
            text += fmt::format("[{}] {}\n", label_of(alphabet, a), automaton.transition[q][a]);
    }
    return text + "--END--\n";
}

std::string write_dot(const Dfa& automaton, const std::string& name) {
    std::string text =
        fmt::format("digraph {} {{\n  rankdir=LR;\n  node [shape=circle];\n  start [shape=point];\n  start -> {};\n",
                    quoted_text(base::printable(name)), automaton.start);
    for (Dfa::State q = 0; q < automaton.size(); ++q)
        if (automaton.accepting[q]) text += fmt::format("  {} [shape=doublecircle];\n", q);
    for (Dfa::State q = 0; q < automaton.size(); ++q) {
        std::map<Dfa::State, std::string> labels;
        for (Symbol a = 0; a < automaton.alphabet.size(); ++a) {
            std::string& label = labels[automaton.transition[q][a]];
            label += (label.empty() ? "" : " ") + base::printable(automaton.alphabet.symbol(a));
        }
        for (const auto& [to, label] : labels)
            text += fmt::format("  {} -> {} [label={}];\n", q, to, quoted_text(label));
    }
    return text + "}\n";
}

}  // namespace attest::language
