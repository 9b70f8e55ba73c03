#include <catch2/catch.hpp>
#include <fstream>

#include "run.hpp"
#include "shared_data.hpp"

// Networks and programs that others made, asked as a user asks: what is right about them and what is wrong was counted by
// other programs, in torch or by the code of their authors.

using namespace attest::tests;

namespace {

/// A checkpoint as m.json in the folder.
void import_as_m(const Folder& folder, const std::string& source, const std::vector<std::string>& told) {
    std::vector<std::string> arguments = {"import", source, "-o", "m.json"};
    arguments.insert(arguments.end(), told.begin(), told.end());
    const Run made = run_attest(folder, arguments);
    INFO(made.err);
    REQUIRE(made.status == 0);
}

/// A learned program that accepts a word if it says T behind the last symbol.
bool with_acceptance(const Folder& folder, const std::string& name) {
    const auto source = shared_data("transformer-programs/" + name + ".json");
    if (!source) return false;
    json program = json::parse(std::ifstream(*source));
    program["output"]["accept"] = {"T"};
    folder.write("p.json", program.dump());
    return true;
}

/// Its mistakes about a language at some lengths.
std::vector<std::string> mistakes(const Folder& folder, const std::vector<std::string>& question) {
    std::vector<std::string> arguments = {"accuracy", "p.json", "--json"};
    arguments.insert(arguments.end(), question.begin(), question.end());
    const json results = run_attest(folder, arguments).object().at("results");
    std::vector<std::string> all;
    for (const json& result : results) {
        CHECK(result.at("evidence") == "exhaustion");
        all.push_back(result.at("wrong").at("value"));
    }
    return all;
}

}  // namespace

TEST_CASE("two networks that add modulo 113 are right on all pairs, by the margins that torch has", "[cli][task]") {
    for (const auto& [name, margin] : {std::pair<std::string, std::string>{"wd1", "[7.64850, 7.64851], of \"69 62\""},
                                       {"nowd", "[7.25317, 7.25318], of \"73 59\""}}) {
        const auto source = shared_data("grokking/grokking-mod113-" + name + ".safetensors");
        if (!source) return;
        const Folder folder;
        import_as_m(folder, source->string(), {"--alphabet", "0..112", "--end", "==113"});
        const Run run = run_attest(folder, {"accuracy", "m.json", "--task", "sum-mod:113"});
        CHECK(run.status == 0);
        CHECK(run.has("is wrong about sum-mod:113 on 0 of 12769 words of length 2"));
        CHECK(run.has("  least margin in " + margin + "\n"));
    }
}

TEST_CASE("a network of uniform attention is right on all pairs modulo 59, in rational numbers", "[cli][task]") {
    const auto source = shared_data("pizza/model_p99zdpze5l.pt");
    if (!source) return;
    const Folder folder;
    import_as_m(folder, source->string(),
                {"--config", shared_data("pizza/config_p99zdpze5l.json")->string(), "--alphabet", "0..58"});
    Setting patient;
    patient.folder = folder.path();
    patient.timeout = 500;
    const Run run = run_attest({"accuracy", "m.json", "--task", "sum-mod:59", "--json"}, patient);
    INFO(run.err);
    CHECK(run.status == 0);
    const json result = run.object().at("results").at(0);
    CHECK(result.at("wrong") == 0);
    CHECK(result.at("margin").at("word") == "13 54");
    CHECK(std::stod(result.at("margin").at("least").get<std::string>()) == Approx(14.296051).margin(1e-5));
    CHECK(!result.contains("bits"));  // of balls
}

TEST_CASE("a learned program recognises balanced brackets up to nine symbols", "[cli]") {
    const Folder folder;
    if (!with_acceptance(folder, "mixed-dyck1")) return;
    CHECK(mistakes(folder, {"--language", "dyck:1", "--length", "1..10"}) ==
          std::vector<std::string>{"0", "0", "0", "0", "0", "0", "0", "0", "0", "7"});
    const Run refuted = run_attest(folder, {"prove", "p.json", "--language", "dyck:1", "--length", "10"});
    CHECK(refuted.status == 1);
    CHECK(refuted.has("(((())()))"));
}

TEST_CASE("a learned program takes one bracket for another at four symbols", "[cli]") {
    const Folder folder;
    if (!with_acceptance(folder, "mixed-dyck2")) return;
    const std::vector<std::string> question = {"--language", "dyck:2", "--map",  "(=(,)=),{=[,}=]",
                                               "--length",   "3,4,6",  "--list", "3"};
    CHECK(mistakes(folder, question) == std::vector<std::string>{"0", "2", "45"});
    const Run run = run_attest(folder, {"accuracy", "p.json", "--language", "dyck:2", "--map", "(=(,)=),{=[,}=]",
                                        "--length", "4", "--list", "3"});
    CHECK(run.has("    \"(()}\": reject expected, accept given\n    \"{())\": reject expected, accept given\n"));
}

