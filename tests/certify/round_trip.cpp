#include <catch2/catch.hpp>

#include "attest/base/file.hpp"
#include "attest/certify/certificate.hpp"
#include "attest/programs/zoo.hpp"
#include "checker/checker.hpp"
#include "random_model.hpp"
#include "seed.hpp"

// What attest writes, the checker, which shares no code with it, must build a second time and accept.

namespace {

using namespace attest;

/// Decides, writes the certificate, and gives what the checker says of it.
checker::Report certified(const network::Transformer& t, const std::string& language, std::int64_t length,
                          decide::Outcome& outcome, const std::vector<std::pair<std::string, std::string>>& map = {}) {
    const formats::ModelFile file{t, formats::write_model(t), {}, {}};
    std::optional<language::Alphabet> over = t.alphabet;
    if (!map.empty()) over.reset();
    const auto l = language::Language::parse(language, over);
    const decide::Question question{file.transformer, l, relate(t.alphabet, l.alphabet(), map), length};
    outcome = decide::prove(question, {}, {});
    REQUIRE(outcome.undecided() == nullptr);
    const base::DirectoryInProgress place;
    certify::write_certificate(place.path(), {file, l, map}, question, outcome, {{{"attest", "test"}}});
    return checker::check(place.path());
}

}  // namespace

TEST_CASE("the checker accepts the certificates of the zoo", "[certificate]") {
    for (const programs::ZooEntry& entry : programs::zoo()) {
        if (entry.kind == network::AttentionKind::softmax) continue;  // not proved by circuits
        for (const std::string& name : entry.examples)
            for (const std::int64_t length : {0, 1, 2, 3, 5, 8}) {
                const network::Transformer t = programs::zoo_model(name);
                decide::Outcome outcome;
                const checker::Report report = certified(t, programs::zoo_entry(name).language, length, outcome);
                INFO(name << " at " << length << ": " << report.obligation << " at " << report.place << ": "
                          << report.reason);
                CHECK(report.accepted);
            }
    }
}

TEST_CASE("the checker builds the same miter for random models", "[certificate]") {
    const std::uint64_t seed = tests::seed();
    std::size_t refutations = 0;
    for (std::uint64_t k = 0; k < 200; ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 9000 + k);
        tests::RandomModelOptions options;
        options.symbols = k % 6 == 0 ? 1 : k % 4 == 0 ? 3 : 2;
        options.layers = random.below(4);
        options.heads = 1 + random.below(3);
        const network::Transformer t = tests::random_model(random, options);
        const std::int64_t length = static_cast<std::int64_t>(random.below(6));
        if (t.sequence_length(length) == 0) continue;
        // Most random models accept all words or none, so that both languages get their proofs.
        for (const char* language : {"regex:.*", "regex:.{7}"}) {
            decide::Outcome outcome;
            const checker::Report report = certified(t, language, length, outcome);
            INFO(report.obligation << " at " << report.place << ": " << report.reason);
            CHECK(report.accepted);
            refutations += outcome.refutation() != nullptr ? 1 : 0;
        }
    }
    CHECK(refutations > 50);
}

TEST_CASE("a map between alphabets is part of the claim", "[certificate]") {
    const network::Transformer t = programs::zoo_model("anbn");
    decide::Outcome outcome;
    CHECK(certified(t, "regex:0011", 4, outcome, {{"a", "0"}, {"b", "1"}}).accepted);
    CHECK(outcome.holds());
    CHECK(certified(t, "parity", 4, outcome, {{"a", "0"}, {"b", "1"}}).accepted);
    CHECK(outcome.fails());
}
