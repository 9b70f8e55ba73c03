#include <catch2/catch.hpp>

#include "attest/base/error.hpp"
#include "attest/language/language.hpp"
#include "attest/language/task.hpp"

using namespace attest;
using language::Alphabet;
using language::Task;
using Texts = std::vector<std::string>;

namespace {

Texts expected(const std::string& task, const Alphabet& alphabet, const std::string& word) {
    return Task::parse(task, alphabet).expected(alphabet.parse(word, "word"));
}

std::string refusal(const std::string& task, const Alphabet& alphabet) {
    try {
        (void)Task::parse(task, alphabet);
    } catch (const base::UsageError& e) {
        return e.what();
    }
    return "accepted";
}

const Alphabet digits({"0", "1", "2"});

bool becomes_a_word(const language::Language& language, language::Word beginning, language::Symbol next, int left) {
    beginning.push_back(next);
    if (language.contains(beginning)) return true;
    for (language::Symbol a = 0; left > 0 && a < language.alphabet().size(); ++a)
        if (becomes_a_word(language, beginning, a, left - 1)) return true;
    return false;
}

/// All words of 1 to so many symbols.
std::vector<language::Word> words_of(const Alphabet& alphabet, int longest) {
    std::vector<language::Word> all = {{}};
    for (std::size_t k = 0; k < all.size(); ++k)
        for (language::Symbol a = 0; a < alphabet.size() && static_cast<int>(all[k].size()) < longest; ++a) {
            all.push_back(all[k]);
            all.back().push_back(a);
        }
    all.erase(all.begin());
    return all;
}

}  // namespace

TEST_CASE("Tasks: what they ask for, by hand", "[task]") {
    CHECK(expected("reverse", digits, "0012") == Texts{"2", "1", "0", "0"});
    CHECK(expected("sort", digits, "2010") == Texts{"0", "0", "1", "2"});
    CHECK(expected("sort", Alphabet({"b", "a"}), "ab") == Texts{"b", "a"});
    CHECK(expected("hist", digits, "0010") == Texts{"3", "3", "1", "3"});
    CHECK(expected("double-hist", digits, "0011") == Texts{"2", "2", "2", "2"});
    CHECK(expected("double-hist", digits, "00112") == Texts{"2", "2", "2", "2", "1"});
    CHECK(expected("most-freq", digits, "1002") == Texts{"0", "1", "2", "<s>"});
    CHECK(expected("most-freq", digits, "2112") == Texts{"2", "1", "<s>", "<s>"});
    CHECK(expected("shift:2", digits, "012") == Texts{"<s>", "<s>", "0"});
    CHECK(expected("shift:9", digits, "012") == Texts{"<s>", "<s>", "<s>"});
    CHECK(expected("count:0", digits, "0120") == Texts{"2", "2", "2", "2"});
    CHECK(expected("sum", digits, "0122") == Texts{"5", "5", "5", "5"});
    CHECK(expected("sum-mod:3", digits, "0122") == Texts{"2", "2", "2", "2"});
    CHECK(expected("sum-mod:12", Alphabet({"11", "7", "3"}), "11 7 11") == Texts{"5", "5", "5"});
    CHECK(expected("sum-mod:1", Alphabet({"0"}), "000") == Texts{"0", "0", "0"});
    CHECK(expected("add:3", digits, "22") == Texts{"1", "1"});
    CHECK(expected("sort", digits, "").empty());
}

TEST_CASE("Tasks: balanced, to be continued, failed", "[task]") {
    const Alphabet two({"(", ")", "{", "}"});
    CHECK(expected("dyck-ptf:2", two, "{(})(") == Texts{"P", "P", "F", "F", "F"});
    CHECK(expected("dyck-ptf:2", two, "({})(") == Texts{"P", "P", "P", "T", "P"});
    CHECK(expected("dyck-ptf:1", Alphabet({"(", ")"}), "())(") == Texts{"P", "T", "F", "F"});
}

TEST_CASE("Tasks: which symbols may come next, by hand", "[task]") {
    const Alphabet round({"(", ")"}), both({"(", ")", "[", "]"}), bits({"0", "1"});
    CHECK(expected("next:dyck:1", round, "())(") == Texts{"110", "101", "000", "000"});
    CHECK(expected("next:dyck:1,1", round, "()(") == Texts{"010", "101", "010"});
    CHECK(expected("next:shuffle:2", both, "([)]") == Texts{"11100", "11110", "10110", "10101"});
    CHECK(expected("next:tomita:2", bits, "1011") == Texts{"100", "011", "100", "000"});
    CHECK(expected("next:parity", bits, "10") == Texts{"111", "111"});
    CHECK(expected("next:boolexpr:2", Alphabet({"0", "1", "a", "b"}), "b01") == Texts{"11110", "11110", "00001"});
    CHECK(expected("next:anbncn", Alphabet({"a", "b", "c"}), "aabbcca") ==
          Texts{"1100", "1100", "0100", "0010", "0010", "0001", "0000"});
}

