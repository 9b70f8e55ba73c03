#include <catch2/catch.hpp>
#include <filesystem>

#include "certificate.hpp"

// Pages from certificates and results, as a user makes them.

using namespace attest::tests;
namespace fs = std::filesystem;

namespace {

const std::vector<std::string> proved = {"zoo:palindrome", "palindrome", "4"},
                               refuted = {"zoo:majority-attempt", "majority", "5"};

Run report(const Folder& folder, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "report");
    return run_attest(folder, arguments);
}

/// A run is refused with this message, and no page is left.
void refused(const Folder& folder, const std::vector<std::string>& directories, const std::string& message) {
    std::vector<std::string> arguments = directories;
    arguments.insert(arguments.end(), {"-o", "page.html"});
    const Run run = report(folder, arguments);
    INFO(run.err);
    CHECK(run.status == 2);
    CHECK(run.complains(message));
    CHECK(!fs::exists(folder / "page.html"));
}

bool holds(const std::string& page, const std::string& text) { return page.find(text) != std::string::npos; }

}  // namespace

TEST_CASE("a page says of each certificate what the checker said, and counts", "[cli]") {
    const Folder folder;
    const Certificate yes(folder, "in/yes", proved), no(folder, "in/no", refuted);
    const Run run = report(folder, {"in", "-o", "page.html", "--json"});
    CHECK(run.status == 0);
    CHECK((run.object()["verified"] == 1 && run.object()["refuted"] == 1 && run.object()["refused"] == 0));
    const std::string page = folder.read("page.html");
    CHECK(run.object()["bytes"] == page.size());
    for (const char* text :
         {"&quot;palindrome&quot; recognises palindrome at length 4",
          "&quot;majority-attempt&quot; does not recognise majority at length 5", "LRAT refutation of",
          "The counterexample", "attest check in/yes", "The model as a circuit at length 4"}) {
        CAPTURE(text);
        CHECK(holds(page, text));
    }
}

TEST_CASE("a certificate that is refused makes the status 2 and is not shown as verified", "[cli]") {
    const Folder folder;
    const Certificate whole(folder, "in/whole", proved), damaged(folder, "in/damaged", proved);
    auto manifest = damaged.manifest();
    manifest["claim"]["language"] = "parity";
    damaged.seal(manifest);
    const Run run = report(folder, {"in", "-o", "page.html", "--json"});
    CHECK(run.status == 2);
    CHECK((run.object()["verified"] == 1 && run.object()["refused"] == 1));
    const std::string page = folder.read("page.html");
    CHECK(holds(page, "Claimed: &quot;palindrome&quot; recognises parity at length 4"));
    CHECK(holds(page, "obligation translation fails at"));
    CHECK(!holds(page, ">&quot;palindrome&quot; recognises parity at length 4<"));
}

TEST_CASE("a collection is shown with its parts in order of length", "[cli]") {
    const Folder folder;
    REQUIRE(run_attest(folder, {"prove", "zoo:palindrome", "--language", "palindrome", "--length", "8..10",
                                "--certificate", "c"})
                .status == 0);
    const Run run = report(folder, {"c", "-o", "page.html", "--json"});
    CHECK(run.status == 0);
    CHECK(run.object()["verified"] == 3);
    const std::string page = folder.read("page.html");
    const std::size_t nine = page.find("palindrome at length 9"), ten = page.find("palindrome at length 10");
    CHECK((nine != std::string::npos && ten != std::string::npos && nine < ten));
}

TEST_CASE("outputs and ledger results are shown beside certificates, and never count as checked", "[cli]") {
    const Folder folder;
    const Certificate certificate(folder, "in/majority", refuted);
    folder.write("in/measure.json",
                 run_attest(folder, {"measure", "--language", "majority", "--length", "5", "--json"}).out);
    folder.write(
        "in/prove.json",
        run_attest(folder, {"prove", "zoo:palindrome", "--language", "palindrome", "--length", "1..3", "--json"}).out);
    folder.write("in/restrict.json", run_attest(folder, {"restrict", "zoo:palindrome", "--length", "4", "--json"}).out);
    folder.write(
        "in/results.jsonl",
        R"({"id": "majority-5", "statement": "one word too many", "command": ["attest", "prove"], "outcome": "same", "stored": "refuted", "found": "refuted", "guarantee": "exact", "seconds": 0.25, "memory_kib": 2048, "source": "yao2021self", "status": "new", "certificate": "majority"})"
        "\n"
        R"({"id": "missing", "outcome": "weaker", "why": "7 is less than 8", "certificate": "elsewhere"})"
        "\n");
    const Run run = report(folder, {"in", "-o", "page.html", "--json"});
    CHECK(run.status == 3);  // a row names a certificate that is not there
    CHECK((run.object()["outputs"] == 3 && run.object()["ledger_rows"] == 2 &&
           run.object()["ledger_certificates_missing"] == 1 && run.object()["verified"] == 0));
    const std::string page = folder.read("page.html");
    for (const char* text :
         {"Sensitivity profile", "Influences", "What the run found, length by length", "The restriction", "majority-5",
          "7 is less than 8", "not here: nothing was checked", "2 MiB"}) {
        CAPTURE(text);
        CHECK(holds(page, text));
    }
}

