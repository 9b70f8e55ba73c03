#include <catch2/catch.hpp>

#include "../support/outside.hpp"
#include "attest/base/file.hpp"
#include "attest/certify/every_length.hpp"
#include "attest/formats/file.hpp"
#include "attest/programs/zoo.hpp"
#include "circuit/sequential.hpp"
#include "circuit/simulate.hpp"

// The pair of circuits that examples/python/invariant_to_aiger.py makes of a certificate, against what Certifaiger asks of one, in all states.

using namespace attest;

namespace {

/// Next values of the latches, and bad, by latches and inputs: [assignment × root].
std::vector<std::vector<bool>> all_steps(const circuit::Sequential& c) {
    std::vector<circuit::Literal> roots;
    for (const circuit::Latch& latch : c.latches) roots.push_back(latch.next);
    roots.push_back(c.bad.at(0).literal);
    std::vector<std::vector<bool>> all;
    for (std::size_t bits = 0; bits < std::size_t{1} << c.step.input_count(); ++bits) {
        std::vector<bool> inputs;
        for (std::size_t k = 0; k < c.step.input_count(); ++k) inputs.push_back((bits >> k & 1) != 0);
        all.push_back(circuit::evaluate(c.step, roots, inputs));
    }
    return all;
}

}  // namespace

TEST_CASE("The pair of circuits for Certifaiger: simulation, base and induction, in all states", "[certify]") {
    if (!tests::have("python3")) return;
    for (const auto& [name, text] : {std::pair("contains-1", "contains:1"), std::pair("last", "last")}) {
        INFO(name);
        const std::string bytes = formats::write_model(programs::zoo_model(name));
        const formats::ModelFile file{formats::parse_model(bytes, name), bytes, "", ""};
        const language::Language language = language::Language::parse(text, file.transformer.alphabet);
        const base::DirectoryInProgress scratch;
        certify::Archive archive(scratch.path() + "/c");
        const certify::EveryLength proved =
            certify::recognise_at_every_length({file, language, {}}, 0, {}, archive, {}, induction::Way::invariant);
        REQUIRE(proved.outcome.invariant() != nullptr);
        REQUIRE(archive.finish({""}));
        REQUIRE(tests::output_of("cd " + scratch.path() + " && python3 " + ATTEST_INVARIANT_TO_AIGER +
                                 " c model.aag witness.aag") == "");
        const std::string witness_text = base::read_file(scratch.path() + "/witness.aag");
        const circuit::Sequential model =
            circuit::read_sequential_aiger(base::read_file(scratch.path() + "/model.aag"), "model.aag");
        const circuit::Sequential witness = circuit::read_sequential_aiger(witness_text, "witness.aag");
        const std::size_t inputs = model.input_count(), latches = model.latches.size();
        REQUIRE(inputs == 1);
        REQUIRE(witness.input_count() == inputs);
        REQUIRE(witness.latches.size() == latches);
        // Reset, and which is which.
        CHECK_THAT(witness_text, Catch::Contains("\ni0 = 2\n"));
        for (std::size_t k = 0; k < latches; ++k) {
            CHECK(witness.latches[k].initial == model.latches[k].initial);
            CHECK_THAT(witness_text, Catch::Contains("\nl" + std::to_string(k) + " = " +
                                                     std::to_string(2 * (1 + inputs + k)) + "\n"));
        }
        const auto of_model = all_steps(model), of_witness = all_steps(witness);
        std::size_t first = 0, safe = 0;
        for (std::size_t k = 0; k < latches; ++k) first |= std::size_t{model.latches[k].initial} << (k + inputs);
        const auto good = [&](std::size_t state) { return !of_witness[state][latches]; };
        for (std::size_t now = 0; now < of_model.size(); ++now) {
            std::size_t next = 0;
            for (std::size_t k = 0; k < latches; ++k) {
                REQUIRE(of_witness[now][k] == of_model[now][k]);  // transition
                next |= std::size_t{of_model[now][k]} << (k + inputs);
            }
            if (now >> inputs == first >> inputs) CHECK(good(now));  // base
            if (!good(now)) continue;
            ++safe;
            CHECK_FALSE(of_model[now][latches]);                                               // safety
            for (std::size_t x = 0; x < std::size_t{1} << inputs; ++x) CHECK(good(next + x));  // inductive
        }
        CHECK(safe > 0);
        CHECK(safe < of_model.size());
    }
}
