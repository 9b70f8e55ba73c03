#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>

#include "attest/formats/file.hpp"
#include "base/random.hpp"
#include "random_model.hpp"
#include "run.hpp"
#include "seed.hpp"
#include "shared_data.hpp"

// Models as programs and as modules of PyTorch, as a user takes them out.

using namespace attest;
using namespace attest::tests;

namespace {

/// Python with PyTorch, as Debian packages it.
std::optional<std::string> python_with_torch() {
    for (const char* python : {"/usr/bin/python3", "python3"})
        if (std::system(fmt::format("{} -c 'import torch' >/dev/null 2>&1", python).c_str()) == 0) return python;
    WARN("skipped: python3-torch is not installed, which runs exported modules");
    return std::nullopt;
}

/// Prints the greatest difference between logits that attest recorded and those of the module, relative to their size.
const std::string comparison = R"(
import importlib.util, json, sys, fractions
spec = importlib.util.spec_from_file_location("module", sys.argv[1])
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
model = module.Model()
def number(x):
    if isinstance(x, list):
        return (number(x[0]) + number(x[-1])) / 2
    return float(fractions.Fraction(str(x)))
worst = 0.0
for of in json.load(open(sys.argv[2]))["results"]:
    word = of["word"].split(" ") if " " in of["word"] else of["word"]
    with module.torch.no_grad():
        found = model(word)
    readout = model.document["readout"]
    if "logits" in of:
        found, wanted = found.flatten().tolist(), [number(x) for row in of["logits"] for x in row]
    elif "classes" in readout:
        inside = [c in readout["accept"] for c in readout["classes"]]
        best = lambda side: max(float(x) for x, i in zip(found, inside) if i == side)
        found, wanted = [best(True) - best(False)], [number(of["score"])]
    else:
        found, wanted = found.flatten().tolist(), [number(of["score"])]
    assert len(found) == len(wanted), (word, found, wanted)
    for a, b in zip(found, wanted):
        worst = max(worst, abs(a - b) / max(1.0, abs(b)))
    if of["answer"] in ("accept", "reject") and abs(wanted[0]) > 1e-9:
        assert model.answer(model(word)) == of["answer"], word
print(worst)
)";

/// Whether the module and `attest eval` have the same logits on these words.
void check_module(const Folder& folder, const std::string& python, const std::string& model,
                  const std::vector<std::string>& words) {
    const Run made = run_attest(folder, {"export", model, "--to", "torch", "-o", "m.py"});
    CAPTURE(model, made.err);
    REQUIRE(made.status == 0);
    std::vector<std::string> arguments = {"eval", model, "--json", "--word"};
    arguments.insert(arguments.end(), words.begin(), words.end());
    const Run evaluated = run_attest(folder, arguments);
    CAPTURE(evaluated.err);
    REQUIRE(evaluated.status == 0);
    folder.write("eval.json", evaluated.out);
    folder.write("compare.py", comparison);
    Setting setting;
    setting.folder = folder.path();
    const Run compared = run(python, {"compare.py", "m.py", "eval.json"}, setting);
    CAPTURE(compared.out, compared.err);
    REQUIRE(compared.status == 0);
    CHECK(std::stod(compared.out) < 1e-9);
    // The document beside the module is the model as well.
    const json again = run_attest(folder, {"eval", "m.json", "--word", words[0], "--json"}).object();
    CHECK(again["results"][0]["answer"] == evaluated.object()["results"][0]["answer"]);
}

}  // namespace