TEST_CASE("a threshold shows its class; tables that are refuted show where their heads look", "[cli]") {
    const Folder folder;
    REQUIRE(run_attest(folder, {"threshold", "first", "--layers", "1", "--heads", "1", "--to", "2", "--certificate",
                                "in/threshold"})
                .status == 0);
    REQUIRE(run_attest(folder, {"prove", "in/threshold/length-2/witness.json", "--language", "parity", "--length", "2",
                                "--certificate", "in/tables"})
                .status == 1);
    const Run run = report(folder, {"in", "-o", "page.html", "--json"});
    CHECK(run.status == 0);
    CHECK((run.object()["refuted"] == 1 && run.object()["refused"] == 0));
    const std::string page = folder.read("page.html");
    for (const char* text : {"The class of networks", "The network that was found, on “10”", "Attention on",
                             "Where each position looks"}) {
        CAPTURE(text);
        CHECK(holds(page, text));
    }
}

TEST_CASE("a softmax model that is refuted shows how its heads spread their weight", "[cli]") {
    const Folder folder;
    REQUIRE(run_attest(folder, {"prove", "zoo:uniform-majority", "--language", "parity", "--length", "4",
                                "--certificate", "in"})
                .status == 1);
    REQUIRE(report(folder, {"in", "-o", "page.html"}).status == 0);
    const std::string page = folder.read("page.html");
    for (const char* text : {"the wider the greater its weight", "position 5 looks at 1 with weight 0.2",
                             "1 &#39;1&#39; to 5 &#39;$&#39; evenly"}) {
        CAPTURE(text);
        CHECK(holds(page, text));
    }
}

TEST_CASE("a restriction is drawn from its certificate", "[cli]") {
    const Folder folder;
    REQUIRE(run_attest(folder, {"restrict", "zoo:palindrome", "--length", "4", "--certificate", "c"}).status == 0);
    CHECK(report(folder, {"c", "-o", "page.html"}).status == 0);
    CHECK(holds(folder.read("page.html"), "The restriction"));
}

TEST_CASE("the same inputs give the same page", "[cli]") {
    const Folder folder;
    const Certificate yes(folder, "in/yes", proved), no(folder, "in/no", refuted);
    REQUIRE(report(folder, {"in", "-o", "1.html", "--threads", "1"}).status == 0);
    REQUIRE(report(folder, {"in", "-o", "2.html", "--threads", "2"}).status == 0);
    CHECK(folder.read("1.html") == folder.read("2.html"));
}

TEST_CASE("what is no certificate and no result is refused in one line, and no page is left", "[cli]") {
    const Folder folder;
    for (const char* name : {"empty", "broken", "other", "claimless", "json", "ledger", "row"})
        fs::create_directory(folder / name);
    refused(folder, {"empty"}, "empty: expected a certificate");
    refused(folder, {"absent"}, "absent: expected a directory");
    refused(folder, {folder.write("file", "x")}, "expected a directory");
    folder.write("broken/manifest.json", "{\"format\": ");
    refused(folder, {"broken"}, "broken/manifest.json:1:");
    folder.write("other/manifest.json", "{\"format\": \"other\"}");
    refused(folder, {"other"}, "other/manifest.json:format: expected \"attest/certificate\"");
    folder.write("claimless/manifest.json", "{\"format\": \"attest/certificate\"}");
    refused(folder, {"claimless"}, "claimless/manifest.json:claim: expected an object");
    folder.write("json/x.json", "[1]");
    refused(folder, {"json"}, "json/x.json: expected an output of attest");
    folder.write("ledger/results.jsonl", "{\"id\": \"a\", \"outcome\": \"same\"}\n{\n");
    refused(folder, {"ledger"}, "ledger/results.jsonl:2:");
    folder.write("row/results.jsonl", "{\"id\": \"a\"}\n");
    refused(folder, {"row"}, "row/results.jsonl:1: expected the key \"outcome\"");
    const Certificate certificate(folder, "c", proved);
    refused(folder, {"c", "empty"}, "empty: expected a certificate");
}

