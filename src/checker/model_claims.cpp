#include <algorithm>

#include "checker/claims.hpp"
#include "checker/gates/question_formula.hpp"
#include "checker/induction_claims.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/kernel/formula.hpp"
#include "checker/kernel/proof.hpp"
#include "checker/kernel/shown.hpp"
#include "checker/machine/closure.hpp"
#include "checker/network/evaluator.hpp"
#include "checker/network/whole_words.hpp"
#include "checker/planes/proof.hpp"
#include "checker/question/file_names.hpp"
#include "checker/question/has_circuit.hpp"
#include "checker/question/question.hpp"
#include "checker/question/replay.hpp"
#include "checker/soft/certain_model.hpp"
#include "checker/soft/enclosure.hpp"
#include "checker/soft/means.hpp"
#include "checker/soft/regions.hpp"
#include "checker/soft/robust.hpp"
#include "checker/translation/circuit_file.hpp"
#include "checker/translation/formula_of_miter.hpp"
#include "checker/translation/program_circuit.hpp"
#include "checker/translation/restriction.hpp"

// Claims about one model: the obligations of FORMAT.md sections 2, 10 and 12.

namespace attest::checker {
namespace {

std::string said_of(const RestrictionClaim& claim, std::size_t length) {
    return std::string(claim.accept ? " accepts" : " rejects") + " every word that agrees with " +
           std::to_string(claim.fixed.size()) + " of " + std::to_string(length) + " symbols" +
           (claim.optimal && !claim.fixed.empty() ? ", and fewer do not settle the answer" : "");
}

/// A model that is evaluated exactly: tables, a program, or a model file without softmax at the claim's length.
class ExactModel {
  public:
    ExactModel(Question& question, std::size_t length, Budget& budget)
        : tables_(question.tables), program_(question.program), budget_(budget) {
        if (question.model) instance_.emplace(instantiate(*question.model, length, budget));
    }

    /// All words will be asked for, in the order of their symbols.
    void expect_all_words() {
        if (instance_) whole_ = WholeWords::make(*instance_, budget_);
    }

    bool operator()(const std::vector<std::size_t>& word) {
        if (whole_) return whole_->accepts(word);
        if (program_) return accepts(*program_, word, budget_);
        return tables_ ? accepts(*tables_, word, budget_) : accepts(*instance_, word, budget_);
    }
    /// Needs a model file.
    const Instance& instance() const { return *instance_; }

