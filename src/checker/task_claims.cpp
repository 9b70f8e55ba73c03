#include <algorithm>
#include <functional>
#include <set>

#include "checker/claimed_model.hpp"
#include "checker/claims.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/kernel/shown.hpp"
#include "checker/language/task.hpp"
#include "checker/network/program.hpp"
#include "checker/network/removal.hpp"
#include "checker/question/prefixes.hpp"
#include "checker/question/words.hpp"
#include "checker/soft/class_margins.hpp"
#include "checker/translation/task_program.hpp"

// Claims that a program, or a model with classes, computes a task, or on how many words it does not: the obligations of
// FORMAT.md sections 18, 20 and 26.

namespace attest::checker {
namespace {

struct NetworkAndTask {
    Question question;  ///< a program or a model
    Task task;
    bool answers_everywhere = true;              ///< at each position of the word; else at the last one only
    std::map<std::string, std::size_t> classes;  ///< of a model
};

void read_program(Examination& at, const Json& json, NetworkAndTask& both) {
    Question& question = both.question;
    question.program = read_named_program(at.manifest.claim.model, "model", json, "model.json", at.budget);
    remove_variables(*question.program, at.manifest.claim, at.budget);
    question.alphabet = question.program->alphabet;
    check_length(*question.program, at.manifest.claim.length, "model.json", at.budget);
    if (!question.program->every)
        throw Defect("model.json: output.positions", "a task needs an answer at each position of the word");
    if (at.manifest.evidence.pair) throw Defect("manifest.json: evidence", "a program has no margin");
}

void read_model_of_classes(Examination& at, const Json& json, NetworkAndTask& both) {
    const Claim& claim = at.manifest.claim;
    if (!claim.without.empty()) throw Defect("manifest.json: claim.without", "only a program is without variables");
    Question& question = both.question;
    question.model = model_of_claim(at, json);
    const Model& model = *question.model;
    if (claim.length < 1) throw Defect("manifest.json: claim.length", "there is no position at which it would answer");
    if (model.readout.classes.size() < 2)
        throw Defect("model.json: readout", "a task is asked of a program, or of a model of two classes or more");
    question.alphabet = model.alphabet;
    both.answers_everywhere = model.readout.where == Readout::Where::each;
    for (std::size_t c = 0; c < model.readout.classes.size(); ++c) both.classes[model.readout.classes[c]] = c;
}

/// Section 12 for models; programs are evaluated exactly.
void check_evidence_of_task(const Manifest& manifest, const NetworkAndTask& both) {
    const bool soft = both.question.model && both.question.model->is_soft();
    if (both.question.model &&
        (manifest.evidence.is_refutation() || manifest.evidence.kind == Evidence::Kind::prefixes))
        throw Defect("manifest.json: evidence.kind", "such evidence is about a program");
    if (soft && manifest.evidence.kind == Evidence::Kind::exhaustion)
        throw Defect("manifest.json: evidence.kind", "a softmax model is not evaluated exactly");
    if (!soft && manifest.evidence.kind == Evidence::Kind::enclosure)
        throw Defect("manifest.json: evidence.kind", "an enclosure needs a softmax model");
}

/// Obligations `digest`, for names, and `question`.
NetworkAndTask read_network_and_task(Examination& at) {
    const auto is_program = [](const Json& json) { return holds_program(json, "model.json"); };
    const ClaimedFile file = read_claimed_file(at, is_program, "a task is asked of a program or of a model");
    NetworkAndTask both;
    if (file.is_model) read_model_of_classes(at, file.json, both);
    else read_program(at, file.json, both);
    both.task = read_task(*at.manifest.claim.task, both.question.alphabet, "manifest.json: claim.task", at.budget);
    if (both.task.length && *both.task.length != at.manifest.claim.length)
        throw Defect("manifest.json: claim.length",
                     "the task is for words of " + std::to_string(*both.task.length) + " symbols");
    check_evidence_of_task(at.manifest, both);
    return both;
}

void require_wrong(const Claim& claim, const std::string& wrong) {
    if (claim.wrong && wrong != *claim.wrong)
        throw Defect("manifest.json: claim.wrong", "it does not perform the task on " + wrong + " words");
}

/// Whether a bound from below for all margins is said.
bool has_margin(const Evidence& evidence) { return evidence.kind == Evidence::Kind::enclosure || evidence.pair; }

/// What a network answers, whichever kind it is of.
class Performer {
  public:
    Performer(Examination& at, NetworkAndTask& both) : at_(at), both_(both) {
        const Evidence& evidence = at.manifest.evidence;
        if (!both.question.model) return;
        margins_.emplace(*both.question.model, both.question.alphabet, at.manifest.claim.length, evidence.first_bits(),
                         has_margin(evidence) ? std::optional(evidence.margin) : std::nullopt, at.budget);
    }

