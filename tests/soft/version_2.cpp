#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/formats/file.hpp"
#include "attest/formats/import.hpp"
#include "attest/soft/judge.hpp"
#include "attest/soft/symmetry.hpp"
#include "attest/soft/words.hpp"
#include "naive_doubles.hpp"
#include "random_soft_model.hpp"
#include "seed.hpp"
#include "shared_data.hpp"
#include "soft/rounding.hpp"

// What version 2 has besides, in balls: against two forward passes in doubles, one of which shares nothing with the
// evaluator, and against values computed elsewhere.

namespace attest::soft {

namespace {

language::Word random_word(const network::Transformer& t, std::int64_t length, base::Random& random) {
    language::Word word(static_cast<std::size_t>(length));
    for (auto& symbol : word) symbol = static_cast<language::Symbol>(random.below(t.alphabet.size()));
    return word;
}

template <typename Check>
void for_random_models(int rounds, Check check) {
    const std::uint64_t seed = attest::tests::seed();
    for (int round = 0; round < rounds; ++round) {
        base::Random random(seed + 900 + static_cast<std::uint64_t>(round));
        const network::Transformer t = attest::tests::with_version_2(random, attest::tests::random_soft_model(random));
        INFO("seed " << seed << ", round " << round << "\n" << formats::write_model(t));
        for (const std::int64_t length : {1, 2, 4, 6}) check(t, random_word(t, length, random), random);
    }
}

/// Close, as far as doubles are exact; what is large or stretched by norms says less.
bool close(double a, double b) { return std::abs(a - b) <= 1e-7 * (1 + std::abs(a)); }

network::Transformer rotary_model(const char* pairing, int coordinate) {
    // Keys are (1, 2, 3, 4) at each position, turned; the query picks one coordinate of the key of position 4 (angle 3).
    std::string rows;
    for (int r = 0; r < 4; ++r) rows += std::string(r > 0 ? "," : "") + "[" + std::to_string(r + 1) + "]";
    std::string text =
        R"({"format": "attest/model", "version": 2, "alphabet": ["a"], "dimension": 1, "embedding": {"a": [1]},
        "layers": [{"attention": {"kind": "softmax", "residual": false, "rotary": {"base": 10000, "dims": 4, "pairing": ")" +
        std::string(pairing) + R"("}, "heads": [{"query": QUERY, "key": [)" + rows +
        R"(], "value": [[1]], "output": [[1]], "bias": "-1000000*[j=1]"}]}}],
        "readout": {"position": "first", "weight": [1], "bias": 0}})";
    std::string query = "[";
    for (int r = 0; r < 4; ++r) query += std::string(r > 0 ? "," : "") + (r == coordinate ? "[1]" : "[0]");
    text.replace(text.find("QUERY"), 5, query + "]");
    return formats::parse_model(text, "rotary.json");
}

}  // namespace

TEST_CASE("models of version 2 have the same logits in balls and in doubles", "[soft]") {
    std::size_t compared = 0;
    for_random_models(300, [&](const network::Transformer& t, const language::Word& word, base::Random&) {
        const auto length = static_cast<std::int64_t>(word.size());
        const std::vector<exact::BallVector> balls = Evaluator(t, length, 192).answer(word);
        const std::vector<tests::Doubles> doubles = tests::naive_logits(t, word);
        REQUIRE(balls.size() == doubles.size());
        for (std::size_t k = 0; k < balls.size(); ++k) {
            REQUIRE(balls[k].size() == doubles[k].size());
            for (std::size_t c = 0; c < balls[k].size(); ++c) {
                if (!balls[k][c].is_finite() || !std::isfinite(doubles[k][c])) continue;
                CAPTURE(length, c, balls[k][c].middle(), doubles[k][c]);
                CHECK(close(balls[k][c].middle(), doubles[k][c]));
                ++compared;
            }
        }
        const exact::Ball score = Evaluator(t, length, 192).score(word);
        const double rounded = RoundedNetwork(t, length, Float::binary64).score(word);
        if (score.is_finite() && std::isfinite(rounded)) CHECK(close(score.middle(), rounded));
    });
    CHECK(compared > 500);
}

TEST_CASE("a class is certain where the balls tell it, and the judge accepts by it", "[soft]") {
    std::size_t certain = 0;
    for_random_models(100, [&](network::Transformer t, const language::Word& word, base::Random&) {
        if (!t.readout.classes) return;
        const auto length = static_cast<std::int64_t>(word.size());
        Judge judge(t, length);
        const Classification found = judge.classify(word, {});
        const Judgement judged = judge.judge(word, {});
        if (!found.is_certain()) return;
        ++certain;
        const std::vector<double> logits = tests::naive_logits(t, word).front();
        const double greatest = *std::max_element(logits.begin(), logits.end());
        CHECK(close(logits[*found.classes.front()], greatest));
        REQUIRE(judged.accepts.has_value());
        CHECK(*judged.accepts == t.readout.classes->accept[*found.classes.front()]);
        t.readout.reading = network::Readout::Reading::each;
        t.readout.classes->accept.clear();
        Judge each(t, length);
        CHECK(each.classify(word, {}).classes.size() == word.size());
        CHECK_THROWS_AS(each.judge(word, {}), base::Unsupported);
    });
    CHECK(certain > 50);
}

TEST_CASE("within the classes of positions the symbols of a model of version 2 can be exchanged", "[soft]") {
    std::size_t exchanged = 0;
    for_random_models(200, [&](const network::Transformer& t, language::Word word, base::Random& random) {
        const auto length = static_cast<std::int64_t>(word.size());
        const Classes classes = find_classes(t, length);
        const Evaluator evaluator(t, length, 192);
        const exact::Ball before = evaluator.score(word);
        for (const auto& positions : classes) {
            if (positions.size() < 2) continue;
            const auto a = static_cast<std::size_t>(positions[random.below(positions.size())]),
                       b = static_cast<std::size_t>(positions[random.below(positions.size())]);
            if (word[a] == word[b]) continue;
            std::swap(word[a], word[b]);
            ++exchanged;
        }
        const exact::Ball after = evaluator.score(word);
        if (before.is_finite() && after.is_finite()) CHECK((before - after).contains_zero());
    });
    CHECK(exchanged > 20);
}

TEST_CASE("norms of the whole are those of layers that add nothing", "[soft]") {
    for_random_models(60, [](const network::Transformer& t, const language::Word& word, base::Random&) {
        if (t.readout.classes && t.readout.classes->names.size() != 2) return;
        const auto length = static_cast<std::int64_t>(word.size());
        const network::AtLength plain = network::in_version_1(t, length);
        CHECK(!plain->embedding_norm);
        CHECK(!plain->final_norm);
        const exact::Ball one = Evaluator(t, length, 192).score(word), two = Evaluator(*plain, length, 192).score(word);
        if (one.is_finite() && two.is_finite()) CHECK((one - two).contains_zero());
    });
}

TEST_CASE("words together in doubles know what version 1 cannot say", "[soft]") {
    const std::uint64_t seed = attest::tests::seed();
    std::size_t together = 0;
    for (std::uint64_t round = 0; round < 150; ++round) {
        base::Random random(seed + 3000 + round);
        network::Transformer t = attest::tests::random_soft_model(random);
        INFO("seed " << seed << ", round " << round);
        if (round % 3 == 0) t = attest::tests::with_version_2(random, std::move(t));
        else {
            const network::Norm norm{.eps = exact::Rational(1, 7),
                                     .gain = exact::Vector(t.dimension, exact::Rational(2)),
                                     .bias = exact::Vector(t.dimension, exact::Rational(1, 3))};
            if (random.chance(1, 2)) t.embedding_norm = norm;
            if (random.chance(1, 2)) t.final_norm = norm;
            if (random.chance(1, 2)) t.readout.bias_in_n = exact::Expression::parse("n/2", "n", false, "random");
            if (random.chance(1, 2)) t.layers.back().repeat = exact::Expression::parse("n-1", "n", false, "random");
            if (random.chance(1, 2)) {
                t.position.clear();
                t.position_table.emplace().rows.assign(12, exact::Vector(t.dimension, exact::Rational(1, 2)));
                for (std::size_t p = 0; p < 12; ++p) t.position_table->rows[p][0] = static_cast<long>(random.below(5));
            }
        }
        REQUIRE(supports_words(t));
        const std::int64_t length = 3;
        const Evaluator evaluator(t, length, 128);
        WordScores scores(t, length);
        language::Word prefix(static_cast<std::size_t>(length - scores.free_symbols()), 0);
        do {
            language::Word word = prefix;
            word.resize(static_cast<std::size_t>(length), 0);
            for (const exact::Interval& interval : scores.scores(prefix)) {
                const exact::Ball score = evaluator.score(word);
                CAPTURE(t.alphabet.spell(word), interval.lo, interval.hi);
                if (interval != exact::everything && score.is_finite()) {
                    CHECK(exact::Rational(interval.lo) <= score.upper());
                    CHECK(score.lower() <= exact::Rational(interval.hi));
                    ++together;
                }
                language::next_word(word, t.alphabet);
            }
        } while (language::next_word(prefix, t.alphabet));
    }
    CHECK(together > 500);
}

TEST_CASE("keys are turned as they were elsewhere", "[soft]") {
    // Base 10000, dims 4, angles 3 and 0.03 on (1, 2, 3, 4).
    const std::vector<std::pair<const char*, std::vector<double>>> known = {
        {"half", {-1.413352520780, 1.879118066688, -2.828857481741, 4.058191135401}},
        {"interleaved", {-1.272232512720, -1.838864985141, 2.878668100437, 4.088186635603}}};
    for (const auto& [pairing, expected] : known)
        for (int r = 0; r < 4; ++r) {
            // At the first position queries are not turned, so that the score of position 4 is one coordinate of its key.
            network::Transformer t = rotary_model(pairing, r);
            t.layers[0].attention->heads[0].bias =
                exact::Expression::parse("-1000000*[j=2]-1000000*[j=3]", "ijn", false, "test");
            std::vector<HeadSeen> heads;
            (void)Evaluator(t, 4, 128).score({0, 0, 0, 0}, {.heads = &heads});
            REQUIRE(heads.size() == 1);
            const double weight = std::log(heads[0].weights[3].middle() / heads[0].weights[0].middle());
            CHECK(weight == Approx(expected[static_cast<std::size_t>(r)] - (r + 1)).margin(1e-9));
        }
}

TEST_CASE("networks of other frameworks have in balls the logits that were recorded there", "[soft]") {
    struct Row {
        const char* name;
        const char* family;
        std::vector<std::string> set;
        bool config, first;
    };
    for (const Row& row :
         {Row{"torch-encoder-relu-post", "torch-encoder", {"heads=2", "activation=relu"}, false, true},
          {"torch-encoder-gelu-pre", "torch-encoder", {"heads=2", "activation=gelu", "norm_first=true"}, false, true},
          {"nanogpt", "nanogpt", {"heads=2"}, false, false},
          {"hf-gpt2", "gpt2", {}, true, false},
          {"hf-bert-classifier", "bert", {}, true, false},
          {"hf-llama", "llama", {}, true, false},
          {"meta-llama", "llama2.c", {}, true, false}}) {
        const std::string stem = "vectors/" + std::string(row.name);
        const auto path = attest::tests::shared_data(stem + ".pt"),
                   expected = attest::tests::shared_data(stem + ".expected.json");
        if (!path || !expected) continue;
        formats::import::Options options;
        options.family = row.family;
        options.set = row.set;
        options.tokens = "a=1,b=2";
        options.begin = "<bos>=0";
        options.name = "m";
        options.tensor_file = "m.safetensors";
        if (row.first) options.read = "first";
        if (row.config) options.config = expected->string();
        const formats::import::Imported imported = formats::import::import_model(path->string(), options);
        const network::Transformer t = formats::parse_model(imported.document, "m.json", imported.tensors);
        const nlohmann::json recorded = nlohmann::json::parse(base::read_file(expected->string()))["logits"];
        CHECK(recorded.size() == 7);
        for (const auto& [word, logits] : recorded.items()) {
            const auto length = static_cast<std::int64_t>(word.size());
            const exact::BallVector ours = Evaluator(t, length, 128).answer(t.alphabet.parse(word, "test")).front();
            REQUIRE(ours.size() == logits.size());
            for (std::size_t c = 0; c < ours.size(); ++c) {
                CAPTURE(row.name, word, c);
                CHECK(ours[c].middle() == Approx(logits[c].get<double>()).epsilon(0).margin(1e-12));
                CHECK((ours[c].upper() - ours[c].lower()) < exact::Rational(1, 1'000'000'000'000));
            }
            CHECK(Judge(t, length).classify(t.alphabet.parse(word, "test"), {}).is_certain());
        }
    }
}

}  // namespace attest::soft
