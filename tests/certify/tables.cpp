#include "checker/network/tables.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <nlohmann/json.hpp>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/certify/certificate.hpp"
#include "base/digest.hpp"
#include "checker/checker.hpp"
#include "checker/kernel/defect.hpp"
#include "decide/restriction/tables.hpp"
#include "programs/guhat_constructions.hpp"
#include "random_guhat.hpp"
#include "seed.hpp"

using namespace attest;

namespace {

checker::Budget ample() { return {1'000'000'000'000, 1'000'000'000}; }

/// A certificate of what the tables do with the language, and what the checker says to it.
checker::Report certified(const formats::GuhatFile& file, const std::string& name,
                          const std::function<void(const std::string&)>& damage = {}) {
    const auto language = language::Language::parse(name, file.guhat.alphabet);
    const decide::Outcome outcome =
        decide::prove({file.guhat, language, relate(file.guhat.alphabet, language.alphabet(), {})}, {}, {});
    const base::DirectoryInProgress place;
    certify::write_certificate(place.path(), {file, language, {}}, outcome, {{{"attest", "test"}}});
    if (damage) damage(place.path());
    return checker::check(place.path());
}

formats::GuhatFile tree() {
    network::Guhat tables = programs::parity_tree({2, 1, 2, true});
    std::string bytes = formats::write_guhat(tables);
    return {std::move(tables), std::move(bytes)};
}

}  // namespace

TEST_CASE("Random tables: evaluator and checker and the text of the format agree on all words", "[guhat]") {
    INFO("seed " << tests::seed());
    base::Random random(tests::seed() + 7);
    for (int k = 0; k < 300; ++k) {
        const std::string text = tests::random_guhat(random).dump();
        INFO(text);
        network::GuhatEvaluator ours(formats::parse_guhat(text, "t.json"));
        checker::Budget budget = ample();
        checker::Tables theirs = checker::read_tables(text, "t.json", budget);
        const network::Guhat& tables = ours.guhat();
        language::Word word(static_cast<std::size_t>(tables.length), 0);
        do {
            network::GuhatTrace trace;
            checker::Run run;
            REQUIRE(ours.accepts(word, &trace) == checker::accepts(theirs, {word.begin(), word.end()}, budget, &run));
            for (std::size_t l = 0; l < run.pattern.size(); ++l)
                for (std::size_t h = 0; h < run.pattern[l].size(); ++h)
                    REQUIRE(std::equal(run.pattern[l][h].begin(), run.pattern[l][h].end(), trace.attended[l][h].begin(),
                                       [](auto a, auto b) { return a == static_cast<std::size_t>(b); }));
        } while (language::next_word(word, tables.alphabet));
    }
}

TEST_CASE("Random tables with one character changed: reader and checker take the same files", "[guhat]") {
    INFO("seed " << tests::seed());
    base::Random random(tests::seed() + 8);
    std::size_t taken = 0, refused = 0;
    for (int k = 0; k < 3000; ++k) {
        std::string text = tests::random_guhat(random).dump();
        const std::string alphabet = "0123$[],\"-";
        text[random.below(text.size())] = alphabet[random.below(alphabet.size())];
        INFO(text);
        bool ours = true, theirs = true;
        try {
            (void)formats::parse_guhat(text, "t.json");
        } catch (const base::InputError&) {
            ours = false;
        }
        checker::Budget budget = ample();
        try {
            (void)checker::read_tables(text, "t.json", budget);
        } catch (const checker::Defect&) {
            theirs = false;
        }
        REQUIRE(ours == theirs);
        (ours ? taken : refused) += 1;
    }
    CHECK(taken > 50);
    CHECK(refused > 500);
}

TEST_CASE("Certificates about tables: by all words, or by a counterexample", "[guhat]") {
    const checker::Report yes = certified(tree(), "parity");
    INFO(yes.reason);
    CHECK(yes.accepted);
    CHECK(yes.evidence == "all 8 words evaluated exactly");
    const checker::Report no = certified(tree(), "majority");
    CHECK(no.accepted);
    CHECK(no.evidence.find("witness") == 0);
}

TEST_CASE("Certificates about tables: other tables under the claim are refused", "[guhat]") {
    const formats::GuhatFile right = tree();
    const auto damaged = [&](const std::string& from, const std::string& to) {
        return certified(right, "parity", [&](const std::string& place) {
            std::string bytes = right.bytes;
            const std::size_t at = bytes.find(from);
            REQUIRE(at != std::string::npos);
            bytes.replace(at, from.size(), to);
            base::write_file(place + "/model.json", bytes);
            // The manifest must fit again, so that it is not the digest that is refused.
            nlohmann::ordered_json manifest = nlohmann::ordered_json::parse(base::read_file(place + "/manifest.json"));
            manifest["files"][0]["bytes"] = bytes.size();
            manifest["files"][0]["sha256"] = base::sha256(bytes);
            manifest["digest"] = std::string(64, '0');
            const std::string blank = manifest.dump(1) + "\n";
            manifest["digest"] = base::sha256(blank);
            base::write_file(place + "/manifest.json", manifest.dump(1) + "\n");
        });
    };
    CHECK(damaged("\"becomes\":1", "\"becomes\":0").obligation == "exhaustion");
    CHECK(damaged("\"becomes\":1", "\"becomes\":2").obligation == "question");
    CHECK(damaged("\"length\": 3", "\"length\": 2").obligation == "question");
    CHECK(damaged("attest/guhat", "attest/tables").obligation == "question");
}

namespace {

/// What is found about restrictions of tables, as a certificate that may be damaged first.
struct Restricted {
    formats::GuhatFile file;
    restriction::Outcome outcome;

    explicit Restricted(formats::GuhatFile tables)
        : file(std::move(tables)),
          outcome(std::get<restriction::Outcome>(restriction::restrict_tables(file.guhat, {}, {}))) {}

    std::optional<restriction::Settled> settled() const {
        return outcome.nothing_free ? std::nullopt : std::optional(outcome.settled);
    }
    checker::Report check(const std::optional<restriction::Settled>& claim, const restriction::Evidence& evidence,
                          const std::function<void(const std::string&)>& damage = {}) const {
        const base::DirectoryInProgress place;
        certify::write_restriction(place.path(), file, claim, evidence, {{{"attest", "test"}}});
        if (damage) damage(place.path());
        return checker::check(place.path());
    }
};

}  // namespace

TEST_CASE("The checker accepts what is found about restrictions of random tables, word by word, and nothing stronger",
          "[guhat]") {
    INFO("seed " << tests::seed());
    base::Random random(tests::seed() + 17);
    std::size_t settled = 0, sensitive = 0, fixed = 0;
    for (int k = 0; k < 600; ++k) {
        const std::string text = tests::random_guhat(random).dump();
        INFO(text);
        const Restricted r({formats::parse_guhat(text, "t.json"), text});
        REQUIRE(r.outcome.kind == verdict::Evidence::exhaustion);
        const checker::Report report = r.check(r.settled(), r.outcome.evidence);
        INFO(report.obligation << " at " << report.place << ": " << report.reason);
        REQUIRE(report.accepted);
        (r.outcome.nothing_free ? sensitive : settled) += 1;
        restriction::Evidence more = r.outcome.evidence;
        ++more.words;
        CHECK_FALSE(r.check(r.settled(), more).accepted);
        if (r.outcome.nothing_free) continue;
        restriction::Settled other = r.outcome.settled;
        other.answer = !other.answer;
        CHECK_FALSE(r.check(other, r.outcome.evidence).accepted);
        if (r.outcome.settled.restriction.fixed_count() == 0 || r.file.guhat.alphabet.size() < 2) continue;
        ++fixed;
        // One symbol fewer: no longer settled, since the optimum is one.
        restriction::Settled fewer = r.outcome.settled;
        for (auto& symbol : fewer.restriction.fixed)
            if (symbol) {
                symbol.reset();
                break;
            }
        fewer.optimal = false;
        fewer.open.clear();
        restriction::Evidence all = r.outcome.evidence;
        all.words *= r.file.guhat.alphabet.size();
        CHECK_FALSE(r.check(fewer, all).accepted);
    }
    CHECK(settled > 100);
    CHECK(sensitive > 5);
    CHECK(fixed > 20);
}

TEST_CASE("A claim about a restriction of tables has no refutation", "[guhat]") {
    const Restricted r(tree());
    REQUIRE(r.outcome.nothing_free);  // parity
    CHECK(r.check(std::nullopt, r.outcome.evidence).accepted);
    const checker::Report report = r.check(std::nullopt, r.outcome.evidence, [](const std::string& place) {
        nlohmann::ordered_json manifest = nlohmann::ordered_json::parse(base::read_file(place + "/manifest.json"));
        manifest["evidence"] = {{"kind", "refutation"}, {"proof", "lrat"}, {"drops", nlohmann::ordered_json::array()}};
        for (const char* name : {"circuit.json", "formula.cnf", "proof.lrat"}) {
            base::write_file(place + "/" + name, "{}");
            manifest["files"].push_back({{"name", name}, {"bytes", 2}, {"sha256", base::sha256("{}")}});
        }
        manifest["digest"] = std::string(64, '0');
        std::string bytes = manifest.dump();
        const std::string digest = base::sha256(bytes);
        bytes.replace(bytes.find(std::string(64, '0')), 64, digest);
        base::write_file(place + "/manifest.json", bytes);
    });
    CHECK_FALSE(report.accepted);
    CHECK(report.obligation == "question");
    CHECK(report.reason.find("these are tables") != std::string::npos);
}
