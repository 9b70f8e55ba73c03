#include "checker/rounded_claims.hpp"

#include <algorithm>

#include "checker/claimed_model.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/kernel/shown.hpp"
#include "checker/language/task.hpp"
#include "checker/question/words.hpp"
#include "checker/soft/rounded_words.hpp"

// Claims that a model gives the classes of a task in binary32, whatever the order of its operations. The obligations of
// FORMAT.md section 35.

namespace attest::checker {
namespace {

/// The number of the class that the task asks for at the last position of the word.
std::size_t class_wanted(Examination& at, const Model& model, const Task& task, const Word& word) {
    const std::string text = expected(task, word, at.budget).back();
    at.budget.step(model.readout.classes.size());
    const auto found = std::find(model.readout.classes.begin(), model.readout.classes.end(), text);
    if (found == model.readout.classes.end())
        throw Defect("manifest.json: claim.task", quoted(text) + ", which it asks for, is no class of the model");
    return static_cast<std::size_t>(found - model.readout.classes.begin());
}

/// On how many of all words the class that is wanted leads by the margin, in each evaluation.
std::uint64_t count_leads(Examination& at, const Model& model, const Task& task, RoundedWords& evaluate) {
    // Not less than the margin, which may be too near to 0 for a double.
    const double margin = at.manifest.evidence.margin.get_d() * (1 + 0x1p-40) + 0x1p-1000;
    std::array<Word, lanes> words;
    std::array<std::size_t, lanes> wanted{};
    Word word(at.manifest.claim.length, 0);
    std::uint64_t right = 0;
    for (bool goes_on = true; goes_on;) {
        std::size_t count = 0;
        for (; count < lanes && goes_on; ++count) {
            words[count] = word;
            wanted[count] = class_wanted(at, model, task, word);
            goes_on = advance(word, model.alphabet.size());
        }
        for (std::size_t k = count; k < lanes; ++k) words[k] = words[0], wanted[k] = wanted[0];
        const std::array<double, lanes> leads = evaluate.least_leads(words, wanted);
        for (std::size_t k = 0; k < count; ++k) right += leads[k] >= margin ? 1 : 0;
    }
    return right;
}

}  // namespace

std::string classifies_title(const Claim&) { return "classes in binary32"; }

std::string classifies_sentence(const Claim& claim) {
    return "in binary32, whatever the order of its operations, " + quoted(claim.model) + " performs " +
           quoted(*claim.task) + " on at least " + *claim.wrong + " words of length " + std::to_string(claim.length);
}

void check_classifies(Examination& at) {
    const Model model = read_claimed_model(at);
    require_rounded_form(model);
    const Claim& claim = at.manifest.claim;
    const Task task = read_task(*claim.task, model.alphabet, "manifest.json: claim.task", at.budget);
    if (task.length && *task.length != claim.length)
        throw Defect("manifest.json: claim.length",
                     "the task is for words of " + std::to_string(*task.length) + " symbols");
    Question all;
    all.alphabet = model.alphabet;
    require_all_words(at.manifest, all);
    constexpr mpfr_prec_t bits = 128;
    const SoftInstance instance = instantiate(model, claim.length, bits, at.budget);
    RoundedWords evaluate(instance, at.budget);
    at.obligation = "rounding";
    const std::uint64_t right = count_leads(at, model, task, evaluate);
    if (Rational(mpz_class(std::to_string(right))) < Rational(mpz_class(*claim.wrong)))
        throw Defect("manifest.json: claim.right",
                     "the margin holds on " + std::to_string(right) + " words in each evaluation");
    at.report.evidence = "all " + std::to_string(at.manifest.evidence.words) +
                         " words in doubles that enclose each evaluation, margin at least " +
                         std::to_string(at.manifest.evidence.margin.get_d());
}

}  // namespace attest::checker