  private:
    std::optional<Tables>& tables_;
    std::optional<Program>& program_;
    Budget& budget_;
    std::optional<Instance> instance_;
    std::unique_ptr<WholeWords> whole_;  ///< all words in whole numbers, where these are for the model
};

std::string all_words_evaluated(const Examination& at) {
    const bool exact = at.manifest.evidence.kind == Evidence::Kind::exhaustion;
    return "all " + std::to_string(at.manifest.evidence.words) +
           (exact ? " words evaluated exactly" : " words evaluated in intervals");
}

/// Words that are all evaluated, exactly or in intervals.
bool is_by_words(Examination& at) {
    const Evidence::Kind kind = at.manifest.evidence.kind;
    at.obligation = kind == Evidence::Kind::exhaustion  ? "exhaustion"
                    : kind == Evidence::Kind::enclosure ? "enclosure"
                                                        : "translation";
    return at.obligation != "translation";
}

std::string of_layer(std::size_t head, std::size_t layer) {
    return (head == 0 ? std::string("the feed-forward part") : "head " + std::to_string(head)) + " of layer " +
           std::to_string(layer);
}

std::string part_text(const Removed& part) {
    if (!part.variable.empty()) return "the variable " + quoted(part.variable);
    const std::string text = of_layer(part.head, part.layer);
    return part.is_edge() ? "what " + of_layer(part.to_head, part.to_layer) + " reads of " + text : text;
}

std::string shown_number(const Rational& number) {
    constexpr std::size_t most_digits = 60;
    const std::string text = number.get_str();
    return text.size() > most_digits ? "a number of " + std::to_string(text.size()) + " characters" : text;
}

/// Evidence that is looked at word by word.
void replay(Examination& at, const Question& question, const Acceptance& acceptance) {
    const Evidence& evidence = at.manifest.evidence;
    if (evidence.kind == Evidence::Kind::exhaustion) {
        at.obligation = "exhaustion";
        check_exhaustion(at.manifest, question, acceptance, at.budget);
        at.report.evidence = all_words_evaluated(at);
        return;
    }
    at.obligation = "witness";
    check_witness(at.manifest, question, acceptance, at.budget);
    at.report.evidence = "witness " + (evidence.word.empty() ? "the empty word" : quoted(evidence.word, 400));
}

/// Softmax models have no circuit, and their scores are enclosed.
void check_soft(Examination& at, const Question& question) {
    if (at.manifest.evidence.kind == Evidence::Kind::witness)
        return replay(at, question, [&](const auto& word) {
            return accepts_softly(question, at.manifest.claim.length, word, at.budget);
        });
    at.obligation = "enclosure";
    const std::string count = std::to_string(at.manifest.evidence.words);
    if (at.manifest.evidence.by_regions) {
        check_regions(at.manifest, question, at.files.at("regions.txt"), at.budget);
        at.report.evidence = "all words, in " + count + " regions, their scores bounded";
        return;
    }
    check_enclosure(at.manifest, question, at.budget);
    at.report.evidence = at.manifest.evidence.classes
                             ? "all words, in " + count + " kinds by their counts, evaluated in intervals"
                             : "all " + count + " words evaluated in intervals";
}

/// Recognition wherever the vector that is read moves (FORMAT.md section 15).
void check_robust_recognition(Examination& at, const Question& question) {
    const Evidence& evidence = at.manifest.evidence;
    const bool is_witness = evidence.kind == Evidence::Kind::witness;
    at.obligation = "robust";
    check_moves(
        at.manifest, question, [&](const Word& word) { return in_language(question, word, at.budget); }, at.budget);
    if (question.model->is_soft() && !is_witness) return check_soft(at, question);
    at.report.evidence = is_witness ? "witness " + quoted(evidence.word, 400) : all_words_evaluated(at);
}

/// The restriction settles the answer, and what else the claim says of it (FORMAT.md section 10).
void check_optimal_restriction(Examination& at, const Question& question, const Fixed& fixed, const Answers& answers) {
    const Manifest& manifest = at.manifest;
    at.obligation = "witness";
    check_pair(manifest.claim, fixed, question.alphabet, answers, at.budget);
    at.obligation = "optimality";
    check_open(manifest, fixed, question.alphabet, answers, at.budget);
    if (manifest.evidence.open)
        at.report.evidence += ", " + std::to_string(manifest.evidence.open->size()) + " words against fewer symbols";
}

}  // namespace

Question read_subject(Examination& at) {
    if (!at.files.contains("model.json")) throw Defect("model.json", "the file is missing");
    at.obligation = "question";
    const Json model = parse_json(at.files.at("model.json"), "model.json", at.budget);
    std::vector<std::string> companions;
    if (!holds_tables(model, "model.json") && !holds_program(model, "model.json"))
        if (const auto companion = companion_name(model, "model.json")) companions.push_back(*companion);
    at.obligation = "digest";
    check_file_names(at.manifest, at.files, companions);
    at.obligation = "question";
    return read_question(at.manifest, at.files, model, at.budget);
}

std::string without(const Claim& claim) {
    constexpr std::size_t most = 12;
    std::string text;
    for (std::size_t k = 0; k < std::min(most, claim.without.size()); ++k)
        text += (k == 0 ? " without " : ", ") + part_text(claim.without[k]);
    if (claim.without.size() > most) text += " and more";
    if (!claim.instead) return text;
    const std::string at = claim.instead->by_position.empty() ? "" : " at each position";
    return text + (claim.instead->within
                       ? " (in place of each its mean" + at + ", up to " + shown_number(*claim.instead->within) + ")"
                       : " (in place of each a constant" + at + ")");
}

void check_means_of(Examination& at, const Question& question) {
    if (!question.whole) return;
    at.obligation = "mean";
    check_means(*question.whole, at.manifest.claim, at.budget);
}

std::string said_of(const std::map<std::string, std::string>& map) {
    constexpr std::size_t most = 12;
    std::string text;
    std::size_t told = 0;
    for (const auto& [from, to] : map)
        if (told++ < most) text += (text.empty() ? "" : " ") + from + "->" + to;
    return ", read by the map " + quoted(text, 400) + (told > most ? " of " + std::to_string(told) + " symbols" : "");
}

void check_refuted(Examination& at, const Miter& miter) {
    check_circuit_file(miter, at.files.at("circuit.json"), "circuit.json", at.budget);
    const Formula formula = formula_of(miter, at.budget);
    check_formula_text(formula, at.files.at("formula.cnf"), "formula.cnf");

    at.obligation = "refutation";
    const bool lrat = at.manifest.evidence.kind == Evidence::Kind::lrat;
    const std::string file = lrat ? "proof.lrat" : "proof.xlrup";
    const std::uint64_t lines = (lrat ? check_lrat : check_xlrup)(formula, at.files.at(file), file, at.budget);
    at.report.evidence = std::string(lrat ? "LRAT" : "XLRUP") + " refutation of " + std::to_string(lines) +
                         " lines, for a circuit of " + std::to_string(miter.circuit.gates()) + " gates";
}

std::string wherever_moved(const Claim& claim) {
    return claim.robust ? ", however the vector that is read moves by at most " + shown_number(*claim.robust) : "";
}

std::string recognition_title(const Claim& claim) { return claim.verified ? "recognises" : "does not recognise"; }

namespace {

std::string at_length(const Claim& claim) {
    if (!claim.from) return " at length " + std::to_string(claim.length);
    if (!claim.verified) return " at every length from " + std::to_string(*claim.from) + " on";
    return " at every length" + std::string(*claim.from == 0 ? "" : " but 0");
}

}  // namespace

std::string recognition_sentence(const Claim& claim) {
    return quoted(claim.model) + without(claim) + " " + recognition_title(claim) + " " +
           shown_language(claim.language) + at_length(claim) + wherever_moved(claim) +
           (claim.map ? said_of(*claim.map) : "");
}

namespace {

/// FORMAT.md sections 31 and 40.
void check_invariant(Examination& at, const Question& question) {
    const Evidence& evidence = at.manifest.evidence;
    at.obligation = "translation";
    const Automaton automaton = automaton_at_all_lengths(question.language, at.budget);
    const Scale scale{evidence.first, evidence.period, evidence.window};
    const auto build = evidence.has_window ? build_guessed_step : build_step;
    check_induction(at, build(question, automaton, scale, at.budget), question.alphabet.size(), [&] {
        if (*at.manifest.claim.from != 0) return;
        const Instance instance = instantiate(*question.model, 0, at.budget);
        if (accepts(instance, {}, at.budget) != automaton.accepting[automaton.start])
            throw Defect("model.json", "the empty word is told otherwise by the model than by the language");
    });
}

/// FORMAT.md section 21. A witness is a word of any length; its claim is then that of its length.
void check_all_lengths(Examination& at, const Question& question) {
    const Evidence& evidence = at.manifest.evidence;
    if (evidence.kind == Evidence::Kind::closure) {
        at.obligation = "closure";
        check_closure(question, *at.manifest.claim.from,
                      {evidence.states, {evidence.first, evidence.period, evidence.window}}, at.budget);
        at.report.evidence = "closure of at most " + std::to_string(evidence.states) + " pairs of states";
        return;
    }
    if (evidence.is_refutation()) return check_invariant(at, question);
    at.obligation = "witness";
    const std::size_t length = symbols_of(evidence.word, question.alphabet, at.budget).size();
    if (length < *at.manifest.claim.from)
        throw Defect("manifest.json: evidence.word", "the claim says nothing of the empty word");
    at.manifest.claim.length = length;
    if (question.model->is_soft()) return check_soft(at, question);
    const Instance instance = instantiate(*question.model, length, at.budget);
    replay(at, question, [&](const auto& word) { return accepts(instance, word, at.budget); });
}

/// FORMAT.md section 31.1.
void check_one_length_by_machine(Examination& at, const Question& question) {
    const Evidence& evidence = at.manifest.evidence;
    if (!question.model) throw Defect("manifest.json: evidence.kind", "a closure is about a model file");
    if (at.manifest.claim.length == 0 && !question.model->begin && !question.model->end)
        throw Defect("manifest.json: claim.length", "the sequence of the empty word is empty");
    at.obligation = "closure";
    check_closure(question, at.manifest.claim.length == 0 ? 0 : 1,
                  {evidence.states, {evidence.first, evidence.period, evidence.window}}, at.budget);
    at.report.evidence = "closure of at most " + std::to_string(evidence.states) + " pairs of states, at every length";
}

}  // namespace

namespace {

/// FORMAT.md section 38.
void check_cutting_planes(Examination& at, const Question& question) {
    if (!question.model || !has_circuit(*question.model, at.manifest.claim.length, at.budget))
        throw Defect("manifest.json: evidence.kind",
                     "cutting planes need a model file with hard or average attention throughout");
    check_reads_one_position(*question.model);
    if (at.manifest.claim.length == 0) throw Defect("manifest.json: claim.length", "no position has a symbol");
    at.obligation = "translation";
    const Instance instance = instantiate(*question.model, at.manifest.claim.length, at.budget);
    const QuestionFormula formula = question_formula(instance, question.language, question.letters, at.budget);
    check_opb_text(formula.inequalities, at.files.at("formula.opb"), "formula.opb");
    at.obligation = "refutation";
    const std::uint64_t rules = check_planes(formula.inequalities, at.files.at("proof.pbp"), "proof.pbp", at.budget);
    at.report.evidence = "cutting planes in " + std::to_string(rules) + " lines, for " + std::to_string(formula.gates) +
                         " threshold gates";
}

}  // namespace

void check_recognition(Examination& at) {
    if (at.manifest.claim.from && at.files.contains("program.crasp")) return check_counting_program(at);
    if (at.manifest.claim.from && at.files.contains("program.brasp")) return check_straight_program(at);
    Question question = read_subject(at);
    if (at.manifest.claim.from) return check_all_lengths(at, question);
    if (at.manifest.evidence.kind == Evidence::Kind::closure) return check_one_length_by_machine(at, question);
    if (at.manifest.evidence.kind == Evidence::Kind::planes) return check_cutting_planes(at, question);
    if (at.manifest.claim.robust) check_can_move(at.manifest, question);
    check_means_of(at, question);
    if (at.manifest.claim.robust) return check_robust_recognition(at, question);
    if (question.model && question.model->is_soft()) return check_soft(at, question);
    ExactModel model(question, at.manifest.claim.length, at.budget);
    if (at.manifest.evidence.kind == Evidence::Kind::exhaustion) {
        at.obligation = "exhaustion";
        model.expect_all_words();
    }
    if (!at.manifest.evidence.is_refutation()) return replay(at, question, std::ref(model));
    at.obligation = "translation";
    if (question.program)
        return check_refuted(at, build_program_miter(*question.program, at.manifest.claim.length, question.language,
                                                     question.letters, at.budget));
    check_refuted(
        at, build_miter(model.instance(), question.language, question.letters, at.manifest.evidence.drops, at.budget));
}

std::string restriction_title(const Claim& claim) {
    return claim.restriction->optimal ? "optimal restriction" : "restriction";
}

std::string restriction_sentence(const Claim& claim) {
    return quoted(claim.model) + " at length " + std::to_string(claim.length) +
           said_of(*claim.restriction, claim.length);
}

void check_restriction(Examination& at) {
    Question question = read_subject(at);
    const Manifest& manifest = at.manifest;
    CertainModel model(question, manifest.claim.length, manifest.evidence.bits, manifest.evidence.margin, at.budget);
    const Fixed fixed = read_fixed(manifest.claim, manifest.evidence, question.alphabet);
    model.expect_many_words();
    if (is_by_words(at)) {
        check_settled(manifest, fixed, question.alphabet, std::ref(model), at.budget);
        at.report.evidence = all_words_evaluated(at);
    } else {
        check_refuted(at, build_restricted(model.exact(), fixed, manifest.claim.restriction->accept,
                                           manifest.evidence.drops, at.budget));
    }
    check_optimal_restriction(at, question, fixed, std::ref(model));
}

std::string sensitive_sentence(const Claim& claim) {
    return "every word at length " + std::to_string(claim.length) + " is sensitive at every position for " +
           quoted(claim.model) + ", so nothing can be silenced";
}

void check_sensitive(Examination& at) {
    Question question = read_subject(at);
    const Evidence& evidence = at.manifest.evidence;
    CertainModel model(question, at.manifest.claim.length, evidence.bits, evidence.margin, at.budget);
    if (is_by_words(at)) {
        model.expect_many_words();
        check_sensitive(at.manifest, question.alphabet, std::ref(model), at.budget);
        at.report.evidence = all_words_evaluated(at);
        return;
    }
    check_refuted(at, build_silent(model.exact(), at.manifest.evidence.drops, at.budget));
}

}  // namespace attest::checker
