#include "counterexample.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "base/text.hpp"
#include "json_view.hpp"

namespace attest::report {

namespace {

constexpr std::size_t longest_tried = 64;  // words to try grow with the length

/// One symbol is replaced, the language's answer changes, the model's does not: model and language part here.
struct Unnoticed {
    std::int64_t position;  ///< in the word, from 1
    language::Word word;    ///< with the other symbol
};

std::vector<Unnoticed> find_unnoticed(const Subject& subject, const language::Word& word, bool model, bool language) {
    std::vector<Unnoticed> found;
    if (word.size() > longest_tried) return found;
    const auto accepts = subject.acceptor();
    for (std::size_t i = 0; i < word.size(); ++i)
        for (language::Symbol s = 0; s < subject.alphabet().size(); ++s) {
            language::Word other = word;
            other[i] = s;
            if (s == word[i] || subject.contains(other) == language || accepts(other) != model) continue;
            found.push_back({static_cast<std::int64_t>(i) + 1, std::move(other)});
            break;
        }
    return found;
}

const char* answer(bool accepts) { return accepts ? "accepts" : "rejects"; }

void write_where(Html& html, const Subject& subject, const std::vector<Unnoticed>& unnoticed,
                 const language::Word& word, bool model) {
    if (unnoticed.empty()) return;
    std::vector<std::string> positions;
    for (const Unnoticed& u : unnoticed) positions.push_back(std::to_string(u.position));
    const bool all = positions.size() == word.size();
    const Unnoticed& first = unnoticed.front();
    html.leaf(
        "p",
        fmt::format("Where it goes wrong: changing the symbol at {} changes what the language says, yet the model {} "
                    "as before. For example “{}” and “{}” "
                    "differ in symbol {} only; exactly one of them is in the language, and the model {} both.",
                    all ? "any one position"
                        : (positions.size() == 1 ? "position " : "any one of the positions ") + joined(positions, ", "),
                    answer(model), subject.alphabet().spell(word), subject.alphabet().spell(first.word), first.position,
                    answer(model)));
}

}  // namespace

void write_counterexample(Context& page, const Certificate& certificate, const Subject& subject) {
    const base::Json* evidence = find(certificate.manifest, "evidence");
    if (evidence == nullptr || text_at(*evidence, "kind") != "witness") return;
    const language::Alphabet& alphabet = subject.alphabet();
    const language::Word word =
        alphabet.parse(text_at(*evidence, "word"), certificate.path + "/manifest.json:evidence.word");
    const NetworkRun run = run_of(subject.network, word);
    const bool in_language = subject.contains(word);
    if (run.accepts == in_language || run.accepts != (text_at(*evidence, "actual") == "accept"))
        throw base::InternalError(
            certificate.path +
            ": the counterexample that the checker accepts is none by our own evaluation: please report this");

    Html& html = page.html;
    const auto details = html.element("details", {{"open", "open"}});
    html.leaf("summary", "The counterexample");
    const std::string shown =
        word.empty() ? "the empty word" : fmt::format("“{}”", base::printable(alphabet.spell(word), 400));
    html.leaf("p", fmt::format("On {} the model {}{}, but the word is {}in the language.", shown, answer(run.accepts),
                               run.score.empty() ? "" : " (" + run.score + ")", in_language ? "" : "not "));
    const std::vector<Unnoticed> unnoticed = find_unnoticed(subject, word, run.accepts, in_language);
    write_where(html, subject, unnoticed, word, run.accepts);

    std::set<std::int64_t> marked;
    for (const Unnoticed& u : unnoticed) marked.insert(u.position + (subject.has_begin() ? 1 : 0));
    const std::string outcome = fmt::format("{}{}; it should {}", run.score.empty() ? "" : run.score + ": ",
                                            run.accepts ? "accept" : "reject", in_language ? "accept" : "reject");
    write_run(page, run, marked, "Attention on " + base::printable(shown, 80), outcome,
              "Positions marked ! are those whose change goes unnoticed.");
}

}  // namespace attest::report
