#include "report/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/markup.hpp"

namespace attest::report {

namespace {

/// Hues after Okabe & Ito (2008), which readers of all kinds of colour vision can tell apart; darker on white, lighter on black.
constexpr const char* style = R"(:root { --paper:#fff; --ink:#1b1b1b; --muted:#6b6b6b; --grid:#d9d9d9;
 --a:#0060a0; --b:#c05000; --c:#007a5a; --d:#a04080; --e:#8a6a00; --f:#3a7ca8;
 --a-soft:#cfe3f3; --b-soft:#fadcc6; --c-soft:#cbeadf; --d-soft:#f0d7e6; --e-soft:#f1e6bd; --f-soft:#dcecf5; }
svg { background:var(--paper); font-family:system-ui,sans-serif; }
@media (prefers-color-scheme: dark) { :root { --paper:#16181c; --ink:#ececec; --muted:#a3a3a3; --grid:#3a3d44;
 --a:#6cb6f0; --b:#f09a5a; --c:#4fc9a2; --d:#e08fc0; --e:#d9bd4f; --f:#9fd0ee;
 --a-soft:#1c3d58; --b-soft:#553018; --c-soft:#134436; --d-soft:#4d2a40; --e-soft:#453a12; --f-soft:#263f4e; } }
@media print { :root { --paper:#fff; --ink:#000; --muted:#555; --grid:#bbb;
 --a:#0060a0; --b:#c05000; --c:#007a5a; --d:#a04080; --e:#8a6a00; --f:#3a7ca8;
 --a-soft:#cfe3f3; --b-soft:#fadcc6; --c-soft:#cbeadf; --d-soft:#f0d7e6; --e-soft:#f1e6bd; --f-soft:#dcecf5; } }
.fill { stroke:var(--paper); stroke-width:1; print-color-adjust:exact; -webkit-print-color-adjust:exact; }
.line { fill:none; stroke-width:1.8; stroke-linejoin:round; stroke-linecap:round; }
.grid.line, .muted.line { stroke-width:1; }
.b.line { stroke-dasharray:7 3; } .c.line { stroke-dasharray:2 3; } .d.line { stroke-dasharray:9 3 2 3; }
.e.line { stroke-dasharray:4 2; } .f.line { stroke-dasharray:1 4; }
.faint { opacity:.3; }
.halo.text { paint-order:stroke; stroke:var(--paper); stroke-width:4; stroke-linejoin:round; }
)";

std::string roles() {
    std::string rules;
    for (const char* role : {"paper", "ink", "muted", "grid", "a", "b", "c", "d", "e", "f", "a-soft", "b-soft",
                             "c-soft", "d-soft", "e-soft", "f-soft"})
        rules += fmt::format(".{0}.fill, .{0}.text {{ fill:var(--{0}); }} .{0}.line {{ stroke:var(--{0}); }}\n", role);
    return rules;
}

/// Hundredths of a pixel, without a trailing zero, so that equal drawings are equal bytes.
std::string number(double value) {
    std::string text = fmt::format("{:.2f}", std::abs(value) < 0.005 ? 0.0 : value);
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
    return text;
}

std::string list(const std::vector<Point>& points) {
    std::string text;
    for (const Point& p : points) text += fmt::format("{}{},{}", text.empty() ? "" : " ", number(p.x), number(p.y));
    return text;
}

}  // namespace

Svg::Svg(double width, double height, const std::string& title, const std::string& description)
    : size_(fmt::format(
          "xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" role=\"img\"",
          number(width), number(height))),
      title_(escaped(title)),
      description_(escaped(description)) {}

void Svg::shape(const std::string& element, std::string_view role, std::string_view kind, std::string_view tip) {
    body_ += fmt::format("<{} class=\"{} {}\"", element, role, kind);
    if (tip.empty()) body_ += "/>\n";
    else body_ += fmt::format("><title>{}</title></{}>\n", escaped(tip), element.substr(0, element.find(' ')));
}

void Svg::rectangle(Point corner, double width, double height, std::string_view role, std::string_view tip) {
    shape(fmt::format("rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"", number(corner.x), number(corner.y),
                      number(width), number(height)),
          role, "fill", tip);
}

void Svg::circle(Point centre, double radius, std::string_view role, std::string_view tip) {
    shape(fmt::format("circle cx=\"{}\" cy=\"{}\" r=\"{}\"", number(centre.x), number(centre.y), number(radius)), role,
          "fill", tip);
}

void Svg::line(Point from, Point to, std::string_view role) {
    shape(fmt::format("line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"", number(from.x), number(from.y), number(to.x),
                      number(to.y)),
          role, "line", {});
}

void Svg::polyline(const std::vector<Point>& points, std::string_view role) {
    shape(fmt::format("polyline points=\"{}\"", list(points)), role, "line", {});
}

void Svg::wire(Point from, Point to, std::string_view role) {
    const double middle = (from.x + to.x) / 2;
    shape(fmt::format("path d=\"M{0} {1}C{2} {1} {2} {3} {4} {3}\"", number(from.x), number(from.y), number(middle),
                      number(to.y), number(to.x)),
          role, "line", {});
}

void Svg::arc(Point from, Point to, double rise, std::string_view role, double width) {
    const double half = (to.x - from.x) / 2;
    shape(
        fmt::format("path d=\"M{} {}A{} {} 0 0 {} {} {}\" style=\"stroke-width:{}\"", number(from.x), number(from.y),
                    number(std::abs(half)), number(rise), half > 0 ? 1 : 0, number(to.x), number(to.y), number(width)),
        role, "line", {});
    polygon({to, {to.x - 2.6, to.y - 6.5}, {to.x + 2.6, to.y - 6.5}}, role);
}

void Svg::ring(Point centre, double radius, std::string_view role) {
    shape(fmt::format("circle cx=\"{}\" cy=\"{}\" r=\"{}\"", number(centre.x), number(centre.y), number(radius)), role,
          "line", {});
}

void Svg::arrow(const std::vector<Point>& through, std::string_view role) {
    // Between two points a cubic whose tangents are those of Catmull and Rom: parallel to the line between the neighbours.
    const std::size_t last = through.size() - 1;
    const auto tangent = [&](std::size_t k) {
        const Point &before = through[k == 0 ? 0 : k - 1], &after = through[k == last ? last : k + 1];
        return Point{(after.x - before.x) / 6, (after.y - before.y) / 6};
    };
    std::string path = fmt::format("M{} {}", number(through[0].x), number(through[0].y));
    for (std::size_t k = 0; k < last; ++k) {
        const Point a = tangent(k), b = tangent(k + 1), &from = through[k], &to = through[k + 1];
        path += fmt::format("C{} {} {} {} {} {}", number(from.x + a.x), number(from.y + a.y), number(to.x - b.x),
                            number(to.y - b.y), number(to.x), number(to.y));
    }
    shape(fmt::format("path d=\"{}\"", path), role, "line", {});
    const Point &tip = through[last], way = tangent(last);
    const double length = std::max(1e-9, std::hypot(way.x, way.y)), x = way.x / length, y = way.y / length;
    polygon(
        {tip, {tip.x - 8 * x - 3.2 * y, tip.y - 8 * y + 3.2 * x}, {tip.x - 8 * x + 3.2 * y, tip.y - 8 * y - 3.2 * x}},
        role);
}

void Svg::polygon(const std::vector<Point>& points, std::string_view role) {
    shape(fmt::format("polygon points=\"{}\"", list(points)), role, "fill", {});
}

void Svg::text(Point base, std::string_view text, std::string_view role, Anchor anchor, double size) {
    const char* at = anchor == Anchor::start ? "start" : anchor == Anchor::middle ? "middle" : "end";
    body_ += fmt::format("<text x=\"{}\" y=\"{}\" class=\"{} text\" text-anchor=\"{}\" font-size=\"{}\">{}</text>\n",
                         number(base.x), number(base.y), role, at, number(size), escaped(text));
}

std::string Svg::document() const {
    return fmt::format(
        "<svg {} aria-label=\"{}\">\n<title>{}</title>\n<desc>{}</desc>\n<style>\n{}</style>\n"
        "<rect width=\"100%\" height=\"100%\" style=\"fill:var(--paper)\"/>\n{}</svg>\n",
        size_, title_, title_, description_, svg_style(), body_);
}

std::string Svg::element(const std::string& id) const {
    return fmt::format(
        "<svg id=\"{0}\" {1} aria-labelledby=\"{0}-title {0}-desc\">\n<title id=\"{0}-title\">{2}</title>\n<desc "
        "id=\"{0}-desc\">{3}</desc>\n{4}</svg>\n",
        id, size_, title_, description_, body_);
}

std::string svg_style() { return style + roles(); }

}  // namespace attest::report
