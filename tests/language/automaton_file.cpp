#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "attest/base/error.hpp"
#include "attest/language/language.hpp"
#include "words.hpp"

namespace attest::language {

using Catch::Contains;
using Catch::Message;

namespace {

Dfa read(const std::string& text) {
    const base::Json document = base::Json::parse(text, "m.json");
    return read_dfa(base::JsonNode(document, "m.json"));
}

/// A good file in which one member is replaced.
std::string with(const std::string& key, const std::string& value) {
    std::string text = "{";
    const std::vector<std::pair<std::string, std::string>> members = {{"format", R"("attest/dfa")"},
                                                                      {"version", "1"},
                                                                      {"alphabet", R"(["0", "1"])"},
                                                                      {"states", "2"},
                                                                      {"start", "0"},
                                                                      {"accept", "[1]"},
                                                                      {"transitions", "[[0, 1], [1, 0]]"}};
    for (const auto& [name, good] : members)
        text += (text.size() > 1 ? ", \"" : "\"") + name + "\": " + (name == key ? value : good);
    return text + "}";
}

std::string message(const std::string& text) {
    try {
        read(text);
    } catch (const base::InputError& error) {
        return error.what();
    }
    return "accepted";
}

/// A file for the time of a test.
class TemporaryFile {
  public:
    explicit TemporaryFile(const std::string& bytes)
        : path_(std::filesystem::temp_directory_path() / ("attest-dfa-" + std::to_string(getpid()) + ".json")) {
        std::ofstream(path_, std::ios::binary) << bytes;
    }
    ~TemporaryFile() { std::filesystem::remove(path_); }
    std::string path() const { return path_.string(); }

  private:
    std::filesystem::path path_;
};

}  // namespace

TEST_CASE("an automaton file is read as it stands", "[language]") {
    const Dfa automaton = read(with("start", "1"));
    CHECK(test::identical(automaton, Dfa{Alphabet({"0", "1"}), 1, {false, true}, {{0, 1}, {1, 0}}}));
    CHECK(read(with("accept", "[]")).accepting == std::vector<bool>{false, false});
}

TEST_CASE("a damaged automaton file is refused at its place", "[language]") {
    CHECK(message(with("format", R"("attest/model")")) ==
          "m.json:format: expected \"attest/dfa\", found the string \"attest/model\"");
    CHECK_THAT(message(with("version", "2")), Contains("m.json:version: expected"));
    CHECK_THAT(message(with("states", "0")), Contains("m.json:states: expected"));
    CHECK_THAT(message(with("start", "2")), Contains("m.json:start: expected") && Contains("found the number 2"));
    CHECK_THAT(message(with("accept", "[0, 2]")), Contains("m.json:accept[1]: expected"));
    CHECK(message(with("accept", "[1, 1]")) == "m.json:accept[1]: expected each state once, found 1 again");
    CHECK_THAT(message(with("accept", "[-1]")), Contains("m.json:accept[0]: expected"));
    CHECK(message(with("states", "3")) == "m.json:transitions: expected 3 rows, one for each state, found a list of 2");
    CHECK(message(with("states", "4294967295")) ==
          "m.json:states: expected a whole number from 1 to 100000, found the number 4294967295");
    CHECK(message(with("transitions", "[[0, 1], [1]]")) ==
          "m.json:transitions[1]: expected 2 states, one for each symbol, found a list of 1");
    CHECK_THAT(message(with("transitions", "[[0, 1], [1, 2]]")), Contains("m.json:transitions[1][1]: expected"));
    CHECK_THAT(message(with("transitions", "[[0, 1], 7]")), Contains("m.json:transitions[1]: expected"));
    CHECK_THAT(message(with("alphabet", "[]")), Contains("m.json:alphabet: expected at least one symbol"));
    CHECK(message(with("alphabet", R"(["0", "01"])")) ==
          "m.json:alphabet[1]: expected a symbol of one character, found the string \"01\"");
    CHECK(message(with("alphabet", R"(["0", "0"])")) == "m.json:alphabet: expected distinct symbols, found '0' twice");
    CHECK_THAT(message(R"({"format": "attest/dfa", "version": 1})"), Contains("alphabet"));
    CHECK_THAT(message(R"({"format": "attest/dfa", "version": 1, "aphabet": []})"), Contains("aphabet"));
    CHECK_THAT(message("[]"), Contains("m.json: expected"));
}

TEST_CASE("a dfa language is minimal, keeps its name and its bytes", "[language]") {
    const std::string bytes =
        with("states", "3").replace(with("states", "3").find("[[0"), 16, "[[2, 1], [1, 0], [0, 1]]");
    const TemporaryFile file(bytes);
    const Language language = Language::parse("dfa:" + file.path(), std::nullopt);
    CHECK(language.name() == "dfa:" + file.path());
    CHECK(language.source() == bytes);
    CHECK(std::get<Regular>(language.form()).automaton.size() == 2);
    const Language parity = Language::parse("parity", std::nullopt);
    CHECK(parity.source().empty());
    test::for_each_word(language.alphabet(), 8,
                        [&](const Word& word) { REQUIRE(language.contains(word) == parity.contains(word)); });
}

TEST_CASE("a dfa language without a good file is refused", "[language]") {
    const auto open = [](const std::string& path) { return Language::parse("dfa:" + path, std::nullopt); };
    CHECK_THROWS_MATCHES(open(""), base::UsageError,
                         Message("language 'dfa:': expected the file of an automaton, as in dfa:even.json"));
    CHECK_THROWS_WITH(open("/no/such/file.json"), Contains("/no/such/file.json"));
    CHECK_THROWS_AS(open("/no/such/file.json"), base::InputError);
    CHECK_THROWS_AS(open("/"), base::InputError);
    const TemporaryFile empty("");
    CHECK_THROWS_AS(open(empty.path()), base::InputError);
    CHECK_THROWS_WITH(open(empty.path()), Contains(empty.path()));
}

}  // namespace attest::language
