#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "attest/formats/file.hpp"
#include "attest/network/evaluate.hpp"
#include "base/random.hpp"
#include "formats/import/tracr.hpp"
#include "refused.hpp"
#include "seed.hpp"
#include "trials.hpp"

using namespace attest;
using exact::Rational;
using Json = nlohmann::ordered_json;

namespace {

using Row = std::vector<Rational>;
using Rows = std::vector<Row>;

Row times(const Row& x, const Rows& m) {
    Row y(m[0].size());
    for (std::size_t r = 0; r < m.size(); ++r)
        for (std::size_t c = 0; c < y.size(); ++c) y[c] += x[r] * m[r][c];
    return y;
}
Rational dot(const Row& a, const Row& b) {
    Rational sum;
    for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
    return sum;
}

/// A compiled program as Tracr has it, with numbers at random, and what it says: rows are vectors, matrices stand at the right.
class RandomTracr {
  public:
    explicit RandomTracr(base::Random& random) : random_(random), causal_(random.below(2) == 0) {
        embedding_ = rows(3, d);
        position_ = rows(longest, d);
        unembedding_ = rows(d, 3);
        const std::uint64_t count = 1 + random_.below(3);
        for (std::uint64_t k = 0; k < count; ++k) {
            Part part;
            if (random_.below(2) == 0) part.mlp = {rows(d, 3), rows(3, d)};
            else
                for (std::uint64_t h = 0; h < 1 + random_.below(2); ++h)
                    part.heads.push_back({rows(d, 2), rows(d, 2), rows(d, d)});
            parts_.push_back(std::move(part));
        }
    }

    static constexpr std::size_t d = 4, longest = 3;

    Json document() const {
        Json layers = Json::array();
        for (const Part& part : parts_) {
            if (part.heads.empty()) {
                layers.push_back({{"mlp", {{"in", json(part.mlp[0])}, {"out", json(part.mlp[1])}}}});
                continue;
            }
            Json heads = Json::array();
            for (const auto& head : part.heads)
                heads.push_back({{"query", json(head[0])}, {"key", json(head[1])}, {"value", json(head[2])}});
            layers.push_back({{"attention", heads}});
        }
        return {{"format", "attest/tracr"},
                {"version", 1},
                {"program", "p"},
                {"causal", causal_},
                {"bos", "BOS"},
                {"max_seq_len", longest},
                {"mlp_exactness", 100},
                {"residual", {"one", "x", "y", "z"}},
                {"tokens", {"a", "BOS", "b"}},
                {"embedding", json(embedding_)},
                {"position", json(position_)},
                {"one", 0},
                {"layers", layers},
                {"unembedding", json(unembedding_)},
                {"output", {{"categorical", true}, {"values", {1, 2.5, "c"}}}}};
    }

    /// Index of the output at each position of the word, 0 for a and 1 for b.
    std::vector<std::size_t> outputs(const std::vector<std::size_t>& word) const {
        Rows x;
        for (std::size_t p = 0; p <= word.size(); ++p) {
            Row y = embedding_[p == 0 ? 1 : word[p - 1] == 0 ? 0 : 2];
            y[0] += 1;
            if (p > 0)
                for (std::size_t k = 0; k < d; ++k) y[k] += position_[p - 1][k];
            x.push_back(y);
        }
        for (const Part& part : parts_) apply(part, x);
        std::vector<std::size_t> outputs;
        for (std::size_t p = 1; p < x.size(); ++p) {
            const Row logits = times(x[p], unembedding_);
            outputs.push_back(
                static_cast<std::size_t>(std::max_element(logits.begin(), logits.end()) - logits.begin()));
        }
        return outputs;
    }

  private:
    struct Part {
        std::vector<Rows> mlp;
        std::vector<std::vector<Rows>> heads;
    };

    void apply(const Part& part, Rows& x) const {
        Rows next = x;
        for (std::size_t i = 0; i < x.size(); ++i) {
            if (part.heads.empty()) {
                Row hidden = times(x[i], part.mlp[0]);
                for (Rational& h : hidden) h = std::max(h, Rational(0));
                add(next[i], times(hidden, part.mlp[1]), 1);
            }
            for (const auto& head : part.heads) {
                std::vector<Rational> scores;
                for (std::size_t j = 0; j <= (causal_ ? i : x.size() - 1); ++j)
                    scores.push_back(dot(times(x[i], head[0]), times(x[j], head[1])));
                const Rational greatest = *std::max_element(scores.begin(), scores.end());
                const long ties = std::count(scores.begin(), scores.end(), greatest);
                for (std::size_t j = 0; j < scores.size(); ++j)
                    if (scores[j] == greatest) add(next[i], times(x[j], head[2]), Rational(1, ties));
            }
        }
        x = next;
    }
    static void add(Row& to, const Row& from, const Rational& factor) {
        for (std::size_t k = 0; k < to.size(); ++k) to[k] += factor * from[k];
    }

