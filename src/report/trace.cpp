#include "report/trace.hpp"

#include <fmt/format.h>

#include "attest/exact/rational.hpp"
#include "base/text.hpp"
#include "sequence.hpp"

namespace attest::report {

namespace {

std::string places(const std::vector<std::string>& symbols, const std::vector<std::int64_t>& positions) {
    std::string text;
    for (const std::int64_t p : positions) text += (text.empty() ? "" : ", ") + place(symbols, p);
    return text;
}

/// Whether the asking position was evaluated at all: those that the readout does not need were not.
bool asked(const network::Trace& trace, std::size_t layer, std::size_t p) {
    return !trace.activations[layer + 1][p].empty();
}

std::string line(const std::vector<std::string>& symbols, std::size_t p, const network::Attended& a) {
    const std::string from = place(symbols, static_cast<std::int64_t>(p) + 1);
    if (a.positions.empty()) return fmt::format("      {} sees no position\n", from);
    std::string margin = "the only choice";
    if (a.margin) margin = *a.margin == 0 ? "a tie" : "ahead by " + exact::to_string(*a.margin);
    return fmt::format("      {} → {}   score {}, {}\n", from, places(symbols, a.positions), exact::to_string(a.score),
                       margin);
}

std::string heads_text(const std::vector<std::string>& symbols, const network::Trace& trace) {
    std::string text;
    for (std::size_t l = 0; l < trace.attended.size(); ++l)
        for (std::size_t h = 0; h < trace.attended[l].size(); ++h) {
            text += fmt::format("    layer {}, head {}\n", l + 1, h + 1);
            for (std::size_t p = 0; p < symbols.size(); ++p)
                if (asked(trace, l, p)) text += line(symbols, p, trace.attended[l][h][p]);
        }
    return text;
}

}  // namespace

std::string trace_text(const network::Transformer& t, const language::Word& word, const network::Trace& trace,
                       const network::Evaluation& evaluation) {
    const std::vector<std::string> symbols = sequence(t, word);
    std::string text = heads_text(symbols, trace);
    const char* sign = evaluation.accepts ? ">" : "≤";
    if (t.readout.classes && evaluation.score == 0) sign = "=";  // the order of the classes decides
    text += fmt::format("    read {}: score {} {} 0, {}\n", read_where(t, symbols), exact::to_string(evaluation.score),
                        sign, evaluation.accepts ? "accept" : "reject");
    return text;
}

std::string trace_text(const network::Transformer& t, const language::Word& word, const network::Trace& trace,
                       const network::Answers& answers) {
    const std::vector<std::string> symbols = sequence(t, word);
    std::string text = heads_text(symbols, trace) + fmt::format("    read {}\n", read_where(t, symbols));
    for (const exact::Vector& logits : answers.logits)
        for (std::size_t c = 0; c < logits.size(); ++c)
            text += fmt::format("    logit of {}: {}\n", base::printable(t.readout.classes->names[c]),
                                exact::to_string(logits[c]));
    return text;
}

}  // namespace attest::report
