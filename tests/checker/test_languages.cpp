#include <regex.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "checker/language/language.hpp"
#include "checker/translation/language_circuit.hpp"
#include "checker_support.hpp"
#include "regex_patterns.hpp"

using namespace checker_test;

namespace {

Language language_of(const std::string& text, std::size_t length, const std::vector<Symbol>& open = {"0", "1"},
                     const std::string& file = "") {
    Budget budget = ample();
    return read_language(text, open, length, file, budget);
}

/// How many words the circuit and the definition disagree on.
std::size_t disagreements(const Language& language, std::size_t length, const std::vector<std::size_t>& letters) {
    Budget budget = ample();
    const WordInputs word{letters.size(), length};
    Circuit circuit(word.count(), budget);
    const Literal member = language_literal(circuit, word, language, letters);
    std::size_t count = 0;
    for (const Word& symbols : all_words(letters.size(), length)) {
        Word mapped;
        for (const std::size_t a : symbols) mapped.push_back(letters[a]);
        const bool by_circuit = holds(simulate(circuit, inputs_of(symbols, letters.size())), member);
        if (by_circuit != language.contains(mapped, budget)) ++count;
    }
    return count;
}

/// Members among all words, the words written one after the other.
std::string members(const std::string& text, std::size_t length, const std::vector<Symbol>& open = {"0", "1"}) {
    const Language language = language_of(text, length, open);
    Budget budget = ample();
    std::string result;
    for (const Word& word : all_words(language.alphabet.size(), length)) {
        if (!language.contains(word, budget)) continue;
        for (const std::size_t a : word) result += language.alphabet[a];
        result += " ";
    }
    return result;
}

std::string bad(const std::string& text, std::size_t length = 4) {
    return refusal([&] { language_of(text, length); });
}

}  // namespace

TEST_CASE("Circuits of languages that counters decide agree with the definitions on all words", "[checker]") {
    struct Row {
        const char* text;
        std::size_t longest;
    };
    for (const Row& row : {Row{"anbncn", 7},
                           {"shuffle:1", 8},
                           {"shuffle:2", 6},
                           {"shuffle:3", 4},
                           {"reset-dyck", 7},
                           {"boolexpr:1", 6},
                           {"boolexpr:2", 6},
                           {"boolexpr:3", 5},
                           {"nested:1", 9},
                           {"nested:2", 9}})
        for (std::size_t length = 0; length <= row.longest; ++length) {
            INFO(row.text << " at length " << length);
            const Language language = language_of(row.text, length);
            std::vector<std::size_t> letters(language.alphabet.size());
            for (std::size_t a = 0; a < letters.size(); ++a) letters[a] = a;
            CHECK(disagreements(language, length, letters) == 0);
            CHECK(disagreements(language, length, {1, 0}) == 0);
        }
}

TEST_CASE("Circuits of languages over bits agree with the definitions on all words", "[checker]") {
    const auto text =
        GENERATE(as<std::string>(), "parity", "even", "majority", "first", "last", "all-ones", "contains:1",
                 "contains:0110", "mod:1,0", "mod:2,1", "mod:2,0", "mod:3,2", "mod:5,0", "palindrome", "tomita:1",
                 "tomita:2", "tomita:3", "tomita:4", "tomita:5", "tomita:6", "tomita:7", "regex:(0|1)*11(0|1)*",
                 "regex:(01)*1?", "regex:[01]{2,3}0", "regex:", "regex:.*");
    for (std::size_t length = 0; length <= 8; ++length) {
        INFO(text << " at length " << length);
        CHECK(disagreements(language_of(text, length), length, {0, 1}) == 0);
        CHECK(disagreements(language_of(text, length), length, {1, 0}) == 0);
        CHECK(disagreements(language_of(text, length), length, {1}) == 0);
        if (length <= 5) CHECK(disagreements(language_of(text, length), length, {1, 0, 1}) == 0);
    }
}

