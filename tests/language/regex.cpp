#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "attest/base/error.hpp"
#include "regex_patterns.hpp"
#include "words.hpp"

namespace attest::language {

using namespace test;

namespace {

void check_against_standard(const std::string& pattern, const Alphabet& alphabet, std::size_t greatest_length) {
    CAPTURE(pattern);
    const Dfa automaton = parse_regex(pattern, alphabet, "p");
    REQUIRE(all_distinguishable(automaton));
    REQUIRE(numbered_breadth_first(automaton));
    const std::regex standard(pattern);
    for_each_word(alphabet, greatest_length, [&](const Word& word) {
        const std::string spelled = alphabet.spell(word);
        CAPTURE(spelled);
        REQUIRE(automaton.accepts(word) == std::regex_match(spelled, standard));
    });
}

/// A pattern together with its meaning: where a match that starts at a position may end.
struct Meaning {
    std::string pattern;
    std::function<std::set<std::size_t>(const std::string&, std::size_t)> ends;
};

Meaning random_symbol(base::Random& random) {
    static const std::vector<std::pair<std::string, std::string>> sets = {
        {"a", "a"},     {"b", "b"},     {"c", "c"},      {"[a]", "a"},    {".", "abc"},
        {"[ab]", "ab"}, {"[^a]", "bc"}, {"[b-z]", "bc"}, {"[^a-b]", "c"}, {"[x-z]", ""}};
    const auto [pattern, members] = sets[random.below(sets.size())];
    return {pattern, [members = members](const std::string& word, std::size_t at) -> std::set<std::size_t> {
                if (at < word.size() && members.find(word[at]) != std::string::npos) return {at + 1};
                return {};
            }};
}

Meaning repeated(const Meaning& body, std::size_t least, std::size_t most, const std::string& sign) {
    return {"(" + body.pattern + ")" + sign, [=](const std::string& word, std::size_t at) {
                std::set<std::size_t> now{at};
                std::set<std::size_t> all;
                for (std::size_t i = 0; i <= most && !now.empty(); ++i) {
                    if (i >= least) all.insert(now.begin(), now.end());
                    std::set<std::size_t> next;
                    for (const std::size_t from : now) next.merge(body.ends(word, from));
                    now = next;
                }
                return all;
            }};
}

Meaning random_pattern(base::Random& random, std::size_t depth) {
    constexpr std::size_t unbounded = 6;  // more than the words of the test are long
    if (depth == 0)
        return random.chance(1, 12)
                   ? Meaning{"()", [](const std::string&, std::size_t at) { return std::set<std::size_t>{at}; }}
                   : random_symbol(random);
    const Meaning left = random_pattern(random, depth - 1);
    switch (random.below(6)) {
        case 0: {
            const Meaning right = random_pattern(random, depth - 1);
            return {"(?:" + left.pattern + "|" + right.pattern + ")", [=](const std::string& word, std::size_t at) {
                        auto ends = left.ends(word, at);
                        ends.merge(right.ends(word, at));
                        return ends;
                    }};
        }
        case 1: return repeated(left, 0, unbounded, "*");
        case 2: return random.chance(1, 2) ? repeated(left, 1, unbounded, "+") : repeated(left, 0, 1, "?");
        case 3: {
            const std::size_t least = random.below(3);
            if (random.chance(1, 3)) return repeated(left, least, least + unbounded, fmt::format("{{{},}}", least));
            if (random.chance(1, 2)) return repeated(left, least, least, fmt::format("{{{}}}", least));
            const std::size_t most = least + random.below(3);
            return repeated(left, least, most, fmt::format("{{{},{}}}", least, most));
        }
        default: {
            const Meaning right = random_pattern(random, depth - 1);
            return {left.pattern + right.pattern, [=](const std::string& word, std::size_t at) {
                        std::set<std::size_t> ends;
                        for (const std::size_t middle : left.ends(word, at)) ends.merge(right.ends(word, middle));
                        return ends;
                    }};
        }
    }
}

std::string refusal(const std::string& pattern, std::size_t most_states = 100000) {
    try {
        parse_regex(pattern, Alphabet({"0", "1"}), "p", most_states);
    } catch (const base::InputError& error) {
        return std::string("input: ") + error.what();
    } catch (const base::Unsupported& error) {
        return std::string("unsupported: ") + error.what();
    }
    return "accepted";
}

}  // namespace

TEST_CASE("patterns match as the standard library's", "[language]") {
    std::istringstream patterns(R"list(
        0 01 0|1 0* (01)* 0*1*0*1* (0|11)* (0|1)*1 .*11.* 0?1?0? (0+1+)+ 0{3} 0{2,4} (01){1,2}1 0{2,}1
        (0|) (|0)1 () (?:01|10)* [01]* [^0]1* [0-9]{3} [^0-9] (0*)* (0*1*)* ((0|1)(0|1))* (0?){3}
        (0?1?){2,3} 0{0} (01){0}1 0{0,0}1 (0|1(01*0)*1)* .{3} .{2,} (1|0(1|0))* (.0)*|(.1)* (0{2}){2}
        (0{1,2}){2,} 1|0|01|10)list");
    check_against_standard("", Alphabet({"0", "1"}), 7);
    for (std::string pattern; patterns >> pattern;) check_against_standard(pattern, Alphabet({"0", "1"}), 7);
}

TEST_CASE("patterns over symbols that mean something elsewhere", "[language]") {
    const Alphabet signs({"*", "-", "]", "^"});
    for (const char* pattern : {"\\**", "[*]-", "[-*]*", "[*-]*", "[\\]^]*", "[^\\]]+", "[*--]*", "(\\^|-)*",
                                "[*-\\]]*", "[\\^]", "[^^]-", "[*\\-]"})
        check_against_standard(pattern, signs, 4);
}

TEST_CASE("a backslash lets a sign stand for itself", "[language]") {
    const Alphabet alphabet({"0", "_", "\\", "("});
    const Dfa automaton = parse_regex("0[\\_]\\\\\\(", alphabet, "p");
    CHECK(automaton.accepts(alphabet.parse("0_\\(", "w")));
    CHECK(automaton.size() == 6);
}

TEST_CASE("patterns of the shared table are accepted and refused", "[language]") {
    for (const tests::Pattern& pattern : tests::patterns()) {
        CAPTURE(pattern.text);
        const Alphabet alphabet(pattern.alphabet());
        if (!pattern.accepted) {
            CHECK_THROWS_AS(parse_regex(pattern.text, alphabet, "p"), base::InputError);
            continue;
        }
        const Dfa automaton = parse_regex(pattern.text, alphabet, "p");
        CHECK(automaton.accepts(alphabet.parse(pattern.matches, "w")));
        CHECK_FALSE(automaton.accepts(alphabet.parse(pattern.other, "w")));
    }
}

TEST_CASE("what means something else elsewhere is refused with what to write", "[language]") {
    CHECK(refusal("0\\d") ==
          "input: p:2: '\\d' means something else in other dialects, and nothing here: a digit is written [0-9]; the "
          "symbol is written 'd'");
    CHECK(refusal("[0\\w]").find("p:3: '\\w' means something else in other dialects, and nothing here: a letter, digit "
                                 "or _ is written [A-Za-z0-9_]") != std::string::npos);
    CHECK(refusal("(0)\\1").find("there are no back-references; the symbol is written '1'") != std::string::npos);
    CHECK(refusal("\\b0").find("there are no anchors; the symbol is written 'b'") != std::string::npos);
    CHECK(refusal("\\x30").find("the character itself is written") != std::string::npos);
    CHECK(refusal("0{01}").find("a count without leading zeros") != std::string::npos);
}

TEST_CASE("the symbols of a pattern are code points", "[language]") {
    const Alphabet greek({"α", "β", "γ", "😀"});
    const Dfa automaton = parse_regex("[α-β]*(😀|.γ)", greek, "p");
    CHECK(automaton.accepts(greek.parse("αβα😀", "w")));
    CHECK(automaton.accepts(greek.parse("αβ😀γ", "w")));
    CHECK(!automaton.accepts(greek.parse("αβα", "w")));
    CHECK(!automaton.accepts(greek.parse("γα😀", "w")));
}

TEST_CASE("random patterns match as they mean", "[language]") {
    const Alphabet abc = letters(3);
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        base::Random random(seed);
        const Meaning meaning = random_pattern(random, 1 + random.below(4));
        CAPTURE(seed, meaning.pattern);
        const Dfa automaton = parse_regex(meaning.pattern, abc, "p");
        REQUIRE(all_distinguishable(automaton));
        for_each_word(abc, 5, [&](const Word& word) {
            const std::string spelled = abc.spell(word);
            CAPTURE(spelled);
            REQUIRE(automaton.accepts(word) == (meaning.ends(spelled, 0).count(spelled.size()) == 1));
        });
    }
}

