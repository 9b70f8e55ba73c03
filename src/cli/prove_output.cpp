#include "prove_output.hpp"

#include <fmt/format.h>

#include "answer_text.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"

namespace attest::cli {

namespace {

using certify::Recognition;
using verdict::Evidence;

/// ` (map a=0,b=1)`, where there is one.
std::string map_text(const Map& map) {
    std::string text;
    for (const auto& [symbol, meaning] : map) text += fmt::format("{}{}={}", text.empty() ? "" : ",", symbol, meaning);
    return map.empty() ? "" : fmt::format(" (map {})", base::printable(text));
}

/// In quotation marks; of a long word the first symbols, and how many there are.
std::string shown_word(const language::Alphabet& alphabet, const language::Word& word) {
    constexpr std::ptrdiff_t most = 200;
    if (word.size() <= static_cast<std::size_t>(most)) return fmt::format("\"{}\"", alphabet.spell(word));
    return fmt::format("\"{}…\" ({} symbols)", alphabet.spell({word.begin(), word.begin() + most}), word.size());
}

std::string enclosure_text(const decide::Outcome& o) {
    const decide::Enclosure& e = *o.enclosure();
    const std::uint64_t count = o.statistics.words;
    if (!e.regions.empty())
        return fmt::format("all words in {} regions, margin >= {}, bounded in doubles, and again by the checker", count,
                           decide::margin_text(e));
    const std::string words = e.classes.empty() ? fmt::format("all {} words", count)
                                                : fmt::format("all words by their counts ({} kinds)", count);
    return fmt::format("{}, margin >= {}, cross-entropy {} bits a word, in balls of {} bits, and again by the checker",
                       words, decide::margin_text(e), e.cross_entropy.upper_text(6), e.bits);
}

std::string evidence_text(const Recognition& r) {
    const decide::Outcome& o = r.outcome;
    switch (r.verdict.evidence()) {
        case Evidence::exhaustion:
            if (r.closure)
                return fmt::format(
                    "all {} pairs of states of its sequential machine and the language looked at, for every length at "
                    "once, and again by the checker",
                    r.closure->states);
            return fmt::format("all {} words evaluated exactly, and again by the checker", o.statistics.words);
        case Evidence::enclosure: return enclosure_text(o);
        case Evidence::refutation: break;
        default: return to_string(r.verdict.evidence());
    }
    if (const decide::CuttingPlanes* planes = o.planes())
        return fmt::format(
            "{} threshold gates, proof of {} bytes by cutting planes accepted by the checker in {:.2f} s",
            planes->gates, planes->proof.size(), r.verdict.spent.check_seconds);
    const decide::Refutation& refutation = *o.refutation();
    return fmt::format("{} gates, {} clauses, {} proof of {} bytes accepted by the checker in {:.2f} s",
                       o.statistics.gates, refutation.formula.size(),
                       refutation.proof_format == "lrat" ? "LRAT" : "XLRUP", refutation.proof.size(),
                       r.verdict.spent.check_seconds);
}

std::string question_text(const ProveAsked& asked, std::int64_t length) {
    return fmt::format("{} at length {}{}", asked.language, length, map_text(asked.map));
}

std::string headline(const ProveAsked& asked, const Recognition& r) {
    const std::string model = base::named(asked.model);
    const std::string question = question_text(asked, r.length);
    const double seconds = r.verdict.spent.seconds;
    if (r.verdict.holds())
        return fmt::format("VERIFIED {} recognises {} in {:.2f} s: {}\n", model, question, seconds, evidence_text(r));
    if (r.verdict.is_undecided()) return undecided_headline(asked, r.length, r.verdict.why(), seconds);
    const decide::Counterexample& c = *r.outcome.counterexample();
    return fmt::format("REFUTED {} does not recognise {} in {:.2f} s: on \"{}\" it says {}, the language {}\n", model,
                       question, seconds, asked.alphabet.spell(c.word), answer_word(c.actual), answer_word(c.expected));
}

}  // namespace

std::string prove_headline(const ProveAsked& asked, const std::vector<Recognition>& results, double seconds) {
    if (results.size() == 1) return headline(asked, results.front());
    std::vector<std::int64_t> lengths;
    for (const Recognition& r : results) lengths.push_back(r.length);
    return prove_overview(asked, answered(results), lengths, seconds);
}

std::string prove_overview(const ProveAsked& asked, const Answered& count, const std::vector<std::int64_t>& lengths,
                           double seconds) {
    return fmt::format("{} {} against {}{} at {} lengths {} to {}: {} verified, {} refuted, {} undecided in {:.2f} s\n",
                       count.headword(), base::named(asked.model), asked.language, map_text(asked.map), lengths.size(),
                       lengths.front(), lengths.back(), count.held, count.failed, count.open, seconds);
}

std::string undecided_headline(const ProveAsked& asked, std::int64_t length, const verdict::Undecided& why,
                               double seconds) {
    return fmt::format("UNDECIDED whether {} recognises {} after {:.2f} s: {}\n", base::named(asked.model),
                       question_text(asked, length), seconds, why_text(why));
}

std::string every_length_headline(const ProveAsked& asked, const certify::EveryLength& result) {
    const std::string model = base::named(asked.model);
    const std::string question =
        fmt::format("{} at every length{}{}", asked.language, result.from == 0 ? "" : " but 0", map_text(asked.map));
    const double seconds = result.verdict.spent.seconds;
    if (const induction::Invariant* found = result.outcome.invariant(); found != nullptr && result.verdict.holds())
        return fmt::format(
            "VERIFIED {} recognises {} in {:.2f} s: no step leaves an invariant of {} conjuncts, for a circuit of {} "
            "gates and {} latches, checked\n",
            model, question, seconds, found->conjuncts, found->gates, found->latches);
    if (result.verdict.holds())
        return fmt::format(
            "VERIFIED {} recognises {} in {:.2f} s: all {} pairs of states of its sequential machine and the "
            "language looked at, and again by the checker\n",
            model, question, seconds, result.outcome.closure()->states);
    if (result.verdict.is_undecided())
        return fmt::format("UNDECIDED whether {} recognises {} after {:.2f} s: {}\n", model, question, seconds,
                           why_text(result.verdict.why()));
    const decide::Counterexample& c = *result.outcome.counterexample();
    return fmt::format("REFUTED {} does not recognise {} in {:.2f} s: on {}{}, it says {}, the language {}\n", model,
                       question, seconds, shown_word(asked.alphabet, c.word),
                       result.outcome.is_shortest ? ", a shortest such word" : "", answer_word(c.actual),
                       answer_word(c.expected));
}

std::string counting_headline(const ProveAsked& asked, const certify::CountingResult& result) {
    const std::string model = base::named(asked.model);
    const std::string question =
        fmt::format("{} at every length{}{}", asked.language, result.from == 0 ? "" : " but 0", map_text(asked.map));
    const double seconds = result.verdict.spent.seconds;
    if (result.verdict.holds()) {
        const counting::Proof& proof = *result.outcome.proof();
        return fmt::format(
            "VERIFIED {} recognises {} in {:.2f} s: a linear invariant of {} over {}, found by {}, kept by {} of cases "
            "and "
            "sums that the checker went through\n",
            model, question, seconds, base::counted(proof.lists(), "list"), base::counted(proof.counters, "counter"),
            proof.found_by, base::counted(proof.line_count(), "line"));
    }
    if (result.verdict.is_undecided())
        return fmt::format("UNDECIDED whether {} recognises {} after {:.2f} s: {}\n", model, question, seconds,
                           why_text(result.verdict.why()));
    const decide::Counterexample& c = *result.outcome.counterexample();
    return fmt::format("REFUTED {} does not recognise {} in {:.2f} s: on \"{}\"{}, it says {}, the language {}\n",
                       model, question, seconds, asked.alphabet.spell(c.word),
                       result.outcome.is_shortest ? ", a shortest such word" : "", answer_word(c.actual),
                       answer_word(c.expected));
}

std::string prove_row(const ProveAsked& asked, const Recognition& r) {
    std::string rest = r.verdict.holds() ? evidence_text(r) : why_text(r.verdict.why());
    if (r.verdict.fails()) {
        const decide::Counterexample& c = *r.outcome.counterexample();
        rest = fmt::format("\"{}\": {} expected, {} given", asked.alphabet.spell(c.word), answer_word(c.expected),
                           answer_word(c.actual));
    }
    return fmt::format("{:>6}  {:9}  {:>8.2f} s  {}", r.length, r.verdict.word(), r.verdict.spent.seconds, rest);
}

}  // namespace attest::cli
