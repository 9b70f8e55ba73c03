#include <array>
#include <catch2/catch.hpp>
#include <functional>

#include "../support/outside.hpp"
#include "attest/base/file.hpp"
#include "attest/certify/every_length.hpp"
#include "attest/formats/file.hpp"
#include "attest/logic/sat_solver.hpp"
#include "attest/programs/zoo.hpp"
#include "circuit/aiger.hpp"
#include "circuit/sequential.hpp"
#include "circuit/simulate.hpp"
#include "circuit/substitute.hpp"
#include "logic/tseitin.hpp"

// The pair of circuits that examples/python/invariant_to_aiger.py makes of a certificate, against what Certifaiger asks of one: in all states
// where these are few, by a solver, and as Certifaiger itself writes it down, where somebody has it.

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

struct Pair {
    circuit::Sequential model, witness;
    std::string witness_text;
};

/// The pair of an invariant's certificate, in files of the folder.
///
/// spoil  what is done to `invariant.json` before
Pair pair_of(const std::string& folder, const std::string& name, const std::string& text,
             const std::function<void(std::string&)>& spoil = {}) {
    const std::string bytes = formats::write_model(programs::zoo_model(name));
    const formats::ModelFile file{formats::parse_model(bytes, name), bytes, "", ""};
    const language::Language language = language::Language::parse(text, file.transformer.alphabet);
    certify::Archive archive(folder + "/c");
    const certify::EveryLength proved = certify::recognise_at_every_length(
        {file, language, {}}, induction::least_length(file.transformer), {}, archive, {}, induction::Way::invariant);
    REQUIRE(proved.outcome.invariant() != nullptr);
    REQUIRE(archive.finish({""}));
    if (spoil) {
        std::string invariant = base::read_file(folder + "/c/invariant.json");
        spoil(invariant);
        base::write_file(folder + "/c/invariant.json", invariant);
    }
    REQUIRE(tests::output_of("cd " + folder + " && python3 " + ATTEST_INVARIANT_TO_AIGER +
                             " c model.aag witness.aag") == "");
    const auto read = [&](const char* file_name) {
        return circuit::read_sequential_aiger(base::read_file(folder + "/" + file_name), file_name);
    };
    return {read("model.aag"), read("witness.aag"), base::read_file(folder + "/witness.aag")};
}

/// Whether some values of the inputs make the root true.
bool may_be_true(const circuit::Circuit& circuit, circuit::Literal root) {
    if (root == circuit::bottom) return false;
    const logic::Cnf formula = logic::formula(circuit, std::array{root}, 1, 1);
    const auto solver = logic::make_solver(logic::BackEnd::cadical);
    for (std::size_t c = 0; c < formula.size(); ++c) solver->add_clause(formula.clause(c));
    return solver->solve({}, {}) == logic::Answer::satisfiable;
}

