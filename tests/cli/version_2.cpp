#include <algorithm>
#include <catch2/catch.hpp>

#include "run.hpp"

// Models of version 2 as a user meets them: symbols of several characters in words, results and certificates; parts of
// tensors; empty sums. And the documents that say what a model file is.

namespace attest::tests {

namespace {

/// Accepts the words that begin with <s>.
const std::string begins =
    R"({"format": "attest/model", "version": 2, "name": "begins", "alphabet": ["<s>", "b"], "dimension": 1,
    "embedding": {"<s>": [1], "b": [0]},
    "layers": [{"attention": {"kind": "hard", "residual": false, "heads": [{"value": [[1]], "output": [[1]]}]}}],
    "readout": {"position": "last", "weight": [1], "bias": 0}})";

}  // namespace

TEST_CASE("words over symbols of several characters are read and printed with blanks between") {
    const Folder folder;
    const std::string model = folder.write("m.json", begins);
    const Run run = run_attest(folder, {"eval", model, "--word", "<s> b", "b <s>", "<s>", " b  b "});
    CHECK(run.status == 0);
    CHECK(run.out == "<s> b accept\nb <s> reject\n<s> accept\nb b reject\n");
    CHECK(run_attest(folder, {"eval", model, "--word", "<s>b"})
              .complains("--word:1: expected a symbol of the alphabet {<s>, b}, found '<s>b'"));
    const Run json = run_attest(folder, {"eval", model, "--word", "<s> b", "--json", "--trace"});
    CHECK(json::parse(json.out)["results"][0]["word"] == "<s> b");
    CHECK(json::parse(json.out)["results"][0]["trace"]["sequence"] == json::array({"<s>", "b"}));

    folder.write("w.json", R"([["<s>", "b"], [], "b b"])");
    folder.write("w.jsonl", "[\"b\", \"<s>\"]\n[\"<s>\"]\n");
    folder.write("w.txt", "<s> b\nb\n");
    CHECK(run_attest(folder, {"eval", model, "--words", folder / "w.jsonl"}).out == "b <s> reject\n<s> accept\n");
    CHECK(run_attest(folder, {"eval", model, "--words", folder / "w.txt"}).out == "<s> b accept\nb reject\n");
    CHECK(run_attest(folder, {"eval", model, "--words", folder / "w.json"})
              .complains("a sequence of at least one position"));
    folder.write("w.json", R"([["<s>", "b"], "b b"])");
    CHECK(run_attest(folder, {"eval", model, "--words", folder / "w.json"}).out == "<s> b accept\nb b reject\n");
    folder.write("w.json", R"([["<s>", "c"]])");
    CHECK(run_attest(folder, {"eval", model, "--words", folder / "w.json"})
              .complains("w.json:[0]:2: expected a symbol of the alphabet"));
}

TEST_CASE("what is proved of such a model is certified in its own symbols") {
    const Folder folder;
    const std::string model = folder.write("m.json", begins);
    const auto prove = [&](const std::string& language, const std::string& map, const std::string& certificate) {
        std::vector<std::string> arguments = {"prove", model,           "--language",         language, "--length",
                                              "3",     "--certificate", folder / certificate, "--json"};
        if (!map.empty()) arguments.insert(arguments.end(), {"--map", map});
        return run_attest(folder, arguments);
    };
    CHECK(json::parse(prove("first", "<s>=1,b=0", "first").out)["results"][0]["verdict"] == "verified");
    const json refuted = json::parse(prove("last", "<s>=1,b=0", "last").out)["results"][0];
    CHECK(refuted["verdict"] == "refuted");
    const std::string word = refuted["counterexample"];
    CHECK(std::count(word.begin(), word.end(), ' ') == 2);
    CHECK(json::parse(folder.read("last/manifest.json"))["evidence"]["word"] == word);
    CHECK(json::parse(folder.read("last/manifest.json"))["claim"]["map"] == json{{"<s>", "1"}, {"b", "0"}});
    CHECK(json::parse(prove("palindrome", "", "palindrome").out)["results"][0]["verdict"] == "refuted");
    for (const char* language : {"contains:b", "regex:b.*"})
        CHECK(prove(language, "", "none").complains("has symbols of several characters"));
    CHECK(json::parse(prove("regex:1.*", "<s>=1,b=0", "regex").out)["results"][0]["verdict"] == "verified");

    const Run restricted =
        run_attest(folder, {"restrict", model, "--length", "3", "--certificate", folder / "restricted", "--json"});
    CHECK(restricted.status == 0);
    CHECK(json::parse(restricted.out)["fixed"]["1"].get<std::string>().size() <= 3);
    CHECK(json::parse(folder.read("restricted/manifest.json"))["claim"]["pair"][0].get<std::string>().find(' ') !=
          std::string::npos);
    for (const char* name : {"first", "last", "palindrome", "regex", "restricted"}) {
        const Run check = run_check(folder, {folder / name});
        CAPTURE(name, check.out, check.err);
        CHECK(check.status == 0);
    }
}

