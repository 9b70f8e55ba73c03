#include "explain.hpp"

#include <fmt/format.h>

#include "attest/network/evaluate.hpp"
#include "report/trace.hpp"

namespace attest::cli {

namespace {

std::string contradiction(const language::Alphabet& alphabet, const decide::Counterexample& c) {
    return fmt::format("  On \"{}\" of length {}: {} it is {}in the language.\n", alphabet.spell(c.word), c.word.size(),
                       c.actual ? "the model accepts, but" : "the model rejects, but", c.expected ? "" : "not ");
}

void show_exact_run(Session& session, const network::Transformer& t, const language::Word& word) {
    network::Trace trace;
    const network::Evaluation evaluation = network::evaluate(t, word, &trace);
    session.print(report::trace_text(t, word, trace, evaluation));
    const auto length = static_cast<std::int64_t>(word.size());
    const std::vector<std::int64_t> flow = report::flow(t, length, trace);
    session.print(fmt::format(
        "    what reaches the readout comes from position{} {} of {}; the others count only through scores\n",
        flow.size() == 1 ? "" : "s", fmt::join(flow, ", "), t.sequence_length(length)));
}

/// The score, how each head spread its weight, and the logits of classes.
void show_soft_run(Session& session, const network::Transformer& t, const language::Word& word,
                   const soft::Judgement& judged, const std::string& expected = "") {
    session.print(fmt::format("    score, in balls of {} bits: between {} and {}{}\n", judged.bits,
                              judged.score.lower_text(12), judged.score.upper_text(12), expected));
    const soft::Evaluator evaluator(t, static_cast<std::int64_t>(word.size()), judged.bits);
    std::vector<soft::HeadSeen> heads;
    const auto logits = evaluator.answer(word, {.heads = &heads});
    session.print(report::trace_text(t, word, heads, judged));
    if (t.readout.classes) session.print(report::logits_text(t, logits));
}

void show_tables_run(Session& session, const network::Guhat& tables, const language::Word& word) {
    network::GuhatTrace trace;
    const bool accepts = network::GuhatEvaluator(tables).accepts(word, &trace);
    session.print(report::trace_text(tables, word, trace, accepts));
}

void show_program_run(Session& session, const network::Program& program, const language::Word& word) {
    network::ProgramTrace trace;
    const std::vector<std::string> answers = network::answers(program, word, &trace);
    session.print(report::trace_text(program, word, trace, answers));
}

}  // namespace

void explain(Session& session, const network::Transformer& t, const decide::Counterexample& c) {
    session.print(contradiction(t.alphabet, c));
    show_exact_run(session, t, c.word);
}

void explain(Session& session, const network::Transformer& t, const decide::Counterexample& c,
             const decide::EnclosedScore& score) {
    session.print(contradiction(t.alphabet, c));
    show_soft_run(session, t, c.word, {c.actual, score.score, score.bits, {}},
                  c.expected ? "; expected more than 0" : "; expected at most 0");
}

void explain(Session& session, const network::Guhat& tables, const decide::Counterexample& c) {
    session.print(contradiction(tables.alphabet, c));
    show_tables_run(session, tables, c.word);
}

void explain(Session& session, const network::Program& program, const decide::Counterexample& c) {
    session.print(contradiction(program.alphabet, c));
    show_program_run(session, program, c.word);
}

void explain(Session& session, const decide::Network& network, const language::Alphabet& alphabet,
             const decide::Counterexample& c) {
    session.print(contradiction(alphabet, c));
    show_run(session, network, c.word);
}

void show_run(Session& session, const decide::Network& network, const language::Word& word) {
    if (const auto* tables = std::get_if<const network::Guhat*>(&network))
        return show_tables_run(session, **tables, word);
    if (const auto* program = std::get_if<const network::Program*>(&network))
        return show_program_run(session, **program, word);
    if (!decide::is_soft(network))
        return show_exact_run(session, *std::get<const network::Transformer*>(network), word);
    const decide::Answer answer =
        decide::Answerer(network, static_cast<std::int64_t>(word.size())).answer(word, session.limits());
    if (answer.score)
        show_soft_run(session, *std::get<const network::Transformer*>(network), word,
                      {answer.accepts, *answer.score, answer.bits, {}});
}

}  // namespace attest::cli
