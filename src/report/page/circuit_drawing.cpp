#include "circuit_drawing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "attest/circuit/export.hpp"
#include "base/text.hpp"
#include "circuit/gates.hpp"

namespace attest::report {

namespace {

using circuit::Circuit;
using circuit::GateKind;
using circuit::Node;

constexpr double column_width = 96, row_height = 30, drawing_left = 40, drawing_top = 44;

/// Which columns there are, and what stands in each from top to bottom.
struct Layout {
    std::vector<std::size_t> column;                          ///< by node
    std::vector<std::vector<Node>> columns;                   ///< nodes from top to bottom
    std::vector<std::pair<std::int32_t, std::size_t>> bands;  ///< layer of the model, its first column
    std::vector<double> height;                               ///< by node, in rows
};

/// A gate's layer, but never one before those of its fan-ins.
std::vector<std::int32_t> layers_of(const Circuit& c) {
    std::vector<std::int32_t> layer(c.node_count(), 0);
    for (Node v = c.first_gate(); v < c.node_count(); ++v) {
        layer[v] = std::max(1, c.origin(v).layer);
        for (const circuit::Literal f : c.fan_ins(v)) layer[v] = std::max(layer[v], layer[f.node()]);
    }
    return layer;
}

void place_in_columns(const Circuit& c, Layout& layout) {
    const std::vector<std::int32_t> layer = layers_of(c);
    std::map<std::int32_t, std::vector<Node>> by_layer;
    for (Node v = c.first_gate(); v < c.node_count(); ++v) by_layer[layer[v]].push_back(v);
    layout.column.assign(c.node_count(), 0);
    std::size_t used = 1;  // the inputs' column
    for (const auto& [l, nodes] : by_layer) {
        layout.bands.emplace_back(l, used);
        std::size_t end = used;
        for (const Node v : nodes) {
            std::size_t at = used;
            for (const circuit::Literal f : c.fan_ins(v)) at = std::max(at, layout.column[f.node()] + 1);
            layout.column[v] = at;
            end = std::max(end, at + 1);
        }
        used = end;
    }
    layout.columns.resize(used);
    for (Node v = 1; v < c.node_count(); ++v) layout.columns[layout.column[v]].push_back(v);
}

void spread(const std::vector<Node>& column, double rows, std::vector<double>& height) {
    for (std::size_t k = 0; k < column.size(); ++k)
        height[column[k]] = (static_cast<double>(k) + 0.5) * rows / static_cast<double>(column.size());
}

/// Each column in the order of the mean height of its fan-ins, so that few wires cross.
Layout lay_out(const Circuit& c) {
    Layout layout;
    place_in_columns(c, layout);
    layout.height.assign(c.node_count(), 0);
    std::size_t rows = 1;
    for (const auto& column : layout.columns) rows = std::max(rows, column.size());
    for (auto& column : layout.columns) {
        const auto mean = [&](Node v) {
            double sum = 0;
            for (const circuit::Literal f : c.fan_ins(v)) sum += layout.height[f.node()];
            return c.fan_ins(v).empty() ? 0 : sum / static_cast<double>(c.fan_ins(v).size());
        };
        if (&column != &layout.columns.front()) std::ranges::stable_sort(column, {}, mean);
        spread(column, static_cast<double>(rows), layout.height);
    }
    return layout;
}

class CircuitDrawing {
  public:
    CircuitDrawing(const Circuit& c, const std::string& title)
        : circuit_(c), layout_(lay_out(c)), svg_(width(), height(), title, description()) {}

    Svg draw() {
        draw_bands();
        for (Node v = circuit_.first_gate(); v < circuit_.node_count(); ++v)
            for (const circuit::Literal f : circuit_.fan_ins(v)) draw_wire(f, at(v), 13);
        draw_output();
        for (Node v = 1; v < circuit_.node_count(); ++v) draw_node(v);
        return std::move(svg_);
    }

