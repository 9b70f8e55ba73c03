#include "record/accuracy.hpp"

#include <algorithm>

#include "fields.hpp"

namespace attest::record {

namespace {

using accuracy::By;

Accuracy::Mistake mistake_of(const language::Alphabet& alphabet, const accuracy::Mistake& m) {
    return {alphabet.spell(m.word), answer_word(m.expected), answer_word(m.actual()),
            m.margin ? std::optional(margin_decimal(*m.margin)) : std::nullopt};
}

Accuracy::Count count_of(const accuracy::Options& options, const accuracy::Outcome& o) {
    Accuracy::Count count;
    count.method = to_string(o.by);
    count.guarantee = o.is_exact() ? "exact" : "interval";
    count.value.ends = {{o.least.get_str(), true}};
    if (!o.is_exact()) count.value.ends.push_back({o.most.get_str(), true});
    if (!o.is_exact() && o.by == By::sample && o.interval)
        count.sampled = {o.found,
                         o.trials,
                         options.seed,
                         {exact::to_string(o.interval->lower), exact::to_string(o.interval->upper)},
                         exact::to_string(exact::Rational(1 - options.alpha))};
    return count;
}

/// A text where programs that read JSON would round it.
Number number_of(const mpz_class& count) { return {count.get_str(), count > 1UL << 53}; }

void add_numbers(Accuracy::Length& entry, const language::Alphabet& alphabet, const accuracy::Where& where) {
    for (std::size_t s = 0; s < where.by_number.size(); ++s) {
        if (where.by_number[s].empty()) continue;
        if (!entry.by_number) entry.by_number.emplace();
        auto& [symbol, counts] = entry.by_number->emplace_back();
        symbol = alphabet.symbol(static_cast<language::Symbol>(s));
        for (const mpz_class& count : where.by_number[s]) counts.push_back(count.get_str());
    }
}

void add_where(Accuracy::Length& entry, const language::Alphabet& alphabet, const accuracy::Where& where) {
    add_numbers(entry, alphabet, where);
    if (!where.by_position.empty()) {
        entry.by_position.emplace();
        for (const mpz_class& count : where.by_position) entry.by_position->push_back(number_of(count));
        entry.without_right_neighbour = entry.by_position->back();
        entry.by_position->pop_back();
    }
    if (where.most_confident) entry.most_confident = mistake_of(alphabet, *where.most_confident);
    for (const accuracy::Mistake& m : where.first) entry.mistakes.push_back(mistake_of(alphabet, m));
}

Accuracy::Length length_of(const language::Alphabet& alphabet, const accuracy::Options& options,
                           const certify::Accuracy& a) {
    const accuracy::Outcome& o = a.outcome;
    Accuracy::Length entry;
    entry.length = a.length;
    entry.words = o.words.get_str();
    entry.wrong = count_of(options, o);
    if (const verdict::Undecided why = a.open(); why.reason != verdict::Reason::none) {
        entry.reason = to_string(why.reason);
        entry.detail = why.detail;
    }
    add_where(entry, alphabet, o.where);
    entry.evidence = evidence_word(a.verdict.holds() ? a.verdict.evidence() : verdict::Evidence::unchecked);
    if (o.score.bits > 0 && o.is_exact()) {
        entry.margin = margin_record(o.score.margin);
        entry.bits = o.score.bits;
    }
    if (a.verdict.kept()) entry.certificate = a.verdict.digest();
    entry.check_seconds = a.verdict.spent.check_seconds;
    entry.seconds = a.verdict.spent.seconds;
    return entry;
}

}  // namespace

Accuracy accuracy(const std::string& model, const language::Alphabet& alphabet, const std::string& language,
                  const Members& map, const accuracy::Options& options, const std::vector<certify::Accuracy>& results) {
    Accuracy record{model, language, map.empty() ? std::nullopt : std::optional(map), {}, {}};
    for (const certify::Accuracy& a : results) record.results.push_back(length_of(alphabet, options, a));
    const certify::Accuracy* first = first_mistaken(results);
    if (first != nullptr && is_shortest(results, *first))
        record.shortest = mistake_of(alphabet, first->outcome.where.first.front());
    return record;
}

const certify::Accuracy* first_mistaken(const std::vector<certify::Accuracy>& results) {
    const auto found = std::find_if(results.begin(), results.end(),
                                    [](const certify::Accuracy& a) { return !a.outcome.where.first.empty(); });
    return found == results.end() ? nullptr : &*found;
}

bool is_shortest(const std::vector<certify::Accuracy>& results, const certify::Accuracy& first) {
    return std::all_of(results.data(), &first, [](const certify::Accuracy& b) { return b.outcome.is_exact(); });
}

template nlohmann::ordered_json write(const Accuracy&);
template std::optional<Accuracy> read(const base::Json&);

}  // namespace attest::record
