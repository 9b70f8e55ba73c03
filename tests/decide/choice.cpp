#include <catch2/catch.hpp>

#include "attest/formats/file.hpp"
#include "attest/programs/zoo.hpp"
#include "base/random.hpp"
#include "decide.hpp"
#include "effort.hpp"
#include "seed.hpp"

// Which way a question is decided when the choice is ours.

using namespace attest;

namespace {

struct Brackets {
    formats::ModelFile file = formats::read_model(ATTEST_DYCK_MODEL);
    language::Language language = language::Language::parse("dyck:1,2", std::nullopt);
    std::vector<language::Symbol> meaning =
        relate(file.transformer.alphabet, language.alphabet(), {{"a", "("}, {"b", ")"}});
    decide::Question at(std::int64_t length) const { return {file.transformer, language, meaning, length}; }
};

}  // namespace

TEST_CASE("words are not evaluated where each costs so much that a circuit is less work", "[query]") {
    const Brackets brackets;
    // 64 words are soon done; 1024 of the same would be a minute, and 16384 without end.
    CHECK(decide::prove(brackets.at(6), {}, {}).evidence() == verdict::Evidence::exhaustion);
    const decide::Outcome ten = decide::prove(brackets.at(10), {}, {});
    CHECK(ten.evidence() == verdict::Evidence::refutation);
    CHECK(ten.statistics.gates > 0);
}

TEST_CASE("the effort of words grows with words, positions and numbers", "[query]") {
    const Brackets brackets;
    const network::Transformer& t = brackets.file.transformer;
    const decide::Effort few = decide::effort(t, 10, 1000), many = decide::effort(t, 10, 2000),
                         longer = decide::effort(t, 20, 1000);
    CHECK(many.exhaustion == Approx(2 * few.exhaustion));
    CHECK(longer.exhaustion > 1.5 * few.exhaustion);
    CHECK(many.circuit == few.circuit);
    // What is seconds there is milliseconds for a model of a few numbers.
    CHECK(few.exhaustion > 100 * decide::effort(programs::zoo_model("first"), 10, 1000).exhaustion);
    CHECK(few.patience() >= 4 * few.exhaustion);
}

TEST_CASE("words that were put off are gone on with, none left out and none twice", "[query]") {
    const language::Alphabet bits({"0", "1"});
    base::Random random(tests::seed());
    for (int round = 0; round < 50; ++round) {
        const std::int64_t length = static_cast<std::int64_t>(random.below(5));
        decide::Progress progress;
        std::vector<language::Word> seen;
        std::atomic<bool> stop{false};
        base::Limits limits;
        limits.interrupted = &stop;
        const std::uint64_t pause = random.below(40);
        const auto compare = [&](const language::Word& word) -> std::optional<decide::Counterexample> {
            seen.push_back(word);
            stop = seen.size() == pause;
            return std::nullopt;
        };
        const decide::Outcome none = decide::decide_by_exhaustion(bits, length, compare, {}, {}, progress, -1.0);
        REQUIRE(none.undecided() != nullptr);
        CHECK(none.undecided()->reason == verdict::Reason::none);
        CHECK(seen.empty());
        decide::Outcome outcome = decide::decide_by_exhaustion(bits, length, compare, {}, limits, progress);
        if (!outcome.holds()) {
            CHECK(outcome.undecided()->reason == verdict::Reason::interrupted);
            stop = false;
            outcome = decide::decide_by_exhaustion(bits, length, compare, {}, {}, progress);
        }
        CHECK(outcome.evidence() == verdict::Evidence::exhaustion);
        CHECK(outcome.statistics.words == std::uint64_t{1} << length);
        CHECK(seen.size() == std::size_t{1} << length);
        CHECK(std::is_sorted(seen.begin(), seen.end()));
    }
}
