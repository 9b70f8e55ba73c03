#include <catch2/catch.hpp>
#include <filesystem>
#include <thread>
#include <type_traits>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/certify/recognition.hpp"
#include "attest/programs/zoo.hpp"
#include "checker/checker.hpp"
#include "notary.hpp"
#include "random_model.hpp"
#include "seed.hpp"

using namespace attest;
using verdict::Verdict;

// Nobody but `certify` makes a verdict that holds or fails: neither of an answer, nor of what a prover found.
static_assert(!std::is_default_constructible_v<Verdict>);
static_assert(!std::is_constructible_v<Verdict, verdict::Answer>);
static_assert(!std::is_constructible_v<Verdict, verdict::Answer, verdict::Lengths>);
static_assert(!std::is_constructible_v<Verdict, decide::Outcome>);
static_assert(!std::is_assignable_v<Verdict&, verdict::Answer>);
static_assert(!std::is_aggregate_v<Verdict>);

// And what a prover found cannot be printed as one.
template <typename T>
concept Printable = requires(const T& x) {
    to_string(x);
};
static_assert(Printable<verdict::Answer> && !Printable<decide::Outcome> &&
              !Printable<decltype(decide::Outcome::result)>);

namespace {

formats::ModelFile file_of(const network::Transformer& t) { return {t, formats::write_model(t), {}, {}}; }

certify::Recognition recognise(const formats::ModelFile& file, const std::string& language, std::int64_t length,
                               certify::Archive& archive, const decide::ProveOptions& options = {},
                               const base::Limits& limits = {}) {
    const auto l = language::Language::parse(language, file.transformer.alphabet);
    return certify::recognise({file, l, {}}, length, options, limits, archive);
}

/// The places of the directories that certificates are written to under `place`.
std::size_t entries(const std::string& place) {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(place)) ++count;
    return count;
}

}  // namespace

TEST_CASE("a verdict carries what the checker read", "[certify]") {
    certify::Archive nowhere;
    const certify::Recognition r = recognise(file_of(programs::zoo_model("palindrome")), "palindrome", 8, nowhere);
    REQUIRE(r.verdict.holds());
    CHECK(r.verdict.word() == std::string("verified"));
    CHECK(r.verdict.evidence() == verdict::Evidence::refutation);
    CHECK(r.verdict.claim() == R"("palindrome" recognises palindrome at length 8)");
    CHECK(r.verdict.lengths().from == 8);
    CHECK(r.verdict.lengths().to == 8);
    CHECK(r.verdict.assumptions().size() == 2);
    CHECK(r.verdict.digest().size() == 64);
    CHECK_FALSE(r.verdict.kept());
    CHECK(r.verdict.spent.seconds >= r.verdict.spent.check_seconds);
    CHECK(r.verdict.spent.check_seconds > 0);
}

TEST_CASE("verdicts on random models are those of all words", "[certify]") {
    const std::uint64_t seed = tests::seed();
    std::size_t held = 0, failed = 0;
    for (std::uint64_t k = 0; k < 60; ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 300 + k);
        tests::RandomModelOptions options;
        options.layers = random.below(3);
        const formats::ModelFile file = file_of(tests::random_model(random, options));
        const auto length = static_cast<std::int64_t>(1 + random.below(4));
        decide::ProveOptions all_words;
        all_words.method = decide::Method::exhaustion;
        for (const char* language : {"regex:.*", "regex:.{9}"}) {
            certify::Archive nowhere;
            const certify::Recognition a = recognise(file, language, length, nowhere),
                                       b = recognise(file, language, length, nowhere, all_words);
            CHECK(a.verdict.answer() == b.verdict.answer());
            CHECK_FALSE(b.verdict.is_undecided());
            held += b.verdict.holds() ? 1 : 0;
            failed += b.verdict.fails() ? 1 : 0;
        }
    }
    CHECK(held > 20);
    CHECK(failed > 20);
}

TEST_CASE("a finding that is wrong gets no verdict", "[certify]") {
    const formats::ModelFile file = file_of(programs::zoo_model("first"));
    const auto l = language::Language::parse("last", file.transformer.alphabet);
    const decide::Question question{file.transformer, l, {0, 1}, 3};
    const base::DirectoryInProgress place;
    const base::Limits limits;
    certify::Archive archive(place.path() + "/kept");
    // "All words were looked at", of a model that is wrong on some: the checker looks again.
    const decide::Outcome claimed{decide::Holds{decide::Exhaustion{}}, {.words = 8}};
    const auto write = [&](const std::string& to) {
        return certify::write_certificate(to, {file, l, {}}, question, claimed, {});
    };
    const Verdict verdict = certify::Notary(archive, "", limits)
                                .certify({verdict::Lengths::one(3), verdict::Answer::holds, claimed.evidence(), write});
    CHECK(verdict.is_undecided());
    CHECK(verdict.why().reason == verdict::Reason::unchecked);
    CHECK(verdict.evidence() == verdict::Evidence::unchecked);
    CHECK(verdict.digest().empty());
    CHECK_FALSE(archive.finish());
    CHECK_FALSE(std::filesystem::exists(place.path() + "/kept"));
    // A counterexample that is none: our evaluator said so, so we are wrong.
    const decide::Outcome shown{decide::Fails{{{0, 0, 0}, true, false}, {}}, {}};
    const auto write_witness = [&](const std::string& to) {
        return certify::write_certificate(to, {file, l, {}}, question, shown, {});
    };
    certify::Archive nowhere;
    CHECK_THROWS_AS(
        certify::Notary(nowhere, "", limits)
            .certify({verdict::Lengths::one(3), verdict::Answer::fails, shown.evidence(), write_witness, {"witness"}}),
        base::InternalError);
}

