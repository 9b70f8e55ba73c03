#include "report/restriction.hpp"

#include <fmt/format.h>

#include "record/restriction.hpp"

namespace attest::report {

namespace {

using restriction::Optimum;
using restriction::Outcome;
using verdict::Evidence;

std::string bound_text(const Optimum& o, bool certified) {
    const std::string ground = record::ground(o, certified);
    const std::string how = ground == "checked"       ? "checked"
                            : ground == "enumeration" ? "by enumeration"
                            : ground == "trivial"     ? "nothing is fixed"
                            : ground == "unchecked"   ? "unchecked, by a solver"
                                                      : "";
    if (o.optimal()) return "optimal, " + how;
    return o.bound == Optimum::Bound::none ? "not known to be optimal"
                                           : fmt::format("at most {} can be: {}", o.most_free, how);
}

bool is_binary(const language::Alphabet& alphabet) { return alphabet.symbols() == std::vector<std::string>{"0", "1"}; }

std::string parity_text(const Outcome& outcome, const verdict::Verdict& verdict) {
    const std::size_t free = outcome.settled.restriction.free_count();
    const std::string half = record::half_of_completions(free);
    if (record::constancy_is_known(outcome, verdict))
        return fmt::format(
            "  parity      if this is to be parity, exactly half of the 2^{} completions, {}, are answered wrongly\n",
            free, half);
    return fmt::format(
        "  parity      if this is to be parity, at least 1 of the 2^{} completions is answered wrongly, and half, {}, "
        "if the solver is right\n",
        free, half);
}

std::string evidence_text(const Outcome& outcome, const verdict::Verdict& verdict) {
    if (!verdict.holds()) {
        const auto& [reason, detail] = verdict.why();
        const bool stopped = outcome.kind != Evidence::none && reason != verdict::Reason::unchecked;
        return stopped ? fmt::format("{}: {}", to_string(reason), detail) : detail;
    }
    if (const auto& score = outcome.evidence.score)
        return fmt::format(
            "all {} words evaluated in balls of at most {} bits, none nearer to 0 than {}, and again in "
            "intervals by the checker",
            outcome.evidence.words, score->bits, decide::margin_text(*score));
    if (!outcome.evidence.refutation)
        return fmt::format("all {} words evaluated exactly, and again by the checker", outcome.evidence.words);
    const auto& r = *outcome.evidence.refutation;
    return fmt::format("{} gates, {} clauses, {} proof of {} bytes accepted by the checker in {:.2f} s",
                       r.circuit.gate_count(), r.formula.size(), r.proof_format == "lrat" ? "LRAT" : "XLRUP",
                       r.proof.size(), verdict.spent.check_seconds);
}

}  // namespace

std::string restriction_headline(const Outcome& outcome, const verdict::Verdict& verdict) {
    const restriction::Settled& s = outcome.settled;
    const std::string bound = bound_text(outcome.optima.front(), record::optimum_is_certified(outcome, verdict));
    if (outcome.nothing_free)
        return "nothing can be silenced: with any position free both answers are left (" + bound + ")";
    return fmt::format("{} of {} positions free, every completion is {}{} ({})", s.restriction.free_count(),
                       s.restriction.length(), s.answer ? "accepted" : "rejected",
                       record::constancy_is_known(outcome, verdict) ? "" : " on a solver's word", bound);
}

std::string restriction_text(const language::Alphabet& alphabet, const Outcome& outcome,
                             const verdict::Verdict& verdict) {
    const restriction::Settled& s = outcome.settled;
    std::string text = fmt::format("  evidence    {}\n", evidence_text(outcome, verdict));
    if (!s.open.empty() && verdict.holds())
        text += fmt::format(
            "  optimality  {} words, evaluated by the checker, show that one symbol fewer never settles it\n",
            s.open.size());
    if (s.pair) {
        text += fmt::format("  one symbol  \"{}\" and \"{}\" differ in one and are both {}\n",
                            alphabet.spell(s.pair->first), alphabet.spell(s.pair->second),
                            s.answer ? "accepted" : "rejected");
        if (is_binary(alphabet)) text += parity_text(outcome, verdict);
    }
    for (const Optimum& o : outcome.optima)
        text += fmt::format("  {:>2} matter{}  {} free  {}  ({})\n", o.dependence, o.dependence == 1 ? "s" : " ",
                            o.restriction.free_count(), o.restriction.spell(alphabet),
                            bound_text(o, o.dependence == 0 && record::optimum_is_certified(outcome, verdict)));
    return text;
}

}  // namespace attest::report