TEST_CASE("what Tracr compiles for parity is wrong from ten ones on, with certificates", "[cli]") {
    const auto model = shared_data("tracr/tracr-parity-12.json");
    if (!model) return;
    const Folder folder;
    for (const auto& [length, word] : {std::pair<std::string, std::string>{"9", ""},
                                       {"10", "1111111111"},
                                       {"11", "01111111111"},
                                       {"12", "001111111111"}}) {
        const Run run = run_attest(folder, {"prove", model->string(), "--language", "parity", "--length", length,
                                            "--json", "--certificate", length});
        const json result = run.object().at("results").at(0);
        CHECK(result.at("verdict") == (word.empty() ? "verified" : "refuted"));
        if (!word.empty()) CHECK(result.at("counterexample") == word);
        CHECK(run_check(folder, {length}).status == 0);
    }
}

TEST_CASE("eval shows where models that answer with classes look, and their logits", "[cli]") {
    const Folder folder;
    const auto model = [](const std::string& kind) {
        return R"({"format": "attest/model", "version": 2, "name": "counts", "alphabet": ["0", "1"], "dimension": 1,
            "embedding": {"0": [0], "1": [1]}, "layers": [{"attention": {"kind": ")" +
               kind + R"(", "residual": false, "heads": [{"value": [[1]], "output": [[1]]}]}}],
            "readout": {"position": "last", "weight": [[-2], [2]], "bias": [1, 0], "classes": ["few", "many"]}})";
    };
    folder.write("a.json", model("average"));
    folder.write("s.json", model("softmax"));
    const Run exact = run_attest(folder, {"eval", "a.json", "--word", "0110", "--trace"});
    CHECK(exact.status == 0);
    CHECK(exact.has("0110 many\n    layer 1, head 1\n"));
    CHECK(exact.has("    logit of few: 0\n    logit of many: 1\n"));
    const Run soft = run_attest(folder, {"eval", "s.json", "--word", "0110", "--trace"});
    CHECK(soft.status == 0);
    CHECK(soft.has("1 '0' to 4 '0' evenly"));
    CHECK(soft.has("    logit of many: between "));
    const json record = run_attest(folder, {"eval", "s.json", "--word", "0110", "--trace", "--json"}).object();
    CHECK(record.at("results").at(0).at("trace").at("layers").size() == 1);
    for (const char* const file : {"a.json", "s.json"}) {
        const Run parts = run_attest(folder, {"eval", file, "--word", "0110", "--attribute"});
        INFO(parts.out << parts.err);
        CHECK(parts.status == 0);
        CHECK(parts.has("what each part adds to the score, the logit of many less that of few\n"));
        const json one = run_attest(folder, {"eval", file, "--word", "0110", "--attribute", "--json"}).object();
        const json& attribution = one.at("results").at(0).at("attribution");
        CHECK(attribution.at("accepted") == "many");
        CHECK(attribution.at("rejected") == "few");
        CHECK(std::stod(attribution.at("sum").at(0).get<std::string>()) == Approx(1));
        CHECK(attribution.at("parts").size() == 2);
    }
}

TEST_CASE("import lists the steps of a program, and says what is a model already", "[cli]") {
    const Folder folder;
    folder.write("last.brasp", "alphabet a b\nf = symbol a\noutput f\n");
    const Run model = run_attest(folder, {"import", "last.brasp", "--list"});
    INFO(model.out << model.err);
    CHECK(model.status == 0);
    CHECK(model.has("family      brasp\n"));
    const json steps =
        run_attest(folder, {"import", "last.brasp", "--set", "as=program", "--list", "--json"}).object().at("tensors");
    CHECK(steps.size() >= 1);
    for (const json& step : steps) CHECK(step.at("roles").contains("brasp"));
    CHECK(folder.listing() == std::vector<std::string>{"last.brasp"});
    folder.write("own.json", R"({"format": "attest/program", "version": 1})");
    CHECK(run_attest(folder, {"import", "own.json", "-o", "n.json"})
              .complains("found attest/program, which every command reads as it is"));
    folder.write("empty.pt", "");
    CHECK(run_attest(folder, {"import", "empty.pt", "-o", "n.json"}).complains("found an empty file"));
}

TEST_CASE("a program of too many values for gates has the circuit of its answers", "[cli]") {
    const Folder folder;
    if (!with_acceptance(folder, "mixed-dyck1")) return;
    const Run run = run_attest(folder, {"compile", "p.json", "--length", "8", "-o", "p.aag"});
    INFO(run.out << run.err);
    CHECK(run.status == 0);
    CHECK(run.has("tabulated"));
    const json measured = run_attest(folder, {"measure", "--circuit", "p.aag", "--json"}).object();
    CHECK(measured.at("accepted_words").at("value") == 14);  // balanced words of eight brackets
    CHECK(run_attest(folder, {"compile", "p.json", "--length", "4", "--form", "tabulated"}).status == 0);
    CHECK(run_attest(folder, {"compile", "p.json", "--length", "4", "--form", "compact"})
              .complains("expected none, or tabulated, for a program"));
}
