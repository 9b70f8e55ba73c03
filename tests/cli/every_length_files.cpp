#include <catch2/catch.hpp>

#include "run.hpp"

// attest classify --census, and attest compile --length all.

using namespace attest::tests;

TEST_CASE("a census says how many languages are of which classes", "[cli][classify]") {
    const Folder folder;
    const Run people = run_attest(folder, {"classify", "--census", "3", "--letters", "2", "--plot", "c.svg"});
    CHECK(people.status == 0);
    CHECK(people.has("CENSUS of minimal automata with 3 states over 2 letters: 1028 languages in 216 tables"));
    CHECK(people.has("  drawn in    c.svg\n"));
    const std::string svg = folder.read("c.svg");
    CHECK(svg.starts_with("<svg "));
    CHECK(svg.find("1028") != std::string::npos);
    const json object = run_attest(folder, {"classify", "--census", "3", "--json"}).object();
    CHECK(object["census"] == 3);
    CHECK(object["letters"] == 2);
    CHECK(object["languages"] == 1028);
    std::uint64_t sum = 0;
    for (const json& vector : object["vectors"]) sum += vector["languages"].get<std::uint64_t>();
    CHECK(sum == 1028);
    for (const json& row : object["classes"])
        if (row["name"] == "star-free") CHECK(row["languages"] == 162);
}

TEST_CASE("a census that is ended says what was counted", "[cli][classify]") {
    const Folder folder;
    const Run run = run_attest(folder, {"classify", "--census", "7", "--timeout", "0.5", "--json"});
    CHECK(run.status == 3);
    CHECK(run.object()["stopped"] == "deadline");
}

TEST_CASE("what does not fit a census is said in one line", "[cli][classify]") {
    const Folder folder;
    CHECK(run_attest(folder, {"classify"}).complains("LANGUAGE: expected a language, or --census Q"));
    CHECK(run_attest(folder, {"classify", "parity", "--census", "2"}).status == 2);
    CHECK(run_attest(folder, {"classify", "parity", "--plot", "c.svg"}).status == 2);
    CHECK(run_attest(folder, {"classify", "--census", "0"}).status == 2);
}

TEST_CASE("a model at all lengths is a circuit with latches", "[cli][compile]") {
    const Folder folder;
    const Run people =
        run_attest(folder, {"compile", "zoo:tomita-4", "--language", "tomita:4", "--length", "all", "-o", "m.aag"});
    CHECK(people.status == 0);
    CHECK(people.has("tomita-4 at every length from 0 on"));
    CHECK(folder.read("m.aag").starts_with("aag "));
    CHECK(folder.read("m.aag").find("\nb0 bad\n") != std::string::npos);
    const json object = run_attest(folder, {"compile", "zoo:first", "--length", "1..", "--json"}).object();
    CHECK(object["lengths"]["from"] == 1);
    CHECK(object["port"] == "accept");
    CHECK(object["inputs"] == 1);
    const Run guessing = run_attest(
        folder, {"compile", "zoo:dyck-1-depth-1", "--language", "dyck:1,1", "--length", "all", "-o", "g.aag"});
    CHECK(guessing.status == 0);
    CHECK(guessing.has(" of the inputs, of what heads find to the right\n"));
    CHECK(folder.read("g.aag").find("\ni1 guess 0\n") != std::string::npos);
    CHECK(run_attest(folder, {"compile", "zoo:dyck-1-depth-1", "--length", "all"}).has("  outputs   accept, reject: "));
}

TEST_CASE("what has no circuit at all lengths is said in one line", "[cli][compile]") {
    const Folder folder;
    CHECK(run_attest(folder, {"compile", "zoo:palindrome", "--length", "all"}).status == 3);
    CHECK(run_attest(folder, {"compile", "zoo:first", "--length", "all", "-o", "m.dot"})
              .complains("-o: expected a file ending in .aag or .aig for all lengths"));
    CHECK(run_attest(folder, {"compile", "zoo:first", "--length", "all", "--form", "compact"})
              .complains("--form: expected none for all lengths"));
    CHECK(run_attest(folder, {"compile", "zoo:first", "--length", "4", "--language", "first"})
              .complains("--language: expected with --length all"));
    CHECK(folder.listing().empty());
}
