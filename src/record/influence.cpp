#include "record/influence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "fields.hpp"
#include "soft/blowup.hpp"

namespace attest::record {

namespace {

using exact::Interval;
using influence::Study;

template <typename Part>
void set_bracket(Influence::Bracket& entry, const network::Transformer& t, const Part& bracket) {
    entry.reached = finite(bracket.reached());
    entry.reached_guarantee = bracket.is_exact() ? "exact" : "lower";
    entry.word.emplace();
    entry.position.emplace();
    if (const auto& witness = bracket.witness) {
        *entry.word = t.alphabet.spell(witness->word);
        *entry.position = witness->position;
        entry.replaced_by = t.alphabet.symbol(witness->to);
        entry.change = ends(witness->change);
    }
    entry.certified = finite(bracket.certified.bound);
    entry.certified_guarantee = "upper";
    entry.ratio = finite(bracket.ratio());
}

/// Its position is that of the symbol that is read.
std::optional<Influence::Bracket> read_of(const network::Transformer& t, const Study& s) {
    if (!s.read) return std::nullopt;
    Influence::Bracket entry;
    set_bracket(entry, t, *s.read);
    *entry.position = s.read->position;
    return entry;
}

void add_theory(Influence::Length& entry, const Study& s) {
    entry.theory = finite(s.lemma.bound());
    entry.theory_log10 = s.lemma.applies ? finite(s.lemma.log10_bound) : Real();
    entry.vacuous_until_log10 = finite(s.lemma.log10_vacuous_until(s.certified.logit.width()));
}

}  // namespace

Influence::Length influence_length(const network::Transformer& t, std::int64_t length, const Study& s) {
    Influence::Length entry;
    entry.length = length;
    set_bracket(entry, t, s);
    entry.read.emplace(read_of(t, s));
    add_theory(entry, s);
    entry.parity_cross_entropy = {parity_floor(s.least_certified()), "lower", "bits"};
    entry.by_position.emplace();
    for (const double x : s.certified.by_position) entry.by_position->push_back(finite(x));
    if (s.enumerated) entry.enumerated = {s.enumerated->words, s.enumerated->classes};
    entry.cells = s.certified.cells;
    entry.complete = s.certified.complete;
    if (s.vector)
        entry.readout_vector = {ends(s.vector->distance), finite(s.certified.distance), ends(s.vector->norm_change)};
    if (influence::has_norm(t))
        entry.blowup = {ends(s.blowup), is_of_all_words(s) ? "interval" : "lower", blowup_words(s)};
    return entry;
}

Influence::Length influence_length(std::int64_t length, const verdict::Undecided& why) {
    Influence::Length entry;
    entry.length = length;
    entry.reason = to_string(why.reason);
    entry.detail = why.detail;
    return entry;
}

void add_law(Influence& record, const influence::PowerLaw& law) {
    record.exponent = finite(law.exponent);
    record.exponent_interval = {finite(law.low), finite(law.high)};
    record.law = nearest_law(law);
}

Influence::Rounded rounded(const network::Transformer& t, soft::Float type,
                           const std::optional<soft::RoundingFailure>& failure) {
    Influence::Rounded entry;
    entry.type = to_string(type);
    if (!failure) return entry;
    entry.wrong = t.alphabet.spell(failure->word);
    entry.rounded = finite(failure->rounded);
    entry.score = {failure->score.lower_text(), failure->score.upper_text()};
    return entry;
}

double parity_floor(double certified) {
    if (!std::isfinite(certified)) return 0;
    const exact::Ball floor = soft::cross_entropy_floor(exact::Ball(exact::Rational(certified), 128));
    return std::max(0.0, exact::to_interval(floor).lo);
}

bool is_of_all_words(const Study& s) { return s.enumerated && s.certified.by_position.size() == s.enumerated->classes; }

std::string blowup_words(const Study& s) {
    if (!s.enumerated) return "the word and its neighbour";
    return is_of_all_words(s) ? "all words"
                              : fmt::format("{} words, one for all with the same counts", s.enumerated->words);
}

template nlohmann::ordered_json write(const Influence&);
template std::optional<Influence> read(const base::Json&);

}  // namespace attest::record
