#include "record/machine.hpp"

#include <fmt/format.h>

#include "fields.hpp"

namespace attest::record {

namespace {

std::string joined(const std::vector<std::string>& word) {
    std::string text;
    for (const std::string& symbol : word) text += symbol;
    return text;
}

}  // namespace

Machine::Network network_of_machine(const network::Seq2seq& network) {
    return {network.name, network.dimension, network.weights()};
}

Machine::Run machine_run(const machines::Comparison& c, bool with_network) {
    Machine::Run run;
    run.steps = c.steps;
    run.accepted = c.accepted;
    if (!with_network) return run;
    run.network_accepted = c.network_accepted;
    run.agrees = !c.wrong;
    run.wrong = c.wrong;
    if (c.wrong) run.why = c.why;
    return run;
}

Machine::Proof machine_proof(const certify::Simulated& s) {
    Machine::Proof proof;
    proof.verdict = s.verdict.word();
    if (s.verdict.is_undecided()) {
        proof.reason = to_string(s.verdict.why().reason);
        proof.detail = s.verdict.why().detail;
    } else {
        proof.evidence = s.verdict.fails() ? "witness" : s.scope.length ? "exhaustion" : "construction";
    }
    proof.length = s.scope.length;
    proof.steps = s.scope.steps;
    proof.words = s.words;
    if (s.wrong) {
        proof.word = joined(s.wrong->word);
        proof.time = s.wrong->time;
        proof.why = s.wrong->why;
    }
    if (s.verdict.kept()) proof.certificate = s.verdict.digest();
    proof.seconds = s.verdict.spent.seconds;
    return proof;
}

Machine::Loops machine_loops(const machines::SubleqShape& shape) {
    Machine::Loops loops;
    loops.scratch = shape.scratch;
    loops.memory = shape.memory;
    loops.commands = shape.commands;
    loops.bits = shape.bits;
    loops.rows = shape.rows();
    return loops;
}

void add_outcome(Machine::Loops& loops, std::size_t loop, const machines::LoopOutcome& outcome) {
    loops.wrong = loop;
    loops.place = outcome.place;
    loops.expected = outcome.expected;
    loops.lower = outcome.lower;
    loops.upper = outcome.upper;
}

Machine::Loops machine_loops(const machines::SubleqShape& shape, const certify::LoopsDecided& decided,
                             Machine::Proof& proof) {
    Machine::Loops loops = machine_loops(shape);
    loops.temperature = exact::to_string(decided.settings.temperature);
    loops.snap = exact::to_string(decided.settings.snap);
    loops.overflows = machines::overflows_binary64(shape, decided.settings.temperature);
    if (decided.errors) loops.error = fmt::format("{:.6e}", decided.errors->greatest().get_d() * (1 + 1e-12));
    else loops.loops = decided.loops;
    if (decided.wrong) add_outcome(loops, decided.wrong->loop, decided.wrong->outcome);
    proof.verdict = decided.verdict.word();
    if (decided.verdict.is_undecided()) {
        proof.reason = to_string(decided.verdict.why().reason);
        proof.detail = decided.verdict.why().detail;
    } else {
        proof.evidence = decided.verdict.holds() ? "error-calculus" : "witness";
    }
    if (decided.verdict.kept()) proof.certificate = decided.verdict.digest();
    proof.seconds = decided.verdict.spent.seconds;
    return loops;
}

Machine::Rounding machine_rounding(const machines::RoundedRun& run, const machines::FloatFormat& format) {
    Machine::Rounding rounding;
    rounding.format = format.name;
    rounding.steps = run.steps;
    rounding.right = !run.wrong;
    rounding.scores = run.scores;
    if (const auto& wrong = run.wrong) {
        rounding.step = wrong->step;
        rounding.cell = wrong->cell;
        rounding.last_visit = wrong->right;
        rounding.read = wrong->read;
        rounding.is_new = wrong->is_new;
        rounding.score = wrong->read_score;
        rounding.right_score = wrong->right_score;
    }
    return rounding;
}

template nlohmann::ordered_json write(const Machine&);
template std::optional<Machine> read(const base::Json&);

}  // namespace attest::record