TEST_CASE("an older page stays where a new one cannot be made", "[cli]") {
    const Folder folder;
    folder.write("page.html", "older");
    fs::create_directory(folder / "empty");
    CHECK(report(folder, {"empty", "-o", "page.html"}).status == 2);
    CHECK(folder.read("page.html") == "older");
}

TEST_CASE("symbols of a model that are markup stay text", "[cli]") {
    const Folder folder;
    REQUIRE(run_attest(folder, {"zoo", "export", "majority-attempt", "-o", "m.json"}).status == 0);
    std::string model = folder.read("m.json");
    const auto replace = [&](const std::string& from, const std::string& to) {
        for (std::size_t at = 0; (at = model.find(from, at)) != std::string::npos; at += to.size())
            model.replace(at, from.size(), to);
    };
    replace("\"1\"", "\"<\"");
    replace("\"0\"", "\"&\"");
    replace("majority-attempt", "</title><script>alert(1)</script>");
    folder.write("m.json", model);
    REQUIRE(run_attest(folder, {"prove", "m.json", "--language", "majority", "--map", "&=0,<=1", "--length", "5",
                                "--certificate", "c"})
                .status == 1);
    REQUIRE(report(folder, {"c", "-o", "page.html"}).status == 0);
    const std::string page = folder.read("page.html");
    CHECK(!holds(page, "<script"));
    CHECK(holds(page, "&lt;script&gt;alert(1)"));
}

TEST_CASE("a certificate's symbolic links are not followed", "[cli]") {
    const Folder folder;
    const Certificate certificate(folder, "elsewhere/c", proved);
    fs::create_directory(folder / "in");
    fs::create_directory_symlink(folder / "elsewhere", folder / "in/link");
    refused(folder, {"in"}, "in: expected a certificate");
}

TEST_CASE("what is there twice counts once", "[cli]") {
    const Folder folder;
    const Certificate certificate(folder, "in/c", proved);
    REQUIRE(run_attest(folder, {"prove", "zoo:palindrome", "--language", "palindrome", "--length", "2..3",
                                "--certificate", "in/all"})
                .status == 0);
    folder.write("in/prove.json",
                 run_attest(folder, {"prove", "zoo:first", "--language", "first", "--length", "1", "--json"}).out);
    const auto verified = [&](std::vector<std::string> directories) {
        directories.insert(directories.end(), {"-o", "page.html", "--json"});
        const Run run = report(folder, directories);
        CAPTURE(directories, run.err);
        CHECK(run.status == 0);
        CHECK(run.object().at("outputs") <= 1);
        return run.object().at("verified").get<int>();
    };
    CHECK(verified({"in"}) == 3);
    SECTION("named twice, however it is spelled") {
        CHECK(verified({"in", "in"}) == 3);
        CHECK(verified({"in/c", "./in/../in", "in/"}) == 3);
        fs::create_directory_symlink(folder / "in", folder / "link");
        CHECK(verified({"in", "link"}) == 3);
    }
    SECTION("a part of a collection that is named for itself") {
        CHECK(verified({"in/all/length-2", "in/all"}) == 2);
        CHECK(verified({"in/all", "in/all/length-2"}) == 2);
        CHECK(verified({"in/all/length-2"}) == 1);
    }
    SECTION("copies") {
        fs::copy(folder / "in/c", folder / "in/copy", fs::copy_options::recursive);
        CHECK(verified({"in"}) == 3);
        CHECK(holds(folder.read("page.html"), "a copy of the certificate that is counted as "));
        fs::copy(folder / "in/all/length-2", folder / "in/part", fs::copy_options::recursive);
        CHECK(verified({"in"}) == 3);
    }
    SECTION("a collection of which one part is refused is one refusal") {
        std::string manifest = folder.read("in/all/length-3/manifest.json");
        manifest.replace(manifest.find("palindrome"), 10, "palindromx");
        folder.write("in/all/length-3/manifest.json", manifest);
        const Run run = report(folder, {"in", "-o", "page.html", "--json"});
        CHECK(run.object().at("refused") == 1);
    }
}
