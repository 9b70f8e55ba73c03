#include <fmt/format.h>

#include "bar_chart.hpp"
#include "json_view.hpp"
#include "output_views.hpp"

namespace attest::report {

namespace {

using base::Json;

constexpr std::pair<const char*, const char*> measures[] = {
    {"sensitivity", "sensitivity"},
    {"average_sensitivity", "average sensitivity"},
    {"block_sensitivity", "block sensitivity"},
    {"certificate_complexity", "certificate complexity"},
    {"certificate_complexity_minimum", "least certificate complexity"},
    {"decision_tree_depth", "decision tree depth"},
    {"degree", "degree"},
    {"threshold_degree", "threshold degree"},
    {"accepted_words", "accepted words"},
};

std::string words_of(const std::string& guarantee) {
    if (guarantee == "lower") return "lower bound";
    if (guarantee == "upper") return "upper bound";
    return guarantee;
}

void write_row(Html& html, const char* name, const Json& measure) {
    const auto row = html.element("tr");
    html.leaf("th", name, {{"scope", "row"}});
    html.leaf("td", shown_number(find(measure, "value")), {{"class", "number"}});
    html.leaf("td", words_of(text_at(measure, "guarantee")));
    write_words(html, "td", text_at(measure, "word"));
    html.leaf("td", text_at(measure, "method"));
}

void write_measures(Html& html, const Json& document) {
    const auto scroll = scroll_region(html, "Measures");
    const auto table = html.element("table");
    html.leaf("caption", "Each number with its guarantee, and a word that reaches it");
    write_head(html, {"Measure", "Value", "Guarantee", "Word", "Method"});
    const auto body = html.element("tbody");
    for (const auto& [key, name] : measures)
        if (const Json* measure = find(document, key); measure != nullptr && find(*measure, "value") != nullptr)
            write_row(html, name, *measure);
}

void draw(Context& page, BarChart chart, const Json* values, std::size_t first, const std::string& label) {
    for (const Json& value : elements(values)) {
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
    write_measures(page.html, document);
    const auto figures = page.html.element("div", {{"class", "figures"}});
    draw(page,
         {"Sensitivity profile",
          "How many words have exactly s positions at which another symbol changes the answer; PARITY has all of them "
          "at the far right.",
          "sensitivity s of the word",
          "words",
          {},
          "a"},
         find(document, "sensitivity_profile"), 0, "sensitivity");
    const Json* influences = find(document, "influences");
    if (influences != nullptr)
        draw(page,
             {"Influences",
              "For each position, the share of words on which another symbol there changes the answer (guarantee: " +
                  words_of(text_at(*influences, "guarantee")) + "); for PARITY all are 1.",
              "position",
              "influence",
              {},
              "c"},
             find(*influences, "value"), 1, "position");
    draw(
        page,
        {"Fourier weight by level",
         "The squared coefficients of the sets of k positions, summed; PARITY has all of its weight on the last level.",
         "level k",
         "weight",
         {},
         "d"},
        find(document, "fourier", "level_weights"), 0, "level");
    return true;
}

}  // namespace attest::report
