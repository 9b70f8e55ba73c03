#include <catch2/catch.hpp>

#include "attest/base/error.hpp"
#include "base/random.hpp"
#include "language/automaton_file.hpp"
#include "seed.hpp"
#include "words.hpp"

// Automaton files of other formats, and partial ones: the same language as the automaton that they were written from.

namespace attest::language {

using Catch::Contains;

namespace {

std::string refusal(const std::string& text) {
    try {
        (void)parse_automaton(text, "f");
    } catch (const base::InputError& error) {
        return error.what();
    }
    return "accepted";
}

PartialDfa random_automaton(base::Random& random) {
    PartialDfa a{
        Alphabet(random.chance(1, 2) ? std::vector<std::string>{"0", "1"} : std::vector<std::string>{"a", "b", "c"}),
        0,
        {},
        {}};
    const std::size_t states = 1 + random.below(5);
    a.start = static_cast<Dfa::State>(random.below(states));
    for (std::size_t s = 0; s < states; ++s) {
        a.accepting.push_back(random.chance(1, 2));
        auto& row = a.next.emplace_back();
        for (std::size_t c = 0; c < a.alphabet.size(); ++c)
            row.push_back(random.chance(1, 5) ? std::nullopt
                                              : std::optional(static_cast<Dfa::State>(random.below(states))));
    }
    return a;
}

bool accepts(const PartialDfa& a, const Word& word) {
    std::optional<Dfa::State> state = a.start;
    for (const Symbol s : word)
        if (state) state = a.next[*state][s];
    return state && a.accepting[*state];
}

/// One proposition for two symbols, one a symbol for more; formulas written in one way or another.
std::string as_hoa(const PartialDfa& a, base::Random& random) {
    const bool bits = a.alphabet.size() == 2;
    std::string text = "HOA: v1 /* a /* nested */ comment */\nname: \"it\\\"s\"\ntool: \"none\" \"1\"\nStart: " +
                       std::to_string(a.start);
    if (random.chance(1, 2)) text += "\nStates: " + std::to_string(a.next.size());
    text += bits ? "\nAP: 1 \"p\"" : "\nAP: 3 \"a\" \"b\" \"c\"";
    text += bits ? "\nAlias: @on 0" : "\nAlias: @b !0 & 1&!2";
    text += "\nacc-name: Buchi\nAcceptance: 1 Inf(0)\nproperties: trans-labels state-acc deterministic\n--BODY--\n";
    const auto label = [&](std::size_t c) -> std::string {
        if (bits) return c == 1 ? (random.chance(1, 2) ? "@on" : "0&t") : (random.chance(1, 2) ? "!@on" : "!(0|f)");
        if (c == 1 && random.chance(1, 2)) return "@b";
        return random.chance(1, 2) ? std::to_string(c) : c == 0 ? "!1 & !2" : c == 1 ? "(1)" : "!(0 | 1)";
    };
    for (std::size_t s = a.next.size(); s-- > 0;) {
        text += "State: " + std::to_string(s) + (random.chance(1, 2) ? " \"q\"" : "") + (a.accepting[s] ? " {0}" : "") +
                "\n";
        for (std::size_t c = 0; c < a.alphabet.size(); ++c)
            if (a.next[s][c]) text += "  [" + label(c) + "] " + std::to_string(*a.next[s][c]) + "\n";
    }
    return text + "--END--\n";
}

std::string as_automata_lib(const PartialDfa& a) {
    const auto name = [](std::size_t s) { return "\"q" + std::to_string(s) + "\""; };
    std::string states, symbols, finals, transitions;
    const auto add = [](std::string& list, const std::string& item) { list += (list.empty() ? "" : ", ") + item; };
    for (const std::string& symbol : a.alphabet.symbols()) add(symbols, "\"" + symbol + "\"");
    for (std::size_t s = 0; s < a.next.size(); ++s) {
        add(states, name(s));
        if (a.accepting[s]) add(finals, name(s));
        std::string row;
        for (std::size_t c = 0; c < a.alphabet.size(); ++c)
            if (a.next[s][c]) add(row, "\"" + a.alphabet.symbol(static_cast<Symbol>(c)) + "\": " + name(*a.next[s][c]));
        add(transitions, name(s) + ": {" + row + "}");
    }
    return "{\"states\": [" + states + "], \"input_symbols\": [" + symbols + "], \"transitions\": {" + transitions +
           "}, \"initial_state\": " + name(a.start) + ", \"final_states\": [" + finals + "], \"allow_partial\": true}";
}

std::string as_partial(const PartialDfa& a) {
    std::string symbols, accept, rows;
    const auto add = [](std::string& list, const std::string& item) { list += (list.empty() ? "" : ", ") + item; };
    for (const std::string& symbol : a.alphabet.symbols()) add(symbols, "\"" + symbol + "\"");
    for (std::size_t s = 0; s < a.next.size(); ++s) {
        if (a.accepting[s]) add(accept, std::to_string(s));
        std::string row;
        for (const auto& to : a.next[s]) add(row, to ? std::to_string(*to) : "null");
        add(rows, "[" + row + "]");
    }
    return R"({"format": "attest/dfa", "version": 1, "alphabet": [)" + symbols +
           "], \"states\": " + std::to_string(a.next.size()) + ", \"start\": " + std::to_string(a.start) +
           ", \"accept\": [" + accept + "], \"transitions\": [" + rows + "]}";
}

const std::string hoa_head = "HOA: v1\nStates: 2\nStart: 0\nAP: 1 \"p\"\nAcceptance: 1 Inf(0)\n";

}  // namespace

TEST_CASE("automata in other formats, and partial ones, keep their language", "[language]") {
    const std::uint64_t seed = tests::seed();
    std::size_t partial = 0;
    for (std::uint64_t k = 0; k < 200; ++k) {
        base::Random random(seed + 500 + k);
        const PartialDfa a = random_automaton(random);
        for (const std::string& text : {as_hoa(a, random), as_automata_lib(a), as_partial(a)}) {
            CAPTURE(seed, k, text);
            const AutomatonFile file = parse_automaton(text, "f");
            REQUIRE(file.automaton.alphabet == a.alphabet);
            // What a certificate keeps is complete, and the same automaton.
            const base::Json document = base::Json::parse(file.source, "f");
            const Dfa again = read_dfa(base::JsonNode(document, "f"));
            partial += file.automaton.size() > a.next.size() ? 1 : 0;
            for (std::uint64_t length = 0; length <= 4; ++length) {
                Word word(length, 0);
                do {
                    REQUIRE(file.automaton.accepts(word) == accepts(a, word));
                    REQUIRE(again.accepts(word) == accepts(a, word));
                } while (next_word(word, a.alphabet));
            }
        }
    }
    CHECK(partial > 100);
}

TEST_CASE("a file of attest/dfa is kept as it is, all else is said in a note", "[language]") {
    const std::string own =
        R"({"format": "attest/dfa", "version": 1, "alphabet": ["0"], "states": 1, "start": 0, "accept": [0],   "transitions": [[0]]})";
    CHECK(parse_automaton(own, "f").source == own);
    CHECK(parse_automaton(own, "f").notes.empty());
    const AutomatonFile partial = parse_automaton(
        R"({"format": "attest/dfa", "version": 1, "alphabet": ["0", "1"], "states": 2, "start": 0, "accept": [1], "transitions": [[0, 1], [1, null]]})",
        "f");
    CHECK(partial.notes ==
          std::vector<std::string>{
              "the automaton is partial: 1 transition that is missing leads to a sink, state 2, which never accepts"});
    CHECK(partial.automaton.size() == 3);
    const AutomatonFile hoa =
        parse_automaton(hoa_head + "--BODY--\nState: 0\n0 1\nState: 1 {0}\n[t] 1\n--END--\n", "f");
    REQUIRE(hoa.notes.size() == 3);
    CHECK(hoa.notes[0] == "f is read as HOA");
    CHECK(hoa.automaton.accepts({1}));  // edges without formulas are for the letters in order
    CHECK_FALSE(hoa.automaton.accepts({0}));
    CHECK(hoa.automaton.accepts({1, 0, 1}));
}

TEST_CASE("formats that are not read are told by name", "[language]") {
    CHECK(refusal("digraph G { a -> b }") ==
          "f: expected an automaton as attest/dfa, HOA or JSON of automata-lib, found DOT, which is drawn and says "
          "nothing of start and acceptance");
    CHECK_THAT(refusal("// drawn\nstrict digraph { }"), Contains("found DOT"));
    CHECK_THAT(refusal("<?xml version=\"1.0\"?><!-- JFLAP --><structure><type>fa</type></structure>"),
               Contains("found JFLAP"));
    CHECK_THAT(refusal("<automaton/>"), Contains("found XML"));
    CHECK_THAT(refusal("@NFA-explicit"), Contains("found MATA"));
    CHECK_THAT(refusal("never { }"), Contains("found a never claim of SPIN"));
}

TEST_CASE("HOA that is no automaton of finite words is refused at its line", "[language]") {
    const auto with = [](const std::string& body) { return hoa_head + "--BODY--\n" + body + "--END--\n"; };
    CHECK(refusal(with("State: 0\n[0] 1\n[t] 0\nState: 1\n")) ==
          "f:9: expected a deterministic automaton, found two edges on '1' from state 0");
    CHECK_THAT(refusal(with("State: 0\n[0] 1 {0}\n")), Contains("f:8: expected acceptance by states"));
    CHECK_THAT(refusal(with("State: 0\n[0] 1&0\n")), Contains("alternating"));
    CHECK_THAT(refusal(with("State: 0\n[1] 1\n")), Contains("an atomic proposition from 0 to 0"));
    CHECK_THAT(refusal(with("State: 0\n[0] 2\n")), Contains("a state below 2"));
    CHECK_THAT(refusal(with("State: 0\n1\n")), Contains("state 0 to have 2^1 edges"));
    CHECK_THAT(refusal(with("State: 0\nState: 0\n")), Contains("each state once"));
    CHECK_THAT(refusal(with("State: 0 {1}\n")), Contains("an acceptance set from 0 to 0"));
    CHECK_THAT(refusal(with("State: [0] 0\n[0] 1\n")), Contains("not at both"));
    CHECK_THAT(refusal(with("State: 0\n[@x] 1\n")), Contains("an alias that was defined before"));
    CHECK_THAT(refusal(with("State: 0\n[(0] 1\n")), Contains("expected ')'"));
    CHECK_THAT(refusal(with("State: 0\n[" + std::string(100000, '!') + "0] 1\n")), Contains("nested at most"));
    CHECK_THAT(refusal(with("State: 0\n") + "HOA: v1\n"), Contains("one automaton in the file"));
    CHECK_THAT(refusal(hoa_head + "--BODY--\nState: 0\n"), Contains("--END--"));
    CHECK_THAT(refusal(hoa_head + "Fairness: 1\n--BODY--\n--END--\n"), Contains("'Fairness:'"));
    CHECK_THAT(refusal(hoa_head + "Start: 1\n--BODY--\n--END--\n"), Contains("one initial state"));
    CHECK_THAT(refusal("HOA: v2\n"), Contains("version v1"));
    CHECK_THAT(refusal("HOA: v1\nAP: 1 \"p\"\nStart: 0\nAcceptance: 2 Inf(0)&Inf(1)\n--BODY--\n--END--\n"),
               Contains("'2 Inf(0)&Inf(1)'"));
    CHECK_THAT(refusal("HOA: v1\nAP: 2 \"p\" \"request\"\n"), Contains("one character each"));
    CHECK_THAT(refusal("HOA: v1\nAP: 0\n"), Contains("at least one atomic proposition"));
    CHECK_THAT(refusal("HOA: v1\nAP: 2 \"p\" \"p\"\n"), Contains("'p' twice"));
    CHECK_THAT(refusal("HOA: v1\nAP: 1 \"p\"\nAcceptance: 0 t\n--BODY--\n--END--\n"), Contains("'Start:'"));
    CHECK_THAT(refusal("HOA: v1 /* open\n"), Contains("'*/'"));
    CHECK_THAT(refusal("HOA: v1\nname: \"open\n"), Contains("at the end of a string"));
}

TEST_CASE("JSON of automata-lib that is no DFA is refused at its place", "[language]") {
    const auto with = [](const std::string& transitions) {
        return R"({"states": ["p", "q"], "input_symbols": ["0", "1"], "initial_state": "p", "final_states": ["q"], "transitions": {)" +
               transitions + "}}";
    };
    CHECK(refusal(with(R"("p": {"0": ["q"]})")) ==
          "f:transitions.p.0: expected a deterministic automaton, with one state here, found a list, as an NFA has it");
    CHECK_THAT(refusal(with(R"("p": {"": "q"})")), Contains("an empty move, as an NFA has it"));
    CHECK_THAT(refusal(with(R"("p": {"2": "q"})")), Contains("a symbol of input_symbols"));
    CHECK_THAT(refusal(with(R"("r": {})")), Contains("a state of the list, found 'r'"));
    CHECK_THAT(refusal(with(R"("p": {"0": "r"})")), Contains("a state of the list, found 'r'"));
    CHECK_THAT(
        refusal(
            R"({"states": ["p", "p"], "input_symbols": ["0"], "initial_state": "p", "final_states": [], "transitions": {}})"),
        Contains("each state once"));
    CHECK_THAT(
        refusal(
            R"({"states": ["p"], "input_symbols": ["00"], "initial_state": "p", "final_states": [], "transitions": {}})"),
        Contains("input_symbols[0]: expected a symbol of one character"));
    CHECK_THAT(
        refusal(
            R"({"states": [], "input_symbols": ["0"], "initial_state": "p", "final_states": [], "transitions": {}})"),
        Contains("1 to 100000 states"));
    const AutomatonFile numbers = parse_automaton(
        R"({"states": [0, 1], "input_symbols": ["0"], "initial_state": 0, "final_states": [1], "transitions": {"0": {"0": 1}, "1": {"0": 0}}})",
        "f");
    CHECK(numbers.automaton.accepts({0}));
}

}  // namespace attest::language
