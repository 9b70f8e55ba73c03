#include <catch2/catch.hpp>

#include "attest/base/error.hpp"
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
    CHECK(refusal("add", digits).find("a number from 1 to 4096") != std::string::npos);
    CHECK_NOTHROW(Task::parse("add:3", digits).require_length(2));
    CHECK_THROWS_AS(Task::parse("add:3", digits).require_length(3), base::UsageError);
    CHECK_NOTHROW(Task::parse("sum-mod:3", digits).require_length(3));
    CHECK(Task::usual_length("sum-mod:3") == 2);
    CHECK(Task::usual_length("sort") == std::nullopt);
    CHECK(Task::usual_symbols("add:3") == Texts{"0", "1", "2"});
    CHECK(Task::usual_symbols("sort").empty());
}
