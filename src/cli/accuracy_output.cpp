#include "accuracy_output.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "answer_text.hpp"
#include "base/quote.hpp"
#include "record/accuracy.hpp"

namespace attest::cli {

namespace {

using accuracy::By;
using accuracy::Mistake;
using certify::Accuracy;

double rounded(const mpq_class& x) { return x.get_d(); }

std::string how(const Accuracy& a) {
    const accuracy::Outcome& o = a.outcome;
    switch (o.by) {
        case By::words: return fmt::format("all {} words evaluated", o.looked_at);
        case By::counts: return fmt::format("all words by their counts ({} kinds)", o.looked_at);
        case By::list: return fmt::format("{} words listed, and a proof that there are no others", o.looked_at);
        case By::diagram: return "counted by a decision diagram";
        default: return to_string(o.by);
    }
}

/// `21 of 32 words`, or what is known of it.
std::string count_text(const AccuracyAsked& asked, const Accuracy& a) {
    const accuracy::Outcome& o = a.outcome;
    const std::string of = fmt::format("of {} words of length {}", o.words.get_str(), a.length);
    if (o.is_exact()) return fmt::format("{} {}", o.least.get_str(), of);
    if (o.by == By::sample && o.interval)
        return fmt::format(
            "{} of {} sampled words of length {} (seed {}): between {:.4f} and {:.4f} of all, with {} % confidence",
            o.found, o.trials, a.length, asked.options.seed, rounded(o.interval->lower), rounded(o.interval->upper),
            rounded(100 * (1 - asked.options.alpha)));
    return fmt::format("at least {} and at most {} {}", o.least.get_str(), o.most.get_str(), of);
}

std::string standing(const Accuracy& a) {
    if (a.verdict.holds()) return how(a) + ", and again by the checker";
    const verdict::Undecided open = a.open();
    const bool stopped = open.reason != verdict::Reason::none;
    if (a.outcome.is_exact()) return fmt::format("{}; unchecked{}", how(a), stopped ? ", " + why_text(open) : "");
    return stopped ? why_text(open) : how(a);
}

const char* headword(const std::vector<Accuracy>& results) { return any_open(results) ? "UNDECIDED" : "ACCURACY"; }

std::string mistake_text(const AccuracyAsked& asked, const Mistake& m) {
    return fmt::format("\"{}\": {} expected, {} given{}", asked.alphabet.spell(m.word), answer_word(m.expected),
                       answer_word(m.actual()), m.margin ? ", margin >= " + margin_decimal(*m.margin) : "");
}

std::string numbers_text(const AccuracyAsked& asked, const Accuracy& a) {
    std::string text;
    const auto& by_number = a.outcome.where.by_number;
    // For two symbols the numbers of one say all.
    for (std::size_t s = by_number.size() == 2 ? 1 : 0; s < by_number.size(); ++s) {
        std::string row;
        for (std::size_t k = 0; k < by_number[s].size(); ++k)
            if (by_number[s][k] != 0) row += fmt::format("  {}: {}", k, by_number[s][k].get_str());
        text += fmt::format("    mistakes by number of '{}' {}\n",
                            asked.alphabet.symbol(static_cast<language::Symbol>(s)), row);
    }
    return text;
}

std::string positions_text(const Accuracy& a) {
    const std::vector<mpz_class>& by_position = a.outcome.where.by_position;
    std::string row;
    for (std::size_t i = 0; i + 1 < by_position.size(); ++i)
        if (by_position[i] != 0) row += fmt::format("  {}: {}", i + 1, by_position[i].get_str());
    if (!by_position.empty() && by_position.back() != 0) row += fmt::format("  none: {}", by_position.back().get_str());
    return row.empty() ? "" : fmt::format("    by the first position where another symbol makes it right {}\n", row);
}

std::string where_text(const AccuracyAsked& asked, const Accuracy& a) {
    const accuracy::Where& where = a.outcome.where;
    std::string text;
    if (a.outcome.least > 0) text += numbers_text(asked, a) + positions_text(a);
    if (where.most_confident)
        text += fmt::format(
            "    {}  {}\n",
            a.outcome.is_exact() && a.outcome.by != By::diagram ? "most confident" : "most confident of those seen",
            mistake_text(asked, *where.most_confident));
    if (asked.lists)
        for (const Mistake& m : where.first) text += fmt::format("    {}\n", mistake_text(asked, m));
    return text;
}

/// Whether no shorter length was left out, but that of the empty word.
bool knows_shorter(const std::vector<Accuracy>& results, const Accuracy& first) {
    const std::int64_t least = results.front().length;
    return least <= 1 && first.length - least == &first - results.data();
}

}  // namespace

bool any_open(const std::vector<Accuracy>& results) {
    return std::any_of(results.begin(), results.end(),
                       [](const Accuracy& a) { return a.open().reason != verdict::Reason::none; });
}

std::string accuracy_text(const AccuracyAsked& asked, const std::vector<Accuracy>& results) {
    const std::string model = base::named(asked.model);
    std::string text;
    if (results.size() == 1) {
        const Accuracy& a = results.front();
        text = fmt::format("{} {} is wrong about {} on {} in {:.2f} s: {}\n", headword(results), model, asked.language,
                           count_text(asked, a), a.verdict.spent.seconds, standing(a));
        return text + where_text(asked, a);
    }
    const Accuracy* first = record::first_mistaken(results);
    text = fmt::format("{} {} against {} at {} lengths {} to {}: {}\n", headword(results), model, asked.language,
                       results.size(), results.front().length, results.back().length,
                       first == nullptr
                           ? "no mistake found"
                           : fmt::format("{} has length {}",
                                         !record::is_shortest(results, *first) ? "the shortest mistake that was found"
                                         : knows_shorter(results, *first)      ? "the shortest mistake"
                                                                          : "the shortest mistake at these lengths",
                                         first->length));
    for (const Accuracy& a : results)
        text += fmt::format("  {:>6}  wrong on {}  {:.2f} s  {}\n", a.length, count_text(asked, a),
                            a.verdict.spent.seconds, standing(a));
    if (first == nullptr) return text;
    return text + fmt::format("  shortest  {}\n", mistake_text(asked, first->outcome.where.first.front())) +
           where_text(asked, *first);
}
}  // namespace attest::cli
