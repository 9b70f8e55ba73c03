#include "checker/claimed_model.hpp"
#include "checker/claims.hpp"
#include "checker/core/regular_claims.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/kernel/shown.hpp"
#include "checker/machine/closure.hpp"
#include "checker/question/two_models.hpp"
#include "checker/soft/equality.hpp"
#include "checker/soft/robust.hpp"
#include "checker/translation/miter_of_two.hpp"

// Claims that two models answer the same: the obligations of FORMAT.md sections 13 and 27.

namespace attest::checker {
namespace {

/// One of the two, its symbols in the order of those that they belong to.
class OrderedSide {
  public:
    OrderedSide(const Question& question, std::vector<Symbol> symbols, std::size_t length, Budget& budget) {
        if (question.program) {
            program_ = question.program;
            program_->alphabet = std::move(symbols);
            return;
        }
        model_ = question.model;
        model_->alphabet = std::move(symbols);
        instance_.emplace(instantiate(*model_, length, budget));
    }
    OrderedSide(const OrderedSide&) = delete;

    Half half(const std::vector<Drop>& drops) { return program_ ? Half(*program_, drops) : Half(*instance_, drops); }

  private:
    std::optional<Model> model_;
    std::optional<Instance> instance_;
    std::optional<Program> program_;
};

void check_by_circuit(Examination& at, const TwoModels& two) {
    at.obligation = "translation";
    const Evidence& evidence = at.manifest.evidence;
    const std::size_t length = at.manifest.claim.length;
    OrderedSide model(two.model, two.model.alphabet, length, at.budget),
        other(two.other, other_in_order(two), length, at.budget);
    check_refuted(at, build_miter(WordInputs{two.letters.size(), length}, model.half(evidence.drops),
                                  other.half(evidence.other_drops), at.budget));
}

/// The model keeps to the other's answers wherever its vector moves (FORMAT.md section 15).
void check_robust_equality(Examination& at, const TwoModels& two, CertainModel& other) {
    at.obligation = "robust";
    const Evidence& evidence = at.manifest.evidence;
    if (evidence.kind == Evidence::Kind::enclosure && !two.model.model->is_soft())
        throw Defect("manifest.json: evidence.kind", "the model whose vector moves is not soft");
    check_moves(
        at.manifest, two.model, [&](const Word& word) { return other(read_by_other(two, word)); }, at.budget);
    at.report.evidence = evidence.kind == Evidence::Kind::witness ? "witness " + quoted(evidence.word, 400)
                                                                  : "all words, and how far their scores are from 0";
}

/// At every length: FORMAT.md section 27.
void check_all_lengths(Examination& at, const TwoModels& two) {
    at.obligation = "closure";
    const Evidence& evidence = at.manifest.evidence;
    const auto& other = evidence.rule->numbers;
    check_joint_closure(two, *at.manifest.claim.from,
                        {evidence.states, {evidence.first, evidence.period, evidence.window}},
                        {other.at("first"), other.at("period"), other.at("window")}, at.budget);
    at.report.evidence = "closure of at most " + std::to_string(evidence.states) + " pairs of states";
}

/// A witness is a word of any length; its claim is then that of its length.
void take_length_of_witness(Examination& at, const TwoModels& two) {
    at.obligation = "witness";
    const std::size_t length = symbols_of(at.manifest.evidence.word, two.model.alphabet, at.budget).size();
    if (length < *at.manifest.claim.from)
        throw Defect("manifest.json: evidence.word", "the claim says nothing of the empty word");
    at.manifest.claim.length = length;
}

std::string on_all_words(const Evidence& evidence) {
    const std::string count = std::to_string(evidence.words);
    if (evidence.kind == Evidence::Kind::exhaustion) return "all " + count + " words evaluated exactly by both";
    return evidence.classes ? "all words, in " + count + " kinds by their counts, evaluated in intervals by both"
                            : "all " + count + " words evaluated in intervals by both";
}

}  // namespace

std::string equality_title(const Claim& claim) { return claim.verified ? "equal" : "not equal"; }

std::string equality_sentence(const Claim& claim) {
    const std::string words = !claim.from        ? " on all words of length " + std::to_string(claim.length)
                              : *claim.from == 0 ? " on all words"
                                                 : " on all words but the empty one";
    return quoted(claim.model) + without(claim) + (claim.verified ? " and " : " does not answer as ") +
           quoted(*claim.other) + (claim.verified ? " answer the same" : " does") + words +
           (claim.map ? said_of(*claim.map) : "") + wherever_moved(claim);
}

void check_equality(Examination& at) {
    TwoModels two = read_two_claimed(at, Asked::decisions);
    check_means_of(at, two.model);
    const Evidence& evidence = at.manifest.evidence;
    if (evidence.kind == Evidence::Kind::closure) return check_all_lengths(at, two);
    if (at.manifest.claim.from) take_length_of_witness(at, two);
    const bool is_robust = at.manifest.claim.robust.has_value();
    if (is_robust) check_can_move(at.manifest, two.model);
    if (evidence.is_refutation()) return check_by_circuit(at, two);
    const bool is_witness = evidence.kind == Evidence::Kind::witness;
    const long bits = evidence.first_bits();
    CertainModel model(two.model, at.manifest.claim.length, bits, evidence.margin, at.budget);
    CertainModel other(two.other, at.manifest.claim.length, bits, is_robust ? Rational(0) : evidence.margin, at.budget);
    if (is_robust) {
        check_robust_equality(at, two, other);
        if (is_witness || evidence.kind == Evidence::Kind::exhaustion) return;
    }
    at.obligation = is_witness ? "witness" : evidence.kind == Evidence::Kind::exhaustion ? "exhaustion" : "enclosure";
    if (is_witness) check_two_answers(at.manifest, two, model, other, at.budget);
    else check_same_on_all_words(at.manifest, two, model, other, at.budget);
    at.report.evidence = is_witness
                             ? "witness " + (evidence.word.empty() ? "the empty word" : quoted(evidence.word, 400))
                             : on_all_words(evidence);
}

}  // namespace attest::checker
