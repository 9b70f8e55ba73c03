#include "explain.hpp"

#include <fmt/format.h>

#include "attest/network/evaluate.hpp"
#include "attest/report/trace.hpp"

namespace attest::cli {

namespace {

std::string contradiction(const language::Alphabet& alphabet, const decide::Counterexample& c) {
    return fmt::format("  On \"{}\" of length {}: {} it is {}in the language.\n", alphabet.spell(c.word), c.word.size(),
                       c.actual ? "the model accepts, but" : "the model rejects, but", c.expected ? "" : "not ");
}

}  // namespace

void explain(Session& session, const network::Transformer& t, const decide::Counterexample& c) {
    network::Trace trace;
    const network::Evaluation evaluation = network::evaluate(t, c.word, &trace);
    session.print(contradiction(t.alphabet, c));
    session.print(report::trace_text(t, c.word, trace, evaluation));
    const auto length = static_cast<std::int64_t>(c.word.size());
    const std::vector<std::int64_t> flow = report::flow(t, length, trace);
    session.print(fmt::format(
        "    what reaches the readout comes from position{} {} of {}; the others count only through scores\n",
        flow.size() == 1 ? "" : "s", fmt::join(flow, ", "), t.sequence_length(length)));
}

void explain(Session& session, const network::Transformer& t, const decide::Counterexample& c,
             const decide::EnclosedScore& score) {
    session.print(contradiction(t.alphabet, c));
    session.print(fmt::format("    score, in balls of {} bits: between {} and {}; expected {}\n", score.bits,
                              score.score.lower_text(12), score.score.upper_text(12),
                              c.expected ? "more than 0" : "at most 0"));
}

void explain(Session& session, const network::Guhat& tables, const decide::Counterexample& c) {
    network::GuhatTrace trace;
    const bool accepts = network::GuhatEvaluator(tables).accepts(c.word, &trace);
    session.print(contradiction(tables.alphabet, c) + report::trace_text(tables, c.word, trace, accepts));
}

}  // namespace attest::cli
