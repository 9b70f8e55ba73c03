#include "checker/alike_claims.hpp"

#include "checker/claimed_model.hpp"
#include "checker/claims.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/kernel/shown.hpp"
#include "checker/question/two_models.hpp"
#include "checker/soft/answer_texts.hpp"
#include "checker/translation/miter_of_two.hpp"

// Claims that two networks give the same answers on all words of a length, whatever they accept: the obligations of
// FORMAT.md section 42. A task asks the same of one network and a function (sections 18 and 20); here the function is a network.

namespace attest::checker {
namespace {

struct BothSpeakers {
    AnswerTexts model, other;
    bool is_each;  ///< both answer at each position of the word, else both once

    BothSpeakers(TwoModels& two, const Claim& claim, const Evidence& evidence, Budget& budget)
        : model(two.model, claim.length, evidence.first_bits(), margin(evidence), budget),
          other(two.other, claim.length, evidence.first_bits(), margin(evidence), budget),
          is_each(model.is_each()) {
        if (other.is_each() != is_each)
            throw Defect("manifest.json: claim", "one answers at each position of the word, the other once");
    }

  private:
    static std::optional<Rational> margin(const Evidence& evidence) {
        return evidence.kind == Evidence::Kind::enclosure ? std::optional(evidence.margin) : std::nullopt;
    }
};

/// for all w in Σ^N: model(w) = other(w′)
void check_all_answers(Examination& at, const TwoModels& two, BothSpeakers& both) {
    require_all_words(at.manifest, two.model);
    at.budget.memory(16 * at.manifest.claim.length);
    both.model.expect_all_words();
    if (two.letters_in_order()) both.other.expect_all_words();
    Word word(at.manifest.claim.length, 0);
    do {
        const Word read = read_by_other(two, word);
        // Whoever is asked without knowing what comes is certain, too; it is slower where it is soft.
        if (both.model.is_soft()) both.model.require(word, both.other(read));
        else both.other.require(read, both.model(word));
    } while (advance(word, two.model.alphabet.size()));
}

/// By the circuit of both, each a program: no word on which they differ, or one has no value.
void check_answers_by_circuit(Examination& at, const TwoModels& two) {
    if (!two.model.program || !two.other.program)
        throw Defect("manifest.json: evidence.kind", "a refutation of answers needs two programs");
    at.obligation = "translation";
    Program model = *two.model.program, other = *two.other.program;
    other.alphabet = other_in_order(two);
    check_refuted(
        at, build_miter_of_answers(WordInputs{two.letters.size(), at.manifest.claim.length}, model, other, at.budget));
}

/// |w| = N; at position i model(w) answers x and other(w′) answers x′; x ≠ x′
void check_differing_answers(Examination& at, const TwoModels& two, BothSpeakers& both) {
    const Evidence& evidence = at.manifest.evidence;
    const std::string place = "manifest.json: evidence";
    const Word word =
        read_word(evidence.word, at.manifest.claim.length, two.model.alphabet, place + ".word", at.budget);
    if (evidence.position < 1 || evidence.position > word.size())
        throw Defect(place + ".position", "the word has no such position");
    if (!both.is_each && evidence.position != word.size())
        throw Defect(place + ".position", "the networks answer at the last position only");
    const std::size_t k = both.is_each ? evidence.position - 1 : 0;
    if (both.model.answer(word, k) != evidence.actual_text)
        throw Defect(place + ".answers", "the model answers otherwise");
    if (both.other.answer(read_by_other(two, word), k) != evidence.expected_text)
        throw Defect(place + ".answers", "the other model answers otherwise");
    if (evidence.actual_text == evidence.expected_text) throw Defect(place + ".answers", "they are the same");
}

}  // namespace

std::string alike_title(const Claim& claim) { return claim.verified ? "alike" : "not alike"; }

std::string alike_sentence(const Claim& claim) {
    return quoted(claim.model) + (claim.verified ? " and " : " does not give the answers of ") + quoted(*claim.other) +
           (claim.verified ? " give the same answers" : "") + " on all words of length " +
           std::to_string(claim.length) + (claim.map ? said_of(*claim.map) : "");
}

void check_alike(Examination& at) {
    TwoModels two = read_two_claimed(at, Asked::texts);
    const Evidence& evidence = at.manifest.evidence;
    BothSpeakers both(two, at.manifest.claim, evidence, at.budget);
    if (evidence.is_refutation()) return check_answers_by_circuit(at, two);
    if (evidence.kind == Evidence::Kind::witness) {
        at.obligation = "witness";
        check_differing_answers(at, two, both);
        at.report.evidence = "witness " + quoted(evidence.word, 400);
        return;
    }
    const bool exact = evidence.kind == Evidence::Kind::exhaustion;
    at.obligation = exact ? "exhaustion" : "enclosure";
    check_all_answers(at, two, both);
    at.report.evidence = "all " + std::to_string(evidence.words) +
                         (exact ? " words evaluated exactly by both" : " words evaluated in intervals by both");
}

}  // namespace attest::checker