TEST_CASE("random patterns match as the standard library's", "[language]") {
    for (std::uint64_t seed = 5000; seed < 5200; ++seed) {
        base::Random random(seed);
        CAPTURE(seed);
        check_against_standard(random_pattern(random, 1 + random.below(3)).pattern, letters(3), 5);
    }
}

TEST_CASE("bad patterns are refused at their column", "[language]") {
    CHECK(refusal("(01") == "input: p:4: expected ')' for the '(' at column 1, found the end of the pattern");
    CHECK(refusal("01)") == "input: p:3: ')' without its '('");
    CHECK(refusal("0)|(1") == "input: p:2: ')' without its '('");
    CHECK(refusal("*0") == "input: p:1: expected a symbol, class or group to repeat, found '*'");
    CHECK(refusal("0|+") == "input: p:3: expected a symbol, class or group to repeat, found '+'");
    CHECK(refusal("({2})") == "input: p:2: expected a symbol, class or group to repeat, found '{'");
    CHECK(refusal("0**") == "input: p:3: expected no repetition right after a repetition (use parentheses), found '*'");
    CHECK(refusal("0+?") == "input: p:3: expected no repetition right after a repetition (use parentheses), found '?'");
    CHECK(refusal("02") == "input: p:2: expected a symbol of the alphabet {0, 1}, found '2'");
    CHECK(refusal("0[1é]") == "input: p:4: expected a symbol of the alphabet {0, 1}, found 'é'");
    CHECK(refusal("[^2]") == "input: p:3: expected a symbol of the alphabet {0, 1}, found '2'");
    CHECK(refusal("[0-]") == "input: p:3: expected a symbol of the alphabet {0, 1}, found '-'");
    CHECK(refusal("[]") == "input: p:2: expected a symbol in the class, found ']'");
    CHECK(refusal("[^]") == "input: p:3: expected a symbol in the class, found ']'");
    CHECK(refusal("[01") == "input: p:4: expected ']' for the '[' at column 1, found the end of the pattern");
    CHECK(refusal("[") == "input: p:2: expected ']' for the '[' at column 1, found the end of the pattern");
    CHECK(refusal("[0-") == "input: p:4: expected ']' for the '[' at column 1, found the end of the pattern");
    CHECK(refusal("[1-0]") == "input: p:2: expected a range upwards by code point, found '1-0'");
    CHECK(refusal("0]") == "input: p:2: ']' closes nothing; the symbol is written '\\]'");
    CHECK(refusal("0}") == "input: p:2: '}' closes nothing; the symbol is written '\\}'");
    CHECK(refusal("^0") ==
          "input: p:1: a pattern matches the whole word, there are no anchors; the symbol is written '\\^'");
    CHECK(refusal("0$") ==
          "input: p:2: a pattern matches the whole word, there are no anchors; the symbol is written '\\$'");
    CHECK(refusal("0\\") == "input: p:3: expected a symbol, found the end of the pattern");
    CHECK(refusal("(?=0)") == "input: p:3: expected ':' after '(?', found '='");
    CHECK(refusal("0{") == "input: p:3: expected a count from 0 to 1000, found the end of the pattern");
    CHECK(refusal("0{,2}") == "input: p:3: expected a count from 0 to 1000, found ','");
    CHECK(refusal("0{2") == "input: p:4: expected '}' for the '{' at column 2, found the end of the pattern");
    CHECK(refusal("0{2;3}") == "input: p:4: expected '}' for the '{' at column 2, found ';'");
    CHECK(refusal("0{3,2}") == "input: p:5: expected a count from 3 to 1000, found 2");
    CHECK(refusal("0{1001}") == "input: p:3: expected a count from 0 to 1000, found 1001");
    CHECK(refusal("0{99999999999999999999}") ==
          "input: p:3: expected a count from 0 to 1000, found 99999999999999999999");
    CHECK(refusal("0\xc3") == "input: p: expected UTF-8 text, found the byte 0xc3");
}

