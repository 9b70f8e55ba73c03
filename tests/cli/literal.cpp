#include <catch2/catch.hpp>
#include <filesystem>
#include <random>

#include "model_text.hpp"
#include "run.hpp"

// Whatever stands as a value is taken as it is: the option parser reads lists, quotes and options into
// values.

using namespace attest::tests;
namespace fs = std::filesystem;

namespace {

/// Symbols that some parser of command lines gives a meaning of its own.
const std::string symbols = R"([](){}-=,"' \%:;*?!$&|<>~`#@^/.+x01)";

/// A network without layers over these symbols.
std::string any_word() {
    json alphabet = json::array(), embedding = {{"é", {1}}};
    for (const char c : symbols) {
        alphabet.push_back(std::string(1, c));
        embedding[std::string(1, c)] = {1};
    }
    return with(digits(), {{"alphabet", alphabet.dump()}, {"embedding", embedding.dump()}, {"end", "\"é\""}});
}

/// The words that eval says it evaluated.
std::vector<std::string> evaluated(const Folder& folder, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"eval", "any.json"});
    arguments.push_back("--json");
    const Run result = run_attest(folder, arguments);
    CAPTURE(arguments, result.err);
    REQUIRE(result.status == 0);
    std::vector<std::string> words;
    const json object = result.object();
    for (const json& entry : object.at("results")) words.push_back(entry.at("word"));
    return words;
}

}  // namespace

TEST_CASE("words of brackets are words", "[cli]") {
    const Run run = run_attest(
        {"eval", "zoo:dyck-2-depth-2", "--word", "[()]", "[][]", "[)]", "[]", "[", "]", "([])", "[(])", "[[]]", ""});
    CHECK(run.status == 0);
    CHECK(run.out ==
          "[()] accept\n[][] accept\n[)] reject\n[] accept\n[ reject\n] reject\n([]) accept\n[(]) "
          "reject\n[[]] accept\n accept\n");
}

TEST_CASE("every word reaches the model as it was typed", "[cli]") {
    const Folder folder;
    folder.write("any.json", any_word());
    const std::vector<std::string> words = {"[]", "[,]",   "[0,1]", "",  "{}", "%%", "\"0\"", "'0 1'", "0,1",
                                            "\\", "\\\\0", "-01",   "-", "=",  "++", "[[0]]", "[0",    "0]",
                                            "~",  "$x",    "`0`",   "*", " ",  "@0", "#"};
    std::vector<std::string> arguments = {"--word"};
    arguments.insert(arguments.end(), words.begin(), words.end());
    CHECK(evaluated(folder, arguments) == words);

    SECTION("each for itself, also where it looks like an option") {
        for (const std::string word : {"-x", "--", "-x0", "--x", "-", "[-x]", "-x=0", ""}) {
            CHECK(evaluated(folder, {"--word=" + word}) == std::vector<std::string>{word});
            CHECK(evaluated(folder, {"--word", word}) == std::vector<std::string>{word});
        }
    }
    SECTION("a list goes on until an option, and an option may come again") {
        CHECK(evaluated(folder, {"--word", "0", "-01", "[]", "-q", "--word", "1", "--word="}) ==
              std::vector<std::string>{"0", "-01", "[]", "1", ""});
    }
    SECTION("random words") {
        const auto seed = std::random_device{}();
        INFO("seed " << seed);
        std::mt19937 random(seed);
        for (int round = 0; round < 20; ++round) {
            std::vector<std::string> all, call;
            for (int k = 0; k < 30; ++k) {
                std::string word;
                for (auto n = random() % 7; n > 0; --n) word += symbols[random() % symbols.size()];
                all.push_back(word);
                call.push_back("--word=" + word);
            }
            CHECK(evaluated(folder, call) == all);
        }
    }
}

TEST_CASE("names of files and directories are names, whatever is in them", "[cli]") {
    const Folder folder;
    for (const std::string name : {"[cert]", "[a,b]", "a,b", "-c", "{}", "%%", "c d", "'q'", "++"}) {
        CAPTURE(name);
        REQUIRE(
            run_attest(folder, {"prove", "zoo:first", "--language", "first", "--length", "2", "--certificate", name})
                .status == 0);
        CHECK(fs::exists(folder / (name + "/manifest.json")));
        const Run check = run_attest(folder, {"check", "--", name});
        CHECK(check.status == 0);
        CHECK(check.has(name));
        CHECK(run_attest(folder, {"report", "-o", "[page],1.html", "--title", "", "--", name}).status == 0);
        CHECK(fs::remove(fs::path(folder / "[page],1.html")));
    }
    CHECK(run_attest(folder, {"check", "[nothing]"}).complains("[nothing]"));
    folder.write("[m].json", run_attest({"zoo", "export", "first"}).out);
    CHECK(run_attest(folder, {"eval", "[m].json", "--word", "10"}).out == "10 accept\n");
    CHECK(run_attest(folder, {"compile", "[m].json", "--length", "2", "-o[c].aag"}).status == 0);
    CHECK(fs::exists(folder / "[c].aag"));
}

