#include "stages.hpp"

#include <fmt/format.h>

#include <fstream>

#include "attention_smt.hpp"
#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/certify/certificate.hpp"
#include "checker/checker.hpp"
#include "checker/kernel/proof.hpp"
#include "logic/proof.hpp"
#include "restrict_stage.hpp"
#include "stage_clock.hpp"
#include "subject.hpp"
#include "threshold_stage.hpp"
#include "trained_stage.hpp"

namespace attest::benchmarks {

namespace {

using Json = nlohmann::ordered_json;

/// Greatest resident set of this program, in bytes. What the system tells a parent includes the parent's own.
std::size_t peak_bytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::stoull(line.substr(6)) * 1024;
    return 0;
}

StageClock whole_clock() { return StageClock({"compile", "solve", "elaborate", "write", "check"}); }

/// What decide::prove tells of its progress, as names of stages.
std::string stage_of(const std::string& progress) {
    if (progress.starts_with("solving")) return "solve";
    if (progress.starts_with("reading")) return "elaborate";
    return "compile";
}

/// A stage does one step and keeps no verdict: this is what the step found.
const char* found(const decide::Outcome& outcome) {
    return outcome.holds() ? "holds" : outcome.fails() ? "fails" : "undecided";
}

/// The same steps as `attest prove --certificate`.
Json prove(const StageArguments& a) {
    const Subject subject(a.model, a.language);
    const decide::Question question = subject.at(a.length);
    StageClock clock = whole_clock();
    decide::ProveOptions options;
    options.seed = a.seed;
    options.method = decide::Method::circuit;
    options.progress = [&](const std::string& what) { clock.enter(stage_of(what)); };
    const decide::Outcome outcome = decide::prove(question, options, limits_for(0));
    Json result = {
        {"answer", found(outcome)}, {"gates", outcome.statistics.gates}, {"wires", outcome.statistics.wires}};
    if (outcome.refutation() == nullptr || outcome.refutation()->proof.empty())
        throw base::InternalError(a.model + ": no proof: " +
                                  (outcome.undecided() != nullptr ? outcome.undecided()->detail : "other evidence"));
    clock.enter("write");
    certify::write_certificate(a.directory, {subject.model, subject.language, {}}, question, outcome, {});
    clock.enter("check");
    const checker::Report report = checker::check(a.directory);
    result["seconds"] = clock.finish();
    if (!report.accepted) throw base::InternalError(a.model + ": the checker refuses: " + report.reason);
    result["clauses"] = outcome.refutation()->formula.size();
    result["proof"] = outcome.refutation()->proof_format;
    result["proof_bytes"] = outcome.refutation()->proof.size();
    result["peak_bytes"] = peak_bytes();
    return result;
}

Json exhaustion(const StageArguments& a) {
    const Subject subject(a.model, a.language);
    decide::ProveOptions options;
    options.method = decide::Method::exhaustion;
    options.most_words = UINT64_MAX;
    const decide::Outcome outcome = decide::prove(subject.at(a.length), options, limits_for(0));
    return {{"answer", found(outcome)}, {"words", outcome.statistics.words}};
}

/// One pigeon more than holes: clauses "this pigeon sits somewhere", "these two do not share this hole".
logic::Cnf pigeons(std::int32_t holes) {
    logic::Cnf formula;
    const auto sits = [&](std::int32_t pigeon, std::int32_t hole) { return pigeon * holes + hole + 1; };
    formula.variables = (holes + 1) * holes;
    for (std::int32_t p = 0; p <= holes; ++p) {
        std::vector<std::int32_t> some;
        for (std::int32_t h = 0; h < holes; ++h) some.push_back(sits(p, h));
        formula.add(some);
    }
    for (std::int32_t h = 0; h < holes; ++h)
        for (std::int32_t p = 0; p <= holes; ++p)
            for (std::int32_t q = p + 1; q <= holes; ++q) formula.add({-sits(p, h), -sits(q, h)});
    return formula;
}

Json refute_pigeons(const StageArguments& a) {
    const logic::Cnf formula = pigeons(static_cast<std::int32_t>(a.length));
    const base::DirectoryInProgress scratch;
    const std::string path = scratch.path() + "/proof";
    StageClock clock = whole_clock();
    clock.enter("solve");
    const auto solver = logic::make_solver(logic::BackEnd::cadical, {.seed = a.seed});
    solver->keep_proof(path);
    add_formula(*solver, formula);
    if (solver->solve({}, limits_for(0)) != logic::Answer::unsatisfiable)
        throw base::InternalError("pigeons are not refuted");
    solver->close_proof();
    clock.enter("elaborate");
    const auto lrat = logic::drat_to_lrat(formula, base::read_file(path), limits_for(0));
    const auto* proof = std::get_if<std::string>(&lrat);
    if (proof == nullptr) throw base::InternalError("pigeons: " + std::get<logic::ProofFailure>(lrat).reason);
    clock.enter("check");
    checker::Budget budget(UINT64_MAX, UINT64_MAX);
    checker::Formula same(budget);
    same.variables = static_cast<std::size_t>(formula.variables);
    for (std::size_t c = 0; c < formula.size(); ++c) same.add(formula.clause(c));
    check_lrat(same, *proof, "pigeons.lrat", budget);
    return {
        {"seconds", clock.finish()}, {"clauses", formula.size()}, {"proof", "lrat"}, {"proof_bytes", proof->size()}};
}

/// A DIMACS file by one of the back ends, without proof.
Json solve_file(const StageArguments& a) {
    std::ifstream file(a.model);
    std::string word;
    file >> word >> word;
    logic::Cnf formula;
    std::size_t clauses = 0;
    file >> formula.variables >> clauses;
    std::vector<std::int32_t> clause;
    for (std::int32_t literal = 0; file >> literal;) {
        if (literal != 0) {
            clause.push_back(literal);
            continue;
        }
        formula.add(clause);
        clause.clear();
    }
    if (formula.size() != clauses) throw base::InternalError(a.model + " is cut off");
    const auto solver = logic::make_solver(logic::parse_back_end(a.language), {.seed = a.seed});
    add_formula(*solver, formula);
    if (solver->solve({}, limits_for(0)) != logic::Answer::unsatisfiable)
        throw base::InternalError(solver->name() + " does not refute " + a.model);
    return {{"answer", "unsatisfiable"}, {"solver", solver->name()}};
}

Json dispatch(const StageArguments& a) {
    if (a.what == "prove") return prove(a);
    if (a.what == "exhaustion") return exhaustion(a);
    if (a.what == "pigeons") return refute_pigeons(a);
    if (a.what == "solve") return solve_file(a);
    if (a.what == "restrict") return restrict_optimum(a);
    if (a.what == "restrictions") return enumerate_restrictions(a);
    if (a.what == "threshold") return decide_threshold(a);
    if (a.what == "trained") return check_trained(a);
    throw base::UsageError("no stage " + a.what);
}

}  // namespace

void run_stage(const StageArguments& a) {
    if (a.what == "smt") fmt::print("{}", attention_smt(Subject(a.model, a.language), a.length));
    else fmt::print("{}\n", dispatch(a).dump());
}

StageResult measure_stage(const StageArguments& a, double limit) {
    StageResult result{run_program({own_path(), "--stage", a.what, a.model, a.language, std::to_string(a.length),
                                    std::to_string(a.seed), a.directory},
                                   limit),
                       {}};
    if (result.run.late) return result;
    if (result.run.status != 0)
        throw base::InternalError(fmt::format("{} {} at {} failed: {}", a.what, a.model, a.length, result.run.output));
    result.found = nlohmann::json::parse(result.run.output);
    return result;
}

}  // namespace attest::benchmarks