  private:
    std::size_t rows() const {
        std::size_t most = 1;
        for (const auto& column : layout_.columns) most = std::max(most, column.size());
        return most;
    }
    double width() const { return drawing_left + column_width * static_cast<double>(layout_.columns.size()) + 70; }
    double height() const { return drawing_top + row_height * static_cast<double>(rows()) + 14; }
    Point at(Node v) const {
        return {drawing_left + column_width * static_cast<double>(layout_.column[v]),
                drawing_top + row_height * layout_.height[v]};
    }

    std::string description() const {
        std::string text = fmt::format(
            "From left to right: {}, then {} in {}.", base::counted(circuit_.input_count(), "input"),
            base::counted(circuit_.gate_count(), "gate"), base::counted(layout_.columns.size() - 1, "column"));
        for (std::size_t b = 0; b < layout_.bands.size(); ++b) {
            const std::size_t end = b + 1 < layout_.bands.size() ? layout_.bands[b + 1].second : layout_.columns.size();
            std::size_t count = 0;
            for (std::size_t k = layout_.bands[b].second; k < end; ++k) count += layout_.columns[k].size();
            text += fmt::format(" Layer {}: {}.", layout_.bands[b].first, base::counted(count, "gate"));
        }
        return text;
    }

    void draw_bands() {
        svg_.text({drawing_left, 20}, "word", "muted", Anchor::middle, 12);
        for (std::size_t b = 0; b < layout_.bands.size(); ++b) {
            const auto [layer, first] = layout_.bands[b];
            const std::size_t end = b + 1 < layout_.bands.size() ? layout_.bands[b + 1].second : layout_.columns.size();
            const double x = drawing_left + column_width * (static_cast<double>(first) - 0.5);
            svg_.rectangle({x, 28}, column_width * static_cast<double>(end - first) - 4, height() - 32,
                           b % 2 == 0 ? "f-soft faint" : "e-soft faint");
            svg_.text({x + 6, 20}, fmt::format("layer {}", layer), "muted", Anchor::start, 12);
        }
    }

    void draw_wire(circuit::Literal from, Point to, double radius) {
        const Point end{to.x - radius - (from.complemented() ? 6 : 0), to.y};
        svg_.wire({at(from.node()).x + 13, at(from.node()).y}, end, "muted");
        if (from.complemented()) svg_.circle({to.x - radius - 3, to.y}, 3, "b");
    }

    void draw_output() {
        const circuit::Literal out = circuit_.outputs().front().literal;
        const Point to{drawing_left + column_width * static_cast<double>(layout_.columns.size()) - 20,
                       drawing_top + row_height * static_cast<double>(rows()) / 2};
        draw_wire(out, {to.x, to.y}, 0);
        svg_.text({to.x + 4, to.y + 4}, circuit_.outputs().front().name, "ink");
    }

    void draw_node(Node v) {
        const Point p = at(v);
        const std::string tip = circuit_.kind(v) == GateKind::input
                                    ? circuit_.input_name(v - 1)
                                    : fmt::format("gate {}: {}", v, describe(circuit_.origin(v)));
        if (circuit_.kind(v) == GateKind::input) {
            svg_.circle(p, 13, "c-soft", tip);
            svg_.text({p.x, p.y + 4}, circuit_.input_name(v - 1), "ink", Anchor::middle, 11);
        } else {
            svg_.rectangle({p.x - 13, p.y - 11}, 26, 22,
                           circuit_.kind(v) == GateKind::conjunction ? "a-soft" : "d-soft", tip);
            svg_.text({p.x, p.y + 5}, circuit::row_of(circuit_.kind(v)).sign, "ink", Anchor::middle, 14);
        }
    }

    const Circuit& circuit_;
    Layout layout_;
    Svg svg_;
};

}  // namespace

Svg draw_circuit(const Circuit& c, const std::string& title) { return CircuitDrawing(c, title).draw(); }

}  // namespace attest::report
