#include "checker/claims.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/kernel/shown.hpp"
#include "checker/soft/accuracy.hpp"
#include "checker/translation/miter_of_others.hpp"
#include "checker/translation/program_circuit.hpp"
#include "checker/translation/word_diagram.hpp"

// Claims on how many words a model is wrong: the obligations of FORMAT.md section 14.

namespace attest::checker {
namespace {

/// The listed words are mistakes, and no other word is.
void check_by_list(Examination& at, Question& question, CertainModel& model) {
    at.obligation = "witness";
    const std::vector<Word> words = check_listed_mistakes(at.manifest, question, model, at.budget);
    at.obligation = "translation";
    if (question.program) {
        check_refuted(at, build_program_miter(*question.program, at.manifest.claim.length, question.language,
                                              question.letters, at.budget, words));
        at.report.evidence =
            std::to_string(words.size()) + " words evaluated exactly, and for all others a " + at.report.evidence;
        return;
    }
    check_refuted(at, build_miter_of_others(model.exact(), question.language, question.letters,
                                            at.manifest.evidence.drops, words, at.budget));
    at.report.evidence =
        std::to_string(words.size()) + " words evaluated exactly, and for all others a " + at.report.evidence;
}

/// The diagram has the mistakes and no other words, and is counted.
void check_by_diagram(Examination& at, Question& question, CertainModel& model) {
    const Claim& claim = at.manifest.claim;
    at.obligation = "diagram";
    const WordDiagram diagram =
        read_diagram(at.files.at("diagram.txt"), question.alphabet.size(), claim.length, at.budget);
    const std::string count = count_words(diagram, at.budget).get_str();
    if (count != *claim.wrong) throw Defect("manifest.json: claim.wrong", "the diagram has another number of words");
    at.obligation = "translation";
    check_refuted(at, question.program ? build_miter_of_diagram(*question.program, question.language, question.letters,
                                                                diagram, at.budget)
                                       : build_miter_of_diagram(model.exact(), question.language, question.letters,
                                                                at.manifest.evidence.drops, diagram, at.budget));
    at.report.evidence = "a decision diagram of " + std::to_string(diagram.nodes.size()) + " nodes, counted, and a " +
                         at.report.evidence;
}

}  // namespace

std::string accuracy_title(const Claim&) { return "accuracy"; }

std::string accuracy_sentence(const Claim& claim) {
    constexpr std::size_t most_digits = 60;
    const std::string& wrong = *claim.wrong;
    return quoted(claim.model) + without(claim) + " is wrong about " + shown_language(claim.language) + " on " +
           (wrong.size() > most_digits ? "a number of " + std::to_string(wrong.size()) + " digits" : wrong) +
           (wrong == "1" ? " word" : " words") + " of length " + std::to_string(claim.length) +
           (claim.map ? said_of(*claim.map) : "");
}

void check_accuracy(Examination& at) {
    Question question = read_subject(at);
    check_means_of(at, question);
    const Evidence& evidence = at.manifest.evidence;
    CertainModel model(question, at.manifest.claim.length, evidence.bits, evidence.margin, at.budget);
    if (evidence.is_refutation())
        return evidence.mistakes ? check_by_list(at, question, model) : check_by_diagram(at, question, model);
    const bool exact = evidence.kind == Evidence::Kind::exhaustion;
    at.obligation = exact ? "exhaustion" : "enclosure";
    check_count_of_mistakes(at.manifest, question, model, at.budget);
    const std::string count = std::to_string(evidence.words);
    at.report.evidence = exact ? "all " + count + " words evaluated exactly"
                         : evidence.classes
                             ? "all words, in " + count + " kinds by their counts, evaluated in intervals"
                             : "all " + count + " words evaluated in intervals";
}

}  // namespace attest::checker
