#include "report/layers_drawing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/text.hpp"

namespace attest::report {

namespace {

constexpr std::uint64_t most_layers_drawn = 40;

/// What was found of one number of layers.
struct LayersFinding {
    const char* sign;
    std::string word, role, tip;
};

std::map<std::uint64_t, LayersFinding> layers_findings(const record::Layers& layers) {
    std::map<std::uint64_t, LayersFinding> found;
    for (const record::Layers::Answer& answer : layers.answers) {
        if (answer.layers > most_layers_drawn) continue;
        if (answer.answer == "impossible")
            found[answer.layers] = {
                "✗", "too few", "b-soft",
                answer.words && answer.words->size() == 2
                    ? fmt::format("in the language: {}; not: {}", answer.words->front(), answer.words->back())
                    : ""};
        else if (answer.answer == "enough")
            found[answer.layers] = {"✓", "enough", "c-soft", answer.detail.value_or("")};
        else found[answer.layers] = {"?", "open", "grid", answer.detail.value_or("")};
    }
    if (layers.built && *layers.built <= most_layers_drawn)
        found[*layers.built] = {"✓", "built", "c-soft", "attest build makes a network of so many layers"};
    return found;
}

void draw_plates(Svg& svg, double left, double floor, double width, std::uint64_t count, double thick,
                 const LayersFinding& finding) {
    for (std::uint64_t k = 0; k < count; ++k)
        svg.rectangle({left, floor - thick * static_cast<double>(k + 1)}, width, thick - 2, finding.role, finding.tip);
    if (count == 0) svg.line({left, floor}, {left + width, floor}, "muted");
}

}  // namespace

std::optional<Svg> draw_layers(const record::Layers& layers, const std::string& title) {
    const std::map<std::uint64_t, LayersFinding> found = layers_findings(layers);
    if (found.empty()) return std::nullopt;
    const std::uint64_t most = std::max<std::uint64_t>(1, found.rbegin()->first);
    const double thick = std::clamp(180 / static_cast<double>(most), 6.0, 26.0), step = 84,
                 floor = 34 + thick * static_cast<double>(most);
    Svg svg(24 + step * static_cast<double>(found.size()), floor + 66, title,
            fmt::format("For each number of layers a stack of so many plates, and what was found: fewer than {} are "
                        "too few. The table beside it has the words.",
                        layers.least));
    double left = 18;
    for (const auto& [count, finding] : found) {
        draw_plates(svg, left, floor, step - 18, count, thick, finding);
        const double middle = left + (step - 18) / 2;
        svg.text({middle, floor + 20}, std::to_string(count), "ink", Anchor::middle, 15);
        svg.text({middle, floor + 40}, fmt::format("{} {}", finding.sign, finding.word), "ink", Anchor::middle, 13);
        left += step;
    }
    svg.text({18, floor + 60}, "layers", "muted", Anchor::start, 12);
    return svg;
}

std::optional<Svg> draw_stack(const record::Build& built, const std::string& title) {
    if (!built.stack || built.stack->empty() || built.stack->size() > most_layers_drawn) return std::nullopt;
    std::uint64_t widest = built.dimension.value_or(1);
    for (const record::Build::Layer& layer : *built.stack) widest = std::max(widest, layer.hidden);
    constexpr double middle = 190, room = 300, height = 24, row = 32;
    const double width = 640;
    const auto rows = static_cast<double>(2 * built.stack->size() + 2);
    Svg svg(
        width, 16 + row * rows, title,
        fmt::format("From below: what is read, {} with attention and feed-forward networks, and the answer; as wide "
                    "as their vectors. The table beside it has the numbers.",
                    base::counted(built.stack->size(), "layer")));
    double y = 12 + row * (rows - 1);
    const auto plate = [&](std::uint64_t size, const char* role, const std::string& words) {
        const double wide =
            std::max(18.0, room * static_cast<double>(size) / static_cast<double>(std::max<std::uint64_t>(widest, 1)));
        svg.rectangle({middle - wide / 2, y}, wide, height, role, words);
        svg.text({middle + room / 2 + 16, y + 17}, words, "ink", Anchor::start, 13);
        y -= row;
    };
    const std::uint64_t dimension = built.dimension.value_or(1), modulus = built.modulus.value_or(1);
    plate(dimension, "f-soft",
          fmt::format("symbols{}: {}", modulus > 1 ? fmt::format(", positions modulo {}", modulus) : "",
                      base::counted(dimension, "coordinate")));
    for (std::size_t k = 0; k < built.stack->size(); ++k) {
        const record::Build::Layer& layer = built.stack->at(k);
        plate(
            dimension, layer.heads > 0 ? "a-soft" : "grid",
            fmt::format("layer {}: {}", k + 1, layer.heads > 0 ? base::counted(layer.heads, "head") : "no attention"));
        plate(layer.hidden, "d-soft", fmt::format("layer {}: {} between", k + 1, base::counted(layer.hidden, "unit")));
    }
    plate(1, "c-soft", "accept or reject");
    return svg;
}

}  // namespace attest::report
