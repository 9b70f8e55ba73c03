#include <catch2/catch.hpp>
#include <cmath>

#include "attest/base/file.hpp"
#include "attest/formats/file.hpp"
#include "attest/formats/import.hpp"
#include "attest/soft/evaluate.hpp"
#include "base/digest.hpp"
#include "definition.hpp"
#include "formats/tensors.hpp"
#include "shared_data.hpp"

// Families on networks of others: what the documents compute, by the text of the format, is what the frameworks
// computed.

using namespace attest;
using namespace attest::formats::import;
using namespace attest::formats::import::tests;
using nlohmann::json;

namespace {

/// Nothing where the data is not there.
std::optional<Imported> import(const std::string& name, Options options, Logits* logits = nullptr) {
    const auto path = attest::tests::shared_data(name);
    if (!path) return std::nullopt;
    options.name = "m";
    options.tensor_file = "m.safetensors";
    if (!options.config.empty()) options.config = attest::tests::shared_data(options.config)->string();
    return import_model(path->string(), options, logits);
}

std::vector<std::string> letters(const std::string& word) {
    std::vector<std::string> all;
    for (const char c : word) all.emplace_back(1, c);
    return all;
}

/// As the words of `vectors/*.expected.json` are read.
Options words_of_vectors() {
    Options options;
    options.tokens = "a=1,b=2";
    options.begin = "<bos>=0";
    return options;
}

std::string reason(const Imported& imported, const std::string& key) {
    for (const Assumption& a : imported.assumed)
        if (a.key == key) return a.value + ": " + a.because;
    return "";
}

double least_margin(const Definition& model, const std::vector<std::string>& word, std::size_t wanted,
                    std::size_t classes) {
    const Definition::Vector logits = model.logits(word);
    double margin = INFINITY;
    for (std::size_t c = 0; c < classes; ++c)
        if (c != wanted) margin = std::min(margin, logits[wanted] - logits[c]);
    return margin;
}

}  // namespace

TEST_CASE("every family computes the logits that were recorded", "[import]") {
    struct Row {
        std::string name;
        std::string family;
        std::vector<std::string> set;
        bool config;
    };
    for (const Row& row :
         {Row{"torch-encoder-relu-post", "torch-encoder", {"heads=2", "activation=relu"}, false},
          {"torch-encoder-gelu-pre", "torch-encoder", {"heads=2", "activation=gelu", "norm_first=true"}, false},
          {"nanogpt", "nanogpt", {"heads=2"}, false},
          {"hf-gpt2", "gpt2", {}, true},
          {"hf-bert-classifier", "bert", {}, true},
          {"hf-llama", "llama", {}, true},
          {"meta-llama", "llama2.c", {}, true}})
        for (const std::string ending : {".pt", ".safetensors"}) {
            Options options = words_of_vectors();
            options.set = row.set;
            if (row.config) options.config = "vectors/" + row.name + ".expected.json";
            if (row.family == "torch-encoder") options.read = "first";
            const auto imported = import("vectors/" + row.name + ending, options);
            if (!imported) continue;
            CHECK(imported->family == row.family);
            CHECK(imported->version == 2);
            const Definition model(imported->document, imported->tensors);
            const auto expected = attest::tests::shared_data("vectors/" + row.name + ".expected.json");
            const json recorded = json::parse(base::read_file(expected->string()))["logits"];
            CHECK(recorded.size() == 7);
            for (const auto& [word, logits] : recorded.items()) {
                const Definition::Vector ours = model.logits(letters(word));
                REQUIRE(ours.size() == logits.size());
                for (std::size_t c = 0; c < ours.size(); ++c) {
                    CAPTURE(row.name, ending, word, c);
                    CHECK(std::abs(ours[c] - logits[c].get<double>()) < 1e-12);
                }
            }
        }
}

TEST_CASE("whole modules tell heads, activation, norms and eps", "[import]") {
    for (const auto& [name, activation] :
         {std::pair<std::string, std::string>{"torch-encoder-relu-post", "1"}, {"torch-encoder-gelu-pre", "2"}}) {
        Options options = words_of_vectors();
        options.read = "first";
        options.accept = "1";
        const auto imported = import("vectors/" + name + ".module.pt", options);
        if (!imported) continue;
        CHECK(reason(*imported, "heads") == "2: the checkpoint's encoder.layers.0.self_attn.num_heads");
        CHECK(reason(*imported, "activation") ==
              activation + ": the checkpoint's encoder.layers.0.activation_relu_or_gelu");
        CHECK(reason(*imported, "eps") == "1e-05: the checkpoint's encoder.layers.0.norm1.eps");
        CHECK(reason(*imported, "norm_first").starts_with(activation == "1" ? "false: the" : "true: the"));
        CHECK(imported->version == (activation == "1" ? 1 : 2));
    }
}

