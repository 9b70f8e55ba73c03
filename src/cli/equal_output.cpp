#include "equal_output.hpp"

#include <fmt/format.h>

#include "answer_text.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"

namespace attest::cli {

namespace {

using certify::Equality;

std::string evidence_text(const Equality& e) {
    const std::uint64_t words = e.outcome.statistics.words;
    if (const equal::Refutation* r = e.outcome.refutation())
        return fmt::format("{} gates, {} clauses, {} proof of {} bytes accepted by the checker in {:.2f} s",
                           e.outcome.statistics.gates, r->refutation.formula.size(),
                           r->refutation.proof_format == "lrat" ? "LRAT" : "XLRUP", r->refutation.proof.size(),
                           e.verdict.spent.check_seconds);
    if (const equal::Enclosure* enclosure = e.outcome.enclosure())
        return fmt::format("{}, margin >= {}, in balls of {} bits, and again by the checker",
                           enclosure->classes.empty() ? fmt::format("all {} words", words)
                                                      : fmt::format("all words by their counts ({} kinds)", words),
                           margin_decimal(enclosure->margin), enclosure->bits);
    return fmt::format("all {} words evaluated exactly by both, and again by the checker", words);
}

std::string difference_text(const EqualAsked& asked, const Equality& e) {
    const equal::Difference& d = *e.outcome.difference();
    if (d.texts) {
        const std::size_t k = d.texts->position() - 1;
        return fmt::format("on \"{}\" {} says {}{}, {} {}", asked.alphabet.spell(d.word), base::named(asked.model),
                           base::printable(d.texts->model[k]),
                           d.texts->model.size() > 1 ? fmt::format(" at position {}", k + 1) : std::string(),
                           base::named(asked.other), base::printable(d.texts->other[k]));
    }
    return fmt::format("on \"{}\" {} says {}, {} {}", asked.alphabet.spell(d.word), base::named(asked.model),
                       answer_word(d.model), base::named(asked.other), answer_word(!d.model));
}

std::string headline(const EqualAsked& asked, const Equality& e) {
    const std::string both = fmt::format("{} and {}", base::named(asked.model), base::named(asked.other));
    const double seconds = e.verdict.spent.seconds;
    if (e.verdict.holds())
        return fmt::format("VERIFIED {} answer the same on all words of length {} in {:.2f} s: {}\n", both, e.length,
                           seconds, evidence_text(e));
    if (e.verdict.is_undecided())
        return fmt::format("UNDECIDED whether {} answer the same at length {} after {:.2f} s: {}\n", both, e.length,
                           seconds, why_text(e.verdict.why()));
    return fmt::format("REFUTED {} do not answer the same at length {} in {:.2f} s: {}\n", both, e.length, seconds,
                       difference_text(asked, e));
}

std::string overview(const EqualAsked& asked, const std::vector<Equality>& results, double seconds) {
    const Answered count = answered(results);
    return fmt::format("{} {} against {} at {} lengths {} to {}: {} the same, {} different, {} undecided in {:.2f} s\n",
                       count.headword(), base::named(asked.model), base::named(asked.other), results.size(),
                       results.front().length, results.back().length, count.held, count.failed, count.open, seconds);
}

/// ` on "01", a shortest such word, a says accept, b reject`
std::string shortest_difference(const EqualAsked& asked, const induction::Difference& d) {
    return fmt::format("on \"{}\", a shortest such word, {} says {}, {} {}", asked.alphabet.spell(d.word),
                       base::named(asked.model), answer_word(d.model), base::named(asked.other), answer_word(!d.model));
}

}  // namespace

std::string every_length_headline(const EqualAsked& asked, const certify::EveryLengthEquality& result) {
    const std::string both = fmt::format("{} and {}", base::named(asked.model), base::named(asked.other));
    const char* but = result.from == 0 ? "" : " but the empty one";
    const double seconds = result.verdict.spent.seconds;
    if (result.verdict.holds())
        return fmt::format(
            "VERIFIED {} answer the same on all words{} in {:.2f} s: all {} pairs of states of their sequential "
            "machines "
            "looked at, and again by the checker\n",
            both, but, seconds, result.outcome.closure()->states);
    if (result.verdict.is_undecided())
        return fmt::format("UNDECIDED whether {} answer the same on all words{} after {:.2f} s: {}\n", both, but,
                           seconds, why_text(result.verdict.why()));
    return fmt::format("REFUTED {} do not answer the same on all words{} in {:.2f} s: {}\n", both, but, seconds,
                       shortest_difference(asked, *result.outcome.difference()));
}

std::string equal_headline(const EqualAsked& asked, const std::vector<Equality>& results, double seconds) {
    return results.size() > 1 ? overview(asked, results, seconds) : headline(asked, results.front());
}

std::string equal_row(const EqualAsked& asked, const Equality& e) {
    const std::string rest = e.verdict.holds()   ? evidence_text(e)
                             : e.verdict.fails() ? difference_text(asked, e)
                                                 : why_text(e.verdict.why());
    return fmt::format("{:>6}  {:9}  {:>8.2f} s  {}", e.length, e.verdict.word(), e.verdict.spent.seconds, rest);
}
}  // namespace attest::cli