TEST_CASE("patterns built to exhaust are refused and not followed", "[language]") {
    CHECK(refusal(std::string(100000, '(')) == "input: p:201: parentheses nested more than 200 deep");
    CHECK(refusal(std::string(100000, '(') + std::string(100000, ')')) ==
          "input: p:201: parentheses nested more than 200 deep");
    CHECK(refusal(std::string(200, '(') + std::string(200, ')') + "1") == "accepted");
    const std::string parts = "unsupported: p: with its repetitions written out it has more than 300000 parts";
    CHECK(refusal("((0{1000}){1000}){1000}") == parts);
    CHECK(refusal("(((){1000}){1000}){1000}") == parts);
    CHECK(refusal("((((0{0}){1000}){1000}){1000}){1000}") == parts);
    CHECK(refusal(".*1.{16}") == "unsupported: p: its automaton has more than 100000 states before it is minimised");
    CHECK(refusal(".*1.{4}", 31) == "unsupported: p: its automaton has more than 31 states before it is minimised");
    CHECK(refusal(".*1.{4}", 32) == "accepted");
    CHECK(refusal(".*1.{1000}") == "unsupported: p: its automaton has more than 100000 states before it is minimised");
    CHECK(refusal(".{0,1000}.{0,1000}") == "accepted");
    CHECK(refusal("(0?){1000}") == "accepted");
    CHECK(refusal("(.{0,1000}){0,100}") == "unsupported: p: making its automaton takes more than 100000000 steps");
}

}  // namespace attest::language