    void expect_all_words() {
        if (margins_) margins_->expect_all_words();
    }

    bool is_right(const Word& word) {
        if (margins_) return margins_->is_right(word, wanted(word));
        return answers(*both_.question.program, word, at_.budget) == expected(both_.task, word, at_.budget);
    }

    /// At position i of the word, from 1.
    std::string answer(const Word& word, std::size_t i) {
        if (!margins_) return answers(*both_.question.program, word, at_.budget)[i - 1];
        return both_.question.model->readout.classes[margins_->answer(word, both_.answers_everywhere ? i - 1 : 0)];
    }

    /// The margin of the word that the evidence names is at most what it says.
    void check_least(const Word& word) {
        margins_->require_at_most(word, wanted(word), Rational(at_.manifest.evidence.pair->second),
                                  "manifest.json: evidence.least.most");
    }

  private:
    /// The numbers of the classes that the task asks for, at the positions at which the model answers.
    ClassMargins::Classes wanted(const Word& word) {
        std::vector<std::string> texts = expected(both_.task, word, at_.budget);
        if (!both_.answers_everywhere) texts = {texts.back()};
        ClassMargins::Classes classes;
        for (const std::string& text : texts) {
            const auto found = both_.classes.find(text);
            if (found == both_.classes.end()) {
                at_.obligation = "question";
                throw Defect("manifest.json: claim.task",
                             "\"" + text + "\", which it asks for, is no class of the model");
            }
            classes.push_back(found->second);
        }
        return classes;
    }