TEST_CASE("Circuits of bracket languages agree with the definition on all words", "[checker]") {
    for (std::size_t length = 0; length <= 9; ++length)
        for (const char* text : {"dyck:1", "dyck:1,1", "dyck:1,2", "dyck:1,3"}) {
            INFO(text << " at length " << length);
            CHECK(disagreements(language_of(text, length), length, {0, 1}) == 0);
            CHECK(disagreements(language_of(text, length), length, {1, 0}) == 0);
            CHECK(disagreements(language_of(text, length), length, {0}) == 0);
        }
    for (std::size_t length = 0; length <= 6; ++length)
        for (const char* text : {"dyck:2", "dyck:2,1", "dyck:2,2"}) {
            INFO(text << " at length " << length);
            CHECK(disagreements(language_of(text, length), length, {0, 1, 2, 3}) == 0);
            CHECK(disagreements(language_of(text, length), length, {3, 0, 2, 2, 1}) == 0);
        }
    CHECK(disagreements(language_of("dyck:3", 6), 6, {0, 1, 2, 3, 4, 5}) == 0);
    CHECK(disagreements(language_of("dyck:3,2", 6), 6, {5, 4, 3, 2, 1, 0}) == 0);
}

TEST_CASE("Circuits over larger alphabets agree with the definitions", "[checker]") {
    const std::vector<Symbol> abc = {"a", "b", "c"};
    for (std::size_t length = 0; length <= 6; ++length) {
        CHECK(disagreements(language_of("palindrome", length, abc), length, {0, 1, 2}) == 0);
        CHECK(disagreements(language_of("palindrome", length, {"x"}), length, {0}) == 0);
        CHECK(disagreements(language_of("palindrome", length, {"x", "y"}), length, {0, 1, 1}) == 0);
        CHECK(disagreements(language_of("anbn", length), length, {0, 1}) == 0);
        CHECK(disagreements(language_of("anbn", length), length, {1, 0, 1}) == 0);
        CHECK(disagreements(language_of("contains:abca", length, abc), length, {0, 1, 2}) == 0);
        CHECK(disagreements(language_of("regex:(ab|c)*", length, abc), length, {2, 0, 1}) == 0);
    }
}

TEST_CASE("Circuits of truth tables agree with the tables", "[checker]") {
    CHECK(members("table:6", 2) == "01 10 ");
    CHECK(members("table:8", 0) == " ");
    CHECK(members("table:0", 0).empty());
    CHECK(members("table:4", 1) == "1 ");
    CHECK(members("table:01", 3) == "111 ");
    CHECK(disagreements(language_of("table:6", 2), 2, {0, 1}) == 0);
    CHECK(disagreements(language_of("table:8", 0), 0, {0, 1}) == 0);
    CHECK(disagreements(language_of("table:4", 1), 1, {1, 0}) == 0);
    CHECK(disagreements(language_of("table:1E96a7Cf", 5), 5, {0, 1}) == 0);
    CHECK(disagreements(language_of("table:1E96a7Cf", 5), 5, {1, 1, 0}) == 0);
    CHECK(disagreements(language_of("table:1E96a7Cf", 5), 5, {1}) == 0);
    CHECK(disagreements(language_of("table:00000000", 5), 5, {0, 1}) == 0);
    CHECK(!bad("table:6", 3).empty());
    CHECK(!bad("table:66", 2).empty());
    CHECK(!bad("table:", 2).empty());
    CHECK(!bad("table:2", 1).empty());
    CHECK(!bad("table:4", 0).empty());
    CHECK(!bad("table:g", 2).empty());
}

