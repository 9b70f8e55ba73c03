#include "attest/language/alphabet.hpp"

#include <catch2/catch.hpp>

#include "attest/base/error.hpp"
#include "attest/language/language.hpp"

namespace attest::language {

using Catch::Message;

TEST_CASE("words are read and spelled symbol by symbol", "[language]") {
    const Alphabet greek({"α", "b", "😀"});
    CHECK(greek.size() == 3);
    CHECK(greek.parse("b😀αα", "words") == Word{1, 2, 0, 0});
    CHECK(greek.spell({1, 2, 0, 0}) == "b😀αα");
    CHECK(greek.parse("", "words").empty());
    CHECK(greek.find("😀") == Symbol{2});
    CHECK(!greek.find("α b"));
    CHECK(!greek.find(""));
    CHECK(greek.describe() == "{α, b, 😀}");
}

TEST_CASE("a word with a foreign symbol is refused at its column", "[language]") {
    const Alphabet binary({"0", "1"});
    CHECK_THROWS_MATCHES(binary.parse("0121", "--word"), base::InputError,
                         Message("--word:3: expected a symbol of the alphabet {0, 1}, found '2'"));
    CHECK_THROWS_MATCHES(binary.parse("01 ", "w.txt:7"), base::InputError,
                         Message("w.txt:7:3: expected a symbol of the alphabet {0, 1}, found ' '"));
    CHECK_THROWS_MATCHES(Alphabet({"α", "β"}).parse("αβγ", "--word"), base::InputError,
                         Message("--word:3: expected a symbol of the alphabet {α, β}, found 'γ'"));
    CHECK_THROWS_MATCHES(binary.parse("0\n", "--word"), base::InputError,
                         Message("--word:2: expected a symbol of the alphabet {0, 1}, found '\\x0a'"));
    CHECK_THROWS_AS(binary.parse("0\xff", "--word"), base::InputError);
}

TEST_CASE("an alphabet is refused unless its symbols are distinct characters", "[language]") {
    CHECK_THROWS_MATCHES(Alphabet({}), base::UsageError, Message("an alphabet needs at least one symbol"));
    CHECK_THROWS_MATCHES(Alphabet({""}), base::UsageError,
                         Message("a symbol of an alphabet is a character or several, found ''"));
    CHECK_THROWS_MATCHES(Alphabet({"\xff"}), base::UsageError,
                         Message("a symbol of an alphabet is a character or several, found '\\xff'"));
    CHECK_THROWS_MATCHES(Alphabet({"a", "\n"}), base::UsageError,
                         Message("a symbol of an alphabet is no control character, found '\\x0a'"));
    CHECK_THROWS_AS(Alphabet({"\x7f"}), base::UsageError);
    CHECK_THROWS_AS(Alphabet({"\u0085"}), base::UsageError);
    CHECK_NOTHROW(Alphabet({" ", "\u00a1", "\u00e9"}));
    CHECK_THROWS_MATCHES(Alphabet({"a", "b", "a"}), base::UsageError,
                         Message("the symbols of an alphabet are distinct, found 'a' twice"));
}

TEST_CASE("words over symbols of several characters have blanks between", "[language]") {
    const Alphabet alphabet({"<s>", "a", "[start]"});
    CHECK(alphabet.is_separated());
    CHECK(alphabet.spell({0, 1, 1, 2}) == "<s> a a [start]");
    CHECK(alphabet.spell({}).empty());
    CHECK(alphabet.parse("<s> a a [start]", "w") == Word{0, 1, 1, 2});
    CHECK(alphabet.parse("  <s>\ta ", "w") == Word{0, 1});
    CHECK(alphabet.parse("", "w").empty());
    CHECK(alphabet.parse(std::vector<std::string>{"a", "<s>"}, "w") == Word{1, 0});
    CHECK_THROWS_MATCHES(alphabet.parse("a <s>a", "w"), base::InputError,
                         Message("w:2: expected a symbol of the alphabet {<s>, a, [start]}, found '<s>a'"));
    CHECK_THROWS_AS(Alphabet({"ab", "c d"}), base::UsageError);
    CHECK_THROWS_AS(Alphabet({"ab", " "}), base::UsageError);
    CHECK_THROWS_AS(Alphabet({"ab", "c\n"}), base::UsageError);
    CHECK(!Alphabet({"a", " "}).is_separated());
}

TEST_CASE("a large alphabet is described by its ends", "[language]") {
    std::vector<std::string> symbols;
    for (char c = '0'; c <= 'Z'; ++c) symbols.emplace_back(1, c);
    const std::string text = Alphabet(symbols).describe();
    CHECK(text.substr(0, 10) == "{0, 1, 2, ");
    CHECK(text.find("?, …, K") != std::string::npos);
    CHECK(text.substr(text.size() - 5) == "Y, Z}");
    CHECK(Alphabet({" ", ",", "a"}).describe() == "{' ', ',', a}");
}

TEST_CASE("words of one length are counted and listed in order", "[language]") {
    const Alphabet three({"a", "b", "c"});
    CHECK(count_words(three, 4, 100) == 81u);
    CHECK(count_words(three, 4, 81) == 81u);
    CHECK(!count_words(three, 4, 80));
    CHECK(count_words(three, 0, 1) == 1u);
    CHECK(!count_words(three, 0, 0));
    CHECK(!count_words(three, UINT64_MAX, UINT64_MAX));
    CHECK(count_words(Alphabet({"x"}), UINT64_MAX, 1) == 1u);
    CHECK(count_words(Alphabet({"0", "1"}), 63, UINT64_MAX) == std::uint64_t{1} << 63);
    CHECK(!count_words(Alphabet({"0", "1"}), 64, UINT64_MAX));

    Word word(2, 0);
    std::string seen;
    do seen += three.spell(word) + " ";
    while (next_word(word, three));
    CHECK(seen == "aa ab ac ba bb bc ca cb cc ");
    CHECK(word == Word{0, 0});
    Word empty;
    CHECK(!next_word(empty, three));
}

TEST_CASE("model symbols stand for language symbols", "[language]") {
    const Alphabet binary({"0", "1"});
    const Alphabet ab({"a", "b"});
    CHECK(relate(binary, binary, {}) == std::vector<Symbol>{0, 1});
    CHECK(relate(Alphabet({"1", "0"}), binary, {}) == std::vector<Symbol>{1, 0});
    CHECK(relate(Alphabet({"1"}), binary, {}) == std::vector<Symbol>{1});
    CHECK(relate(ab, binary, {{"b", "0"}, {"a", "1"}}) == std::vector<Symbol>{1, 0});
    CHECK(relate(ab, binary, {{"a", "1"}, {"b", "1"}}) == std::vector<Symbol>{1, 1});
}

TEST_CASE("alphabets that do not fit are both named", "[language]") {
    const Alphabet binary({"0", "1"});
    const Alphabet ab({"a", "b"});
    const std::string both = "(model alphabet {a, b}, language alphabet {0, 1})";
    CHECK_THROWS_MATCHES(relate(ab, binary, {}), base::UsageError,
                         Message("the model's symbol 'a' is none of the language's " + both +
                                 "; say what each stands for, as in --map a=0,b=1"));
    CHECK_THROWS_MATCHES(relate(Alphabet({"0", "1", "2"}), binary, {}), base::UsageError,
                         Message("the model's symbol '2' is none of the language's (model alphabet {0, 1, 2}, "
                                 "language alphabet {0, 1}); say what each stands for, as in --map 0=0,1=1,2=0"));
    CHECK_THROWS_MATCHES(relate(ab, binary, {{"a", "0"}}), base::UsageError,
                         Message("--map: the model's symbol 'b' has no entry " + both));
    CHECK_THROWS_MATCHES(relate(ab, binary, {{"a", "0"}, {"b", "1"}, {"c", "1"}}), base::UsageError,
                         Message("--map: 'c' is no symbol of the model " + both));
    CHECK_THROWS_MATCHES(relate(ab, binary, {{"a", "0"}, {"b", "2"}}), base::UsageError,
                         Message("--map: '2' is no symbol of the language " + both));
    CHECK_THROWS_MATCHES(relate(ab, binary, {{"a", "0"}, {"a", "0"}, {"b", "1"}}), base::UsageError,
                         Message("--map: the model's symbol 'a' has two entries " + both));
}

}  // namespace attest::language
