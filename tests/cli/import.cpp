#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <iterator>

#include "run.hpp"
#include "shared_data.hpp"

// Checkpoints of other frameworks, as a user brings them in.

using namespace attest::tests;

namespace {

const std::string parity4 = ATTEST_SOURCE "/examples/parity4.pt";

/// What its state dict does not say.
std::vector<std::string> told(const std::string& source, const std::string& output) {
    return {"import",     source, "--set",   "heads=2", "--set",  "activation=relu",
            "--alphabet", "01",   "--begin", "<s>=2",   "--read", "first",
            "--accept",   "1",    "-o",      output};
}

std::vector<std::string> with(std::vector<std::string> arguments, const std::vector<std::string>& more) {
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("a state dict becomes a model that is proved and refuted") {
    const Folder folder;
    const Run made = run_attest(folder, told(parity4, "p.json"));
    CAPTURE(made.err);
    REQUIRE(made.status == 0);
    CHECK(made.has("family      torch-encoder, PyTorch (zip)\n"));
    CHECK(made.has("assumed     heads 2: --set\n"));
    CHECK(made.has("assumed     eps 1e-5: default of torch.nn.LayerNorm, the file does not say\n"));
    CHECK(made.has("written     p.json (version 1), p.safetensors\n"));
    CHECK(made.err.find("not compared with the source framework") != std::string::npos);
    CHECK(folder.listing() == std::vector<std::string>{"p.json", "p.safetensors"});
    const json proved = run_attest(folder, {"prove", "p.json", "--language", "parity", "--length", "1..5",
                                            "--certificate", "c", "--json"})
                            .object();
    for (std::size_t k = 0; k < 4; ++k) CHECK(proved["results"][k]["verdict"] == "verified");
    CHECK(proved["results"][4]["verdict"] == "refuted");
    CHECK(run_check(folder, {"c"}).status == 0);
    const Run first = run_attest(folder, {"eval", "p.json", "--word", "00101"});
    CHECK(first.out == "00101 accept\n");
}

TEST_CASE("the two encoders that were trained to short words are right and wrong where that was counted in torch") {
    const Folder folder;
    REQUIRE(run_attest(folder, told(parity4, "p.json")).status == 0);
    const json parity =
        run_attest(folder, {"prove", "p.json", "--language", "parity", "--length", "1..5", "--json"}).object();
    CHECK(std::abs(std::stod(parity["results"][3]["margin"]["value"].get<std::string>()) - 10.88086) < 1e-4);
    CHECK(parity["results"][4]["counterexample"] == "00101");
    const Run counted = run_attest(folder, {"accuracy", "p.json", "--language", "parity", "--length", "5"});
    CHECK(counted.has("p is wrong about parity on 21 of 32 words of length 5 "));

    const auto checkpoint = shared_data("torch/torch-contains11.pt");
    if (!checkpoint) return;
    REQUIRE(run_attest(folder, told(checkpoint->string(), "c.json")).status == 0);
    const json contains =
        run_attest(folder, {"prove", "c.json", "--language", "contains:11", "--length", "2..7", "--json"}).object();
    for (std::size_t k = 0; k < 5; ++k) CHECK(contains["results"][k]["verdict"] == "verified");
    CHECK(std::abs(std::stod(contains["results"][4]["margin"]["value"].get<std::string>()) - 0.438800) < 1e-5);
    CHECK(contains["results"][4]["margin"]["word"] == "101001");
    CHECK(contains["results"][5]["verdict"] == "refuted");
    CHECK(contains["results"][5]["counterexample"] == "0000011");
    CHECK(run_attest(folder, {"accuracy", "c.json", "--language", "contains:11", "--length", "7"})
              .has("on 13 of 128 words of length 7 "));
}

TEST_CASE("a count that a limit stops before the checker has counted again is open, and said all the same") {
    const Folder folder;
    REQUIRE(run_attest(folder, told(parity4, "p.json")).status == 0);
    folder.write("p.json",
                 folder.read("p.json") + std::string(300000, ' '));  // of which the checker needs more than a MiB
    const std::vector<std::string> asked = {"accuracy", "p.json",   "--language", "parity",        "--length",
                                            "11",       "--memory", "1",          "--certificate", "a"};
    const Run run = run_attest(folder, asked);
    INFO(run.out << run.err);
    CHECK(run.status == 3);
    CHECK(run.has("UNDECIDED p is wrong about parity on "));
    CHECK(run.has(" of 2048 words of length 11 in "));
    CHECK(run.has(": all 2048 words evaluated; unchecked, memory: while the certificate was checked\n"));
    const json result = run_attest(folder, with(asked, {"--json"})).object()["results"][0];
    CHECK(result["reason"] == "memory");
    CHECK(result["detail"] == "while the certificate was checked");
    CHECK(result["evidence"] == "unchecked");
    CHECK(result["wrong"]["guarantee"] == "exact");
    CHECK(folder.listing() == std::vector<std::string>{"p.json", "p.safetensors"});
}

TEST_CASE("what is made is the same each time, and replaced whole") {
    const Folder folder;
    REQUIRE(run_attest(folder, told(parity4, "p.json")).status == 0);
    const std::string document = folder.read("p.json"), tensors = folder.read("p.safetensors");
    folder.write("p.json", "something else");
    const json result = run_attest(folder, with(told(parity4, "p.json"), {"--json"})).object();
    CHECK(folder.read("p.json") == document);
    CHECK(folder.read("p.safetensors") == tensors);
    CHECK(result["family"] == "torch-encoder");
    CHECK(result["model"]["heads"] == 2);
    CHECK(result["model"]["positions"] == 12);
    CHECK(result["assumed"][2] == json{{"key", "heads"}, {"value", "2"}, {"because", "--set"}});
    CHECK(result["source"]["file"] == "parity4.pt");
    CHECK(result["against"].is_null());
}

TEST_CASE("a longer word than there are positions for is an error") {
    const Folder folder;
    REQUIRE(run_attest(folder, told(parity4, "p.json")).status == 0);
    CHECK(run_attest(folder, {"eval", "p.json", "--word", "01010101010"}).status == 0);
    const std::vector<std::string> beyond[] = {{"eval", "p.json", "--word", "010101010101"},
                                               {"prove", "p.json", "--language", "parity", "--length", "12"},
                                               {"accuracy", "p.json", "--language", "parity", "--length", "4,60"},
                                               {"equal", "p.json", "p.json", "--length", "12"},
                                               {"ablate", "p.json", "--same", "--length", "12"},
                                               {"influence", "p.json", "--lengths", "8..32*2"},
                                               {"measure", "p.json", "--length", "40"},
                                               {"restrict", "p.json", "--length", "40"},
                                               {"compile", "p.json", "--length", "12"}};
    for (const std::vector<std::string>& command : beyond) {
        const Run run = run_attest(folder, command);
        INFO(command.front() << ": " << run.out << run.err);
        CHECK(run.status == 2);
        CHECK(run.complains("expected words of at most 11 symbols, for which the model is made, found length "));
    }
}

TEST_CASE("attest import --list shows tensors and their roles, and writes nothing") {
    const Folder folder;
    const Run listed = run_attest(folder, {"import", parity4, "--list"});
    CHECK(listed.status == 0);
    CHECK(
        listed.has("encoder.layers.1.self_attn.in_proj_weight        F32   [24, 8]          queries, keys and values "
                   "of all heads\n"));
    CHECK(listed.has("pos                                              F32   [12, 8]          table of positions\n"));
    CHECK(listed.has("  -\n") == false);
    CHECK(run_attest(folder, {"import", parity4, "--list", "--json"}).object()["tensors"].size() == 28);
    CHECK(folder.listing().empty());
}

TEST_CASE("attest import --list says what must be told with --set, what is assumed and what the tensors tell") {
    const Folder folder;
    const Run listed = run_attest(folder, {"import", parity4, "--list"});
    CHECK(listed.has(
        "network     2 layers, heads not told, dimension 8, feed-forward 16, 3 rows of tokens, 12 positions, "
        "2 rows read\n"));
    CHECK(listed.has("not told    --set heads=…: the number of heads, which no tensor tells\n"));
    CHECK(listed.has("not told    --set activation=…: relu or gelu\n"));
    CHECK(listed.has("assumed     causal false: a mask is given when the network is called, and is in no file\n"));
    const json told =
        run_attest(folder, {"import", parity4, "--list", "--set", "heads=2", "--set", "activation=relu", "--json"})
            .object();
    CHECK(told["network"]["heads"] == 2);
    CHECK(told["network"]["feed_forward"] == 16);
    for (const json& setting : told["settings"]) CHECK(!setting["value"].is_null());
    CHECK(told["settings"][0] ==
          json{{"key", "norm_first"},
               {"value", "false"},
               {"because", "default of torch.nn.TransformerEncoderLayer, the file does not say"}});
    // Whatever cannot be read is listed all the same, by the names of its tensors.
    const Run refused =
        run_attest(folder, {"import", parity4, "--list", "--set", "heads=3", "--set", "activation=relu"});
    CHECK(refused.status == 0);
    CHECK(!refused.has("network  "));
    CHECK(folder.listing().empty());
}

TEST_CASE("what must be told and is not is asked for") {
    const Folder folder;
    const auto complains = [&](std::vector<std::string> arguments, const std::string& text) {
        const Run run = run_attest(folder, arguments);
        CAPTURE(run.err, text);
        CHECK(run.status == 2);
        CHECK(run.complains(text));
        CHECK(folder.listing().empty());
    };
    complains({"import", parity4}, "import: expected -o MODEL.json (or --list), found neither");
    complains({"import", parity4, "-o", "p.json"},
              "import: expected --set heads=…, the number of heads, which no tensor tells, found none");
    complains({"import", parity4, "--set", "heads=2", "-o", "p.json"}, "expected --set activation=…, relu or gelu");
    complains({"import", parity4, "--set", "heads=3", "--set", "activation=relu", "-o", "p.json"},
              "a width that 3 heads divide, found 8");
    const std::vector<std::string> heads = {"import", parity4,           "--set", "heads=2",
                                            "--set",  "activation=relu", "-o",    "p.json"};
    complains(heads, "expected --alphabet or --tokens, which of the 3 rows of the embedding are letters");
    complains(with(heads, {"--alphabet", "01"}), "expected --read first, last or a position");
    complains(with(heads, {"--alphabet", "01", "--begin", "<s>=0"}),
              "expected --tokens, since row 0 is that of \"<s>\", too");
    complains(with(heads, {"--alphabet", "0123"}), "expected rows below 3");
    complains(with(heads, {"--tokens", "a"}), "--tokens: expected SYMBOL=ROW, found \"a\"");
    complains(with(heads, {"--alphabet", "01", "--read", "middle"}), "--read: expected first, last, each");
    complains(with(heads, {"--alphabet", "01", "--read", "13"}), "--read: expected one of 12 positions, found 13");
    complains({"import", parity4, "--set", "head=2", "-o", "p.json"}, "which no tensor tells, found \"head\"");
    complains(with(heads, {"--set", "heads=4"}), "--set: expected each key once, found \"heads\" again");
    complains(with(told(parity4, "p.json"), {"--set", "eps=small"}), "import: eps: expected a number, found small");
    complains(with(told(parity4, "p.json"), {"--set", "casual=true"}), "found \"casual\"; perhaps 'causal'");
    complains(with(heads, {"--alphabet", "01", "--read", "last", "--accept", "2"}),
              "--accept: expected a class (0, 1), found \"2\"");
    complains(with(told(parity4, "p.json"), {"--set", "activatoin=gelu"}),
              "found \"activatoin\"; perhaps 'activation'");
    complains(with(told(parity4, "p.json"), {"--from", "gpt2"}),
              "parity4.pt:wte.weight: expected a tensor of this name, found none");
    complains(with(told(parity4, "p.json"), {"--from", "gpt3"}), "--from: expected a family (torch-encoder,");
    complains(told(parity4, "p.safetensors"), "expected -o with another ending than .safetensors");
    complains({"import", "missing.pt", "-o", "p.json"}, "missing.pt");
    complains(with(heads, {"--alphabet", "01", "--end", "\n=2", "--read", "last"}),
              "expected symbols without control characters");
    complains(told(parity4, "no/p.json"), "no/p.safetensors: cannot write");
    complains(told(parity4, "."), ".: expected a file to write, found a directory");
}

TEST_CASE("files that are no checkpoints are refused and nothing is left") {
    const Folder folder;
    folder.write("m.onnx", "\x08\x07");
    CHECK(run_attest(folder, told("m.onnx", "p.json"))
              .complains("m.onnx: ONNX holds a graph, not a transformer; save the state dict"));
    folder.write("m.pt", bytes_of(parity4).substr(0, 8192));
    CHECK(run_attest(folder, told("m.pt", "p.json")).complains("m.pt: not a zip archive"));
    CHECK(folder.listing() == std::vector<std::string>{"m.onnx", "m.pt"});
    const Run small = run_attest(folder, with(told(parity4, "p.json"), {"--memory", "1"}));
    CHECK(small.status == 0);
}

TEST_CASE("the source is never written over") {
    const Folder folder;
    REQUIRE(run_attest(folder, told(parity4, "p.json")).status == 0);
    const std::string tensors = folder.read("p.safetensors");
    CHECK(run_attest(folder, told("p.safetensors", "p.json"))
              .complains("expected -o that leaves p.safetensors as it is"));
    CHECK(folder.read("p.safetensors") == tensors);
}

TEST_CASE("logits of the source framework are compared, and a difference writes nothing") {
    const Folder folder;
    const auto wrong = folder.write("l.json", R"({"logits": {"01": [0, 1]}})");
    const Run refused = run_attest(folder, with(told(parity4, "p.json"), {"--against", "l.json"}));
    CHECK(refused.complains("l.json:logits.01[0]: expected the logit of the imported model within 0.001, which is"));
    CHECK(folder.listing() == std::vector<std::string>{"l.json"});
    folder.write("l.json", R"({"logits": {"01": [0]}})");
    CHECK(run_attest(folder, with(told(parity4, "p.json"), {"--against", "l.json"}))
              .complains("expected 2 logits, one a class"));
    folder.write("l.json", R"({"logits": {"0x": [0, 0]}})");
    CHECK(run_attest(folder, with(told(parity4, "p.json"), {"--against", "l.json"}))
              .complains("expected a symbol of the alphabet"));
    const auto checkpoint = shared_data("vectors/torch-encoder-relu-post.pt");
    if (!checkpoint) return;
    const std::string expected = shared_data("vectors/torch-encoder-relu-post.expected.json")->string();
    const Run compared = run_attest(folder, {"import",      checkpoint->string(),
                                             "--set",       "heads=2",
                                             "--set",       "activation=relu",
                                             "--tokens",    "a=1,b=2",
                                             "--begin",     "<bos>=0",
                                             "--read",      "first",
                                             "--accept",    "1",
                                             "--against",   expected,
                                             "--tolerance", "1e-12",
                                             "--json",      "-o",
                                             "v.json"});
    CAPTURE(compared.err);
    REQUIRE(compared.status == 0);
    CHECK(compared.object()["against"]["words"] == 7);
    CHECK(compared.object()["against"]["greatest_difference"] < 1e-12);
    const Run gelu = run_attest(
        folder, {"import", checkpoint->string(), "--set", "heads=1", "--set", "activation=relu", "--tokens", "a=1,b=2",
                 "--begin", "<bos>=0", "--read", "first", "--accept", "1", "--against", expected, "-o", "w.json"});
    CHECK(gelu.complains("expected the logit of the imported model within 0.001"));
}

TEST_CASE("the bracket model of the ARENA course is right where it was proved and wrong beyond") {
    const auto checkpoint = shared_data("arena/brackets.pt");
    if (!checkpoint) return;
    const Folder folder;
    const Run made = run_attest(
        folder, {"import", checkpoint->string(), "--set", "causal=false", "--alphabet", "()", "--tokens", "(=3,)=4",
                 "--begin", "[start]=0", "--end", "[end]=2", "--read", "first", "--accept", "1", "-o", "b.json"});
    CAPTURE(made.err);
    REQUIRE(made.status == 0);
    Setting patient;
    patient.folder = folder.path();
    patient.timeout = 500;
    const json proved =
        run_attest({"prove", "b.json", "--language", "dyck:1", "--length", "2..8", "--json"}, patient).object();
    const double margins[] = {9.01699, 7.83235, 6.79930, 5.98855, 5.39498, 4.98901, 4.72950};
    REQUIRE(proved["results"].size() == std::size(margins));
    for (std::size_t k = 0; k < std::size(margins); ++k) {
        const json& result = proved["results"][k];
        CAPTURE(k + 2, result.dump());
        CHECK(result["verdict"] == "verified");
        const double margin = std::stod(result["margin"]["value"].get<std::string>());
        CHECK(margin >= margins[k]);
        CHECK(margin < margins[k] + 1e-5);
    }
    const Run wrong = run_attest(folder, {"eval", "b.json", "--word", "()())(()()()()()()()()()()()()"});
    CHECK(wrong.out == "()())(()()()()()()()()()()()() accept\n");
}
