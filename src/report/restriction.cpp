#include "attest/report/restriction.hpp"

#include <fmt/format.h>
#include <gmpxx.h>

#include <nlohmann/json.hpp>

namespace attest::report {

namespace {

using Json = nlohmann::ordered_json;
using restriction::Optimum;
using restriction::Outcome;
using restriction::Restriction;
using verdict::Evidence;

const char* word_for(bool accepts) { return accepts ? "accept" : "reject"; }

Json fixed_json(const language::Alphabet& alphabet, const Restriction& r) {
    Json fixed = Json::object();
    for (std::size_t i = 0; i < r.length(); ++i)
        if (r.fixed[i]) fixed[std::to_string(i + 1)] = alphabet.symbol(*r.fixed[i]);
    return fixed;
}

/// What a bound rests on, the first one's being in the certificate where the checker accepted it.
std::string by(const Optimum& o, bool certified) {
    if (certified) return "checked";
    switch (o.bound) {
        case Optimum::Bound::enumeration: return "enumeration";
        case Optimum::Bound::solver: return "unchecked";
        case Optimum::Bound::none: return o.optimal() ? "trivial" : "none";
    }
    return {};
}

std::string bound_text(const Optimum& o, bool certified) {
    const std::string ground = by(o, certified);
    const std::string how = ground == "checked"       ? "checked"
                            : ground == "enumeration" ? "by enumeration"
                            : ground == "trivial"     ? "nothing is fixed"
                            : ground == "unchecked"   ? "unchecked, by a solver"
                                                      : "";
    if (o.optimal()) return "optimal, " + how;
    return o.bound == Optimum::Bound::none ? "not known to be optimal"
                                           : fmt::format("at most {} can be: {}", o.most_free, how);
}

Json optimum_json(const language::Alphabet& alphabet, const Optimum& o, bool certified) {
    Json positions = Json::array();
    for (const std::size_t i : o.depends_on) positions.push_back(i + 1);
    return {{"at_most", o.dependence},
            {"free", o.restriction.free_count()},
            {"fixed", fixed_json(alphabet, o.restriction)},
            {"depends_on", std::move(positions)},
            {"optimal", o.optimal()},
            {"most_free",
             {{"value", o.most_free}, {"guarantee", o.optimal() ? "exact" : "upper"}, {"by", by(o, certified)}}}};
}

bool is_binary(const language::Alphabet& alphabet) { return alphabet.symbols() == std::vector<std::string>{"0", "1"}; }

/// Of 2^free completions, half have an even and half an odd number of the second symbol.
mpz_class half_of_completions(std::size_t free) {
    mpz_class count;
    mpz_ui_pow_ui(count.get_mpz_t(), 2, free - 1);
    return count;
}

bool certified(const Outcome& outcome, const verdict::Verdict& verdict) {
    return verdict.holds() && outcome.certifies_optimum();
}

/// Whether it is more than a solver's word that every completion gets the same answer.
bool constancy_is_known(const Outcome& outcome, const verdict::Verdict& verdict) {
    return verdict.holds() || outcome.optima.front().bound == Optimum::Bound::enumeration;
}

/// How many completions are answered wrongly if the language is parity. Of the pair, which was replayed, one is in any case.
Json parity_json(const Outcome& outcome, const verdict::Verdict& verdict) {
    if (!constancy_is_known(outcome, verdict)) return {{"wrong", "1"}, {"guarantee", "lower"}};
    return {{"wrong", half_of_completions(outcome.settled.restriction.free_count()).get_str()}, {"guarantee", "exact"}};
}

std::string parity_text(const Outcome& outcome, const verdict::Verdict& verdict) {
    const std::size_t free = outcome.settled.restriction.free_count();
    const std::string half = half_of_completions(free).get_str();
    if (constancy_is_known(outcome, verdict))
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
    if (!outcome.evidence.refutation)
        return fmt::format("all {} words evaluated exactly, and again by the checker", outcome.evidence.words);
    const auto& r = *outcome.evidence.refutation;
    return fmt::format("{} gates, {} clauses, {} proof of {} bytes accepted by the checker in {:.2f} s",
                       r.circuit.gate_count(), r.formula.size(), r.proof_format == "lrat" ? "LRAT" : "XLRUP",
                       r.proof.size(), verdict.spent.check_seconds);
}

}  // namespace

bool optimum_is_proved(const Outcome& outcome, const verdict::Verdict& verdict) {
    const Optimum& o = outcome.optima.front();
    return o.optimal() && (o.bound == Optimum::Bound::enumeration || certified(outcome, verdict));
}

Json restriction_json(const language::Alphabet& alphabet, const Outcome& outcome, const verdict::Verdict& verdict) {
    const restriction::Settled& s = outcome.settled;
    const std::size_t free = s.restriction.free_count();
    Json object = {{"free", free},
                   {"fixed", fixed_json(alphabet, s.restriction)},
                   {"constant", word_for(s.answer)},
                   {"optimal", optimum_is_proved(outcome, verdict)},
                   {"nothing_free", outcome.nothing_free}};
    const bool unchecked = outcome.kind != Evidence::none && !verdict.holds();
    object["evidence"] = unchecked ? "unchecked" : to_string(verdict.evidence());
    if (unchecked) object["refusal"] = verdict.why().detail;
    if (outcome.evidence.refutation) object["proof_bytes"] = outcome.evidence.refutation->proof.size();
    if (s.pair) object["pair"] = {alphabet.spell(s.pair->first), alphabet.spell(s.pair->second)};
    if (s.pair && is_binary(alphabet)) object["parity"] = parity_json(outcome, verdict);
    object["open_words"] = s.open.size();
    object["dependence"] = Json::array();
    for (const Optimum& o : outcome.optima)
        object["dependence"].push_back(optimum_json(alphabet, o, o.dependence == 0 && certified(outcome, verdict)));
    if (verdict.kept()) object["certificate"] = verdict.digest();
    object["check_seconds"] = verdict.spent.check_seconds;
    return object;
}

std::string restriction_headline(const Outcome& outcome, const verdict::Verdict& verdict) {
    const restriction::Settled& s = outcome.settled;
    const std::string bound = bound_text(outcome.optima.front(), certified(outcome, verdict));
    if (outcome.nothing_free)
        return "nothing can be silenced: with any position free both answers are left (" + bound + ")";
    return fmt::format("{} of {} positions free, every completion is {}{} ({})", s.restriction.free_count(),
                       s.restriction.length(), s.answer ? "accepted" : "rejected",
                       constancy_is_known(outcome, verdict) ? "" : " on a solver's word", bound);
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
                            bound_text(o, o.dependence == 0 && certified(outcome, verdict)));
    return text;
}

}  // namespace attest::report