TEST_CASE("Definitions say what the table of languages says", "[checker]") {
    CHECK(members("parity", 2) == "01 10 ");
    CHECK(members("even", 0) == " ");
    CHECK(members("majority", 3) == "011 101 110 111 ");
    CHECK(members("majority", 2) == "11 ");
    CHECK(members("first", 2) == "10 11 ");
    CHECK(members("last", 2) == "01 11 ");
    CHECK(members("all-ones", 0) == " ");
    CHECK(members("contains:01", 3) == "001 010 011 101 ");
    CHECK(members("dyck:1", 4) == "(()) ()() ");
    CHECK(members("dyck:1,1", 4) == "()() ");
    CHECK(members("dyck:2", 2) == "() [] ");
    CHECK(members("palindrome", 3) == "000 010 101 111 ");
    CHECK(members("anbn", 4) == "aabb ");
    CHECK(members("tomita:2", 4) == "1010 ");
    CHECK(members("tomita:3", 3) == "000 001 011 100 110 111 ");
    CHECK(members("tomita:4", 3) == "001 010 011 100 101 110 111 ");
    CHECK(members("tomita:6", 2) == "01 10 ");
    CHECK(members("tomita:7", 4).find("1010") == std::string::npos);
}

/// The regular expressions of the system, as a second opinion.
class SystemRegex {
  public:
    explicit SystemRegex(const std::string& pattern) {
        if (regcomp(&compiled_, ("^(" + pattern + ")$").c_str(), REG_EXTENDED | REG_NOSUB) != 0)
            throw std::runtime_error("the system refuses " + pattern);
    }
    SystemRegex(const SystemRegex&) = delete;
    SystemRegex& operator=(const SystemRegex&) = delete;
    ~SystemRegex() { regfree(&compiled_); }
    bool matches(const std::string& text) const { return regexec(&compiled_, text.c_str(), 0, nullptr, 0) == 0; }

  private:
    regex_t compiled_{};
};

TEST_CASE("Regular expressions match like the system's", "[checker]") {
    using Pair = std::pair<std::string, std::string>;  // the pattern, and how the system writes it
    const auto same = [](const char* pattern) { return Pair(pattern, pattern); };
    for (const auto& [pattern, system] :
         {same("a|b"), same("(a|b)*abb"), same("a{2}b{1,}"), same("(ab?){2,3}"), same("(a|)(b|)"), same("[^a]*"),
          same("[a-b]c*"), same("((a*)*b)*"), Pair("(?:ab|ba)+c?", "(ab|ba)+c?"), same(".{3}"), Pair("a{0}b", "b"),
          same("(a{0,2}b){1,2}"), same("(a|b{2}){2,}c"), same("[ac]*b[^b]"), Pair("", "(a{0})")}) {
        const Language language = language_of("regex:" + pattern, 0, {"a", "b", "c"});
        const SystemRegex second(system);
        Budget budget = ample();
        for (std::size_t length = 0; length <= 5; ++length)
            for (const Word& word : all_words(3, length)) {
                std::string text;
                for (const std::size_t a : word) text += static_cast<char>('a' + a);
                INFO(pattern << " on " << text);
                CHECK(language.contains(word, budget) == second.matches(text));
                CHECK(language.automaton->accepts(word) == second.matches(text));
            }
    }
}

TEST_CASE("Patterns of the shared table are accepted and refused", "[checker]") {
    for (const attest::tests::Pattern& pattern : attest::tests::patterns()) {
        INFO(pattern.text);
        const std::vector<Symbol> alphabet = pattern.alphabet();
        const std::string why = refusal([&] { language_of("regex:" + pattern.text, 0, alphabet); });
        INFO(why);
        CHECK(why.empty() == pattern.accepted);
        if (!pattern.accepted || !why.empty()) continue;
        const Language language = language_of("regex:" + pattern.text, 0, alphabet);
        const auto accepts = [&](const std::string& text) {
            Word word;
            for (const char c : text)
                word.push_back(static_cast<std::size_t>(std::find(alphabet.begin(), alphabet.end(), std::string(1, c)) -
                                                        alphabet.begin()));
            return language.automaton->accepts(word);
        };
        CHECK(accepts(pattern.matches));
        CHECK_FALSE(accepts(pattern.other));
    }
}

