#include "report/class_lattice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <vector>

#include "base/text.hpp"
#include "language/classify/inclusions.hpp"

namespace attest::report {

namespace {

using classify::Census;
using classify::Class;
using classify::ClassInfo;
using classify::ClassVector;

constexpr double width = 880, head = 66, column = 210, row = 66, box_width = 186, box_height = 40;
constexpr double rows_of_classes = 9, below = head + row * rows_of_classes + 40;
constexpr double bars = 120, line = 19, labels = 236;

/// Where a class stands, in columns and rows: what is inside of others stands below them.
Point place(double c, double r) { return {125 + column * c, head + 24 + row * r}; }

const std::map<Class, Point>& places() {
    static const std::map<Class, Point> all{
        {Class::solvable, place(2, 1)},    {Class::r_groups, place(1, 1)},  {Class::stutter, place(3, 1)},
        {Class::ac0, place(2, 2)},         {Class::star_free, place(2, 3)}, {Class::foc, place(0, 3)},
        {Class::r_omega, place(1, 4)},     {Class::c_rasp, place(1, 5)},    {Class::da, place(2, 5)},
        {Class::non_strict, place(3, 5)},  {Class::r_trivial, place(1, 6)}, {Class::l_trivial, place(2, 6)},
        {Class::j_trivial, place(1.5, 7)}, {Class::j1, place(1.5, 8)},
    };
    return all;
}

bool is_recognised(const ClassInfo& info) { return !info.transformers.empty() && info.id != Class::solvable; }

void draw_inside(Svg& svg, Point lower, Point upper) {
    if (std::abs(lower.x - upper.x) > column && lower.y - upper.y > 2 * row) {  // around what stands between
        const double side = upper.x < lower.x ? -1 : 1;
        svg.polyline(
            {{lower.x + side * box_width / 2, lower.y}, {upper.x, lower.y}, {upper.x, upper.y + box_height / 2}},
            "muted");
        return;
    }
    svg.line({lower.x, lower.y - box_height / 2}, {upper.x, upper.y + box_height / 2}, "muted");
}

void draw_box(Svg& svg, Point at, const std::string& role, std::string_view title, std::string_view below,
              std::string_view tip) {
    svg.rectangle({at.x - box_width / 2, at.y - box_height / 2}, box_width, box_height, role, tip);
    svg.text({at.x, at.y - 3}, title, "ink", Anchor::middle, 11.5);
    svg.text({at.x, at.y + 13}, below, "ink", Anchor::middle, 13);
}

const Point& top_of_order() {
    static const Point top = place(1.75, 0);
    return top;
}

void draw_lines(Svg& svg) {
    for (const auto& [lower, upper] : classify::inclusions()) draw_inside(svg, places().at(lower), places().at(upper));
    for (const Class id : {Class::r_groups, Class::solvable, Class::stutter})
        draw_inside(svg, places().at(id), top_of_order());
}

void draw_order(Svg& svg, const Census& census) {
    draw_lines(svg);
    draw_box(svg, top_of_order(), "grid", "regular", std::to_string(census.languages), {});
    for (const ClassInfo& info : classify::classes())
        draw_box(svg, places().at(info.id), is_recognised(info) ? "a-soft" : "grid", info.title,
                 std::to_string(census.in(info.id)), info.transformers);
}

/// A column for each set of classes.
void draw_sets(Svg& svg, const Census& census) {
    std::vector<std::pair<ClassVector, std::uint64_t>> sets(census.by_classes.begin(), census.by_classes.end());
    std::stable_sort(sets.begin(), sets.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    const double step =
        std::min(27.0, (width - labels - 24) / static_cast<double>(std::max<std::size_t>(sets.size(), 1)));
    const double most = sets.empty() ? 1 : std::log10(static_cast<double>(sets.front().second) + 1);
    const double floor = below + bars;
    const auto row_at = [&](std::size_t c) { return floor + 16 + line * static_cast<double>(c); };
    svg.text({16, below - 8}, "languages in just these classes (bars: logarithm of their number)", "muted",
             Anchor::start, 12);
    for (std::size_t c = 0; c < classify::class_count; ++c) {
        const ClassInfo& info = classify::classes()[c];
        svg.line({labels, row_at(c)}, {labels + step * static_cast<double>(sets.size()), row_at(c)}, "grid");
        svg.text({labels - 12, row_at(c) + 4}, info.title, "ink", Anchor::end, 11.5);
    }
    for (std::size_t k = 0; k < sets.size(); ++k) {
        const double x = labels + step * (static_cast<double>(k) + 0.5);
        const double height = (bars - 20) * std::log10(static_cast<double>(sets[k].second) + 1) / most;
        svg.rectangle({x - step * 0.36, floor - height}, step * 0.72, height, "a", std::to_string(sets[k].second));
        const std::string number = std::to_string(sets[k].second);
        svg.text({x, floor - height - 3}, number, "ink", Anchor::middle,
                 std::min(8.0, 1.55 * step / static_cast<double>(number.size())));
        for (std::size_t c = 0; c < classify::class_count; ++c)
            if (sets[k].first.in[c])
                svg.circle({x, row_at(c)}, std::min(5.0, step * 0.3), "a", classify::classes()[c].title);
    }
}

}  // namespace

Svg class_lattice(const Census& census) {
    const std::string title = fmt::format(
        "{} whose minimal automaton has {} over {}, by classes", base::counted(census.languages, "language"),
        base::counted(census.states, "state"), base::counted(census.letters, "letter"));
    const double height = below + bars + 16 + line * classify::class_count + 24;
    Svg svg(width, height, title,
            "Above: each class with the number of languages in it, below those that it is inside of. Below: how many "
            "languages are in just these classes.");
    svg.text({16, 26}, title, "ink", Anchor::start, 15);
    svg.rectangle({16, 38}, 12, 12, "a-soft");
    svg.text({34, 48}, "a kind of transformers is known that recognises just these; a line: inside of", "muted",
             Anchor::start, 12);
    if (census.stopped) svg.text({width - 16, 48}, "not all tables were looked at", "b", Anchor::end, 12);
    draw_order(svg, census);
    draw_sets(svg, census);
    return svg;
}

Svg class_place(const std::string& language, const ClassVector& in) {
    const std::string title = fmt::format("The classes that {} is in", base::printable(language, 60));
    std::string inside;
    for (const ClassInfo& info : classify::classes())
        if (in[info.id]) inside += fmt::format("{}{}", inside.empty() ? "" : ", ", info.title);
    Svg svg(width, head + row * (rows_of_classes - 0.3), title,
            fmt::format("Each class below those that it is inside of. The language is in: {}.",
                        inside.empty() ? "none of them" : inside));
    svg.text({16, 26}, title, "ink", Anchor::start, 15);
    svg.rectangle({16, 38}, 12, 12, "c-soft");
    svg.text({34, 48}, "it is in the class; a line: inside of", "muted", Anchor::start, 12);
    draw_lines(svg);
    draw_box(svg, top_of_order(), "c-soft", "regular", "✓ in", {});
    for (const ClassInfo& info : classify::classes())
        draw_box(svg, places().at(info.id), in[info.id] ? "c-soft" : "grid", info.title,
                 in[info.id] ? "✓ in" : "✗ not in", info.transformers);
    return svg;
}

}  // namespace attest::report