TEST_CASE("parts of tensors and empty sums are read by prover and checker") {
    const Folder folder;
    const std::string header =
        R"({"e": {"dtype": "I8", "shape": [2, 1], "data_offsets": [0, 2]}, "f": {"dtype": "F8_E4M3", "shape": [1], "data_offsets": [2, 3]}})";
    std::string bytes;
    for (int k = 0; k < 8; ++k) bytes += static_cast<char>(header.size() >> (8 * k) & 0xff);
    folder.write("w.safetensors", bytes + header + std::string("\0\1\7", 3));
    const auto model = [&](const std::string& name, const std::string& embedding, int version) {
        return folder.write(
            name,
            R"({"format": "attest/model", "version": )" + std::to_string(version) +
                R"(, "tensors": "w.safetensors", "alphabet": ["0", "1"], "dimension": 1, "embedding": {"0": [0], "1": )" +
                embedding +
                R"(}, "layers": [{"feedforward": {"maps": [{"rows": 1, "cols": 1, "entries": []}]}}], "readout": {"position": "last", "weight": [1], "bias": 0}})");
    };
    const std::string second = R"({"tensor": "e", "rows": [1, 2]})";
    const Run proved = run_attest(folder, {"prove", model("m.json", second, 2), "--language", "last", "--length", "2",
                                           "--certificate", folder / "c"});
    CHECK(proved.status == 0);
    CHECK(run_check(folder, {folder / "c"}).status == 0);
    CHECK(run_attest(folder, {"eval", model("1.json", second, 1), "--word", "1"})
              .complains("embedding.1: expected one of the keys tensor, found the unknown key \"rows\""));
    CHECK(run_attest(folder, {"eval", model("8.json", R"({"tensor": "f"})", 2), "--word", "1"})
              .complains("type F8_E4M3"));

    // A hidden layer of width 0.
    const auto hollow = [&](int version) {
        return folder.write(
            "hollow.json",
            R"({"format": "attest/model", "version": )" + std::to_string(version) +
                R"(, "alphabet": ["0", "1"], "dimension": 1, "embedding": {"0": [0], "1": [1]}, "layers": [{"feedforward": {"maps": [{"rows": 0, "cols": 1, "entries": []}, {"rows": 1, "cols": 0, "entries": []}]}}], )" +
                R"("readout": {"position": "last", "weight": [1], "bias": 0}})");
    };
    CHECK(run_attest(folder, {"prove", hollow(1), "--language", "last", "--length", "3"})
              .complains("layers[0].feedforward.maps[0]: expected at least one row and one column"));
    const Run whole = run_attest(
        folder, {"prove", hollow(2), "--language", "last", "--length", "3", "--certificate", folder / "hollow"});
    CHECK(whole.status == 0);
    CHECK(whole.out.find("VERIFIED") == 0);
    CHECK(run_check(folder, {folder / "hollow"}).status == 0);
}

TEST_CASE("models that answer by class say classes, and accept or reject where some are accepted") {
    const Folder folder;
    const auto model = [&](const std::string& kind, const std::string& readout) {
        return folder.write(
            "classes.json",
            R"({"format": "attest/model", "version": 2, "name": "classes", "alphabet": ["0", "1"], "max_length": 4, "dimension": 2,
                "embedding": {"matrix": [[1, 0], [0, 1]], "rows": {"0": 0, "1": 1}},
                "layers": [{"attention": {"kind": ")" +
                kind +
                R"(", "residual": false, "heads": [{"value": [[1, 0], [0, 1]], "output": [[1, 0], [0, 1]], "mask": "causal"}]},
                            "repeat": "n - 1"}],
                "readout": {"weight": [[1, 0], [0, 1]], "bias": [0, 0], "classes": ["zero", "one"], )" +
                readout + "}}");
    };
    const std::string accepting = R"("position": "last", "accept": ["one"])", each = R"("position": "each")";
    CHECK(run_attest(folder, {"eval", model("hard", accepting), "--word", "01", "110"}).out ==
          "01 reject\n110 accept\n");
    CHECK(run_attest(folder, {"eval", model("hard", each), "--word", "01", "110"}).out ==
          "01 zero zero\n110 one one one\n");
    const Run level = run_attest(folder, {"eval", model("softmax", each), "--word", "01", "--json"});
    CHECK(level.status == 3);
    CHECK(json::parse(level.out)["results"][0]["classes"] == json::array({"zero", nullptr}));
    CHECK(run_attest(folder, {"prove", model("hard", each), "--language", "first", "--length", "3"})
              .complains("accepts and rejects no word"));
    CHECK(run_attest(folder, {"eval", model("hard", accepting), "--word", "00000"}).complains("at most 4 symbols"));
    CHECK(run_attest(folder, {"prove", model("hard", accepting), "--language", "first", "--length", "3..5"})
              .complains("at most 4 symbols"));
    const Run proved = run_attest(folder, {"prove", model("hard", accepting), "--language", "first", "--length", "2..4",
                                           "--certificate", folder / "c"});
    CHECK(proved.status == 0);
    CHECK(run_check(folder, {folder / "c"}).status == 0);
}

TEST_CASE("the formats can be read where attest is installed") {
    const Run model = run_attest({"manual", "model-format"});
    CHECK(model.status == 0);
    CHECK(model.out.find("# Model files") == 0);
    CHECK(model.out.find("`F6_E2M3`") != std::string::npos);
    const Run certificate = run_attest({"manual", "certificate-format"});
    CHECK(certificate.status == 0);
    CHECK(certificate.out.find("# Certificates, version 1") == 0);
    CHECK(certificate.out.find("12. Softmax models") != std::string::npos);
    CHECK(run_attest({"manual", "model-formt"}).complains("perhaps 'model-format'"));
    CHECK(json::parse(run_attest({"manual", "model-format", "--json"}).out)["page"] == model.out);
}

}  // namespace attest::tests