TEST_CASE("Tasks: a symbol may come next iff some longer word goes on with it", "[task]") {
    const Alphabet bits({"0", "1"}), round({"(", ")"}), ab({"a", "b"});
    const std::vector<std::pair<std::string, Alphabet>> languages = {{"dyck:1", round},
                                                                     {"shuffle:1", round},
                                                                     {"anbn", ab},
                                                                     {"nested:2", ab},
                                                                     {"tomita:7", bits},
                                                                     {"majority", bits},
                                                                     {"palindrome", bits},
                                                                     {"regex:(01|10)*0", bits},
                                                                     {"reset-dyck", Alphabet({"(", ")", "1"})},
                                                                     {"boolexpr:1", Alphabet({"0", "1", "a"})}};
    constexpr int shown = 3, enough = 5;  // symbols after which each beginning of so many can have become a word
    for (const auto& [name, alphabet] : languages) {
        const language::Language language = language::Language::parse(name, alphabet);
        const Task task = Task::parse("next:" + name, alphabet);
        for (const language::Word& word : words_of(alphabet, shown)) {
            INFO(name << " after " << alphabet.spell(word));
            std::string label;
            for (language::Symbol a = 0; a < alphabet.size(); ++a)
                label += becomes_a_word(language, word, a, enough) ? '1' : '0';
            label += language.contains(word) ? '1' : '0';
            CHECK(task.expected(word).back() == label);
        }
    }
}

TEST_CASE("Tasks: what is none is said with what is near", "[task]") {
    CHECK(refusal("srot", digits) == "--task: expected a task (attest tasks lists them), found 'srot'; perhaps 'sort'");
    CHECK(refusal("sort:1", digits) == "--task: expected sort without a parameter, found 'sort:1'");
    CHECK(refusal("shift", digits).find("a number from 1 to 1000000") != std::string::npos);
    CHECK(refusal("shift:0", digits) != "accepted");
    CHECK(refusal("shift:01", digits) != "accepted");
    CHECK(refusal("count:x", digits) == "--task: expected count with a symbol of the alphabet, found 'x'");
    CHECK(refusal("sum", Alphabet({"a"})) == "--task: expected an alphabet of digits for sum, found 'a'");
    CHECK(refusal("dyck-ptf:2", Alphabet({"(", ")"})) ==
          "--task: expected an alphabet of 2 pairs of brackets for dyck-ptf:2, found 2 symbols");
    CHECK(refusal("dyck-ptf:1", Alphabet({")", "("})) != "accepted");
    CHECK(refusal("dyck-ptf:5", digits) != "accepted");
    CHECK(refusal("sum-mod:2", digits) == "--task: expected an alphabet of numbers below 2 for sum-mod:2, found '2'");
    CHECK(refusal("sum-mod:5", Alphabet({"0", "01"})) != "accepted");
    CHECK(refusal("sum-mod:4097", digits).find("a number from 1 to 4096") != std::string::npos);
    CHECK(refusal("next", digits) ==
          "--task: expected next with a language (attest languages lists them), as in next:dyck:1, found none");
    CHECK(refusal("next:parity", digits) == "--task: expected the alphabet {0, 1} for next:parity, found {0, 1, 2}");
    CHECK(refusal("next:table:8", Alphabet({"0", "1"})).find("found 'table:8'") != std::string::npos);
    CHECK(refusal("next:parrity", digits).find("parity") != std::string::npos);
    CHECK(refusal("add", digits).find("a number from 1 to 4096") != std::string::npos);
    CHECK_NOTHROW(Task::parse("add:3", digits).require_length(2));
    CHECK_THROWS_AS(Task::parse("add:3", digits).require_length(3), base::UsageError);
    CHECK_NOTHROW(Task::parse("sum-mod:3", digits).require_length(3));
    CHECK(Task::usual_length("sum-mod:3") == 2);
    CHECK(Task::usual_length("sort") == std::nullopt);
    CHECK(Task::usual_symbols("add:3") == Texts{"0", "1", "2"});
    CHECK(Task::usual_symbols("sort").empty());
}
