#include "checker/claimed_model.hpp"
#include "checker/claims.hpp"
#include "checker/counting/invariant.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/kernel/shown.hpp"
#include "checker/language/no_table.hpp"
#include "checker/network/counting_text.hpp"
#include "checker/network/evaluator.hpp"
#include "checker/question/file_names.hpp"
#include "checker/question/meaning.hpp"
#include "checker/question/replay.hpp"
#include "checker/question/words.hpp"

// Claims about a C-RASP program at every length: the obligations of FORMAT.md section 30.

namespace attest::checker {
namespace {

/// A word that is told apart: of any length but 0.
void check_counted_witness(Examination& at, const CountingProgram& program, const Question& question) {
    at.obligation = "witness";
    const std::string& text = at.manifest.evidence.word;
    at.manifest.claim.length = symbols_of(text, question.alphabet, at.budget).size();
    if (at.manifest.claim.length == 0)
        throw Defect("manifest.json: evidence.word", "the claim says nothing of the empty word");
    check_witness(
        at.manifest, question, [&](const auto& word) { return accepts(program, word, at.budget); }, at.budget);
    at.report.evidence = "witness " + quoted(text, 400);
}

/// The model of the claim, if it is about one (FORMAT.md section 37); obligations `digest`, for names, and `question`.
std::optional<Model> read_counted_model(Examination& at) {
    if (at.files.contains("model.json")) {
        Model model = read_claimed_model(at);
        if (*at.manifest.claim.from == 0 && (model.is_soft() || !(model.begin || model.end)))
            throw Defect("manifest.json: claim.lengths",
                         "of the empty word it speaks only where a begin or end symbol and rationals tell its answer");
        return model;
    }
    at.obligation = "digest";
    check_file_names(at.manifest, at.files, {});
    at.obligation = "question";
    if (*at.manifest.claim.from == 0)
        throw Defect("manifest.json: claim.lengths", "a program reads its last symbol, so that there is no empty word");
    return std::nullopt;
}

/// The program is what the model says, and on the empty word the model is right.
void check_counted_model(Examination& at, const Model& model, const Question& question) {
    at.obligation = "translation";
    if (counting_text(model, at.budget) != at.files.at("program.crasp"))
        throw Defect("program.crasp", "not the program that the model becomes");
    if (*at.manifest.claim.from > 0) return;
    at.obligation = "base";
    const Instance instance = instantiate(model, 0, at.budget);
    if (accepts(instance, {}, at.budget) != in_language(question, {}, at.budget))
        throw Defect("model.json", "the model is wrong on the empty word");
}

}  // namespace

void check_counting_program(Examination& at) {
    const std::optional<Model> model = read_counted_model(at);
    const CountingProgram program = read_counting_program(at.files.at("program.crasp"), "program.crasp", at.budget);
    Question question;
    question.alphabet = program.alphabet;
    read_meaning(at.manifest.claim, at.files, question, at.budget);
    require_no_table(question.language, "manifest.json: claim.language");
    if (at.manifest.evidence.kind != Evidence::Kind::none) return check_counted_witness(at, program, question);

    if (model) check_counted_model(at, *model, question);
    CountingSystem system = counting_system(program, question.language, question.letters, at.budget);
    if (at.manifest.evidence.counts_symbols) add_symbol_counts(system, at.budget);
    at.obligation = "base";
    const LinearInvariant invariant =
        read_linear_invariant(at.files.at("invariant.json"), system.next.size(), system.counters, at.budget);
    check_base(invariant);
    at.obligation = "inductive";
    const std::uint64_t lines = check_inductive(system, invariant, at.files.at("steps.txt"), at.budget);
    std::size_t lists = 0;
    for (const auto& state : invariant.states) lists += state.size();
    at.report.evidence = "linear invariant of " + std::to_string(lists) + " lists over " +
                         std::to_string(system.counters) + " counters, kept by " + std::to_string(lines) + " lines";
}

}  // namespace attest::checker
