#include "report/fold.hpp"

#include <catch2/catch.hpp>
#include <iterator>
#include <random>
#include <sstream>

using attest::report::fold;

TEST_CASE("what fits stays byte for byte", "[report]") {
    const std::string text = "one\n\n  two  three \n" + std::string(80, 'x') + "\n→ é\n";
    CHECK(fold(text, 80) == text);
    CHECK(fold("no end of line", 80) == "no end of line");
    CHECK(fold("", 80).empty());
}

TEST_CASE("a line goes on a little indented, between words", "[report]") {
    CHECK(fold("aaa bbb ccc ddd eee fff\n", 20) == "aaa bbb ccc ddd eee\n    fff\n");
    CHECK(fold("  aaa bbb ccc ddd eee fff\n", 20) == "  aaa bbb ccc ddd\n      eee fff\n");
    CHECK(fold("é→é bbb ccc ddd eee fff", 20) == "é→é bbb ccc ddd eee\n    fff");
}

TEST_CASE("a word that is too long is not broken", "[report]") {
    const std::string word(30, 'w');
    CHECK(fold("a " + word + " b\n", 20) == "a\n    " + word + "\n    b\n");
    CHECK(fold(word + "\n", 20) == word + "\n");
}

TEST_CASE("text in the last column of a table goes on under it", "[report]") {
    CHECK(fold("  one    1  the first of all numbers\n  three  3  the third of all numbers\n", 26) ==
          "  one    1  the first of\n            all numbers\n  three  3  the third of\n            all numbers\n");
}

TEST_CASE("a table of numbers goes on in whole columns", "[report]") {
    CHECK(fold("   length   first  second   third\n        8       1       2       3\n       16      10      "
               "20      30\n",
               26) ==
          "   length   first  second\n       third\n        8       1       2\n           3\n       16      "
          "10      20\n          30\n");
}

TEST_CASE("folding loses no word and keeps to the width where words allow it", "[report]") {
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const auto words = [](const std::string& text) {
        std::istringstream stream(text);
        return std::vector<std::string>(std::istream_iterator<std::string>(stream), {});
    };
    for (int round = 0; round < 2000; ++round) {
        std::string text;
        for (int line = 0; line < 4; ++line, text += '\n')
            for (int word = static_cast<int>(random() % 12); word > 0; --word)
                text += std::string(random() % 5, ' ') + std::string(random() % 9, static_cast<char>('a' + word));
        const std::string folded = fold(text, 40);
        CAPTURE(text, folded);
        CHECK(words(folded) == words(text));
        std::istringstream stream(folded);
        for (std::string line; std::getline(stream, line);) {
            const std::size_t start = std::min(line.find_first_not_of(' '), line.size());
            CHECK((line.size() <= 40 || line.find(' ', start) == std::string::npos));
        }
    }
}
