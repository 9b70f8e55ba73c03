#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "attest/base/file.hpp"
#include "attest/formats/import.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/network/evaluator.hpp"
#include "checker/soft/soft_evaluator.hpp"
#include "shared_data.hpp"

// Documents of both versions as the checker reads them, which shares no code with who wrote them: its intervals hold
// the logits that the frameworks gave.

using namespace attest;
using namespace attest::formats::import;
using nlohmann::json;

namespace {

struct Row {
    std::string name;
    std::vector<std::string> set;
    bool config;
};

/// The greatest distance of a recorded logit from the checker's interval of it.
double compare(const Logits& logits, const json& recorded) {
    double greatest = 0;
    for (std::size_t c = 0; c < logits.documents.size(); ++c) {
        checker::Budget budget(UINT64_MAX / 4, UINT64_MAX / 4);
        const auto companion = [&](const std::string&) { return std::string_view(logits.tensors); };
        const checker::Model model = checker::read_model(logits.documents[c], "m.json", companion, budget);
        for (const auto& [text, numbers] : recorded.items()) {
            std::vector<std::size_t> word;
            for (const char letter : text) word.push_back(letter == 'a' ? 0 : 1);
            const checker::SoftInstance instance = instantiate(model, word.size(), 128, budget);
            const checker::Interval interval = score(instance, word, budget);
            REQUIRE(interval.high() - interval.low() < checker::Rational(1, 1L << 40));
            greatest = std::max(greatest, std::abs(interval.low().get_d() - numbers[c].get<double>()));
        }
    }
    return greatest;
}

}  // namespace

TEST_CASE("the checker's intervals hold the recorded logits of every family", "[import]") {
    for (const Row& row : {Row{"torch-encoder-relu-post", {"heads=2", "activation=relu"}, false},
                           {"torch-encoder-gelu-pre", {"heads=2", "activation=gelu", "norm_first=true"}, false},
                           {"nanogpt", {"heads=2"}, false},
                           {"hf-gpt2", {}, true},
                           {"hf-bert-classifier", {}, true},
                           {"hf-llama", {}, true},
                           {"meta-llama", {}, true}}) {
        const auto source = attest::tests::shared_data("vectors/" + row.name + ".pt");
        if (!source) continue;
        const std::string expected = attest::tests::shared_data("vectors/" + row.name + ".expected.json")->string();
        Options options;
        options.set = row.set;
        if (row.config) options.config = expected;
        options.tokens = "a=1,b=2";
        options.begin = "<bos>=0";
        if (row.name.starts_with("torch")) options.read = "first";
        options.tensor_file = "m.safetensors";
        Logits logits;
        (void)import_model(source->string(), options, &logits);
        CAPTURE(row.name);
        CHECK(compare(logits, json::parse(base::read_file(expected))["logits"]) < 1e-12);
    }
}

TEST_CASE("a network without softmax is evaluated exactly, at the one length that it is for", "[import]") {
    const auto source = attest::tests::shared_data("pizza/model_p99zdpze5l.pt");
    if (!source) return;
    Options options;
    options.config = attest::tests::shared_data("pizza/config_p99zdpze5l.json")->string();
    options.alphabet = "0..58";
    options.tensor_file = "m.safetensors";
    options.accept = "8,45";
    const Imported imported = import_model(source->string(), options);
    checker::Budget budget(UINT64_MAX / 4, UINT64_MAX / 4);
    const auto companion = [&](const std::string&) { return std::string_view(imported.tensors); };
    const checker::Model model = checker::read_model(imported.document, "m.json", companion, budget);
    CHECK(!model.is_soft());
    const checker::Instance two = instantiate(model, 2, budget);
    CHECK(accepts(two, {13, 54}, budget));
    CHECK(accepts(two, {58, 46}, budget));
    CHECK(!accepts(two, {13, 55}, budget));
    CHECK_THROWS_AS(instantiate(model, 1, budget), checker::Defect);
    CHECK_THROWS_AS(instantiate(model, 3, budget), checker::Defect);
}
