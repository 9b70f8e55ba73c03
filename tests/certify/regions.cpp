#include <catch2/catch.hpp>

#include "attest/certify/recognition.hpp"
#include "attest/formats/file.hpp"
#include "attest/soft/evaluate.hpp"
#include "random_model.hpp"
#include "seed.hpp"

// Questions with too many words, by regions: with a limit of no words at all, so that the answer is known by all words.

namespace {

using namespace attest;

certify::Recognition ask(const network::Transformer& t, const std::string& language, std::int64_t length,
                         std::uint64_t most_words, bool guesses = false) {
    decide::ProveOptions options;
    options.guesses = guesses;
    options.most_words = most_words;
    options.regions = true;
    certify::Archive archive;
    const formats::ModelFile file{t, formats::write_model(t), {}, {}};
    const language::Language parsed = language::Language::parse(language, t.alphabet);
    return certify::recognise({file, parsed, {}, {}}, length, options, {}, archive);
}

/// One layer of softmax attention with positions, which is read at its end symbol, and nearly tells whether the first symbol is 1.
network::Transformer nearly_first(base::Random& random) {
    const auto noise = [&] { return exact::Rational(static_cast<long>(random.below(9)) - 4, 40); };
    const std::string text =
        R"({"format": "attest/model", "version": 1, "name": "nearly-first", "alphabet": ["0", "1"], "end": "$",
        "dimension": 4, "embedding": {"0": [-1, 0, 0, 0], "1": [1, 0, 0, 0], "$": [0, 0, 0, 1]}, "position": [0, "1/i", 0, 0],
        "layers": [{"attention": {"kind": "softmax", "heads": [{"query": [[0, 0, 0, 1]], "key": [[0, 6, 0, 0]],
                                                                "value": [[1, 0, 0, 0]], "output": [[0], [0], [1], [0]]}]},
                    "feedforward": {"maps": [[[0, 0, 1, 0], [0, 0, -1, 0]], [[0, 0], [0, 0], [1, -1], [0, 0]]]}}],
        "readout": {"position": "last", "weight": [0, 0, 1, 0], "bias": 0}})";
    network::Transformer t = formats::parse_model(text, "nearly-first");
    for (auto& row : t.layers[0].attention->heads[0].key->weight.rows)
        for (auto& entry : row) entry.second += noise();
    t.readout.bias = noise();
    return t;
}

}  // namespace

TEST_CASE("regions answer as all words do, and the checker accepts them") {
    base::Random random(tests::seed());
    INFO("seed " << tests::seed());
    for (int k = 0; k < 4; ++k) {
        const network::Transformer t = nearly_first(random);
        for (const char* language : {"first", "contains:1", "majority"})
            for (const std::int64_t length : {1, 3, 6}) {
                CAPTURE(k, language, length);
                const certify::Recognition words = ask(t, language, length, 1 << 10);
                const certify::Recognition regions = ask(t, language, length, 0);
                INFO(to_string(regions.verdict.why().reason) << " " << regions.verdict.why().detail);
                CHECK(regions.verdict.holds() == words.verdict.holds());
                CHECK(regions.verdict.fails() == words.verdict.fails());
                if (!regions.verdict.holds()) continue;
                CHECK_FALSE(regions.outcome.enclosure()->regions.empty());
                CHECK(regions.outcome.enclosure()->margin <= words.outcome.enclosure()->margin);
            }
    }
}

TEST_CASE("a length whose words cannot be listed is decided by regions") {
    base::Random random(tests::seed());
    const certify::Recognition found = ask(nearly_first(random), "first", 26, std::uint64_t{1} << 22);
    INFO(to_string(found.verdict.why().reason) << " " << found.verdict.why().detail);
    CHECK(!found.verdict.is_undecided());
}

TEST_CASE("where words cannot be listed the climb along the gradient finds a mistake") {
    base::Random random(tests::seed());
    INFO("seed " << tests::seed());
    const network::Transformer t = nearly_first(random);
    const certify::Recognition found = ask(t, "last", 40, std::uint64_t{1} << 22, true);
    REQUIRE(found.verdict.fails());
    const language::Word& word = found.outcome.counterexample()->word;
    REQUIRE(word.size() == 40);
    const bool accepts = soft::Evaluator(t, 40, 128).score(word).sign() == exact::Sign::positive;
    CHECK(accepts != (word.back() == 1));
}