TEST_CASE("languages, maps and keys are taken as they are", "[cli]") {
    const auto accepted = [](const std::vector<std::string>& arguments) {
        return run_attest(arguments).object().at("accepted_words").at("value");
    };
    CHECK(accepted({"measure", "--language", "regex:[01]*", "--length", "3", "--json"}) == 8);
    CHECK(accepted({"measure", "--language=regex:[1]0*", "--length=3", "--json"}) == 1);
    CHECK(run_attest({"threshold", "[parity]"}).complains("unknown language '[parity]'"));
    CHECK(run_attest({"cite", "[a,b]"}).complains("no source '[a,b]'"));
    CHECK(run_attest({"ledger", "show", "[a]"}).complains("no claim '[a]'"));
    CHECK(run_attest({"zoo", "show", "[first]"}).complains("[first]"));
}

TEST_CASE("numbers are decimal, and lists of them are what they say", "[cli]") {
    const json ten = run_attest({"measure", "--language", "parity", "--length", "010", "--json"}).object();
    CHECK(ten.at("length") == 10);
    const Folder folder;
    const auto certificate = [&](const std::string& seed) {
        REQUIRE(run_attest(folder, {"prove", "zoo:first", "--language", "first", "--length", "2", "--seed", seed,
                                    "--certificate", "c"})
                    .status == 0);
        return json::parse(folder.read("c/manifest.json")).at("provenance").at("seed");
    };
    CHECK(certificate("10") == "10");
    CHECK(certificate("010") == "10");
    for (const std::string number : {"0x10", "1e3", " 1", "+1", "1 ", "[1]", ""}) {
        const Run run = run_attest({"threshold", "parity", "--layers", number});
        CAPTURE(number, run.err);
        CHECK(run.status == 2);
        CHECK(run.complains("--layers"));
    }
    CHECK(run_attest({"measure", "--language", "parity", "--length", "3", "--noise", "1/2,1/3", "0", "--json"})
              .object()
              .at("fourier")
              .at("noise_stability")
              .size() == 3);
    CHECK(run_attest({"measure", "--language", "parity", "--length", "3", "--noise", "1/2,,1/3"}).complains("--noise"));
    CHECK(run_attest({"measure", "--language", "parity", "--length", "3", "--noise", "[1/2]"}).complains("--noise"));
}

TEST_CASE("an empty value is no value that was left out", "[cli]") {
    const std::vector<std::vector<std::string>> calls = {
        {"eval", ""},
        {"eval", "zoo:first", "--words", ""},
        {"compile", "zoo:first", "--length", "2", "-o", ""},
        {"compile", "zoo:first", "--length", "2", "--output="},
        {"prove", "zoo:first", "--language", "", "--length", "2"},
        {"prove", "zoo:first", "--language=", "--length=2"},
        {"check", ""},
        {"cite", ""},
        {"threshold", ""},
        {"measure", "--language", "parity", "--length", "2", "--plot", ""},
        {"prove", "zoo:first", "--language", "first", "--length", "2", "--map", ""}};
    const Folder folder;
    for (const auto& call : calls) {
        const Run run = run_attest(folder, call);
        CAPTURE(call, run.out, run.err);
        CHECK(run.status == 2);
        CHECK(run.complains("found an empty one"));
    }
    CHECK(folder.listing().empty());
}

TEST_CASE("a value that looks like an option after a list is told how it is written", "[cli]") {
    CHECK(run_attest({"eval", "zoo:first", "--word", "01", "-x"})
              .complains("a value that looks like an option is written --word=-x"));
    CHECK(run_attest({"eval", "zoo:first", "--word", "--json", "--jsn"}).complains("perhaps '--json'"));
    CHECK(run_attest({"check", "a", "b", "--jsn"}).complains("perhaps '--json'"));
    CHECK(run_attest({"eval", "zoo:first", "more", "--word", "1"})
              .complains("eval: expected no further operand, found 'more'"));
}
