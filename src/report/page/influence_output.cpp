#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "output_views.hpp"
#include "record/influence.hpp"
#include "report/decay_plot.hpp"

namespace attest::report {

namespace {

using InfluenceLength = record::Influence::Length;

constexpr std::size_t most_lengths = 200;

/// Of a number that may be null, or not be there.
record::Real value_of(const std::optional<record::Real>& number) { return number.value_or(std::nullopt); }

/// The bound of the theory as a power of ten, which may be beyond a double.
std::optional<double> theory_log10(const InfluenceLength& record) {
    if (const record::Real logarithm = value_of(record.theory_log10)) return logarithm;
    const record::Real bound = value_of(record.theory);
    if (!bound || *bound <= 0) return {};
    return std::log10(*bound);
}

std::string theory_text(const InfluenceLength& record) {
    if (const record::Real bound = value_of(record.theory)) return shown(*bound);
    const auto logarithm = theory_log10(record);
    return logarithm ? fmt::format("≈ 10^{:.0f}", *logarithm) : "";
}

const record::Influence::Bracket* read_of(const InfluenceLength& record) {
    return record.read && *record.read ? &**record.read : nullptr;
}

std::optional<std::int64_t> position_of(const record::Influence::Bracket& bracket) {
    return bracket.position.value_or(std::nullopt);
}

std::optional<DecayPlot::Length> plot_length(const InfluenceLength& record) {
    if (record.length < 1 || (!record.reached && !record.certified)) return {};
    DecayPlot::Length read{record.length,
                           static_cast<double>(record.length),
                           record.reached.value_or(0),
                           record.certified.value_or(0),
                           theory_log10(record),
                           {},
                           {}};
    for (const record::Real& value : record.by_position.value_or(record::Ends()))
        read.by_position.push_back(std::max(0.0, value.value_or(0)));
    if (const auto* bracket = read_of(record)) read.read = position_of(*bracket);
    return read;
}

DecayPlot plot_of(const record::Influence& influence) {
    DecayPlot plot{"Influence of one symbol" + (influence.model.empty() ? "" : " on " + influence.model),
                   {},
                   influence.exponent,
                   "length of the word"};
    for (const InfluenceLength& record : influence.results)
        if (const auto length = plot_length(record); length && plot.lengths.size() < most_lengths)
            plot.lengths.push_back(*length);
    std::ranges::stable_sort(plot.lengths, {}, &DecayPlot::Length::length);
    return plot;
}

void write_law(Html& html, const record::Influence& influence) {
    if (!influence.exponent) return;
    const record::Ends ends = influence.exponent_interval.value_or(record::Ends());
    const std::string interval =
        ends.size() == 2 ? fmt::format(" (95 % interval {} … {})", shown(ends[0]), shown(ends[1])) : "";
    html.leaf("p", fmt::format("What is reached falls like n to the power {}{}; a fit, not a theorem.",
                               shown(*influence.exponent), interval));
}

ColumnOf<InfluenceLength> number_column(record::Real InfluenceLength::*member, const std::string& heading) {
    return {heading, [member](const InfluenceLength& record) { return shown(record.*member); }, true, {}};
}

/// Of the symbol that is read, where it is one of the word.
ColumnOf<InfluenceLength> read_column(record::Real record::Influence::Bracket::*member, const std::string& heading) {
    const auto cell = [member](const InfluenceLength& record) {
        const auto* read = read_of(record);
        return read != nullptr ? shown(read->*member) : "";
    };
    return {heading, cell, true, {}};
}

std::vector<ColumnOf<InfluenceLength>> columns() {
    using Bracket = record::Influence::Bracket;
    return {
        column(&InfluenceLength::length, "Length"),
        number_column(&InfluenceLength::reached, "Reached (lower bound)"),
        number_column(&InfluenceLength::certified, "Certified (upper bound)"),
        {"Theory (upper bound)", theory_text, true, {}},
        {"At position", [](const InfluenceLength& record) { return shown(position_of(record)); }, true, {}},
        {"Word", [](const InfluenceLength& record) { return shown(record.word.value_or(std::nullopt)); }, false, {}},
        read_column(&Bracket::reached, "Of the symbol that is read (lower bound)"),
        read_column(&Bracket::certified, "Of the symbol that is read (upper bound)"),
        column(&InfluenceLength::reason, "Reason"),
        seconds_of<InfluenceLength>()};
}

}  // namespace

bool write_influence_output(Context& page, const base::Json& document) {
    const auto influence = record::read<record::Influence>(document);
    if (!influence) return false;
    const DecayPlot plot = plot_of(*influence);
    if (!plot.lengths.empty())
        page.figure(
            draw_decay(plot),
            "How far the output moves when one symbol of the word is replaced, other than the one that is read itself, "
            "for the worst word: reached (a lower bound, with its word), certified (an upper bound for all "
            "words) and what the theory promises (an upper bound).");
    write_law(page.html, *influence);
    write_records<InfluenceLength>(page.html, "Influence of one symbol, length by length", influence->results,
                                   columns());
    return true;
}

}  // namespace attest::report
