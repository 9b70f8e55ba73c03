#include <algorithm>
#include <set>

#include "checker/claims.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/kernel/shown.hpp"
#include "checker/language/task.hpp"
#include "checker/network/program.hpp"
#include "checker/network/removal.hpp"
#include "checker/question/file_names.hpp"
#include "checker/question/prefixes.hpp"
#include "checker/question/words.hpp"
#include "checker/translation/task_program.hpp"

// Claims that a program computes a task, or on how many words it does not: the obligations of FORMAT.md section 18.

namespace attest::checker {
namespace {

struct ProgramAndTask {
    Question question;
    Task task;
};

/// Obligations `digest`, for names, and `question`.
ProgramAndTask read_program_and_task(Examination& at) {
    at.obligation = "digest";
    check_file_names(at.manifest, at.files, {});
    at.obligation = "question";
    const Claim& claim = at.manifest.claim;
    const Json json = parse_json(at.files.at("model.json"), "model.json", at.budget);
    if (!holds_program(json, "model.json")) throw Defect("model.json: format", "a task is asked of a program");
    ProgramAndTask both;
    both.question.program = read_named_program(claim.model, "model", json, "model.json", at.budget);
    remove_variables(*both.question.program, claim, at.budget);
    both.question.alphabet = both.question.program->alphabet;
    check_length(*both.question.program, claim.length, "model.json", at.budget);
    if (!both.question.program->every)
        throw Defect("model.json: output.positions", "a task needs an answer at each position of the word");
    both.task = read_task(*claim.task, both.question.alphabet, "manifest.json: claim.task");
    return both;
}

void require_wrong(const Claim& claim, const std::string& wrong) {
    if (claim.wrong && wrong != *claim.wrong)
        throw Defect("manifest.json: claim.wrong", "it does not perform the task on " + wrong + " words");
}

/// The number of w in Σ^N with program(w) ≠ task(w).
std::uint64_t count_mistakes(Examination& at, ProgramAndTask& both) {
    require_all_words(at.manifest, both.question);
    at.budget.memory(8 * at.manifest.claim.length);
    std::uint64_t wrong = 0;
    Word word(at.manifest.claim.length, 0);
    do {
        const bool right = answers(*both.question.program, word, at.budget) == expected(both.task, word, at.budget);
        if (!right && !at.manifest.claim.wrong)
            throw Defect("word " + spell(word, both.question.alphabet), "the program does not do what the task asks");
        wrong += right ? 0 : 1;
    } while (advance(word, both.question.alphabet.size()));
    return wrong;
}

/// The word has N symbols; at the position the program answers `actual`, the task asks for `expected`, and these differ.
void check_misstep(Examination& at, ProgramAndTask& both) {
    const Evidence& evidence = at.manifest.evidence;
    const std::string place = "manifest.json: evidence";
    const Word word = read_word(evidence.word, at.manifest.claim.length, both.question.alphabet, place + ".word");
    if (evidence.position < 1 || evidence.position > word.size())
        throw Defect(place + ".position", "the word has no such position");
    if (answers(*both.question.program, word, at.budget)[evidence.position - 1] != evidence.actual_text)
        throw Defect(place + ".actual", "the program answers otherwise");
    if (expected(both.task, word, at.budget)[evidence.position - 1] != evidence.expected_text)
        throw Defect(place + ".expected", "the task asks for something else");
    if (evidence.actual_text == evidence.expected_text) throw Defect(place, "the program answers what is expected");
}

/// The listed words are mistakes, and no word is listed twice.
std::vector<Word> read_missteps(Examination& at, ProgramAndTask& both) {
    std::vector<Word> words;
    if (!at.manifest.evidence.mistakes) return words;
    const std::string place = "manifest.json: evidence.mistakes";
    std::set<Word> known;
    for (const std::string& text : *at.manifest.evidence.mistakes) {
        at.budget.memory(100 + 16 * at.manifest.claim.length);
        words.push_back(read_word(text, at.manifest.claim.length, both.question.alphabet, place));
        if (!known.insert(words.back()).second) throw Defect(place, "\"" + text + "\" is listed twice");
        if (answers(*both.question.program, words.back(), at.budget) == expected(both.task, words.back(), at.budget))
            throw Defect(place, "\"" + text + "\" is no mistake");
    }
    require_wrong(at.manifest.claim, std::to_string(words.size()));
    return words;
}

/// By the circuit of program and task (FORMAT.md section 26.2).
void check_task_refuted(Examination& at, ProgramAndTask& both) {
    at.obligation = "witness";
    const std::vector<Word> words = read_missteps(at, both);
    at.obligation = "translation";
    check_refuted(at, build_task_miter(*both.question.program, both.task, at.manifest.claim.length, words, at.budget));
    if (at.manifest.claim.wrong)
        at.report.evidence =
            std::to_string(words.size()) + " words evaluated exactly, and for all others a " + at.report.evidence;
}

/// The number of mistakes among all words, one by one or by prefixes.
std::string count_all(Examination& at, ProgramAndTask& both) {
    at.obligation = "exhaustion";
    if (at.manifest.evidence.kind != Evidence::Kind::prefixes) {
        at.report.evidence = "all " + std::to_string(at.manifest.evidence.words) + " words evaluated exactly";
        return std::to_string(count_mistakes(at, both));
    }
    const PrefixCount found = count_by_prefixes(*both.question.program, both.task, at.manifest.claim.length, at.budget);
    at.report.evidence =
        "all words, by what " + std::to_string(found.states) + " states of prefixes leave open, evaluated exactly";
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
    ProgramAndTask both = read_program_and_task(at);
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
    ProgramAndTask both = read_program_and_task(at);
    if (at.manifest.evidence.is_refutation()) return check_task_refuted(at, both);
    require_wrong(at.manifest.claim, count_all(at, both));
}

}  // namespace attest::checker