TEST_CASE("version 1 documents are read and give the same in balls", "[import]") {
    Options options = words_of_vectors();
    options.set = {"heads=2", "activation=relu"};
    options.read = "first";
    options.accept = "1";
    Logits logits;
    const auto imported = import("vectors/torch-encoder-relu-post.pt", options, &logits);
    if (!imported) return;
    CHECK(imported->version == 1);
    CHECK(json::parse(imported->document).at("version") == 1);
    const network::Transformer t = formats::parse_model(imported->document, "m.json", imported->tensors);
    REQUIRE(logits.documents.size() == 2);
    const network::Transformer zero = formats::parse_model(logits.documents[0], "m.json", logits.tensors);
    const auto expected = attest::tests::shared_data("vectors/torch-encoder-relu-post.expected.json");
    const json recorded = json::parse(base::read_file(expected->string())), all = recorded["logits"];
    for (const auto& [text, numbers] : all.items()) {
        const language::Word word = t.alphabet.parse(text, "w");
        const double difference = soft::Evaluator(t, static_cast<std::int64_t>(word.size()), 128).score(word).middle();
        CHECK(std::abs(difference - (numbers[1].get<double>() - numbers[0].get<double>())) < 1e-12);
        const double first = soft::Evaluator(zero, static_cast<std::int64_t>(word.size()), 128).score(word).middle();
        CHECK(std::abs(first - numbers[0].get<double>()) < 1e-12);
    }
}

TEST_CASE("the bracket model of the ARENA course scores as it does in torch", "[import]") {
    Options options;
    options.set = {"causal=false"};
    options.alphabet = "()";
    options.tokens = "(=3,)=4";
    options.begin = "[start]=0";
    options.end = "[end]=2";
    options.read = "first";
    options.accept = "1";
    const auto imported = import("arena/brackets.pt", options);
    if (!imported) return;
    CHECK(imported->version == 1);
    CHECK(imported->layers == 3);
    CHECK(imported->heads == 2);
    CHECK(imported->ignored.size() == 6);
    std::string tail;
    for (int k = 0; k < 11; ++k) tail += "()";
    const network::Transformer t = formats::parse_model(imported->document, "m.json", imported->tensors);
    for (const auto& [text, score] : {std::pair<std::string, double>{"()", 11.278352336959},
                                      {"()()", 11.201684148721},
                                      {"(())", 11.384225217420},
                                      {")(", -10.104126343571},
                                      {"())(", -10.663135985963},
                                      {"()())(()" + tail, 1.765301867288},
                                      {"()())(" + tail, -0.602924717273}}) {
        const language::Word word = t.alphabet.parse(text, "w");
        CHECK(std::abs(soft::Evaluator(t, static_cast<std::int64_t>(word.size()), 128).score(word).middle() - score) <
              1e-11);
        CHECK(std::abs(Definition(imported->document, imported->tensors).logits(letters(text))[0] - score) < 1e-10);
    }
    // There is no position 43, and 41 brackets with their frame would need one.
    CHECK_THROWS_WITH(soft::Evaluator(t, 41, 128).score(language::Word(41, 0)),
                      Catch::Matchers::Contains("at most 40 symbols"));
}

