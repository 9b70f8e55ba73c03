#include <fmt/format.h>

#include "bar_chart.hpp"
#include "json_view.hpp"
#include "output_views.hpp"
#include "record/measure.hpp"
#include "value_view.hpp"

namespace attest::report {

namespace {

using base::Json;

using record::Measures;

constexpr std::pair<record::Measured Measures::*, const char*> measured_rows[] = {
    {&Measures::sensitivity, "sensitivity"},
    {&Measures::average_sensitivity, "average sensitivity"},
    {&Measures::block_sensitivity, "block sensitivity"},
    {&Measures::certificate_complexity, "certificate complexity"},
    {&Measures::certificate_complexity_minimum, "least certificate complexity"},
    {&Measures::decision_tree_depth, "decision tree depth"},
    {&Measures::degree, "degree"},
    {&Measures::threshold_degree, "threshold degree"},
    {&Measures::accepted_words, "accepted words"},
};

std::string words_of(const std::string& guarantee) {
    if (guarantee == "lower") return "lower bound";
    if (guarantee == "upper") return "upper bound";
    return guarantee;
}

void write_row(Html& html, const char* name, const record::Measured& measured) {
    const auto row = html.element("tr");
    html.leaf("th", name, {{"scope", "row"}});
    html.leaf("td", shown_value(measured.value), {{"class", "number"}});
    html.leaf("td", words_of(measured.guarantee));
    write_words(html, "td", measured.word.value_or(""));
    html.leaf("td", measured.method.value_or(""));
}

void write_measures(Html& html, const Measures& measures) {
    const auto scroll = scroll_region(html, "Measures");
    const auto table = html.element("table");
    html.leaf("caption", "Each number with its guarantee, and a word that reaches it");
    write_head(html, {"Measure", "Value", "Guarantee", "Word", "Method"});
    const auto body = html.element("tbody");
    for (const auto& [member, name] : measured_rows) write_row(html, name, measures.*member);
}

void draw(Context& page, BarChart chart, const Json::Array& values, std::size_t first, const std::string& label) {
    for (const Json& value : values) {
        const auto lower = number_of(&value, End::lower), upper = number_of(&value, End::upper);
        if (!lower || !upper || *lower < 0 || *upper < *lower) return;
        const std::string at = std::to_string(first + chart.bars.size());
        chart.bars.push_back({at, *lower, *upper, fmt::format("{} {}: {}", label, at, shown_number(&value))});
    }
    std::string caption = fmt::format("{}. {}", chart.title, chart.description);
    if (const auto drawing = draw_bars(chart)) page.figure(*drawing, caption);
    else if (!chart.bars.empty())
        page.html.leaf("p", fmt::format("{}: {} numbers are too many to draw.", chart.title, chart.bars.size()),
                       {{"class", "note"}});
}

}  // namespace

bool write_measure_output(Context& page, const Json& document) {
    const auto read = record::read<record::Measure>(document);
    if (!read) return false;
    const Measures& measures = read->measures;
    write_measures(page.html, measures);
    Json::Array profile, influences, weights;
    if (measures.sensitivity_profile)
        for (const std::uint64_t words : *measures.sensitivity_profile)
            profile.push_back(Json{Json::Number{std::to_string(words)}});
    for (const record::Value& v : measures.influences.value) influences.push_back(json_of(v));
    if (measures.fourier)
        for (const std::string& weight : measures.fourier->level_weights) weights.push_back(Json{weight});
    const auto figures = page.html.element("div", {{"class", "figures"}});
    draw(page,
         {"Sensitivity profile",
          "How many words have exactly s positions at which another symbol changes the answer; PARITY has all of them "
          "at the far right.",
          "sensitivity s of the word",
          "words",
          {},
          "a"},
         profile, 0, "sensitivity");
    draw(page,
         {"Influences",
          "For each position, the share of words on which another symbol there changes the answer (guarantee: " +
              words_of(measures.influences.guarantee) + "); for PARITY all are 1.",
          "position",
          "influence",
          {},
          "c"},
         influences, 1, "position");
    draw(
        page,
        {"Fourier weight by level",
         "The squared coefficients of the sets of k positions, summed; PARITY has all of its weight on the last level.",
         "level k",
         "weight",
         {},
         "d"},
        weights, 0, "level");
    return true;
}

}  // namespace attest::report
