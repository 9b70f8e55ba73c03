#include <fmt/format.h>

#include "language_views.hpp"
#include "output_views.hpp"
#include "record/model_language.hpp"

namespace attest::report {

namespace {

using record::ModelLanguage;

void write_recognition(Html& html, const ModelLanguage::Recognition& r) {
    const std::string lengths = r.lengths.from == 0 ? "every length" : "every length but 0";
    html.leaf("p",
              r.verdict == "verified"
                  ? fmt::format("At {} the model recognises just what the automaton accepts, reported as "
                                "verified{}.",
                                lengths, r.closure ? fmt::format(" by all {} pairs of states", r.closure->states) : "")
                  : fmt::format("What the model recognises at {} was not settled: {}", lengths,
                                r.detail.value_or("no reason is given")));
}

/// Of a program that counts symbols alone: words by how often each symbol stands.
void write_counts(Html& html, const std::vector<ModelLanguage::CountedPart>& parts) {
    html.leaf("p",
              "The program counts symbols alone. It accepts the words with these counts, read off the program and not "
              "certified:");
    for (const ModelLanguage::CountedPart& part : parts)
        html.leaf("p", fmt::format("ends in “{}”: {}", shown(part.last), part.formula));
}

void write_words_of(Html& html, const char* name, const std::optional<std::vector<std::string>>& words) {
    if (!words) return;
    std::string list;
    for (const std::string& word : *words) list += fmt::format("{}“{}”", list.empty() ? "" : " ", shown(word));
    write_fact(html, name, list.empty() ? "no word" : list);
}

void write_formula(Html& html, const char* name, const std::optional<std::string>& text) {
    if (!text) return;
    const auto details = html.element("details");
    html.leaf("summary", name);
    html.lines(*text);
}

}  // namespace

bool write_language_output(Context& page, const base::Json& document) {
    const auto language = record::read<ModelLanguage>(document);
    if (!language) return false;
    Html& html = page.html;
    if (language->recognition) write_recognition(html, *language->recognition);
    if (language->counts) write_counts(html, *language->counts);
    {
        const auto facts = html.element("dl", {{"class", "facts"}});
        write_words_of(html, "First words accepted", language->accepted);
        write_words_of(html, "First words rejected", language->rejected);
        if (language->recognition)
            if (const std::string words = certificate_words(page, language->recognition->certificate); !words.empty())
                write_fact(html, "Certificate", words);
    }
    if (language->automaton) write_automaton(page, *language->automaton, language->alphabet, language->model);
    if (language->cascade) write_cascade(page, *language->cascade, language->model);
    if (language->algebra) write_classes(page, language->model, language->algebra->classes);
    write_formula(html, "As a formula of past LTL", language->ltl);
    write_formula(html, "As a B-RASP program", language->brasp);
    return true;
}

}  // namespace attest::report