/// What is asked of a pair, over two steps from any state; each must never be true.
std::vector<bool> broken_obligations(const Pair& pair) {
    using circuit::Literal;
    circuit::Builder builder(std::size_t{1} << 30);
    const std::size_t inputs = pair.model.input_count(), latches = pair.model.latches.size();
    std::vector<Literal> now, then, first;
    for (std::size_t k = 0; k < inputs + latches; ++k) now.push_back(builder.add_input("now"));
    for (std::size_t k = 0; k < inputs; ++k) then.push_back(builder.add_input("then"));
    first.assign(now.begin(), now.begin() + static_cast<std::ptrdiff_t>(inputs));
    for (const circuit::Latch& latch : pair.witness.latches) first.push_back(circuit::bottom ^ latch.initial);
    /// Next values of the latches, bad, and that the constraints hold.
    const auto step = [&](const circuit::Sequential& c, const std::vector<Literal>& at) {
        std::vector<Literal> roots;
        for (const circuit::Latch& latch : c.latches) roots.push_back(latch.next);
        roots.push_back(c.bad.at(0).literal);
        for (const circuit::Port& port : c.step.constraints()) roots.push_back(port.literal);
        std::vector<Literal> images = circuit::substitute(builder, c.step, at, roots);
        const auto rules = images.begin() + static_cast<std::ptrdiff_t>(latches + 1);
        const Literal all = builder.conjunction(std::vector<Literal>(rules, images.end()));
        images.erase(rules, images.end());
        images.push_back(all);
        return images;
    };
    const auto of_model = step(pair.model, now), of_witness = step(pair.witness, now);
    then.insert(then.end(), of_witness.begin(), of_witness.begin() + static_cast<std::ptrdiff_t>(latches));
    const auto after = step(pair.witness, then), at_first = step(pair.witness, first);
    const Literal allowed = builder.conjunction({of_model[latches + 1], of_witness[latches + 1]});
    std::vector<Literal> differs;
    for (std::size_t k = 0; k < latches; ++k) differs.push_back(builder.exclusive_or(of_model[k], of_witness[k]));
    const Literal transition = builder.conjunction({allowed, builder.disjunction(differs)});
    const Literal base = builder.conjunction({at_first[latches], at_first[latches + 1]});
    const Literal safety = builder.conjunction({allowed, !of_witness[latches], of_model[latches]});
    const Literal inductive =
        builder.conjunction({of_witness[latches + 1], !of_witness[latches], after[latches + 1], after[latches]});
    std::vector<bool> broken;
    for (const Literal root : {transition, base, safety, inductive})
        broken.push_back(may_be_true(builder.circuit(), root));
    return broken;
}

/// The same as Certifaiger has it: a circuit of which no output may ever be true.
bool certifaiger_accepts(const std::string& folder) {
    const std::string told = tests::output_of("cd " + folder + " && certifaiger model.aag witness.aag check.aig");
    INFO(told);
    const circuit::Circuit check = circuit::read_aiger(base::read_file(folder + "/check.aig"), "check.aig");
    REQUIRE(check.outputs().size() > 3);
    bool accepts = true;
    for (const circuit::Port& port : check.outputs()) accepts = accepts && !may_be_true(check, port.literal);
    return accepts;
}

const std::vector<std::pair<const char*, const char*>> proved_by_invariants = {
    {"contains-11", "contains:11"}, {"tomita-7", "tomita:7"}, {"dyck-1-depth-1", "dyck:1,1"}};

/// Only the first conjunct is left: one of them alone need not say anything that the others do not.
void drop_conjuncts(std::string& invariant) {
    const std::size_t comma = invariant.find(',', invariant.find("\"conjuncts\""));
    REQUIRE(comma != std::string::npos);
    invariant.erase(comma, invariant.find(']', comma) - comma);
}

}  // namespace

TEST_CASE("The pair of circuits for Certifaiger: all that it asks, by a solver", "[certify]") {
    if (!tests::have("python3")) return;
    for (const auto& [name, text] : proved_by_invariants) {
        INFO(name);
        const base::DirectoryInProgress right, spoilt;
        CHECK(broken_obligations(pair_of(right.path(), name, text)) == std::vector<bool>(4, false));
        CHECK(broken_obligations(pair_of(spoilt.path(), name, text, drop_conjuncts)) != std::vector<bool>(4, false));
    }
}

TEST_CASE("The pair of circuits for Certifaiger: Certifaiger takes it as it is", "[certify]") {
    if (!tests::have("python3") || !tests::have("certifaiger")) return;
    for (const auto& [name, text] : proved_by_invariants) {
        INFO(name);
        const base::DirectoryInProgress right, spoilt;
        pair_of(right.path(), name, text);
        CHECK(certifaiger_accepts(right.path()));
        pair_of(spoilt.path(), name, text, drop_conjuncts);
        CHECK_FALSE(certifaiger_accepts(spoilt.path()));
    }
}

TEST_CASE("The pair of circuits for Certifaiger: simulation, base and induction, in all states", "[certify]") {
    if (!tests::have("python3")) return;
    for (const auto& [name, text] : {std::pair("contains-1", "contains:1"), std::pair("last", "last")}) {
        INFO(name);
        const base::DirectoryInProgress scratch;
        const auto [model, witness, witness_text] = pair_of(scratch.path(), name, text);
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
