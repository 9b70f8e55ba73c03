#include "checker/claims.hpp"
#include "checker/induction/invariant.hpp"
#include "checker/induction/step_closure.hpp"
#include "checker/induction/straight_step.hpp"
#include "checker/induction_claims.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/kernel/proof.hpp"
#include "checker/kernel/shown.hpp"
#include "checker/machine/closure.hpp"
#include "checker/question/file_names.hpp"
#include "checker/question/meaning.hpp"
#include "checker/question/replay.hpp"

// Claims about a B-RASP program at every length (FORMAT.md section 36), and what they share with those about a model (section 31).

namespace attest::checker {

void check_induction(Examination& at, MachineStep step, std::size_t symbols, const std::function<void()>& empty_word) {
    const Induction induction(std::move(step), symbols, at.files, at.budget);
    at.obligation = "base";
    induction.check_base(at.budget);
    empty_word();
    at.obligation = "refutation";
    const std::uint64_t lines = check_lrat(induction.formula(), at.files.at("proof.lrat"), "proof.lrat", at.budget);
    at.report.evidence = "an invariant of " + std::to_string(induction.conjuncts()) + " conjuncts for a machine of " +
                         std::to_string(induction.gates()) + " gates, LRAT refutation of " + std::to_string(lines) +
                         " lines";
}

namespace {

/// A word that is told apart, of any length that is spoken of.
void check_straight_witness(Examination& at, const StraightProgram& program, const Question& question) {
    at.obligation = "witness";
    const std::string& text = at.manifest.evidence.word;
    at.manifest.claim.length = symbols_of(text, question.alphabet, at.budget).size();
    if (static_cast<std::uint64_t>(at.manifest.claim.length) < *at.manifest.claim.from)
        throw Defect("manifest.json: evidence.word", "the claim says nothing of the empty word");
    check_witness(
        at.manifest, question, [&](const auto& word) { return accepts(program, word, at.budget); }, at.budget);
    at.report.evidence = "witness " + quoted(text, 400);
}

}  // namespace

void check_straight_program(Examination& at) {
    at.obligation = "digest";
    check_file_names(at.manifest, at.files, {});
    at.obligation = "question";
    const StraightProgram program = read_straight_program(at.files.at("program.brasp"), "program.brasp", at.budget);
    Question question;
    question.alphabet = program.alphabet;
    read_meaning(at.manifest.claim, at.files, question, at.budget);
    if (question.language.family == Language::Family::table)
        throw Defect("manifest.json: claim.language", "a table is of one length");
    const Evidence& evidence = at.manifest.evidence;
    if (evidence.kind == Evidence::Kind::witness) return check_straight_witness(at, program, question);
    if (evidence.first != 0 || evidence.period != 1 || evidence.window != 0 || evidence.has_window)
        throw Defect("manifest.json: evidence",
                     "a program has no phases and no window: \"first\": 0, \"period\": 1 was expected");
    const bool is_closure = evidence.kind == Evidence::Kind::closure;
    at.obligation = is_closure ? "closure" : "translation";
    const Automaton automaton = automaton_at_all_lengths(question.language, at.budget);
    StraightStep straight = build_straight_step(program, question.letters, automaton, at.budget);
    const auto empty_word = [&] {
        if (*at.manifest.claim.from == 0 && straight.accepts_empty_word != automaton.accepting[automaton.start])
            throw Defect("program.brasp", "the empty word is told otherwise by the program than by the language");
    };
    if (!is_closure) return check_induction(at, std::move(straight.step), question.alphabet.size(), empty_word);
    empty_word();
    check_closure_of_step(straight.step, question.alphabet.size(), evidence.states, at.budget);
    at.report.evidence = "closure of at most " + std::to_string(evidence.states) + " states";
}

}  // namespace attest::checker