TEST_CASE("the signs of cumulative sums are right, with the rows that Python indexes", "[import]") {
    const auto wrong = [](const std::string& tokens, std::size_t length) {
        Options options;
        options.set = {"normalization_type=none"};
        options.tokens = tokens;
        const auto imported = import("arena/cumsum.pt", options);
        if (!imported) return std::pair(-1, 0.0);
        const Definition model(imported->document, imported->tensors);
        std::pair<int, double> result(0, INFINITY);
        const std::string digits = "abcde012345";  // −5 … 5
        std::vector<std::size_t> word(length, 0);
        for (bool more = true; more;) {
            std::vector<std::string> symbols;
            int sum = 0;
            for (const std::size_t k : word) symbols.emplace_back(1, digits[k]), sum += static_cast<int>(k) - 5;
            const double margin = least_margin(model, symbols, sum < 0 ? 0 : sum == 0 ? 1 : 2, 3);
            result.first += margin > 0 ? 0 : 1;
            result.second = std::min(result.second, margin);
            more = false;
            for (std::size_t k = 0; k < length && !more; ++k) more = ++word[k] < digits.size() || (word[k] = 0) != 0;
        }
        return result;
    };
    const std::string rows = "a=6,b=7,c=8,d=9,e=10,0=0,1=1,2=2,3=3,4=4,5=5";
    const double margins[] = {1.43867, 1.25350, 1.15694};
    for (std::size_t length = 1; length <= 3; ++length) {
        const auto [count, margin] = wrong(rows, length);
        if (count < 0) return;
        CHECK(count == 0);
        CHECK(std::abs(margin - margins[length - 1]) < 1e-5);
    }
    CHECK(wrong("a=0,b=1,c=2,d=3,e=4,0=5,1=6,2=7,3=8,4=9,5=10", 1).first == 11);
}

TEST_CASE("networks that add modulo primes have the margins that were measured", "[import]") {
    Options options;
    options.alphabet = "0..112";
    options.end = "==113";
    const auto grokked = import("grokking/grokking-mod113-wd1.safetensors", options);
    if (!grokked) return;
    CHECK(grokked->classes.size() == 114);
    CHECK(std::abs(least_margin(Definition(grokked->document, grokked->tensors), {"69", "62"}, 18, 113) - 7.648501) <
          1e-5);
    options.alphabet = "0..58";
    options.end = "";
    options.config = "pizza/config_p99zdpze5l.json";
    const auto pizza = import("pizza/model_p99zdpze5l.pt", options);
    const json document = json::parse(pizza->document);
    CHECK(document["layers"][0]["attention"]["kind"] == "average");
    CHECK(document["layers"][0]["attention"]["heads"].size() == 8);
    CHECK(document["layers"][0]["attention"]["heads"][0]["bias"] == "0/[n = 2]");
    CHECK(std::abs(least_margin(Definition(pizza->document, pizza->tensors), {"13", "54"}, 8, 59) - 14.296051) < 1e-6);
    options.set = {"attn_coeff=0.5"};
    CHECK_THROWS_WITH(import("pizza/model_p99zdpze5l.pt", options), Catch::Matchers::Contains("expected 0 or 1"));
}

TEST_CASE("an import gives the same bytes each time, and says where they are from", "[import]") {
    Options options = words_of_vectors();
    options.set = {"heads=2"};
    const auto one = import("vectors/nanogpt.pt", options), two = import("vectors/nanogpt.pt", options);
    if (!one) return;
    CHECK(one->document == two->document);
    CHECK(one->tensors == two->tensors);
    const json source = json::parse(one->document).at("source");
    CHECK(source["family"] == "nanogpt");
    CHECK(source["file"] == "nanogpt.pt");
    CHECK(source["sha256"].get<std::string>().size() == 64);
    CHECK(source["assumed"]["heads"] == "2: --set");
    const auto tensors = formats::read_tensors(one->tensors, "m.safetensors");
    CHECK(tensors.contains("transformer.h.0.mlp.c_fc.weight"));
    CHECK(tensors.contains("transformer.h.1.attn.c_attn.weight[4:8]"));
    CHECK(tensors.contains("transformer.wte.weight[0]"));
    CHECK(!tensors.contains("transformer.wte.weight[3]"));
}

TEST_CASE("what was imported is the same after it was written and read", "[import]") {
    Options options = words_of_vectors();
    options.set = {"heads=2"};
    for (const char* const file : {"vectors/nanogpt.pt", "vectors/torch-encoder-gelu-pre.module.pt",
                                   "vectors/torch-encoder-relu-post.module.pt"}) {
        if (std::string(file).ends_with(".module.pt")) options.set.clear(), options.read = "last";
        const auto imported = import(file, options);
        if (!imported) return;
        CAPTURE(file);
        const network::Transformer read = formats::parse_model(imported->document, "m.json", imported->tensors);
        const std::string written = formats::write_model(read);
        const network::Transformer again = formats::parse_model(written, "w.json");
        CHECK(base::sha256(formats::write_model(again)) == base::sha256(written));
        const language::Word word = read.alphabet.parse("abba", "test");
        const auto logits = [&](const network::Transformer& t) {
            return soft::Evaluator(t, 4, 128).answer(word).front();
        };
        const exact::BallVector before = logits(read), after = logits(again);
        REQUIRE(before.size() == after.size());
        for (std::size_t c = 0; c < before.size(); ++c) {
            CHECK(before[c].lower() == after[c].lower());
            CHECK(before[c].upper() == after[c].upper());
        }
    }
}

