#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "json_view.hpp"
#include "output_views.hpp"
#include "report/decay_plot.hpp"

namespace attest::report {

namespace {

using base::Json;

constexpr std::size_t most_lengths = 200;

/// The bound of the theory as a power of ten, which may be beyond a double.
std::optional<double> theory_log10(const Json& record) {
    if (const auto logarithm = number_of(find(record, "theory_log10"), End::upper)) return logarithm;
    const auto bound = number_of(find(record, "theory"), End::upper);
    if (!bound || *bound <= 0) return {};
    return std::log10(*bound);
}

std::string theory_text(const Json& record) {
    if (const std::string text = shown_number(find(record, "theory")); !text.empty()) return text;
    const auto logarithm = theory_log10(record);
    return logarithm ? fmt::format("≈ 10^{:.0f}", *logarithm) : "";
}

std::optional<DecayPlot::Length> read_length(const Json& record) {
    const auto length = whole_of(find(record, "length"));
    const auto reached = number_of(find(record, "reached"), End::lower),
               certified = number_of(find(record, "certified"), End::upper);
    if (!length || *length < 1 || (!reached && !certified)) return {};
    DecayPlot::Length read{
        *length, static_cast<double>(*length), reached.value_or(0), certified.value_or(0), theory_log10(record), {},
        {}};
    for (const Json& value : elements(find(record, "by_position")))
        read.by_position.push_back(std::max(0.0, number_of(&value, End::upper).value_or(0)));
    read.read = whole_of(find(record, "read", "position"));
    return read;
}

/// A member of `read`, which is null where no symbol of the word is read.
Column read_column(const std::string& key, const std::string& heading) {
    return {heading, [key](const Json& record) { return shown_number(find(record, "read", key)); }, true, {}};
}

DecayPlot read_plot(const Json& document) {
    const std::string model = text_at(document, "model");
    DecayPlot plot{"Influence of one symbol" + (model.empty() ? "" : " on " + model),
                   {},
                   number_of(find(document, "exponent"), End::lower),
                   "length of the word"};
    for (const Json& record : elements(find(document, "results")))
        if (const auto length = read_length(record); length && plot.lengths.size() < most_lengths)
            plot.lengths.push_back(*length);
    std::ranges::stable_sort(plot.lengths, {}, &DecayPlot::Length::length);
    return plot;
}

void write_law(Html& html, const Json& document) {
    const Json* exponent = find(document, "exponent");
    if (exponent == nullptr || exponent->is_null()) return;
    const std::string interval = shown_number(find(document, "exponent_interval"));
    html.leaf("p", fmt::format("What is reached falls like n to the power {}{}; a fit, not a theorem.",
                               shown_number(exponent), interval.empty() ? "" : " (95 % interval " + interval + ")"));
}

}  // namespace

bool write_influence_output(Context& page, const Json& document) {
    const DecayPlot plot = read_plot(document);
    if (!plot.lengths.empty())
        page.figure(
            draw_decay(plot),
            "How far the output moves when one symbol of the word is replaced, other than the one that is read itself, "
            "for the worst word: reached (a lower bound, with its word), certified (an upper bound for all "
            "words) and what the theory promises (an upper bound).");
    write_law(page.html, document);
    write_records<Json>(page.html, "Influence of one symbol, length by length", elements(find(document, "results")),
                        {number_column("length", "Length"),
                         number_column("reached", "Reached (lower bound)"),
                         number_column("certified", "Certified (upper bound)"),
                         {"Theory (upper bound)", theory_text, true, {}},
                         number_column("position", "At position"),
                         text_column("word", "Word"),
                         read_column("reached", "Of the symbol that is read (lower bound)"),
                         read_column("certified", "Of the symbol that is read (upper bound)"),
                         text_column("reason", "Reason"),
                         seconds_column()});
    return true;
}

}  // namespace attest::report
