#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/certify/task.hpp"
#include "attest/formats/import.hpp"
#include "attest/network/evaluate.hpp"
#include "random_model.hpp"
#include "seed.hpp"
#include "shared_data.hpp"
#include "trials.hpp"

// What is said about models that answer with classes, with the checker's word on it.

using namespace attest;

namespace {

formats::ModelFile file_of(const std::string& text) { return {formats::parse_model(text, "m.json"), text, {}, {}}; }

task::Outcome performed(const formats::ModelFile& file, const std::string& name, std::int64_t length, bool count) {
    const language::Task task = language::Task::parse(name, file.transformer.alphabet);
    task::Options options;
    options.count = count;
    certify::Archive archive;
    certify::Performance found = certify::perform(certify::ClassSubject{file, task}, length, options, {}, archive);
    INFO(found.verdict.why().detail);
    CHECK_FALSE(found.verdict.is_undecided());
    CHECK(found.verdict.holds() == (count || found.outcome.wrong == 0));
    return std::move(found.outcome);
}

/// A checkpoint of numbers below P, with the end symbol =.
formats::ModelFile imported(const std::string& path, std::size_t p) {
    formats::import::Options options;
    options.name = "grokked";
    options.tensor_file = "grokked.safetensors";
    options.alphabet = "0.." + std::to_string(p - 1);
    options.end = "==" + std::to_string(p);
    options.read = "last";
    const formats::import::Imported found = formats::import::import_model(path, options);
    return {formats::parse_model(found.document, "grokked", found.tensors), found.document, options.tensor_file,
            found.tensors};
}

// The margins of 00, 01 and 10, 11 are 1 + log(2)/4, 1 − log(2)/4, and 1.
const char* const counts_ones =
    R"({"format": "attest/model", "version": 2, "name": "counts", "alphabet": ["0", "1"], "end": "$",
    "dimension": 2, "embedding": {"0": [0, 0], "1": [1, 0], "$": [0, 0]}, "position": [0, "log(2)/4"],
    "layers": [{"attention": {"kind": "softmax", "heads": [{"value": [[1, 0]], "output": [[1], [0]]}]}}],
    "readout": {"position": "last", "weight": [[0, 1], [6, 0], [12, 0]], "bias": [0, -1, -4], "classes": ["0", "1", "2"]}})";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("Classes: a softmax model performs a task by margins that are known", "[task]") {
    const formats::ModelFile counts = file_of(counts_ones);
    const task::Outcome right = performed(counts, "count:1", 2, false);
    CHECK(right.words == 4);
    CHECK(right.bits == 128);
    REQUIRE(right.margin);
    CHECK(right.margin->least_text() == "0.826713");
    CHECK(right.margin->most_text() == "0.826714");
    CHECK(counts.transformer.alphabet.spell(right.margin->word) == "01");
    CHECK(performed(counts, "sum-mod:3", 2, true).wrong == 0);
    const task::Outcome wrong = performed(counts, "hist", 2, true);
    CHECK(wrong.wrong == 1);
    CHECK(wrong.margin->least_text() == "-4.17329");
    REQUIRE(wrong.first.size() == 1);
    CHECK(wrong.first[0].expected == std::vector<std::string>{"2"});
    CHECK(wrong.first[0].actual == std::vector<std::string>{"0"});
    CHECK(performed(counts, "hist", 2, false).wrong == 1);
    const language::Task hist = language::Task::parse("hist", counts.transformer.alphabet);
    task::Options options;
    CHECK_THROWS_AS(task::hold(task::ClassQuestion{counts.transformer, hist, 3}, options, {}), base::UsageError);
    CHECK_THROWS_AS(task::hold(task::ClassQuestion{counts.transformer, hist, 0}, options, {}), base::UsageError);
}

TEST_CASE("Classes: where two logits are level nothing is said", "[task]") {
    const formats::ModelFile level = file_of(replaced(counts_ones, "-4]", "-3]"));
    const language::Task task = language::Task::parse("count:1", level.transformer.alphabet);
    certify::Archive archive;
    const auto found = certify::perform(certify::ClassSubject{level, task}, 2, {}, {}, archive);
    CHECK(found.verdict.is_undecided());
    CHECK(found.verdict.why().reason == verdict::Reason::imprecise);
}

