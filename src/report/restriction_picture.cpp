#include "report/restriction_picture.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/svg.hpp"

namespace attest::report {

namespace {

using restriction::LayerDependence;
using restriction::Outcome;
using restriction::Restriction;

/// Pictures of more positions than this are drawn, not printed.
constexpr std::size_t most_columns = 120;

Restriction restriction_of(const Outcome& outcome) {
    return outcome.nothing_free ? Restriction::all_free(outcome.settled.restriction.length())
                                : outcome.settled.restriction;
}

std::string layer_name(std::size_t boundary) { return boundary == 0 ? "embedding" : fmt::format("layer {}", boundary); }

std::size_t greatest(const std::vector<std::optional<LayerDependence::Positions>>& boundary) {
    std::size_t most = 0;
    for (const auto& on : boundary)
        if (on) most = std::max(most, on->size());
    return most;
}

/// What stands at each position of the sequence: a fixed symbol, `*`, or a marker.
std::vector<std::string> columns(const Pictured& t, const Restriction& r) {
    std::vector<std::string> texts;
    if (t.begin) texts.emplace_back("^");
    for (const auto& symbol : r.fixed) texts.push_back(symbol ? t.alphabet.symbol(*symbol) : "*");
    if (t.end) texts.emplace_back("$");
    return texts;
}

std::string list(const LayerDependence::Positions& positions) {
    std::string text;
    for (const std::size_t i : positions) text += fmt::format("{}{}", text.empty() ? "" : ", ", i + 1);
    return text;
}

/// Darker the more free inputs an activation depends on: none, some, all.
const char* role_of(std::size_t inputs, std::size_t free) {
    if (inputs == 0) return "grid";
    return 2 * inputs <= free ? "a-soft" : "a";
}

}  // namespace

std::string picture_text(const Pictured& t, const Outcome& outcome) {
    if (!outcome.layers) return {};
    const Restriction r = restriction_of(outcome);
    std::string text = fmt::format(
        "  layer by layer, on how many of the {} free inputs an activation depends (as far as later layers read it; "
        "unchecked, by a solver):\n",
        r.free_count());
    const std::vector<std::string> word = columns(t, r);
    const bool drawn = word.size() <= most_columns;
    if (drawn) {
        text += "    word       ";
        for (const std::string& symbol : word) text += symbol;
        text += "\n";
    }
    for (std::size_t b = 0; b < outcome.layers->on.size(); ++b) {
        const auto& boundary = outcome.layers->on[b];
        text += fmt::format("    {:<10} ", layer_name(b));
        for (const auto& on : boundary)
            if (drawn) text += !on ? "." : on->size() > 9 ? "+" : std::to_string(on->size());
        text += fmt::format("{}at most {}\n", drawn ? "  " : "", greatest(boundary));
    }
    return text;
}

std::string picture_svg(const Pictured& t, std::int64_t length, const Outcome& outcome) {
    constexpr double cell = 26, left = 92, top = 64, foot = 56;
    const Restriction r = restriction_of(outcome);
    const std::vector<std::string> word = columns(t, r);
    const std::size_t rows = 1 + (outcome.layers ? outcome.layers->on.size() : 0);
    const double width = std::max(left + cell * static_cast<double>(word.size()) + 24, 520.0);
    const double bottom = top + cell * static_cast<double>(rows);
    const std::string title =
        fmt::format("{} at length {}: {} of {} positions free", t.name, length, r.free_count(), r.length());
    const std::string found =
        outcome.nothing_free ? "nothing can be silenced: with any position free both answers are left"
                             : fmt::format("every completion is {}", outcome.settled.answer ? "accepted" : "rejected");
    Svg svg(width, bottom + foot, title, found);
    svg.text({16, 24}, title, "ink", Anchor::start, 15);
    svg.text({16, 43}, found, "muted");
    const auto corner = [&](std::size_t row, std::size_t p) {
        return Point{left + cell * static_cast<double>(p), top + cell * static_cast<double>(row)};
    };
    const auto label = [&](std::size_t row, const std::string& text) {
        svg.text({left - 10, top + cell * static_cast<double>(row) + 17.5}, text, "muted", Anchor::end, 12);
    };
    const auto put = [&](std::size_t row, std::size_t p, const char* role, const std::string& text, const char* ink,
                         const std::string& tip) {
        const Point at = corner(row, p);
        svg.rectangle(at, cell, cell, role, tip);
        svg.text({at.x + cell / 2, at.y + 17.5}, text, ink, Anchor::middle, 12);
    };
    label(0, "word");
    const std::size_t first = t.begin ? 1 : 0;
    for (std::size_t p = 0; p < word.size(); ++p) {
        const bool in_word = p >= first && p - first < r.length();
        const bool fixed = in_word && r.fixed[p - first];
        put(0, p,
            !in_word ? "grid"
            : fixed  ? "b"
                     : "a-soft",
            word[p], fixed ? "paper" : "ink",
            !in_word ? "marker" : fmt::format("position {}: {}", p - first + 1, fixed ? "fixed" : "free"));
        if (in_word && (p - first) % 5 == 4)
            svg.text({corner(0, p).x + cell / 2, top - 5}, std::to_string(p - first + 1), "muted", Anchor::middle, 10);
    }
    for (std::size_t b = 0; b + 1 < rows; ++b) {
        label(b + 1, layer_name(b));
        for (std::size_t p = 0; p < word.size(); ++p) {
            const auto& on = outcome.layers->on[b][p];
            if (!on) continue;
            const char* role = role_of(on->size(), r.free_count());
            put(b + 1, p, role, std::to_string(on->size()), std::string(role) == "a" ? "paper" : "ink",
                on->empty() ? "depends on no free input" : "depends on " + list(*on));
        }
    }
    svg.rectangle({left, bottom + 14}, 12, 12, "b");
    svg.text({left + 18, bottom + 24}, "fixed", "ink", Anchor::start, 12);
    svg.rectangle({left + 70, bottom + 14}, 12, 12, "a-soft");
    svg.text({left + 88, bottom + 24}, "free, or depends on so many free inputs", "ink", Anchor::start, 12);
    svg.rectangle({left, bottom + 34}, 12, 12, "a");
    svg.text({left + 18, bottom + 44}, "on more than half; empty: nothing reads it", "ink", Anchor::start, 12);
    return svg.document();
}

}  // namespace attest::report
