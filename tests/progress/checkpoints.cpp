// The measures of a training run whose values another program wrote down.

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "attest/base/file.hpp"
#include "attest/formats/file.hpp"
#include "attest/formats/import.hpp"
#include "measure/progress/measures.hpp"
#include "shared_data.hpp"

using namespace attest;
using nlohmann::json;

namespace {

network::Transformer imported(const std::filesystem::path& path, std::size_t modulus) {
    formats::import::Options options;
    options.name = "grok", options.tensor_file = "grok.safetensors", options.read = "last";
    options.alphabet = "0.." + std::to_string(modulus - 1);
    options.end = "==" + std::to_string(modulus);
    const formats::import::Imported found = import_model(path.string(), options);
    return formats::parse_model(found.document, "grok", found.tensors);
}

/// 1e-6 of the value, or 1e-12.
Approx near(const json& value) { return Approx(value.get<double>()).epsilon(1e-6).margin(1e-12); }

}  // namespace

TEST_CASE("Along a run modulo 59 all measures are those that were written down, to 1e-6") {
    const auto folder = tests::shared_data("grok-p59");
    if (!folder) return;
    constexpr std::size_t p = 59;
    const json rows = json::parse(base::read_file((*folder / "measures.json").string()));
    const progress::Split split =
        progress::Split::parse(base::read_file((*folder / "train-pairs.txt").string()), "train-pairs.txt", p);
    const progress::AdditionNetwork last(imported(*folder / "final-f32.safetensors", p), p);
    CHECK(progress::key_frequencies(last.logits(), p) == std::vector<std::size_t>{8, 21, 26});
    for (const json& row : rows) {
        char name[64];
        std::snprintf(name, sizeof name, "epoch%05d-f16.safetensors", row.at("epoch").get<int>());
        INFO(name);
        const progress::AdditionNetwork net(imported(*folder / name, p), p);
        const progress::Measures found = measure(net, net.logits(), split, {8, 21, 26});
        CHECK(found.train_loss == near(row.at("train_loss")));
        CHECK(found.test_loss == near(row.at("test_loss")));
        CHECK(found.right == row.at("correct"));
        CHECK(found.test_right == row.at("correct_test"));
        CHECK(found.margin == near(row.at("min_margin")));
        CHECK(found.margin_at.first == row.at("argmin")[0]);
        CHECK(found.margin_at.second == row.at("argmin")[1]);
        CHECK(found.restricted_loss == near(row.at("restricted_all")));
        CHECK(found.restricted_test_loss == near(row.at("restricted_test")));
        CHECK(found.excluded_loss == near(row.at("excluded_train")));
        CHECK(found.excluded_each.at(0) == near(row.at("excluded_each").at("8")));
        CHECK(found.excluded_each.at(2) == near(row.at("excluded_each").at("26")));
        CHECK(found.gini_embedding == near(row.at("gini_WE")));
        CHECK(found.gini_neurons == near(row.at("gini_WL")));
        CHECK(found.gini_embedding_frequencies == near(row.at("gini_WE_freq")));
        CHECK(found.gini_neurons_frequencies == near(row.at("gini_WL_freq")));
        CHECK(found.squared_norm == near(row.at("sumsq")));
        CHECK(found.key_share == near(row.at("energy_key")));
    }
}
