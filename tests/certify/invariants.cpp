#include <catch2/catch.hpp>

#include "attest/base/file.hpp"
#include "attest/certify/every_length.hpp"
#include "attest/certify/recognition.hpp"
#include "attest/formats/file.hpp"
#include "attest/programs/zoo.hpp"
#include "checker/checker.hpp"
#include "shared_data.hpp"

// Invariants and lengths that rest on a machine: what is found here is looked at by the checker, which makes the step a second time.

using namespace attest;

namespace {

formats::ModelFile file_of(const std::string& name) {
    return std::get<formats::ModelFile>(formats::read_network(*tests::shared_data("regular/" + name + ".json")));
}

}  // namespace

TEST_CASE("Invariants: models of regular languages, at every length", "[certify]") {
    const std::vector<std::pair<std::string, std::string>> rows = {{"D2", "nested:2"},
                                                                   {"D3", "nested:3"},
                                                                   {"D4", "nested:4"},
                                                                   {"_ab__", "regex:(ab)*"},
                                                                   {"_aa_bb__", "regex:(aa|bb)*"},
                                                                   {"_abab__", "regex:(abab)*"},
                                                                   {"S_abS__abc", "regex:(a|b|c)*ab(a|b|c)*"}};
    for (const auto& [name, text] : rows) {
        if (!tests::shared_data("regular/" + name + ".json")) return;
        INFO(name);
        const formats::ModelFile file = file_of(name);
        const language::Language language = language::Language::parse(text, file.transformer.alphabet);
        const base::DirectoryInProgress scratch;
        certify::Archive archive(scratch.path() + "/c");
        const certify::EveryLength proved =
            certify::recognise_at_every_length({file, language, {}}, 0, {}, archive, {}, induction::Way::invariant);
        INFO(proved.verdict.why().detail);
        REQUIRE(proved.outcome.invariant() != nullptr);
        CHECK(proved.verdict.holds());
        CHECK(proved.verdict.evidence() == verdict::Evidence::refutation);
    }
}

TEST_CASE("One length by a machine is certified", "[certify]") {
    const auto path = tests::shared_data("regular/D3.json");
    if (!path) return;
    const formats::ModelFile file = file_of("D3");
    const language::Language language = language::Language::parse("nested:3", file.transformer.alphabet);
    certify::Archive archive(std::nullopt);
    const certify::Recognition far = certify::recognise_by_machine({file, language, {}}, 1000, {}, {}, archive);
    CHECK(far.verdict.holds());
    REQUIRE(far.closure);
    CHECK(far.closure->states < 1000);
    // Few words are evaluated.
    CHECK_FALSE(certify::recognise_by_machine({file, language, {}}, 4, {}, {}, archive).closure);
    // They differ at other lengths, too: the circuit decides.
    const language::Language other = language::Language::parse("nested:2", file.transformer.alphabet);
    const certify::Recognition wrong = certify::recognise_by_machine({file, other, {}}, 40, {}, {}, archive);
    CHECK(wrong.verdict.fails());
    CHECK_FALSE(wrong.closure);
}

TEST_CASE("Heads that weigh content against nearness are certified at every length, both ways", "[certify]") {
    // A 1 weighs three positions.
    const std::string text = R"({"format": "attest/model", "version": 1, "name": "nearest", "alphabet": ["0", "1"],
        "end": "$", "dimension": 2, "embedding": {"0": [0, 0], "1": [1, 0], "$": [0, 0]},
        "layers": [{"attention": {"kind": "hard", "tie": "right", "mask": "strict", "heads": [
          {"query": {"weight": [[0, 0]], "bias": [1]}, "key": [[3, 0]], "value": [[1, 0]], "output": [[0], [1]],
           "bias": "j"}]}}],
        "readout": {"position": "last", "weight": [0, 1], "bias": 0}})";
    const base::DirectoryInProgress scratch;
    base::write_file(scratch.path() + "/nearest.json", text);
    const auto file = std::get<formats::ModelFile>(formats::read_network(scratch.path() + "/nearest.json"));
    const language::Language right = language::Language::parse("regex:(0|1)*1(0|1)?(0|1)?", file.transformer.alphabet);
    const language::Language wrong = language::Language::parse("regex:(0|1)*1(0|1)?", file.transformer.alphabet);
    for (const induction::Way way : {induction::Way::closure, induction::Way::invariant}) {
        certify::Archive archive(std::nullopt);
        const certify::EveryLength proved =
            certify::recognise_at_every_length({file, right, {}}, 0, {}, archive, {}, way);
        INFO(proved.verdict.why().detail);
        CHECK(proved.verdict.holds());
        CHECK((way == induction::Way::closure ? proved.outcome.closure() != nullptr
                                              : proved.outcome.invariant() != nullptr));
        const certify::EveryLength refuted =
            certify::recognise_at_every_length({file, wrong, {}}, 0, {}, archive, {}, way);
        CHECK(refuted.verdict.fails());
        REQUIRE(refuted.outcome.counterexample() != nullptr);
        CHECK(refuted.outcome.counterexample()->word.size() == 3);
    }
}