TEST_CASE("a folder of Hugging Face says by its config.json what the tensors do not", "[import]") {
    const auto source = attest::tests::shared_data("vectors/hf-llama.safetensors");
    if (!source) return;
    const base::DirectoryInProgress folder;
    const auto expected = attest::tests::shared_data("vectors/hf-llama.expected.json");
    json config = json::parse(base::read_file(expected->string()))["config"];
    const auto imported = [&](const json& with) {
        base::write_file(folder.path() + "/config.json", with.dump());
        base::write_file(folder.path() + "/model.safetensors", base::read_file(source->string()));
        Options options = words_of_vectors();
        options.tensor_file = "m.safetensors";
        return import_model(folder.path(), options);
    };
    const Imported whole = imported(config);
    CHECK(reason(whole, "heads") == "2: config.json");
    CHECK(whole.positions == 10);
    const json document = json::parse(whole.document);
    CHECK(document["max_length"] == 9);
    CHECK(document["layers"][0]["attention"]["rotary"]["pairing"] == "half");
    CHECK(document["layers"][0]["attention"]["rotary"]["dims"] == 4);
    config["rope_scaling"] = {{"type", "linear"}, {"factor", 2.0}};
    CHECK(json::parse(imported(config).document)["layers"][0]["attention"]["rotary"]["factor"] == 2);
    config["rope_scaling"] = {{"type", "dynamic"}, {"factor", 2.0}};
    CHECK_THROWS_WITH(imported(config),
                      Catch::Matchers::Contains("expected a network without scaled rotary positions"));
    config["rope_scaling"] = nullptr;
    config["num_experts"] = 8;
    CHECK_THROWS_WITH(imported(config), Catch::Matchers::Contains("expected a network without experts"));
}

TEST_CASE("a number that is none is refused where a tensor is used, with its place", "[import]") {
    const auto source = attest::tests::shared_data("vectors/nanogpt.safetensors");
    if (!source) return;
    std::string bytes = base::read_file(source->string());
    const auto tensors = formats::read_tensors(bytes, "s");
    const std::string_view weight = tensors.at("transformer.h.1.mlp.c_fc.weight").bytes;
    const auto at = static_cast<std::size_t>(weight.data() - bytes.data()) + 4 * (3 * 8 + 7);
    bytes.replace(at, 4, std::string("\0\0\xc0\x7f", 4));
    const base::DirectoryInProgress folder;
    base::write_file(folder.path() + "/nan.safetensors", bytes);
    Options options = words_of_vectors();
    options.set = {"heads=2"};
    CHECK_THROWS_WITH(import_model(folder.path() + "/nan.safetensors", options),
                      Catch::Matchers::Contains(
                          "transformer.h.1.mlp.c_fc.weight[3,7]: expected a finite number, found NaN or an infinity"));
}

TEST_CASE("a tensor without a role is refused by its name", "[import]") {
    const auto source = attest::tests::shared_data("vectors/nanogpt.safetensors");
    if (!source) return;
    std::string bytes = base::read_file(source->string());
    // The same length, so that nothing else moves.
    const std::string name = "transformer.h.1.mlp.c_proj.bias",
                      part = "lm_head.weight[0]" + std::string(name.size() - 17, 'x');
    for (std::size_t at = bytes.find(name); at != std::string::npos; at = bytes.find(name))
        bytes.replace(at, name.size(), part);
    const base::DirectoryInProgress folder;
    base::write_file(folder.path() + "/n.safetensors", bytes);
    Options options = words_of_vectors();
    options.set = {"heads=2"};
    CHECK_THROWS_WITH(
        import_model(folder.path() + "/n.safetensors", options),
        Catch::Matchers::Contains("a tensor of the family nanogpt") && Catch::Matchers::Contains("one without a role"));
}