TEST_CASE("limits bound writing and check, and leave nothing behind", "[certify]") {
    const formats::ModelFile file = file_of(programs::zoo_model("palindrome"));
    const auto l = language::Language::parse("palindrome", file.transformer.alphabet);
    const decide::Question question{file.transformer, l, {0, 1}, 24};
    const decide::Outcome outcome = decide::prove(question, {}, {});
    REQUIRE(outcome.holds());
    std::atomic<bool> stop{false};
    base::Limits limits;
    limits.interrupted = &stop;
    const base::DirectoryInProgress place;
    const auto certify = [&](bool while_writing) {
        certify::Archive archive(place.path() + "/kept");
        stop = while_writing;
        const Verdict verdict = certify::Notary(archive, "", limits)
                                    .certify({verdict::Lengths::one(24), verdict::Answer::holds, outcome.evidence(),
                                              [&](const std::string& to) {
                                                  std::string digest = certify::write_certificate(
                                                      to, {file, l, {}}, question, outcome, {}, limits);
                                                  stop = true;
                                                  return digest;
                                              }});
        CHECK(verdict.is_undecided());
        CHECK(verdict.why().reason == verdict::Reason::interrupted);
        CHECK(verdict.why().detail ==
              (while_writing ? "while the certificate was written" : "while the certificate was checked"));
        CHECK_FALSE(archive.finish());
    };
    certify(true);
    certify(false);
    CHECK(entries(place.path()) == 0);
    base::Limits small;
    small.memory_bytes = 1000;
    certify::Archive nowhere;
    const auto write = [&](const std::string& to) {
        return certify::write_certificate(to, {file, l, {}}, question, outcome, {});
    };
    const Verdict verdict =
        certify::Notary(nowhere, "", small)
            .certify({verdict::Lengths::one(24), verdict::Answer::holds, outcome.evidence(), write});
    CHECK(verdict.why().reason == verdict::Reason::memory);
}

TEST_CASE("lengths are kept as a collection of what was decided, in their order", "[certify]") {
    const formats::ModelFile file = file_of(programs::zoo_model("first"));
    const auto l = language::Language::parse("first", file.transformer.alphabet);
    const base::DirectoryInProgress place;
    for (const unsigned threads : {1U, 3U}) {
        CAPTURE(threads);
        certify::Archive archive(place.path() + "/kept");
        certify::RangeOptions options;
        options.threads = threads;
        const auto all = certify::recognise({file, l, {}}, {1, 2, 5}, options, {}, archive);
        REQUIRE(all.size() == 3);
        std::vector<std::string> parts;
        for (const certify::Recognition& r : all) {
            CHECK(r.verdict.holds());
            CHECK(r.verdict.kept());
            parts.push_back(certify::part_of_length(r.length));
        }
        REQUIRE(archive.finish(parts));
        const checker::Report report = checker::check(place.path() + "/kept");
        CHECK(report.accepted);
        CHECK(report.parts.size() == 3);
    }
    // A part that is not asked for is not left behind: the checker would find what the manifest does not list.
    certify::Archive some(place.path() + "/some");
    (void)certify::recognise({file, l, {}}, {1, 2, 5}, {}, {}, some);
    REQUIRE(some.finish({"length-2", "length-5", "length-7"}));
    const checker::Report report = checker::check(place.path() + "/some");
    CHECK(report.accepted);
    CHECK(report.parts.size() == 2);
    base::Limits late;
    late.deadline = std::chrono::steady_clock::now();
    certify::Archive archive(place.path() + "/none");
    for (const certify::Recognition& r : certify::recognise({file, l, {}}, {1, 2}, {}, late, archive))
        CHECK(r.verdict.why().reason == verdict::Reason::deadline);
    CHECK_FALSE(archive.finish({"length-1", "length-2"}));
}

TEST_CASE("an exception on one length is the caller's", "[certify]") {
    const formats::ModelFile file = file_of(programs::zoo_model("first"));
    const auto l = language::Language::parse("table:6", file.transformer.alphabet);
    certify::Archive nowhere;
    certify::RangeOptions options;
    options.threads = 2;
    CHECK_THROWS_AS(certify::recognise({file, l, {}}, {2, 3, 4}, options, {}, nowhere), base::UsageError);
}
