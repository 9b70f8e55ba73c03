#include <catch2/catch.hpp>

#include "run.hpp"

// What has no circuit, or few words, is asked word by word: measures, restrictions and circuits of average and softmax models.

namespace attest::tests {

TEST_CASE("a softmax model has the measures of the language that it recognises", "[cli]") {
    const Run run = run_attest({"measure", "zoo:chiang-cholak-parity", "--length", "8", "--json"});
    REQUIRE(run.status == 0);
    const json model = run.object();
    const json language = run_attest({"measure", "--language", "parity", "--length", "8", "--json"}).object();
    CHECK(model["model"] == "chiang-cholak-parity");
    for (const char* measure :
         {"sensitivity", "average_sensitivity", "degree", "decision_tree_depth", "accepted_words"})
        CHECK(model[measure]["value"] == language[measure]["value"]);
    CHECK(run_attest({"measure", "zoo:chiang-cholak-parity", "--length", "8"})
              .err.find("9 words stand for all 256 by their counts") != std::string::npos);
}

TEST_CASE("proofs of sensitivity are kept of a model that is tabulated", "[cli]") {
    const Folder folder;
    const Run run = run_attest(folder, {"measure", "zoo:average-majority", "--length", "6", "--proofs", folder / "p"});
    CHECK(run.status == 0);
    CHECK(!folder.listing().empty());
}

TEST_CASE("restrictions of a softmax model rest on all words, in balls and again in intervals", "[cli]") {
    const Folder folder;
    const Run parity =
        run_attest(folder, {"restrict", "zoo:chiang-cholak-parity", "--length", "6", "--certificate", folder / "s"});
    CHECK(parity.status == 0);
    CHECK(parity.has("RESTRICTED"));
    CHECK(run_check(folder, {folder / "s"}).has("sensitive at every position"));
    const std::string model =
        folder.write("one.json", R"({"format": "attest/model", "version": 1, "name": "some-one", "alphabet": ["0", "1"],
        "dimension": 2, "embedding": {"0": [0, 0], "1": [1, 0]}, "position": [0, "log(2)/40"],
        "layers": [{"attention": {"kind": "softmax", "heads": [{"value": [[1, 0]], "output": [[1], [0]]}], "residual": false}}],
        "readout": {"position": "last", "weight": [1, -1], "bias": "-1/100"}})");
    const Run one = run_attest(folder, {"restrict", model, "--length", "5", "--certificate", folder / "r", "--json"});
    REQUIRE(one.status == 0);
    CHECK(one.object()["free"] == 4);
    CHECK(one.object()["evidence"] == "exhaustion");
    CHECK(one.object()["bits"] == 128);
    const Run checked = run_check(folder, {folder / "r"});
    CHECK(checked.status == 0);
    CHECK(checked.has("all 16 words evaluated in intervals"));
}

TEST_CASE("a circuit of an average or a softmax model has its truth table", "[cli]") {
    const Folder folder;
    for (const auto& [model, language] :
         {std::pair{"zoo:chiang-cholak-parity", "parity"}, std::pair{"zoo:average-majority", "majority"}}) {
        const std::string file = folder / "f.aag";
        const Run compiled = run_attest(folder, {"compile", model, "--length", "9", "--form", "tabulated", "-o", file});
        INFO(model << "\n" << compiled.out << compiled.err);
        CHECK(compiled.status == 0);
        CHECK(compiled.has("tabulated"));
        const json of_circuit = run_attest(folder, {"measure", "--circuit", file, "--json"}).object();
        const json of_language =
            run_attest(folder, {"measure", "--language", language, "--length", "9", "--json"}).object();
        CHECK(of_circuit["accepted_words"]["value"] == of_language["accepted_words"]["value"]);
        CHECK(of_circuit["degree"]["value"] == of_language["degree"]["value"]);
    }
    CHECK(run_attest({"compile", "zoo:chiang-cholak-parity", "--length", "9", "--form", "compact"}).status == 3);
    const json hard =
        run_attest({"compile", "zoo:palindrome", "--length", "6", "--form", "tabulated", "--json"}).object();
    CHECK(hard["form"] == "tabulated");
    CHECK(hard["words"] == 64);
}

TEST_CASE("eval and prove attribute the score to the parts of a model", "[cli]") {
    const Run text = run_attest({"eval", "zoo:chiang-cholak-parity", "--word", "0110", "--attribute"});
    CHECK(text.status == 0);
    CHECK(text.has("what each part adds to the score"));
    const json result = run_attest({"eval", "zoo:chiang-cholak-parity", "--word", "0110", "--attribute", "--json"})
                            .object()["results"][0];
    double sum = 0;
    for (const json& part : result["attribution"]["parts"]) sum += std::stod(part["adds"][0].get<std::string>());
    CHECK(sum == Approx(std::stod(result["score"][0].get<std::string>())));
    CHECK(std::stod(result["attribution"]["sum"][0].get<std::string>()) ==
          Approx(std::stod(result["score"][0].get<std::string>())));
    const Run refuted = run_attest(
        {"prove", "zoo:chiang-cholak-parity", "--language", "majority", "--length", "4", "--attribute", "--json"});
    CHECK(refuted.status == 1);
    CHECK(refuted.object()["results"][0]["attribution"]["parts"].size() > 2);
    const Run shown =
        run_attest({"prove", "zoo:chiang-cholak-parity", "--language", "majority", "--length", "4", "--attribute"});
    CHECK(shown.has("layer 2, head 2"));
    CHECK(shown.has("evenly"));
    CHECK(shown.has("what each part adds to the score"));
    const Run exact = run_attest({"eval", "zoo:first", "--word", "10", "--attribute"});
    CHECK(exact.status == 0);
    CHECK(exact.has("embedding"));
}

}  // namespace attest::tests
