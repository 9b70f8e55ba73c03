#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <regex>

#include "attest/base/error.hpp"
#include "attest/language/language.hpp"
#include "words.hpp"

namespace attest::language {

using namespace test;

namespace {

Language language(const std::string& text) { return Language::parse(text, std::nullopt); }

long count_of(const std::string& word, char symbol) { return std::count(word.begin(), word.end(), symbol); }

std::function<bool(const std::string&)> matches(const std::string& pattern) {
    return [compiled = std::regex(pattern)](const std::string& word) { return std::regex_match(word, compiled); };
}

/// Balanced iff deleting adjacent pairs over and over leaves nothing; the depth is the number of sweeps that
/// delete only the pairs present at their beginning.
bool balanced(std::string word, const std::vector<std::string>& pairs, std::size_t depth) {
    for (std::size_t height = 0; height <= depth; ++height) {
        if (word.empty()) return true;
        std::string rest;
        bool deleted = false;
        for (std::size_t i = 0; i < word.size(); ++i) {
            if (i + 1 < word.size() && std::count(pairs.begin(), pairs.end(), word.substr(i, 2)) == 1) {
                ++i;
                deleted = true;
            } else {
                rest += word[i];
            }
        }
        if (!deleted) return false;
        word = rest;
    }
    return false;
}

/// Bounded nesting by the recursive definition: a word is a sequence of open-inside-close.
bool nested(const std::string& word, const std::vector<std::string>& pairs, std::size_t depth) {
    if (word.empty()) return true;
    if (depth == 0) return false;
    for (const auto& pair : pairs)
        for (std::size_t close = 1; close < word.size(); ++close)
            if (word[0] == pair[0] && word[close] == pair[1] && nested(word.substr(1, close - 1), pairs, depth - 1) &&
                nested(word.substr(close + 1), pairs, depth))
                return true;
    return false;
}

std::string only(const std::string& word, const std::string& symbols) {
    std::string kept;
    for (const char c : word)
        if (symbols.find(c) != std::string::npos) kept += c;
    return kept;
}

/// The word with matches of the pattern replaced, over and over until there is none.
std::string rewritten(std::string word, const std::regex& pattern, const char* by) {
    while (std::regex_search(word, pattern)) word = std::regex_replace(word, pattern, by);
    return word;
}

struct Case {
    std::string text;
    std::size_t greatest_length;
    std::function<bool(const std::string&)> brute_force;
};

const std::vector<Case>& cases() {
    static const std::vector<Case> list = {
        {"parity", 10, [](const std::string& w) { return count_of(w, '1') % 2 != 0; }},
        {"even", 10, matches("0*(10*10*)*")},
        {"majority", 10, [](const std::string& w) { return count_of(w, '1') > count_of(w, '0'); }},
        {"first", 10, matches("1[01]*")},
        {"last", 10, matches("[01]*1")},
        {"all-ones", 10, matches("1*")},
        {"contains:1", 9, [](const std::string& w) { return w.find('1') != std::string::npos; }},
        {"contains:101", 10, [](const std::string& w) { return w.find("101") != std::string::npos; }},
        {"contains:0010001", 10, [](const std::string& w) { return w.find("0010001") != std::string::npos; }},
        {"contains:abab", 8, [](const std::string& w) { return w.find("abab") != std::string::npos; }},
        {"contains:aabaac", 8, [](const std::string& w) { return w.find("aabaac") != std::string::npos; }},
        {"mod:1,0", 8, [](const std::string&) { return true; }},
        {"mod:2,1", 9, [](const std::string& w) { return count_of(w, '1') % 2 == 1; }},
        {"mod:3,2", 10, [](const std::string& w) { return count_of(w, '1') % 3 == 2; }},
        {"mod:7,0", 10, [](const std::string& w) { return count_of(w, '1') % 7 == 0; }},
        {"mod:4096,4095", 8, [](const std::string&) { return false; }},
        {"dyck:1", 10, [](const std::string& w) { return balanced(w, {"()"}, 99); }},
        {"dyck:1,1", 10, matches("(\\(\\))*")},
        {"dyck:1,2", 10, matches("(\\((\\(\\))*\\))*")},
        {"dyck:1,18446744073709551615", 10, [](const std::string& w) { return balanced(w, {"()"}, 99); }},
        {"dyck:2", 8,
         [](const std::string& w) {
             return balanced(w, {"()", "[]"}, 99);
         }},
        {"dyck:2,2", 8,
         [](const std::string& w) {
             return nested(w, {"()", "[]"}, 2);
         }},
        {"dyck:3,1", 6,
         [](const std::string& w) {
             return nested(w, {"()", "[]", "{}"}, 1);
         }},
        {"palindrome", 10, [](const std::string& w) { return w == std::string(w.rbegin(), w.rend()); }},
        {"tomita:1", 10, matches("1*")},
        {"tomita:2", 10, matches("(10)*")},
        {"tomita:3", 10,
         [](const std::string& w) {
             static const std::regex bad("(^|0)1(11)*0(00)*(1|$)");
             return !std::regex_search(w, bad);
         }},
        {"tomita:4", 10, [](const std::string& w) { return w.find("000") == std::string::npos; }},
        {"tomita:5", 10, matches("(00|11|(01|10)(00|11)*(01|10))*")},
        {"tomita:6", 10, [](const std::string& w) { return (count_of(w, '0') - count_of(w, '1')) % 3 == 0; }},
        {"tomita:7", 10, matches("0*1*0*1*")},
        {"anbn", 10,
         [](const std::string& w) { return w == std::string(w.size() / 2, 'a') + std::string(w.size() / 2, 'b'); }},
        {"anbncn", 9,
         [](const std::string& w) {
             const std::size_t k = w.size() / 3;
             return w == std::string(k, 'a') + std::string(k, 'b') + std::string(k, 'c');
         }},
        {"shuffle:1", 10, [](const std::string& w) { return nested(w, {"()"}, SIZE_MAX); }},
        {"shuffle:2", 8,
         [](const std::string& w) {
             return nested(only(w, "()"), {"()"}, SIZE_MAX) && nested(only(w, "[]"), {"[]"}, SIZE_MAX);
         }},
        {"reset-dyck", 9,
         [](const std::string& w) {
             // What precedes the last 1 need only never close too much; what follows is balanced.
             const std::size_t last = w.rfind('1');
             const std::string tail = last == std::string::npos ? w : w.substr(last + 1);
             const std::string head = last == std::string::npos ? "" : w.substr(0, last);
             return nested(tail, {"()"}, SIZE_MAX) &&
                    std::regex_match(rewritten(head, std::regex("\\(\\)"), ""), std::regex("[(1]*"));
         }},
        {"boolexpr:1", 8, matches("a*[01]")},
        {"boolexpr:3", 6,
         [](const std::string& w) {
             static const std::regex operation("a[01]|b[01]{2}|c[01]{3}"), atom("[01]");
             return std::regex_match(rewritten(w, operation, "0"), atom);
         }},
        {"nested:1", 10, matches("(ab)*")},
        {"nested:2", 10, matches("(a(ab)*b)*")},
        {"nested:3", 10, matches("(a(a(ab)*b)*b)*")},
        {"regex:0(1|01)*", 10, matches("0(1|01)*")},
        {"regex:", 6, [](const std::string& w) { return w.empty(); }},
    };
    return list;
}

}  // namespace

TEST_CASE("each language is what its definition says", "[language]") {
    for (const auto& [text, greatest_length, brute_force] : cases()) {
        CAPTURE(text);
        const Language l = language(text);
        CHECK(l.name() == text);
        CHECK(l.source().empty());
        for_each_word(l.alphabet(), greatest_length, [&, &brute = brute_force](const Word& word) {
            const std::string spelled = l.alphabet().spell(word);
            CAPTURE(spelled);
            REQUIRE(l.contains(word) == brute(spelled));
        });
    }
}

TEST_CASE("the minimal automaton of each regular language accepts its words", "[language]") {
    for (const auto& [text, greatest_length, brute_force] : cases()) {
        const Language l = language(text);
        const auto* regular = std::get_if<Regular>(&l.form());
        if (regular == nullptr) continue;
        const Dfa& automaton = regular->automaton;
        CAPTURE(text);
        CHECK(automaton.alphabet == l.alphabet());
        if (automaton.size() < 100) CHECK(all_distinguishable(automaton));
        CHECK(numbered_breadth_first(automaton));
        for_each_word(l.alphabet(), greatest_length,
                      [&](const Word& word) { REQUIRE(automaton.accepts(word) == l.contains(word)); });
    }
}

TEST_CASE("the minimal automata have the sizes that are known", "[language]") {
    const std::map<std::string, std::size_t> sizes = {
        {"parity", 2},   {"even", 2},     {"first", 3},         {"last", 2},     {"all-ones", 2},
        {"tomita:1", 2}, {"tomita:2", 3}, {"tomita:3", 5},      {"tomita:4", 4}, {"tomita:5", 4},
        {"tomita:6", 3}, {"tomita:7", 5}, {"contains:0010", 5}, {"mod:1,0", 1},  {"mod:4096,17", 4096},
        {"regex:.*", 1}, {"regex:", 2},   {"regex:(a|b)*ab", 3}};
    for (const auto& [text, size] : sizes) {
        CAPTURE(text);
        CHECK(std::get<Regular>(language(text).form()).automaton.size() == size);
    }
}

TEST_CASE("counts are those of enumeration", "[language]") {
    for (const auto& [text, greatest_length, brute_force] : cases()) {
        CAPTURE(text);
        const Language l = language(text);
        std::vector<long> members(greatest_length + 1, 0);
        for_each_word(l.alphabet(), greatest_length, [&](const Word& word) {
            if (l.contains(word)) ++members[word.size()];
        });
        for (std::size_t length = 0; length <= greatest_length; ++length) CHECK(l.count(length) == members[length]);
    }
}

TEST_CASE("counts are exact beyond machine words", "[language]") {
    const Language shuffle = language("shuffle:2");
    CHECK(shuffle.count(2) == 2);
    CHECK(shuffle.count(4) == 10);
    CHECK(shuffle.count(6) == 70);
    CHECK(shuffle.count(8) == 588);
    // Two kinds of brackets: C(n) C(n + 1) words of length 2n, C the Catalan numbers.
    CHECK(shuffle.count(80) == language("dyck:1").count(80) * language("dyck:1").count(82));
    CHECK(language("anbncn").count(300) == 1);
    CHECK(language("parity").count(200) == mpz_class(1) << 199);
    CHECK(language("majority").count(101) == mpz_class(1) << 100);
    CHECK(language("palindrome").count(201) == mpz_class(1) << 101);
    CHECK(language("dyck:1").count(70) == mpz_class("3116285494907301262"));  // Catalan number 35
    CHECK(language("dyck:3").count(70) == mpz_class("3116285494907301262") * mpz_class("50031545098999707"));
    CHECK(language("dyck:1,2").count(140) == mpz_class(1) << 69);
    CHECK(language("dyck:1,70").count(140) == language("dyck:1").count(140));
    CHECK(language("dyck:1,69").count(140) + 1 == language("dyck:1").count(140));
    CHECK(language("tomita:7").count(0) == 1);
}

TEST_CASE("a truth table is a language of one length", "[language]") {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        base::Random random(seed);
        const std::size_t length = 2 + random.below(6);
        std::string digits;
        std::string bits;
        for (std::size_t i = 0; i < (std::size_t{1} << length) / 4; ++i) {
            const auto digit = random.below(16);
            digits += (random.chance(1, 2) ? "0123456789abcdef" : "0123456789ABCDEF")[digit];
            for (const std::uint64_t bit : {8, 4, 2, 1}) bits += digit & bit ? '1' : '0';
        }
        CAPTURE(seed, digits);
        const Language l = language("table:" + digits);
        CHECK(l.defined_at(length));
        CHECK(!l.defined_at(length + 1));
        CHECK(l.count(length) == count_of(bits, '1'));
        Word word(length, 0);
        std::size_t index = 0;
        do REQUIRE(l.contains(word) == (bits[index++] == '1'));
        while (next_word(word, l.alphabet()));
        CHECK(index == bits.size());
    }
}

