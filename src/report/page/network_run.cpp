#include "network_run.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "attest/soft/judge.hpp"
#include "report/trace.hpp"

namespace attest::report {

namespace {

constexpr std::size_t longest_listed = 256;  // positions in the list of where each looks

/// A score that fits beside a drawing.
std::string short_score(const exact::Rational& score) {
    const std::string text = exact::to_string(score);
    return text.size() <= 12 ? text : fmt::format("≈ {:.4g}", score.get_d());
}

NetworkRun run_soft(const network::Transformer& t, const language::Word& word) {
    soft::Judge judge(t, static_cast<std::int64_t>(word.size()));
    const soft::Judgement judged = judge.judge(word, {});
    if (!judged.accepts) throw base::Unsupported("no precision tells the score of the counterexample from 0");
    std::vector<soft::HeadSeen> heads;
    (void)judge.evaluator(judged.bits).score(word, {.heads = &heads});
    return {*judged.accepts, fmt::format("score ≈ {:.4g}", judged.score.middle()), attention_of(t, word, heads),
            trace_text(t, word, heads, judged)};
}

NetworkRun run_on(const network::Transformer& t, const language::Word& word) {
    if (t.kind() == network::AttentionKind::softmax) return run_soft(t, word);
    network::Trace trace;
    const network::Evaluation evaluation = network::evaluate(t, word, &trace);
    const bool level = t.readout.classes && evaluation.score == 0;  // the order of the classes decides
    return {evaluation.accepts,
            fmt::format("score {} {} 0", short_score(evaluation.score),
                        level                ? "="
                        : evaluation.accepts ? ">"
                                             : "≤"),
            attention_of(t, word, trace), trace_text(t, word, trace, evaluation)};
}

NetworkRun run_on(const network::Guhat& tables, const language::Word& word) {
    network::GuhatTrace trace;
    const bool accepts = network::GuhatEvaluator(tables).accepts(word, &trace);
    return {accepts, {}, attention_of(tables, word, trace), trace_text(tables, word, trace, accepts)};
}

}  // namespace

NetworkRun run_of(const Network& network, const language::Word& word) {
    return std::visit([&](const auto& n) { return run_on(n, word); }, network);
}

void write_run(Context& page, const NetworkRun& run, const std::set<std::int64_t>& marked, const std::string& title,
               const std::string& outcome, const std::string& note) {
    Html& html = page.html;
    if (const auto drawing = attention_arcs(run.attention, marked, title, outcome)) {
        const std::string widths = run.attention.weights.empty() ? "" : ", and the wider the greater its weight";
        page.figure(*drawing,
                    "Each arc leads from an asking position to what it attends to, one colour and dash a head" +
                        widths + "; strong arcs and blue positions carry to the readout, faint ones do not." +
                        (note.empty() ? "" : " " + note));
    } else {
        html.leaf("p", fmt::format("{} positions are too many to draw.", run.attention.symbols.size()),
                  {{"class", "note"}});
    }
    if (run.attention.symbols.size() > longest_listed) return;
    const auto list = html.element("details");
    html.leaf("summary", "Where each position looks");
    html.lines(run.text);
}

}  // namespace attest::report
