#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "run.hpp"
#include "shared_data.hpp"

// Programs as a user brings them in.

using namespace attest::tests;

namespace {

const std::string ends_in_ab =
    "alphabet a b\nb = symbol b\na = symbol a\nunused = a | b\nr = rightmost(true, a@j)\nout = r & b\n";

}  // namespace

TEST_CASE("a B-RASP program becomes a model that is proved") {
    const Folder folder;
    folder.write("p.brasp", ends_in_ab + "output out\n");
    const Run made = run_attest(folder, {"import", "p.brasp", "-o", "p.json"});
    CAPTURE(made.err);
    REQUIRE(made.status == 0);
    CHECK(made.out ==
          "family      brasp, text\n"
          "network     1 layer, 1 head in all, dimension 4, 3 rows of tokens, any number of positions, 6 parameters\n"
          "ignored     unused\n"
          "written     p.json (version 1)\n");
    CHECK(folder.listing() == std::vector<std::string>{"p.brasp", "p.json"});
    const json proved =
        run_attest(folder, {"prove", "p.json", "--language", "regex:(a|b)*ab", "--length", "1..6", "--json"}).object();
    for (const json& result : proved["results"]) CHECK(result["verdict"] == "verified");
    const json again = run_attest(folder, {"import", "p.brasp", "-o", "q.json", "--json"}).object();
    CHECK(again["family"] == "brasp");
    CHECK(again["model"]["tensors"].is_null());
    CHECK(again["ignored"] == json{"unused"});
    CHECK(again["source"]["file"] == "p.brasp");
}

TEST_CASE("the B-RASP program for balanced words of depth two is what its makers say") {
    const auto source = shared_data("brasp/dyck_d2.brasp");
    if (!source) return;
    const Folder folder;
    REQUIRE(run_attest(folder, {"import", source->string(), "-o", "d2.json"}).status == 0);
    const json proved = run_attest(folder, {"prove", "d2.json", "--language", "regex:(a(ab)*b)(a(ab)*b)*", "--length",
                                            "2..8", "--json"})
                            .object();
    REQUIRE(proved["results"].size() == 7);
    for (const json& result : proved["results"]) CHECK(result["verdict"] == "verified");
}

TEST_CASE("a C-RASP program becomes a model, and its empty word is an error") {
    const Folder folder;
    folder.write("m.crasp", "alphabet 0 1\nmore = #[Q(1)] > #[Q(0)]\n");
    const Run made = run_attest(folder, {"import", "m.crasp", "-o", "m.json"});
    CAPTURE(made.err);
    REQUIRE(made.status == 0);
    CHECK(made.has("assumed     empty word outside: C-RASP reads the last symbol of a word\n"));
    const json proved =
        run_attest(folder, {"prove", "m.json", "--language", "majority", "--length", "1..8", "--json"}).object();
    for (const json& result : proved["results"]) CHECK(result["verdict"] == "verified");
    const Run empty = run_attest(folder, {"eval", "m.json", "--word", ""});
    CHECK(empty.status == 2);
    CHECK(empty.err.find("m: the model has no value on the empty word (") != std::string::npos);
    CHECK(empty.err.find("division by zero") != std::string::npos);
    for (const std::string command : {"prove", "accuracy"}) {
        const Run all = run_attest(folder, {command, "m.json", "--language", "majority", "--length", "0..2"});
        CHECK(all.status == 2);
        CHECK(all.err.find("m: the model has no value on the empty word (") != std::string::npos);
    }
}

TEST_CASE("what a program does not take, and what is no program, is told") {
    const Folder folder;
    folder.write("p.brasp", ends_in_ab);
    folder.write("q.brasp", "alphabet a\nx = y\n");
    folder.write("p.py", "import os\n");
    folder.write("p.json", "{\"format\": \"attest/model\"}");
    const auto complains = [&](std::vector<std::string> arguments, const std::string& text) {
        arguments.insert(arguments.begin(), "import");
        const Run run = run_attest(folder, arguments);
        CAPTURE(run.err, text);
        CHECK(run.status == 2);
        CHECK(run.complains(text));
        CHECK(folder.listing() == std::vector<std::string>{"p.brasp", "p.json", "p.py", "q.brasp"});
    };
    complains({"p.brasp"}, "import: expected -o MODEL.json (or --list), found neither");
    complains({"p.brasp", "-o", "m.json", "--read", "last"}, "import: expected no --read for a program, found one");
    complains({"p.brasp", "-o", "m.json", "--set", "heads=2"},
              "--set: expected as=model, as=program or lengths=A..B, found \"heads=2\"");
    complains({"p.brasp", "-o", "p.brasp"}, "expected -o that leaves p.brasp as it is");
    complains({"p.brasp", "-o", "m.json", "--from", "grasp"}, "--from: expected a family (torch-encoder,");
    complains({"p.brasp", "-o", "m.json", "--from", "crasp"},
              "p.brasp:line 2, column 5: expected a name that is defined above");
    complains({"q.brasp", "-o", "m.json"},
              "q.brasp:line 2, column 5: expected a name that is defined above, found \"y\"");
    complains({"p.py", "-o", "m.json"}, "p.py:line 2, column 1: expected 'as', found the end of the file");
    complains({"p.json", "-o", "m.json"}, "found attest/model, which every command reads as it is");
    complains({"no.brasp", "-o", "m.json"}, "no.brasp");
}

TEST_CASE("sixteen thousand definitions of B-RASP, each of the one before, are a model") {
    const Folder folder;
    std::string text = "alphabet a b\np0 = symbol a\nb = symbol b\n";
    for (int k = 1; k < 16000; ++k) text += fmt::format("p{} = rightmost(true, p{}@j)\n", k, k - 1);
    folder.write("p.brasp", text);
    const Run made = run_attest(folder, {"import", "p.brasp", "-o", "p.json"});
    CAPTURE(made.err);
    CHECK(made.status == 0);
    CHECK(made.has("15999 layers"));
}

TEST_CASE("a program whose model takes more memory than is allowed is refused") {
    const Folder folder;
    std::string text = "alphabet a b\np0 = symbol a\n", any;
    for (int k = 1; k < 2000; ++k) {
        text += fmt::format("p{} = rightmost(p{}@j, true)\n", k, k - 1);
        any += fmt::format("p{} | ", k);
    }
    folder.write("p.brasp", text + "out = " + any + "p0\n");
    const Run made = run_attest(folder, {"import", "p.brasp", "-o", "p.json", "--memory", "16"});
    CAPTURE(made.err);
    CHECK(made.status == 2);
    CHECK(made.complains("MiB, and 16 are allowed (--memory)"));
}