TEST_CASE("a B-RASP program goes in, out and in again, and is proved equal", "[cli]") {
    const Folder folder;
    folder.write("p.brasp",
                 "alphabet a b\nb = symbol b\na = symbol a\nr = rightmost(a@j | b@i, a@j)\nl = leftmost(!r@j, b@j)\n"
                 "out = r & b | !l & a\n");
    for (const char* as : {"model", "program"}) {
        CAPTURE(as);
        REQUIRE(run_attest(folder, {"import", "p.brasp", "--set", std::string("as=") + as, "-o", "p.json"}).status ==
                0);
        const Run out = run_attest(folder, {"export", "p.json", "--to", "brasp", "-o", "q.brasp"});
        CAPTURE(out.err);
        REQUIRE(out.status == 0);
        CHECK(out.has("compared    the same answers as the model on 511 words up to length 8\n"));
        CHECK(out.has("written     q.brasp\n"));
        REQUIRE(run_attest(folder, {"import", "q.brasp", "-o", "q.json"}).status == 0);
        const json equal = run_attest(folder, {"equal", "p.json", "q.json", "--length", "0..6", "--json"}).object();
        REQUIRE(equal["results"].size() == 7);
        for (const json& result : equal["results"]) CHECK(result["verdict"] == "verified");
    }
    const Run text = run_attest(folder, {"export", "p.json", "--to", "brasp"});
    CHECK(text.out == folder.read("q.brasp"));
    const json object = run_attest(folder, {"export", "p.json", "--to", "brasp", "--json"}).object();
    CHECK(object["text"] == text.out);
    CHECK(object["compared"]["words"] == 511);
    CHECK(object["attentions"].get<int>() >= 2);
}

TEST_CASE("a C-RASP program goes in, out and in again, and is proved equal", "[cli]") {
    const Folder folder;
    folder.write("d.crasp",
                 "alphabet a b\nopened = #[Q(a)]\nbad = #[Q(b)] > opened\nout = #[bad] = 0 & opened = #[Q(b)]\n");
    REQUIRE(run_attest(folder, {"import", "d.crasp", "-o", "d.json"}).status == 0);
    const Run out = run_attest(folder, {"export", "d.json", "--to", "crasp", "-o", "e.crasp"});
    CAPTURE(out.err);
    REQUIRE(out.status == 0);
    REQUIRE(run_attest(folder, {"import", "e.crasp", "-o", "e.json"}).status == 0);
    const json equal = run_attest(folder, {"equal", "d.json", "e.json", "--length", "1..6", "--json"}).object();
    REQUIRE(equal["results"].size() == 6);
    for (const json& result : equal["results"]) CHECK(result["verdict"] == "verified");
}

TEST_CASE("what cannot be exported is told in one line, and leaves nothing", "[cli]") {
    const Folder folder;
    folder.write("p.brasp", "alphabet a b\nx = symbol a\n");
    const auto complains = [&](std::vector<std::string> arguments, const std::string& text) {
        arguments.insert(arguments.begin(), "export");
        const Run run = run_attest(folder, arguments);
        CAPTURE(run.err, run.out, text);
        CHECK(run.status == 2);
        CHECK(run.complains(text));
        CHECK(folder.listing() == std::vector<std::string>{"p.brasp"});
    };
    complains({"zoo:palindrome", "--to", "brasp", "-o", "q.brasp"},
              "zoo:palindrome:layers[0].attention.heads[0].bias: expected scores that depend on no position, found");
    complains({"zoo:average-parity", "--to", "brasp"}, "expected");
    complains({"zoo:contains-11", "--to", "crasp", "-o", "q.crasp"}, "expected");
    complains({"zoo:first", "--to", "onnx"}, "--to: expected brasp, crasp or torch, found \"onnx\"");
    complains({"zoo:first", "--to", "torch"}, "export: expected -o FILE.py for torch, found none");
    complains({"zoo:first", "--to", "torch", "-o", "first.json"}, "export: expected -o FILE.py for torch, found");
    complains({"zoo:first", "--to", "brasp", "--perturb", "1"}, "--perturb: expected --to torch, found --to brasp");
    complains({"p.brasp", "--to", "brasp", "-o", "p.brasp"}, "expected -o that leaves p.brasp as it is");
    complains({"zoo:first", "--to", "torch", "-o", "no/first.py"}, "no/first.safetensors");
}