    Examination& at_;
    NetworkAndTask& both_;
    std::optional<ClassMargins> margins_;
};

/// The number of w in Σ^N with network(w) ≠ task(w).
std::uint64_t count_mistakes(Examination& at, NetworkAndTask& both) {
    const Evidence& evidence = at.manifest.evidence;
    require_all_words(at.manifest, both.question);
    at.budget.memory(8 * at.manifest.claim.length);
    Performer performer(at, both);
    performer.expect_all_words();
    std::uint64_t wrong = 0;
    Word word(at.manifest.claim.length, 0);
    do {
        const bool right = performer.is_right(word);
        if (!right && !at.manifest.claim.wrong)
            throw Defect(
                "word " + spell(word, both.question.alphabet),
                std::string(both.question.program ? "the program" : "the model") + " does not do what the task asks");
        wrong += right ? 0 : 1;
    } while (advance(word, both.question.alphabet.size()));
    if (evidence.pair)
        performer.check_least(read_word(evidence.pair->first, at.manifest.claim.length, both.question.alphabet,
                                        "manifest.json: evidence.least.word", at.budget));
    return wrong;
}

/// The word has N symbols; at the position the network answers `actual`, the task asks for `expected`, and these differ.
void check_misstep(Examination& at, NetworkAndTask& both) {
    const Evidence& evidence = at.manifest.evidence;
    const std::string place = "manifest.json: evidence";
    const Word word =
        read_word(evidence.word, at.manifest.claim.length, both.question.alphabet, place + ".word", at.budget);
    if (evidence.position < 1 || evidence.position > word.size())
        throw Defect(place + ".position", "the word has no such position");
    if (!both.answers_everywhere && evidence.position != word.size())
        throw Defect(place + ".position", "the model answers at the last position only");
    if (Performer(at, both).answer(word, evidence.position) != evidence.actual_text)
        throw Defect(place + ".actual",
                     both.question.program ? "the program answers otherwise" : "the model answers otherwise");
    if (expected(both.task, word, at.budget)[evidence.position - 1] != evidence.expected_text)
        throw Defect(place + ".expected", "the task asks for something else");
    if (evidence.actual_text == evidence.expected_text)
        throw Defect(place,
                     std::string("the ") + (both.question.program ? "program" : "model") + " answers what is expected");
}

/// A number that was written as a decimal of few digits, as such; else as a quotient.
std::string decimal_text(const Rational& number) {
    constexpr std::size_t most_digits = 40;
    mpz_class digits = abs(number.get_num()), power = 1;
    std::size_t places = 0;
    for (; power % number.get_den() != 0 && places <= most_digits; ++places) power *= 10;
    std::string text = mpz_class(digits * (power / number.get_den())).get_str();
    if (places > most_digits || text.size() > most_digits) return number.get_str().substr(0, 4 * most_digits);
    if (text.size() <= places) text.insert(0, places + 1 - text.size(), '0');
    if (places > 0) text.insert(text.size() - places, ".");
    return (number < 0 ? "-" : "") + text;
}

std::string all_words_looked_at(const Evidence& evidence) {
    std::string text = "all " + std::to_string(evidence.words);
    text += evidence.kind == Evidence::Kind::exhaustion ? " words evaluated exactly" : " words evaluated in intervals";
    if (evidence.pair)
        text += ", least margin from " + decimal_text(evidence.margin) + " to " +
                decimal_text(Rational(evidence.pair->second)) + " on " + quoted(evidence.pair->first, 400);
    return text;
}

/// What is obliged where all words are evaluated.
const char* obligation_of_all(const Examination& at) {
    return at.manifest.evidence.kind == Evidence::Kind::exhaustion ? "exhaustion" : "enclosure";
}

/// The listed words are mistakes, and no word is listed twice.
std::vector<Word> read_missteps(Examination& at, NetworkAndTask& both) {
    std::vector<Word> words;
    if (!at.manifest.evidence.mistakes) return words;
    const std::string place = "manifest.json: evidence.mistakes";
    std::set<Word> known;
    for (const std::string& text : *at.manifest.evidence.mistakes) {
        at.budget.memory(100 + 16 * at.manifest.claim.length);
        words.push_back(read_word(text, at.manifest.claim.length, both.question.alphabet, place, at.budget));
        if (!known.insert(words.back()).second) throw Defect(place, "\"" + text + "\" is listed twice");
        if (answers(*both.question.program, words.back(), at.budget) == expected(both.task, words.back(), at.budget))
            throw Defect(place, "\"" + text + "\" is no mistake");
    }
    require_wrong(at.manifest.claim, std::to_string(words.size()));
    return words;
}

/// By the circuit of program and task (FORMAT.md section 26.2).
void check_task_refuted(Examination& at, NetworkAndTask& both) {
    at.obligation = "witness";
    const std::vector<Word> words = read_missteps(at, both);
    at.obligation = "translation";
    check_refuted(at, build_task_miter(*both.question.program, both.task, at.manifest.claim.length, words, at.budget));
    if (at.manifest.claim.wrong)
        at.report.evidence =
            std::to_string(words.size()) + " words evaluated exactly, and for all others a " + at.report.evidence;
}

/// The number of mistakes among all words, one by one or by prefixes.
std::string count_all(Examination& at, NetworkAndTask& both) {
    if (at.manifest.evidence.kind != Evidence::Kind::prefixes) {
        at.obligation = obligation_of_all(at);
        const std::uint64_t wrong = count_mistakes(at, both);
        at.report.evidence = all_words_looked_at(at.manifest.evidence);
        return std::to_string(wrong);
    }
    at.obligation = "exhaustion";
    const PrefixCount found = count_by_prefixes(*both.question.program, both.task, at.manifest.claim.length, at.budget);
    at.report.evidence = "all words, by what " + std::to_string(found.states) +
                         (found.by_regions ? " regions of states of prefixes" : " states of prefixes") +
                         " leave open, evaluated exactly";
    return found.wrong.get_str();
}

}  // namespace

std::string performs_title(const Claim& claim) { return claim.verified ? "performs" : "does not perform"; }

std::string performs_sentence(const Claim& claim) {
    return quoted(claim.model) + without(claim) + " " + performs_title(claim) + " " + quoted(*claim.task) +
           " at length " + std::to_string(claim.length);
}

std::string performance_title(const Claim&) { return "performance"; }

std::string performance_sentence(const Claim& claim) {
    constexpr std::size_t most_digits = 60;
    const std::string& wrong = *claim.wrong;
    return quoted(claim.model) + without(claim) + " does not perform " + quoted(*claim.task) + " on " +
           (wrong.size() > most_digits ? "a number of " + std::to_string(wrong.size()) + " digits" : wrong) +
           (wrong == "1" ? " word" : " words") + " of length " + std::to_string(claim.length);
}

void check_performs(Examination& at) {
    NetworkAndTask both = read_network_and_task(at);
    if (at.manifest.evidence.kind == Evidence::Kind::witness) {
        at.obligation = "witness";
        check_misstep(at, both);
        at.report.evidence = "witness " + (at.manifest.evidence.word.empty() ? "the empty word"
                                                                             : quoted(at.manifest.evidence.word, 400));
        return;
    }
    if (at.manifest.evidence.is_refutation()) return check_task_refuted(at, both);
    if (count_all(at, both) != "0") throw Defect("manifest.json: claim", "the program does not do what the task asks");
}

void check_performance(Examination& at) {
    NetworkAndTask both = read_network_and_task(at);
    if (at.manifest.evidence.is_refutation()) return check_task_refuted(at, both);
    require_wrong(at.manifest.claim, count_all(at, both));
}

}  // namespace attest::checker
