#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <regex>
#include <thread>

#include "certificate.hpp"

// Both programs say the same words of the same certificate, and none that a stranger chose passes for one of them.

using namespace attest::tests;
using Manifest = nlohmann::ordered_json;

namespace {

const std::vector<std::string> words = {"zoo:average-parity", "parity", "5"},
                               witness = {"zoo:majority-attempt", "majority", "5"};

std::string without_seconds(const std::string& text) {
    return std::regex_replace(text, std::regex(R"([0-9]+\.[0-9][0-9] s)"), "T s");
}

/// What both programs say, which must be the same but for seconds and, in errors, the program's name.
Run judged(const Folder& folder, const std::vector<std::string>& certificates) {
    std::vector<std::string> arguments{"check"};
    arguments.insert(arguments.end(), certificates.begin(), certificates.end());
    const Run ours = run_attest(folder, arguments), independent = run_check(folder, certificates);
    CAPTURE(ours.out, ours.err, independent.out, independent.err);
    CHECK(ours.status == independent.status);
    CHECK(without_seconds(ours.out) == without_seconds(independent.out));
    CHECK(std::regex_replace(independent.err, std::regex("attest-check: "), "attest: ") == ours.err);
    return ours;
}

/// A certificate whose model is called so, with these assumptions.
void write_named(const Folder& folder, const std::string& name, const std::string& model, const json& assumptions) {
    const Certificate certificate(folder, name, {"m.json", "last", "1"});
    Manifest manifest = certificate.manifest();
    manifest["claim"]["model"] = model;
    manifest["assumptions"] = assumptions;
    certificate.seal(manifest);
}

void write_model(const Folder& folder) {
    folder.write(
        "m.json",
        R"({"format": "attest/model", "version": 1, "alphabet": ["0", "1"], "dimension": 1, "embedding": {"0": [0], "1": [1]}, "layers": [],
        "readout": {"position": "last", "weight": [1], "bias": 0}})");
}

}  // namespace

TEST_CASE("both programs say the same words of the same certificates", "[cli]") {
    const Folder folder;
    const Certificate one(folder, "words", words), two(folder, "witness", witness),
        three(folder, "range", {"zoo:first", "first", "1..3"}),
        four(folder, "clausal", {"zoo:palindrome", "palindrome", "6"}),
        soft(folder, "soft", {"zoo:chiang-cholak-parity", "parity", "4"});
    const Certificate damaged = four.copy();
    damaged.write("proof.lrat", damaged.read("proof.lrat") + "1");
    CHECK(judged(folder, {"words", "witness", "range", "clausal", "soft"}).status == 0);
    CHECK(judged(folder, {"words", "damaged", "witness"}).status == 2);
    CHECK(judged(folder, {"none"}).status == 2);
    CHECK(judged(folder, {"words", "none"}).status == 2);
    const Run refuted = judged(folder, {"witness"});
    CHECK(refuted.status == 0);
    CHECK(without_seconds(refuted.lines()[0]) ==
          "VERIFIED \"majority-attempt\" does not recognise majority at length 5 (witness \"" +
              two.manifest().at("evidence").at("word").get<std::string>() + "\") in T s: \"witness\"");
    const Run rejected = judged(folder, {"damaged"});
    CHECK(rejected.out.rfind("REJECTED \"damaged\": obligation digest fails at proof.lrat: ", 0) == 0);
}

