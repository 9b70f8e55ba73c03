#include <catch2/catch.hpp>
#include <fstream>

#include "run.hpp"
#include "shared_data.hpp"

// Small transformers that were trained on formal languages, with what they get right as their framework counted it, in
// doubles and on all words.

using namespace attest::tests;

namespace {

constexpr const char* trained[] = {"first-1l",   "parity-2l",  "dyck1-2l",  "shuffle2-2l",
                                   "tomita2-1l", "tomita4-2l", "tomita7-2l"};

/// What attest says of one length, against what was counted.
void compare(const json& result, const json& counted) {
    INFO("length " << counted.at("length"));
    const long words = counted.at("words"), correct = counted.at("correct");
    CHECK(result.at("words") == std::to_string(words));
    CHECK(result.at("evidence") == "exhaustion");  // and again by the checker
    CHECK(result.at("wrong").at("value") == std::to_string(words - correct));
    const double margin = std::stod(result.at("margin").at("value").get<std::string>());
    CHECK(margin == Approx(counted.at("least_abs_score").get<double>()).epsilon(1e-4));
    const json& first = counted.at("first_wrong");
    REQUIRE(result.at("mistakes").size() == first.size());
    if (!first.empty()) CHECK(result.at("mistakes").at(0).at("word") == first.at(0));
}

}  // namespace

TEST_CASE("trained on formal languages, models are wrong on just as many words as was counted, and on the same first") {
    const auto folder = shared_data("trained");
    if (!folder) return;
    for (const std::string model : trained) {
        INFO(model);
        const std::string path = (*folder / model).string();
        const json counted = json::parse(std::ifstream(path + ".accuracy.json"));
        const std::string language = counted.at("language");
        const json& lengths = counted.at("per_length");
        const Run run = run_attest({"accuracy", path + ".json", "--language", language, "--length",
                                    "1.." + lengths.back().at("length").dump(), "--list", "1", "--json"});
        INFO(run.err);
        REQUIRE(run.status == 0);
        const json object = run.object();
        REQUIRE(object.at("results").size() == lengths.size());
        for (std::size_t k = 0; k < lengths.size(); ++k) compare(object.at("results").at(k), lengths.at(k));
    }
}

TEST_CASE("a model that was trained to see the first symbol loses it among 22") {
    const auto folder = shared_data("trained");
    if (!folder) return;
    const std::string model = (*folder / "first-1l.json").string();
    const Run right = run_attest({"eval", model, "--word", "0" + std::string(20, '1')});
    CHECK(right.out == "0" + std::string(20, '1') + " reject\n");
    const Run wrong = run_attest({"eval", model, "--word", "0" + std::string(21, '1'), "--json"});
    const json score = wrong.object().at("results").at(0).at("score");
    CHECK(std::stod(score.at(0).get<std::string>()) == Approx(0.3782).margin(1e-4));
}