TEST_CASE("a truth table of one digit also serves the lengths 0 and 1", "[language]") {
    CHECK(language("table:8").defined_at(0));
    CHECK(language("table:8").contains({}));
    CHECK(!language("table:0").contains({}));
    CHECK(language("table:4").defined_at(1));
    CHECK(!language("table:4").defined_at(0));  // an unused bit is set
    CHECK(!language("table:4").contains({0}));
    CHECK(language("table:4").contains({1}));
    CHECK(language("table:4").contains({0, 1}));
    CHECK(language("table:C").count(1) == 2);
    CHECK(!language("table:2").defined_at(1));
    CHECK(!language("table:00").defined_at(1));
    CHECK(language("table:00").defined_at(3));
    CHECK(!language("table:00").defined_at(UINT64_MAX));
}

TEST_CASE("languages over any alphabet take the one that is given", "[language]") {
    const Alphabet abc({"a", "b", "c"});
    for (const std::string text : {"palindrome", "contains:ab", "regex:a*"}) {
        CAPTURE(text);
        CHECK(Language::parse(text, abc).alphabet() == abc);
    }
    CHECK(language("palindrome").alphabet() == Alphabet({"0", "1"}));
    CHECK(language("contains:00").alphabet() == Alphabet({"0", "1"}));
    CHECK(language("contains:cab").alphabet() == Alphabet({"a", "b", "c"}));
    CHECK(language("contains:0a").alphabet() == Alphabet({"0", "a"}));
    CHECK(language("regex:0*").alphabet() == Alphabet({"0", "1"}));
    CHECK(language("regex:.*").alphabet() == Alphabet({"0", "1"}));
    CHECK(language("regex:(b|a)*\\*").alphabet() == Alphabet({"*", "a", "b"}));
    CHECK(language("regex:[β-δ]*[^ω]").alphabet() == Alphabet({"β", "γ", "δ", "ω"}));
    CHECK(Language::parse("parity", abc).alphabet() == Alphabet({"0", "1"}));

    const Language palindrome = Language::parse("palindrome", abc);
    CHECK(palindrome.contains(abc.parse("abcba", "w")));
    CHECK(!palindrome.contains(abc.parse("abca", "w")));
    CHECK(palindrome.count(5) == 27);
}

TEST_CASE("brackets come in thirty kinds", "[language]") {
    const Alphabet alphabet = language("dyck:30").alphabet();
    CHECK(alphabet.size() == 60);
    CHECK(alphabet.spell({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 58, 59}) == "()[]{}<>aAbBzZ");
    CHECK(language("dyck:30").contains(alphabet.parse("(a<>A)zZ", "w")));
    CHECK(!language("dyck:30").contains(alphabet.parse("(aA", "w")));
    CHECK(!language("dyck:30").contains(alphabet.parse("([)]", "w")));
}

TEST_CASE("each row of the catalogue has a member to show", "[language]") {
    CHECK(catalogue().size() == 26);
    for (const auto& row : catalogue()) {
        CAPTURE(row.syntax);
        CHECK(!row.alphabet.empty());
        CHECK(!row.definition.empty());
        if (row.example.empty()) continue;
        const auto space = row.example.find(": ");
        const bool parameters = space != std::string::npos;
        const Language l = language(parameters ? row.example.substr(0, space) : row.syntax);
        CHECK(l.contains(l.alphabet().parse(parameters ? row.example.substr(space + 2) : row.example, "w")));
    }
}

}  // namespace attest::language