    Rows rows(std::size_t count, std::size_t columns) {
        Rows all(count, Row(columns));
        for (Row& row : all)
            for (Rational& x : row) x = Rational(static_cast<long>(random_.below(5)) - 2, 2);
        for (Row& row : all)
            for (Rational& x : row) x.canonicalize();
        return all;
    }
    static Json json(const Rows& rows) {
        Json all = Json::array();
        for (const Row& row : rows) {
            Json line = Json::array();
            for (const Rational& x : row) {
                std::array<char, 40> text{};
                std::snprintf(text.data(), text.size(), "%a", x.get_d());
                line.push_back(text.data());
            }
            all.push_back(line);
        }
        return all;
    }

    base::Random& random_;
    bool causal_;
    Rows embedding_, position_, unembedding_;
    std::vector<Part> parts_;
};

formats::import::Options options(const std::string& read = {}, const std::string& accept = {}) {
    formats::import::Options options;
    options.read = read;
    options.accept = accept;
    return options;
}

std::string refusal(const Json& document) {
    std::vector<formats::import::Assumption> assumed;
    return attest::tests::refused(
        [&] { (void)formats::import::read_tracr(document.dump(), "t.json", options(), assumed); });
}

}  // namespace

TEST_CASE("Tracr: what a compiled program says at each position, model against definition") {
    const std::uint64_t seed = attest::tests::seed();
    INFO("ATTEST_TEST_SEED=" << seed);
    base::Random random(seed);
    for (std::uint64_t trial = 0; trial < attest::tests::trials(60); ++trial) {
        const RandomTracr tracr(random);
        std::vector<formats::import::Assumption> assumed;
        const network::Transformer read =
            formats::import::read_tracr(tracr.document().dump(), "t.json", options(), assumed);
        const network::Transformer model = formats::parse_model(formats::write_model(read), "m.json");
        CHECK(model.readout.classes->names == std::vector<std::string>{"1", "2.5", "c"});
        for (std::size_t length = 1; length <= RandomTracr::longest; ++length) {
            const network::Evaluator evaluator(model, static_cast<std::int64_t>(length));
            language::Word word(length, 0);
            do {
                CAPTURE(trial, word);
                REQUIRE(evaluator.answer(word).classes == tracr.outputs({word.begin(), word.end()}));
            } while (language::next_word(word, model.alphabet));
        }
        CHECK_THROWS(network::evaluate(model, language::Word(RandomTracr::longest + 1, 0)));
    }
}

TEST_CASE("Tracr: where it is read, what it accepts, and softmax are told") {
    base::Random random(1);
    const std::string text = RandomTracr(random).document().dump();
    std::vector<formats::import::Assumption> assumed;
    formats::import::Options told = options("last", "2.5,c");
    told.set = {"attention=softmax"};
    const network::Transformer model = formats::import::read_tracr(text, "t.json", told, assumed);
    CHECK(model.kind() == network::AttentionKind::softmax);
    CHECK(model.readout.classes->accept == std::vector<bool>{false, true, true});
    CHECK(assumed.size() == 1);
    const auto complains = [&](const formats::import::Options& with, const std::string& message) {
        CHECK_THROWS_WITH(formats::import::read_tracr(text, "t.json", with, assumed), Catch::Contains(message));
    };
    complains(options("last", "3"), "--accept: expected a class (1, 2.5, c), found \"3\"");
    complains(options("last", "1,2.5,c"), "--accept: expected some of the classes, found all");
    complains(options("each", "1"), "--accept: expected --read last or a position beside it, found each");
    complains(options("middle"), "--read: expected first, last, each or a position");
    told.set = {"attention=hard"};
    complains(told, "--set: expected attention=average or attention=softmax, found \"attention=hard\"");
}

TEST_CASE("Tracr: documents that are damaged are refused by their place") {
    base::Random random(2);
    const Json good = RandomTracr(random).document();
    const auto changed = [&](const std::string& key, const Json& value) {
        Json document = good;
        document[key] = value;
        return refusal(document);
    };
    CHECK(refusal(good) == "accepted");
    CHECK(changed("format", "attest/model") ==
          "t.json:format: expected \"attest/tracr\", found the string \"attest/model\"");
    CHECK(changed("extra", 1).find("\"extra\"") != std::string::npos);
    CHECK(changed("bos", "c") == "t.json:bos: expected one of the tokens, found the string \"c\"");
    CHECK(changed("tokens", {"a", "BOS", "a"}).starts_with("t.json:tokens: expected distinct symbols, found "));
    CHECK(changed("embedding", {{"0x1p+0"}}) == "t.json:embedding: expected 3 rows, found 1");
    CHECK(changed("max_seq_len", 4) == "t.json:position: expected 4 rows, found 3");
    CHECK(changed("one", 4).starts_with("t.json:one: expected "));
    CHECK(changed("layers", {{{"mlp", {{"in", Json::array()}, {"out", Json::array()}}}}}) ==
          "t.json:layers[0].mlp.in: expected at least one row, found a list of 0");
    CHECK(changed("layers", Json::array({Json::object()})).starts_with("t.json:layers[0]: expected attention or mlp"));
    Json document = good;
    document["embedding"][1][2] = "inf";
    CHECK(refusal(document) ==
          "t.json:embedding[1][2]: expected a hexadecimal number such as \"0x1.8p+1\", found the string \"inf\"");
    document["embedding"][1][2] = "0x1p+2000";
    CHECK(refusal(document).starts_with("t.json:embedding[1][2]: expected a hexadecimal number"));
}
