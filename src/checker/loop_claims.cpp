#include "checker/core/machine_claims.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/question/file_names.hpp"
#include "checker/simulation/calculus.hpp"
#include "checker/simulation/subleq.hpp"
#include "checker/simulation_claims.hpp"

// Claims that a loop of a network is a step of a SUBLEQ computer. The obligations of FORMAT.md section 29.

namespace attest::checker {
namespace {

void check_wrong_loop(Examination& at) {
    const LoopsClaim claim = loops_of(at.manifest.claim);
    const SubleqProgram program = read_subleq(at.files.at("program.json"), "program.json", at.budget);
    if (program.scratch != claim.scratch || program.memory.size() != claim.memory ||
        program.commands.size() != claim.commands || program.bits != claim.bits)
        throw Defect("program.json", "the program is of another shape");
    at.obligation = "witness";
    const std::size_t loop = at.manifest.evidence.position;
    SubleqState state{program.memory, 0, std::nullopt};
    at.budget.step(loop, 8);
    for (std::size_t k = 1; k < loop; ++k)
        if (!step(program, state)) throw Defect("manifest.json: evidence.loop", "the program runs off its end before");
    SubleqState after = state;
    if (!step(program, after)) throw Defect("manifest.json: evidence.loop", "the step leads to no command");
    const auto wrong = wrong_after_loop(program, state, claim, at.budget);
    if (!wrong) throw Defect("manifest.json: evidence.loop", "the loop is not known to be wrong");
    at.report.evidence = "a program whose loop " + std::to_string(loop) + " goes wrong in " + *wrong;
}

}  // namespace

std::string loops_title(const Claim& claim) { return claim.verified ? "verified loops" : "refuted loops"; }

std::string loops_sentence(const Claim& claim) {
    const LoopsClaim c = loops_of(claim);
    return std::string(claim.verified ? "" : "not so: ") + "with " + std::to_string(c.columns()) + " columns (" +
           std::to_string(c.scratch) + " scratch, " + std::to_string(c.memory) + " cells, " +
           std::to_string(c.commands) + " commands), " + std::to_string(c.bits) + " bits, temperature " +
           c.temperature.get_str() + " and snap " + c.snap.get_str() +
           ", one loop of the network is one SUBLEQ step, for every well-formed program and every memory";
}

void check_loops(Examination& at) {
    at.obligation = "digest";
    check_file_names(at.manifest, at.files, {});
    at.obligation = "question";
    if (!at.manifest.claim.verified) return check_wrong_loop(at);
    at.obligation = "calculus";
    const Rational greatest = check_calculus(loops_of(at.manifest.claim), bounds_of(at.manifest.evidence), at.budget);
    const std::string text = std::to_string(greatest.get_d());
    at.report.evidence = "bounds of four exponentials, and of all errors, of which none is above " + text;
}

}  // namespace attest::checker
