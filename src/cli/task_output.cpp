#include "task_output.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/quote.hpp"
#include "base/text.hpp"

namespace attest::cli {

namespace {

using certify::Performance;

std::string reason_text(const verdict::Verdict& verdict) {
    return fmt::format("{}: {}", to_string(verdict.why().reason), verdict.why().detail);
}

std::string evaluated(const Performance& p) {
    if (p.outcome.by == task::Method::prefixes)
        return fmt::format("all words, by what {} states of prefixes leave open, and again by the checker",
                           p.outcome.states);
    if (p.outcome.by == task::Method::circuit && p.outcome.refutation)
        return fmt::format("{} gates, {} clauses, {} proof of {} bytes accepted by the checker",
                           p.outcome.refutation->circuit.gate_count(), p.outcome.refutation->formula.size(),
                           p.outcome.refutation->proof_format == "lrat" ? "LRAT" : "XLRUP",
                           p.outcome.refutation->proof.size());
    if (p.outcome.bits > 0)
        return fmt::format("all {} words, margin >= {}, in balls of {} bits, and again by the checker", p.outcome.words,
                           p.outcome.margin->least_text(), p.outcome.bits);
    return fmt::format("all {} words evaluated exactly, and again by the checker", p.outcome.words);
}

/// Of a model with classes.
std::string margin_text(const TaskAsked& asked, const Performance& p) {
    if (!p.outcome.margin || p.verdict.is_undecided() || p.verdict.fails()) return "";
    const task::LeastMargin& margin = *p.outcome.margin;
    return fmt::format("  least margin in [{}, {}], of \"{}\"\n", margin.least_text(), margin.most_text(),
                       asked.alphabet.spell(margin.word));
}

/// `on "34044" it says 0 3 3 4 4, the task 0 3 4 4 4`
std::string mistake_text(const TaskAsked& asked, const task::Mistake& m) {
    if (m.actual.size() < m.word.size())
        return fmt::format("on \"{}\" it says {}, the task {}", asked.alphabet.spell(m.word),
                           base::printable(m.actual[0]), base::printable(m.expected[0]));
    return fmt::format("on \"{}\" it says {} at position {}, the task {} ({} for {})", asked.alphabet.spell(m.word),
                       base::printable(m.actual[m.position() - 1]), m.position(),
                       base::printable(m.expected[m.position() - 1]),
                       base::printable(fmt::format("{}", fmt::join(m.actual, " "))),
                       base::printable(fmt::format("{}", fmt::join(m.expected, " "))));
}

std::string proved(const TaskAsked& asked, const Performance& p) {
    const std::string question = fmt::format("{} at length {}", asked.task, p.length);
    const std::string model = base::named(asked.model);
    const double seconds = p.verdict.spent.seconds;
    if (p.verdict.holds())
        return fmt::format("VERIFIED {} performs {} in {:.2f} s: {}\n", model, question, seconds, evaluated(p)) +
               margin_text(asked, p);
    if (p.verdict.fails())
        return fmt::format("REFUTED {} does not perform {} in {:.2f} s: {}\n", model, question, seconds,
                           mistake_text(asked, p.outcome.first.front()));
    return fmt::format("UNDECIDED whether {} performs {} after {:.2f} s: {}\n", model, question, seconds,
                       reason_text(p.verdict));
}

std::string counted(const TaskAsked& asked, const Performance& p) {
    const std::string model = base::named(asked.model);
    if (p.verdict.is_undecided())
        return fmt::format("ACCURACY of {} on {} at length {} is not known after {:.2f} s: {}\n", model, asked.task,
                           p.length, p.verdict.spent.seconds, reason_text(p.verdict));
    std::string text =
        fmt::format("ACCURACY {} is wrong about {} on {} of {} words of length {} in {:.2f} s: {}\n", model, asked.task,
                    p.outcome.wrong, p.outcome.words, p.length, p.verdict.spent.seconds, evaluated(p)) +
        margin_text(asked, p);
    for (const task::Mistake& m : p.outcome.first) text += "    " + mistake_text(asked, m) + "\n";
    return text;
}

std::string row(const TaskAsked& asked, const Performance& p) {
    std::string rest = p.verdict.is_undecided() ? reason_text(p.verdict) : evaluated(p);
    if (asked.counts && !p.verdict.is_undecided())
        rest = fmt::format("wrong on {} of {} words{}", p.outcome.wrong, p.outcome.words,
                           p.outcome.margin ? ", margin >= " + p.outcome.margin->least_text() : "");
    else if (p.verdict.fails()) rest = mistake_text(asked, p.outcome.first.front());
    return fmt::format("  {:>6}  {:9}  {:>8.2f} s  {}\n", p.length, p.verdict.word(), p.verdict.spent.seconds, rest);
}

std::string overview(const TaskAsked& asked, const std::vector<Performance>& results, double seconds) {
    const auto number = [&](auto is) {
        return std::count_if(results.begin(), results.end(), [&](const Performance& p) { return is(p.verdict); });
    };
    const auto held = number([](const verdict::Verdict& v) { return v.holds(); });
    const auto failed = number([](const verdict::Verdict& v) { return v.fails(); });
    const auto open = static_cast<std::ptrdiff_t>(results.size()) - held - failed;
    const char* word = asked.counts ? "ACCURACY" : failed > 0 ? "REFUTED" : open > 0 ? "UNDECIDED" : "VERIFIED";
    return fmt::format("{} {} on {} at {} lengths {} to {}: {} verified, {} refuted, {} undecided in {:.2f} s\n", word,
                       base::named(asked.model), asked.task, results.size(), results.front().length,
                       results.back().length, held, failed, open, seconds);
}

}  // namespace

std::string task_text(const TaskAsked& asked, const std::vector<Performance>& results, double seconds) {
    if (results.size() == 1) return asked.counts ? counted(asked, results[0]) : proved(asked, results[0]);
    std::string text = overview(asked, results, seconds);
    for (const Performance& p : results) text += row(asked, p);
    return text;
}

}  // namespace attest::cli