TEST_CASE("Classes: of exact models the class that is listed first decides", "[task]") {
    const std::string text =
        R"({"format": "attest/model", "version": 2, "name": "copies", "alphabet": ["0", "1"],
            "dimension": 1, "embedding": {"0": [0], "1": [1]}, "layers": [],
            "readout": {"position": "each", "weight": [[0], [2]], "bias": [0, -1], "classes": ["0", "1"]}})";
    const task::Outcome sorted = performed(file_of(text), "sort", 3, true);
    CHECK(sorted.wrong == 4);  // all but 000, 001, 011, 111
    CHECK(sorted.margin->least == -1);
    CHECK(sorted.margin->most == -1);
    CHECK(sorted.first[0].position() == 2);
    // The logits of 0 are level.
    const task::Outcome level = performed(file_of(replaced(text, "[0, -1]", "[0, 0]")), "sort", 1, true);
    CHECK(level.wrong == 0);
    CHECK(level.margin->least == 0);
    CHECK(performed(file_of(replaced(replaced(text, "[0, -1]", "[0, 0]"), "[\"0\", \"1\"]}}", "[\"1\", \"0\"]}}")),
                    "sort", 1, true)
              .wrong == 2);
}

TEST_CASE("Classes: random models are wrong as often as one by one", "[task]") {
    const std::uint64_t seed = tests::seed();
    std::size_t models = 0, mistakes = 0;
    for (std::uint64_t round = 0; round < tests::trials(40); ++round) {
        base::Random random(seed + 900 + round);
        network::Transformer t = tests::random_model(random, {});
        t.name = "random";
        network::Classes classes;
        classes.logits.weight.columns = t.dimension;
        for (std::size_t c = 0; c < 4; ++c) {
            classes.names.push_back(std::to_string(c));
            auto& row = classes.logits.weight.rows.emplace_back();
            for (std::uint32_t k = 0; k < t.dimension; ++k)
                if (random.chance(2, 3))
                    row.emplace_back(k, exact::Rational(static_cast<long>(random.below(5)) * 2 - 3));
            classes.logits.bias.emplace_back(static_cast<long>(random.below(3)));
        }
        t.readout = {};
        t.readout.classes = std::move(classes);
        const bool each = random.chance(1, 2);
        if (each) t.readout.reading = network::Readout::Reading::each;
        const std::string text = formats::write_model(t);
        INFO("seed " << seed << ", round " << round << "\n" << text);
        const formats::ModelFile file = file_of(text);
        const network::Transformer& model = file.transformer;
        if (model.kind() == network::AttentionKind::softmax) continue;
        const language::Task task = language::Task::parse("count:" + model.alphabet.symbols()[0], model.alphabet);
        const std::int64_t length = 3;
        std::uint64_t wrong = 0;
        language::Word word(length, 0);
        const network::Evaluator evaluator(model, length);
        do {
            std::vector<std::string> actual, expected = task.expected(word);
            if (!each) expected.resize(1);  // the task asks for the same at each position
            for (const std::size_t c : evaluator.answer(word).classes) actual.push_back(std::to_string(c));
            wrong += actual == expected ? 0 : 1;
        } while (language::next_word(word, model.alphabet));
        CHECK(performed(file, task.name(), length, true).wrong == wrong);
        ++models, mistakes += wrong;
    }
    CHECK(models > 20);
    CHECK(mistakes > 20);
}

TEST_CASE("Classes: a network that groks addition modulo 59 is right on all pairs", "[task]") {
    const auto path = tests::shared_data("grok-p59/final-f32.safetensors");
    if (!path) return;
    const formats::ModelFile file = imported(path->string(), 59);
    const task::Outcome found = performed(file, "sum-mod:59", 2, true);
    CHECK(found.words == 3481);
    CHECK(found.wrong == 0);
    REQUIRE(found.margin);
    CHECK(found.margin->least_text() == "8.41552");
    CHECK(found.margin->most_text() == "8.41553");
    CHECK(file.transformer.alphabet.spell(found.margin->word) == "51 18");
    CHECK(found.in_balls == 0);
    // What was measured along its training, in float64.
    const auto folder = path->parent_path();
    for (const auto& row : nlohmann::json::parse(base::read_file((folder / "measures.json").string()))) {
        const int epoch = row["epoch"];
        if (epoch % 2500 != 0) continue;
        const std::string number = std::to_string(epoch);
        const std::string name = "epoch" + std::string(5 - number.size(), '0') + number + "-f16.safetensors";
        INFO(name);
        const task::Outcome then = performed(imported((folder / name).string(), 59), "add:59", 2, true);
        CHECK(then.wrong == 3481 - row["correct"].get<std::uint64_t>());
        CHECK(then.margin->least.get_d() == Approx(row["min_margin"].get<double>()).epsilon(1e-9));
        CHECK(then.margin->word == row["argmin"].get<language::Word>());
    }
}
