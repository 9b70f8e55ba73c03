#include "accuracy_output.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "answer_text.hpp"
#include "base/quote.hpp"
#include "exact/decimal.hpp"

namespace attest::cli {

namespace {

using accuracy::By;
using accuracy::Mistake;
using certify::Accuracy;
using nlohmann::ordered_json;

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
    if (a.outcome.is_exact()) return fmt::format("{}; unchecked", how(a));
    if (a.outcome.why.reason == verdict::Reason::none) return how(a);
    return why_text(a.outcome.why);
}

const char* headword(const std::vector<Accuracy>& results) {
    const bool open = std::any_of(results.begin(), results.end(), [](const Accuracy& a) {
        return !a.outcome.is_exact() && a.outcome.why.reason != verdict::Reason::none;
    });
    return open ? "UNDECIDED" : "ACCURACY";
}

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
    const std::vector<std::uint64_t>& by_position = a.outcome.where.by_position;
    std::string row;
    for (std::size_t i = 0; i + 1 < by_position.size(); ++i)
        if (by_position[i] != 0) row += fmt::format("  {}: {}", i + 1, by_position[i]);
    if (!by_position.empty() && by_position.back() != 0) row += fmt::format("  none: {}", by_position.back());
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

/// The first length with a mistake.
const Accuracy* shortest(const std::vector<Accuracy>& results) {
    const auto found =
        std::find_if(results.begin(), results.end(), [](const Accuracy& a) { return !a.outcome.where.first.empty(); });
    return found == results.end() ? nullptr : &*found;
}

/// Whether all shorter lengths that were asked for are known to have none.
bool is_shortest(const std::vector<Accuracy>& results, const Accuracy& a) {
    return std::all_of(results.data(), &a, [](const Accuracy& b) { return b.outcome.is_exact(); });
}

ordered_json mistake_json(const AccuracyAsked& asked, const Mistake& m) {
    ordered_json object = {{"word", asked.alphabet.spell(m.word)},
                           {"expected", answer_word(m.expected)},
                           {"actual", answer_word(m.actual())}};
    if (m.margin) object["margin"] = margin_decimal(*m.margin);
    return object;
}

ordered_json count_json(const AccuracyAsked& asked, const accuracy::Outcome& o) {
    if (o.is_exact()) return {{"value", o.least.get_str()}, {"guarantee", "exact"}, {"method", to_string(o.by)}};
    ordered_json count = {
        {"value", {o.least.get_str(), o.most.get_str()}}, {"guarantee", "interval"}, {"method", to_string(o.by)}};
    if (o.by != By::sample || !o.interval) return count;
    count["sampled"] = {{"found", o.found},
                        {"trials", o.trials},
                        {"seed", asked.options.seed},
                        {"rate", {exact::to_string(o.interval->lower), exact::to_string(o.interval->upper)}},
                        {"confidence", exact::to_string(1 - asked.options.alpha)}};
    return count;
}

void add_where(ordered_json& entry, const AccuracyAsked& asked, const accuracy::Outcome& o) {
    for (std::size_t s = 0; s < o.where.by_number.size(); ++s)
        for (const mpz_class& count : o.where.by_number[s])
            entry["by_number"][asked.alphabet.symbol(static_cast<language::Symbol>(s))].push_back(count.get_str());
    if (!o.where.by_position.empty()) {
        entry["by_position"] = std::vector<std::uint64_t>(o.where.by_position.begin(), o.where.by_position.end() - 1);
        entry["without_right_neighbour"] = o.where.by_position.back();
    }
    if (o.where.most_confident) entry["most_confident"] = mistake_json(asked, *o.where.most_confident);
    entry["mistakes"] = ordered_json::array();
    for (const Mistake& m : o.where.first) entry["mistakes"].push_back(mistake_json(asked, m));
}

ordered_json entry_json(const AccuracyAsked& asked, const Accuracy& a) {
    const accuracy::Outcome& o = a.outcome;
    ordered_json entry = {{"length", a.length}, {"words", o.words.get_str()}, {"wrong", count_json(asked, o)}};
    if (o.why.reason != verdict::Reason::none) {
        entry["reason"] = to_string(o.why.reason);
        entry["detail"] = o.why.detail;
    }
    add_where(entry, asked, o);
    const bool enclosed = a.verdict.evidence() == verdict::Evidence::enclosure;
    entry["evidence"] = a.verdict.holds() ? to_string(enclosed ? verdict::Evidence::exhaustion : a.verdict.evidence())
                                          : to_string(verdict::Evidence::unchecked);
    if (o.score.bits > 0 && o.is_exact()) {
        entry["margin"] = {{"value", margin_decimal(o.score.margin)}, {"guarantee", "lower"}};
        entry["bits"] = o.score.bits;
    }
    if (a.verdict.kept()) entry["certificate"] = a.verdict.digest();
    entry["check_seconds"] = a.verdict.spent.check_seconds;
    entry["seconds"] = a.verdict.spent.seconds;
    return entry;
}

}  // namespace

std::string accuracy_text(const AccuracyAsked& asked, const std::vector<Accuracy>& results) {
    const std::string model = base::named(asked.model);
    std::string text;
    if (results.size() == 1) {
        const Accuracy& a = results.front();
        text = fmt::format("{} {} is wrong about {} on {} in {:.2f} s: {}\n", headword(results), model, asked.language,
                           count_text(asked, a), a.verdict.spent.seconds, standing(a));
        return text + where_text(asked, a);
    }
    const Accuracy* first = shortest(results);
    text = fmt::format("{} {} against {} at {} lengths {} to {}: {}\n", headword(results), model, asked.language,
                       results.size(), results.front().length, results.back().length,
                       first == nullptr
                           ? "no mistake found"
                           : fmt::format("{} mistake has length {}",
                                         is_shortest(results, *first) ? "the shortest" : "the shortest that was found",
                                         first->length));
    for (const Accuracy& a : results)
        text += fmt::format("  {:>6}  wrong on {}  {:.2f} s  {}\n", a.length, count_text(asked, a),
                            a.verdict.spent.seconds, standing(a));
    if (first == nullptr) return text;
    return text + fmt::format("  shortest  {}\n", mistake_text(asked, first->outcome.where.first.front())) +
           where_text(asked, *first);
}

ordered_json accuracy_json(const AccuracyAsked& asked, const std::vector<Accuracy>& results) {
    ordered_json object = {{"command", "accuracy"}, {"model", asked.model}, {"language", asked.language}};
    for (const auto& [symbol, meaning] : asked.map) object["map"][symbol] = meaning;
    object["results"] = ordered_json::array();
    for (const Accuracy& a : results) object["results"].push_back(entry_json(asked, a));
    const Accuracy* first = shortest(results);
    if (first != nullptr && is_shortest(results, *first))
        object["shortest"] = mistake_json(asked, first->outcome.where.first.front());
    return object;
}

}  // namespace attest::cli
