#include <catch2/catch.hpp>

#include "model_text.hpp"
#include "run.hpp"

// attest eval: words from the command line, from files and from stdin, in text and as JSON.

using namespace attest::tests;

TEST_CASE("eval answers one line a word, in the order they were given", "[cli]") {
    const Run result = run_attest({"eval", "zoo:palindrome", "--word", "0110", "0111", "0110", ""});
    CHECK(result.status == 0);
    CHECK(result.out == "0110 accept\n0111 reject\n0110 accept\n accept\n");
    CHECK(result.err.empty());
}

TEST_CASE("eval reads words from files and stdin, with either line ending and with or without the last", "[cli]") {
    const Folder folder;
    folder.write("unix", "01\n\n10\n");
    folder.write("dos", "01\r\n\r\n10");
    Setting setting;
    setting.folder = folder.path();
    setting.input = "11\n00";
    const std::string expected = "01 reject\n reject\n10 accept\n";
    CHECK(run_attest({"eval", "zoo:first", "--words", "unix"}, setting).out == expected);
    CHECK(run_attest({"eval", "zoo:first", "--words", "dos"}, setting).out == expected);
    CHECK(run_attest({"eval", "zoo:first", "--words", "-"}, setting).out == "11 accept\n00 reject\n");
    CHECK(run_attest({"eval", "zoo:first", "--words", "unix", "-"}, setting).out ==
          expected + "11 accept\n00 reject\n");
    CHECK(run_attest({"eval", "zoo:first", "--word", "1", "--words", "dos"}, setting).out == "1 accept\n" + expected);
    setting.input = "";
    const Run none = run_attest({"eval", "zoo:first", "--words", "-"}, setting);
    CHECK(none.status == 0);
    CHECK(none.out.empty());
}

TEST_CASE("eval names the file, the line and the column of a symbol that is none", "[cli]") {
    const Folder folder;
    folder.write("words", "01\n0x\n");
    const Run file = run_attest(folder, {"eval", "zoo:first", "--words", "words"});
    CHECK(file.status == 2);
    CHECK(file.complains("words:2:2: expected a symbol of the alphabet {0, 1}, found 'x'"));
    Setting setting;
    setting.input = "01\n10 \n";
    const Run pipe = run_attest({"eval", "zoo:first", "--words", "-"}, setting);
    CHECK(pipe.status == 2);
    CHECK(pipe.complains("stdin:2:3"));
    CHECK(run_attest(folder, {"eval", "zoo:first", "--words", "none"}).complains("none: cannot read"));
    CHECK(run_attest(folder, {"eval", "zoo:first", "--words", "."}).complains(".: expected a file, found a directory"));
}

TEST_CASE("eval --json gives word, answer and the exact score", "[cli]") {
    const Folder folder;
    folder.write("m.json", with(bits(), {{"readout", R"({"position":"last","weight":["1/3"],"bias":-0.5})"}}));
    const Run result = run_attest(folder, {"eval", "m.json", "--word", "1", "0", "--json"});
    CHECK(result.status == 0);
    const json results = result.object().at("results");
    REQUIRE(results.size() == 2);
    CHECK(results[0] == json({{"word", "1"}, {"answer", "reject"}, {"score", "-1/6"}}));
    CHECK(results[1] == json({{"word", "0"}, {"answer", "reject"}, {"score", "-1/2"}}));
}

TEST_CASE("a score of 0 is rejected", "[cli]") {
    const Folder folder;
    folder.write("m.json", text(bits()));
    CHECK(run_attest(folder, {"eval", "m.json", "--word", "0", "1"}).out == "0 reject\n1 accept\n");
}

TEST_CASE("eval --trace says where each head looks and by which margin", "[cli]") {
    const Run result = run_attest({"eval", "zoo:palindrome", "--word", "01", "--trace"});
    CHECK(result.status == 0);
    CHECK(result.lines().at(0) == "01 reject");
    CHECK(result.has("layer 1, head 1"));
    CHECK(result.has("1 '0' → 2 '1'   score 0, ahead by 1"));
    CHECK(run_attest({"eval", "zoo:palindrome", "--word", "01", "--trace", "--json"})
              .object()
              .at("results")[0]
              .contains("trace"));
}

TEST_CASE("symbols may be any characters of UTF-8", "[cli]") {
    const Folder folder;
    folder.write("m.json", with(bits(), {{"alphabet", R"(["é","日"])"}, {"embedding", R"({"é":[0],"\u65e5":[1]})"}}));
    CHECK(run_attest(folder, {"eval", "m.json", "--word", "é日", "日é"}).out == "é日 accept\n日é reject\n");
    CHECK(run_attest(folder, {"eval", "m.json", "--word", "é日", "--json"}).object().at("results")[0].at("word") ==
          "é日");
    const Run result =
        run_attest(folder, {"prove", "m.json", "--language", "last", "--map", "é=0,日=1", "--length", "3"});
    CHECK(result.status == 0);
    CHECK(run_attest(folder, {"eval", "m.json", "--word", "e"}).complains("{é, 日}"));
    CHECK(run_attest(folder, {"prove", "m.json", "--language", "regex:(é|日)*日", "--length", "3"}).status == 0);
}

TEST_CASE("what is not evaluated is undecided, and then the status is 3", "[cli]") {
    const Folder folder;
    // The score is log 2 - log 2, which no ball shows to be 0.
    folder.write("m.json", with(bits(), {{"layers", "[" + copying_layer(R"("kind": "softmax")") + "]"},
                                         {"position", R"(["log(2)-log(4)/2"])"}}));
    const Run result = run_attest(folder, {"eval", "m.json", "--word", "00", "--json"});
    CHECK(result.status == 3);
    const json word = result.object().at("results")[0];
    CHECK(word.at("answer") == "undecided");
    CHECK(word.at("reason") == "imprecise");
    CHECK(word.at("score")[0].get<std::string>()[0] == '-');
    CHECK(word.at("score")[1].get<std::string>()[0] != '-');
    CHECK(run_attest(folder, {"eval", "m.json", "--word", "00"}).out == "00 undecided\n");
    CHECK(run_attest(folder, {"prove", "m.json", "--language", "contains:1", "--length", "3"}).status == 3);
    CHECK(run_attest(folder, {"compile", "m.json", "--length", "3"}).status == 3);
}

TEST_CASE("the empty word needs a begin or end symbol", "[cli]") {
    const Folder folder;
    folder.write("bare.json", text(bits()));
    folder.write("end.json", with(bits(), {{"end", R"("$")"}, {"embedding", R"({"0":[0],"1":[1],"$":[1]})"}}));
    for (const std::vector<std::string>& arguments :
         std::vector<std::vector<std::string>>{{"eval", "bare.json", "--word", ""},
                                               {"prove", "bare.json", "--language", "last", "--length", "0"},
                                               {"prove", "bare.json", "--language", "last", "--length", "0..3"},
                                               {"compile", "bare.json", "--length", "0"}}) {
        const Run result = run_attest(folder, arguments);
        CAPTURE(arguments, result.err);
        CHECK(result.status == 2);
        CHECK(result.complains("at least one position"));
    }
    CHECK(run_attest(folder, {"eval", "end.json", "--word", ""}).out == " accept\n");
    CHECK(run_attest(folder, {"prove", "end.json", "--language", "even", "--length", "0"}).status == 0);
    CHECK(run_attest(folder, {"prove", "end.json", "--language", "parity", "--length", "0"}).status == 1);
    CHECK(run_attest(folder, {"compile", "end.json", "--length", "0"}).status == 0);
}