TEST_CASE("a name, an assumption or a directory of a stranger's passes for nothing else", "[cli]") {
    const Folder folder;
    write_model(folder);
    const std::string plain =
        "no hard-attention network computes parity at length 9 (LRAT refutation of 156106 lines, 2.008 s)" +
        std::string(500, ' ');
    write_named(folder, "plain", plain, {"P = NP", "\x1b[31mnothing"});
    write_named(folder, "c1",
                "x\xc2\x9b"
                "2K\xc2\x9b"
                "1GVERIFIED certificate: no transformer whatever",
                {"P = NP"});
    write_named(folder, "quote", "x\" recognises parity at length 99 (checked) in 0.00 s", json::array());
    write_named(folder, "turned", "\u202eytirap\u2066\u200b\u2028\u061c", json::array());
    for (const char* name : {"plain", "c1", "quote", "turned"}) {
        const Run run = judged(folder, {name});
        CAPTURE(name, run.out);
        CHECK(run.status == 0);
        for (const unsigned char c : run.out) CHECK((c == '\n' || (c >= 0x20 && c != 0x7f)));
        for (const char* hidden : {"\xc2\x9b", "\u202e", "\u2066", "\u200b", "\u2028", "\u061c"})
            CHECK_FALSE(run.has(hidden));
        const std::string first = run.lines()[0];
        // The claim is whole within the first 200 characters, the name in quotation marks which it does not close.
        CHECK(std::regex_match(
            first,
            std::regex(
                R"re(VERIFIED "(?:[^"\\]|\\.)*" recognises last at length 1 \([A-Za-z0-9 ,]+\) in [0-9.]+ s: "[a-z0-9]+")re")));
        CHECK(first.find(" recognises last at length 1 (") < 200);
    }
    const Run stated = judged(folder, {"plain"});
    CHECK(stated.lines()[1] == "  assumption stated by the certificate: \"P = NP\"");
    CHECK(stated.lines()[2] == "  assumption stated by the certificate: \"\\x1b[31mnothing\"");
    std::filesystem::rename(folder / "plain", folder / "a\nVERIFIED b");
    const Run directory = judged(folder, {"a\nVERIFIED b"});
    CHECK(directory.lines().size() == 3);
    CHECK(directory.lines()[0].ends_with(": \"a\\x0aVERIFIED b\""));
}

TEST_CASE("languages that hold a stranger's text are quoted", "[cli]") {
    const Folder folder;
    const Certificate certificate(folder, "c", {"zoo:first", "regex:1(0|1)*", "3"});
    CHECK(judged(folder, {"c"}).out.rfind("VERIFIED \"first\" recognises \"regex:1(0|1)*\" at length 3 (", 0) == 0);
}

TEST_CASE("a map is told, in quotation marks", "[cli]") {
    const Folder folder;
    const Run run = run_attest(folder, {"prove", "zoo:first", "--language", "first", "--length", "2", "--map",
                                        "0=0,1=1", "--certificate", "c"});
    REQUIRE(run.status == 0);
    CHECK(judged(folder, {"c"}).has("\"first\" recognises first at length 2, read by the map \"0->0 1->1\" ("));
}

TEST_CASE("a collection says how many claims of which kinds it holds, those of collections within counted", "[cli]") {
    const Folder folder;
    write_model(folder);
    std::filesystem::create_directories(folder / "all");
    const Certificate range(folder, "all/inner", {"zoo:first", "first", "1..3"}), two(folder, "all/witness", witness);
    REQUIRE(
        run_attest(folder, {"threshold", "parity", "--layers", "1", "--heads", "1", "--certificate", "all/threshold"})
            .status == 0);
    Manifest manifest = range.manifest();
    manifest["assumptions"] = {"outer"};
    manifest["claim"]["parts"] = json::array();
    for (const char* part : {"inner", "witness", "threshold"})
        manifest["claim"]["parts"].push_back(
            {{"directory", part},
             {"digest", Certificate::existing(folder, std::string("all/") + part).manifest().at("digest")}});
    const std::string zeros(64, '0');
    manifest["digest"] = zeros;
    folder.write("all/manifest.json", manifest.dump(1) + "\n");
    Certificate::existing(folder, "all").seal(manifest);
    const Run run = judged(folder, {"all"});
    INFO(run.out);
    CHECK(run.status == 0);
    CHECK(without_seconds(run.lines()[0]) ==
          "VERIFIED all 6 claims of the collection hold: 1 does not recognise, 1 impossible threshold, 1 possible "
          "threshold, 3 recognises "
          "(3 certificates) in T s: \"all\"");
    // Each assumption once: the collection's own, that of its three lengths and the witness, those of thresholds.
    CHECK(run.has("\n  assumption stated by 1 certificate: \"outer\"\n"));
    CHECK(
        run.has("\n  assumption stated by 4 certificates: \"arithmetic is exact, as the model format defines it\"\n"));
    CHECK(run.has("\n  assumption stated by 2 certificates: \"networks are those of the class in section 9"));
    CHECK(run.has("\n    VERIFIED \"first\" recognises first at length 2 ("));
}

TEST_CASE("a check that is stopped is undecided, with one line and status 3", "[cli]") {
    const Folder folder;
    const Certificate words_of_22(folder, "c", {"zoo:average-parity", "parity", "5"});
    // A claim about more words of a longer length, which takes minutes to go through.
    Manifest manifest = words_of_22.manifest();
    manifest["claim"]["length"] = 22;
    manifest["evidence"]["words"] = 1 << 22;
    words_of_22.seal(manifest);
    for (const bool ours : {true, false}) {
        const auto go = [&](std::vector<std::string> arguments, Setting setting) {
            setting.folder = folder.path();
            if (ours) arguments.insert(arguments.begin(), "check");
            return run(ours ? ATTEST_PROGRAM : ATTEST_CHECK_PROGRAM, arguments, setting);
        };
        const auto start = std::chrono::steady_clock::now();
        const auto seconds = [&] {
            return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        };
        const Run timed = go({"c", "--timeout", "0.5"}, {});
        CAPTURE(ours, timed.out, timed.err, seconds());
        CHECK(timed.status == 3);
        CHECK(timed.lines().size() == 1);
        const std::string begins = "UNDECIDED \"c\": the time is up after ";
        REQUIRE(timed.out.rfind(begins, 0) == 0);
        CHECK(std::stod(timed.out.substr(begins.size())) >
              0.4);  // of the half second the start of the program is a part
        CHECK(seconds() < 3);
        CHECK(
            go({"c", "--timeout", "0.2", "--json"}, {}).object()[ours ? "results" : "certificates"][0].at("verdict") ==
            "undecided");
        for (const int signal : {SIGINT, SIGTERM}) {
            Setting setting;
            const auto begin = std::chrono::steady_clock::now();
            setting.interrupt_when = [&] {
                return std::chrono::steady_clock::now() - begin > std::chrono::milliseconds(400);
            };
            setting.signal = signal;
            const Run stopped = go({"c"}, setting);
            CAPTURE(signal, stopped.out, stopped.err);
            CHECK(stopped.status == 3);
            CHECK(stopped.lines().size() == 1);
            CHECK(stopped.out.rfind("UNDECIDED \"c\": interrupted after ", 0) == 0);
            CHECK(std::chrono::steady_clock::now() - begin < std::chrono::milliseconds(2400));
        }
    }
}

TEST_CASE("attest-check tells its version, the same as attest", "[cli]") {
    const Folder folder;
    const Run ours = run_attest({"--version"}), independent = run_check(folder, {"--version"});
    CHECK(independent.status == 0);
    CHECK(independent.out == "attest-check" + ours.out.substr(6));
    CHECK(run_check(folder, {"--help"}).status == 0);
    CHECK(run_check(folder, {}).status == 2);
    CHECK(run_check(folder, {"--timeout", "soon", "c"}).status == 2);
}