TEST_CASE("modules of PyTorch have the logits that attest has: constructions and a checkpoint", "[cli]") {
    const auto python = python_with_torch();
    if (!python) return;
    const Folder folder;
    for (const char* name : {"palindrome", "average-parity", "average-dyck-1", "chiang-cholak-parity-norm",
                             "uniform-parity-3-causal", "cookbook-hash-lookup", "brasp-contains-abc"}) {
        const std::string a = std::string(name) == "average-dyck-1"       ? "("
                              : std::string(name) == "brasp-contains-abc" ? "a"
                                                                          : "0";
        const std::string b = a == "(" ? ")" : a == "a" ? "b" : "1";
        check_module(folder, *python, std::string("zoo:") + name, {a + b + b + a, b, a + a + b, b + b + b + b + b});
    }
    std::filesystem::copy_file(ATTEST_SOURCE "/examples/parity4.pt", folder / "parity4.pt");
    REQUIRE(run_attest(folder, {"import", "parity4.pt", "--set", "heads=2", "--set", "activation=relu", "--alphabet",
                                "01", "--begin", "<s>=2", "--read", "first", "-o", "parity4.json"})
                .status == 0);
    check_module(folder, *python, "parity4.json", {"0110", "1", "", "011"});
}

TEST_CASE("modules of PyTorch have the logits that attest has: random models", "[cli]") {
    const auto python = python_with_torch();
    if (!python) return;
    const Folder folder;
    const std::uint64_t seed = attest::tests::seed();
    INFO("ATTEST_TEST_SEED=" << seed);
    base::Random random(seed);
    using Kind = network::AttentionKind;
    for (const Kind kind : {Kind::hard, Kind::average, Kind::sparsemax, Kind::softmax, Kind::hard, Kind::softmax}) {
        RandomModelOptions options;
        options.kind = kind;
        const network::Transformer model = with_version_2(random, random_model(random, options));
        const std::string document = formats::write_model(model);
        CAPTURE(document);
        folder.write("r.json", document);
        const std::string a = model.alphabet.symbol(0), b = model.alphabet.symbol(1);
        check_module(folder, *python, "r.json", {a + b, b + a + a, a + b + b + a});
    }
}

TEST_CASE("a module is perturbed by a seed, trains, and what it learned is read again", "[cli]") {
    const Folder folder;
    const auto tensors = [&](const std::vector<std::string>& more) {
        std::vector<std::string> arguments = {"export", "zoo:average-parity", "--to", "torch", "-o", "m.py"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const Run made = run_attest(folder, arguments);
        CAPTURE(made.err);
        REQUIRE(made.status == 0);
        return folder.read("m.safetensors");
    };
    const std::string plain = tensors({}), one = tensors({"--perturb", "0.125", "--seed", "1"});
    CHECK(plain != one);
    CHECK(one == tensors({"--perturb", "0.125", "--seed", "1"}));
    CHECK(one != tensors({"--perturb", "0.125", "--seed", "2"}));
    CHECK(plain.size() == one.size());
    const auto python = python_with_torch();
    if (!python) return;
    folder.write("train.py", R"(
import torch
from m import Model
model = Model(soft=4.0)
before = {name: p.detach().clone() for name, p in model.named_parameters()}
optimiser = torch.optim.SGD(model.parameters(), lr=0.01)
for word, label in [("01", 1.0), ("11", 0.0), ("0111", 1.0)]:
    optimiser.zero_grad()
    torch.nn.functional.binary_cross_entropy_with_logits(model(word).squeeze(), torch.tensor(label, dtype=torch.float64)).backward()
    optimiser.step()
assert any(not torch.equal(before[name], p) for name, p in model.named_parameters())
model.save()
)");
    Setting setting;
    setting.folder = folder.path();
    const Run trained = run(*python, {"train.py"}, setting);
    CAPTURE(trained.err);
    REQUIRE(trained.status == 0);
    CHECK(folder.read("m.safetensors") != one);
    CHECK(run_attest(folder, {"eval", "m.json", "--word", "0110"}).status == 0);
}