TEST_CASE("Texts that are no language are refused", "[checker]") {
    for (const char* text : {"",
                             "Parity",
                             "parity ",
                             "mod:0,0",
                             "mod:3,3",
                             "mod:3",
                             "mod:3,-1",
                             "mod:03,1",
                             "mod:4097,1",
                             "dyck:0",
                             "dyck:31",
                             "dyck:1,0",
                             "dyck:",
                             "dyck:1,",
                             "tomita:0",
                             "tomita:8",
                             "tomita:",
                             "contains:",
                             "contains:2",
                             "dfa:other.json",
                             "dfa:../language.json",
                             "regex:2",
                             "regex:(",
                             "regex:)",
                             "regex:*",
                             "regex:a{",
                             "regex:0{2,1}",
                             "regex:0{1001}",
                             "regex:[0",
                             "regex:[]",
                             "regex:[1-0]",
                             "regex:\\",
                             "regex:(?=0)",
                             "regex:^0$",
                             "regex:]",
                             "regex:(0{1000}){1000}",
                             "regex:(0|1)*1(0|1){20}"}) {
        INFO(text);
        CHECK(!bad(text).empty());
    }
    CHECK(!bad("regex:" + std::string(100000, '(')).empty());
    CHECK(!bad("regex:0" + std::string(100000, '*')).empty());
}

TEST_CASE("Automaton files are read or refused", "[checker]") {
    const std::string good =
        R"({"format": "attest/dfa", "version": 1, "alphabet": ["x", "y"], "states": 3, "start": 2,
                                 "accept": [0], "transitions": [[0, 1], [1, 0], [0, 1]]})";
    const Language language = language_of("dfa:language.json", 3, {}, good);
    CHECK(language.automaton->states() == 3);
    CHECK(language.automaton->start == 0);
    for (std::size_t length = 0; length <= 5; ++length) CHECK(disagreements(language, length, {0, 1}) == 0);

    const auto damaged = [&](const std::string& from, const std::string& to) {
        std::string text = good;
        text.replace(text.find(from), from.size(), to);
        return refusal([&] { language_of("dfa:language.json", 3, {}, text); });
    };
    CHECK(!damaged("\"version\": 1", "\"version\": 2").empty());
    CHECK(!damaged("attest/dfa", "attest/model").empty());
    CHECK(!damaged("\"y\"", "\"x\"").empty());
    CHECK(!damaged("\"y\"", "\"yy\"").empty());
    CHECK(!damaged("\"states\": 3", "\"states\": 4").empty());
    CHECK(!damaged("\"states\": 3", "\"states\": 3.0").empty());
    CHECK(!damaged("\"start\": 2", "\"start\": 3").empty());
    CHECK(!damaged("\"accept\": [0]", "\"accept\": [3]").empty());
    CHECK(!damaged("[1, 0]", "[1]").empty());
    CHECK(!damaged("[1, 0]", "[1, -1]").empty());
    CHECK(!damaged("\"start\"", "\"Start\"").empty());
}

TEST_CASE("The minimal automaton is minimal and numbered by first visit", "[checker]") {
    CHECK(language_of("mod:4,1", 0).automaton->states() == 4);
    CHECK(language_of("mod:1,0", 0).automaton->states() == 1);
    CHECK(language_of("regex:(0|1)*", 0).automaton->states() == 1);
    CHECK(language_of("regex:(00|01|10|11)*", 0).automaton->states() == 2);
    CHECK(language_of("contains:0110", 0).automaton->states() == 5);
    CHECK(language_of("tomita:3", 0).automaton->states() == 5);
    CHECK(language_of("regex:0*(10*10*)*", 0).automaton->next == language_of("even", 0).automaton->next);
    const Automaton last = *language_of("last", 0).automaton;
    CHECK(last.next == std::vector<std::vector<std::uint32_t>>{{0, 1}, {0, 1}});
}
