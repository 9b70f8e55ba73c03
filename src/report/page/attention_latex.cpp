#include "attention_latex.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/latex.hpp"

namespace attest::report {

namespace {

constexpr std::size_t most_positions_in_latex = 64, most_arcs = 600;
// In units of which a line has so many as the picture is wide.
constexpr double gutter = 60, row_height = 22, numbers_height = 16;

/// Panels from the first layer at the top to what is read at the bottom; y grows upwards.
class Picture {
  public:
    Picture(const Attention& attention, const std::string& outcome)
        : attention_(attention),
          outcome_(outcome),
          layers_(attention.attended.size()),
          step_(std::clamp(400.0 / static_cast<double>(attention.symbols.size()), 14.0, 30.0)) {}

    std::string draw() {
        const double width = gutter + step_ * static_cast<double>(attention_.symbols.size());
        double height = row_height + numbers_height;  // of what is read, and the answer below it
        for (std::size_t l = 0; l < layers_; ++l) height += rise_of(l) + row_height + numbers_height + 8;
        double y = height;
        for (std::size_t l = 0; l < layers_; ++l) {
            y -= rise_of(l) + row_height;
            arcs(l, y + row_height);
            row(l, y, fmt::format("layer {}", l + 1));
            y -= numbers_height + 8;
        }
        y -= row_height;
        row(layers_, y, "read");
        put(0, y - 8, "\\makebox(0,0)[l]{\\footnotesize " + latex(outcome_) + "}");
        return fmt::format(
            "\\setlength{{\\unitlength}}{{{:.6f}\\linewidth}}\n\\begin{{picture}}({:.1f},{:.1f})\n{}\\end{{picture}}\n",
            1 / std::max(width, 300.0), width, height, out_);
    }

    std::size_t strong_arcs() const {
        std::size_t count = 0;
        for (std::size_t l = 0; l < layers_; ++l)
            for (const auto& head : attention_.attended[l])
                for (std::size_t p = 0; p < head.size(); ++p)
                    count += attention_.reached[l + 1][p] ? head[p].size() : 0;
        return count;
    }

  private:
    double x(std::size_t p) const { return gutter + step_ * (static_cast<double>(p) + 0.5); }
    static double rise(std::size_t from, std::size_t to) {
        return 12 + 11 * std::sqrt(std::abs(static_cast<double>(from) - static_cast<double>(to)));
    }
    double rise_of(std::size_t layer) const {
        double highest = 0;
        for (const auto& head : attention_.attended[layer])
            for (std::size_t p = 0; p < head.size(); ++p)
                for (const std::int64_t to : head[p])
                    highest = std::max(highest, rise(p, static_cast<std::size_t>(to - 1)));
        return highest;
    }

    void put(double x, double y, const std::string& what) {
        out_ += fmt::format("  \\put({:.1f},{:.1f}){{{}}}\n", x, y, what);
    }

    void arcs(std::size_t layer, double y) {
        for (std::size_t h = 0; h < attention_.attended[layer].size(); ++h)
            for (std::size_t p = 0; p < attention_.attended[layer][h].size(); ++p)
                for (std::size_t k = 0; k < attention_.attended[layer][h][p].size(); ++k)
                    if (attention_.reached[layer + 1][p]) arc(layer, h, p, k, y);
    }

    void arc(std::size_t layer, std::size_t head, std::size_t from, std::size_t k, double y) {
        const auto to = static_cast<std::size_t>(attention_.attended[layer][head][from][k] - 1);
        const double weight = attention_.weights.empty() ? 1 : attention_.weights[layer][head][from][k];
        const double apart = from == to ? 4 : 2, sign = from <= to ? 1 : -1;
        const double begin = x(from) + (from == to ? -apart : sign * apart),
                     end = x(to) + (from == to ? apart : -sign * apart);
        const double top = rise(from, to);
        const double length = std::hypot(end - begin, 2 * top);
        // The first head's arcs are lines, those of the others dots, further apart from head to head.
        const std::string dots =
            head == 0 ? ""
                      : fmt::format("[{}]", static_cast<int>(length / (0.8 + 0.8 * static_cast<double>(head))) + 4);
        out_ +=
            fmt::format("  \\linethickness{{{:.2f}pt}}\\qbezier{}({:.1f},{:.1f})({:.1f},{:.1f})({:.1f},{:.1f})\n",
                        std::max(0.2, 0.8 * weight), dots, begin, y + 1, (begin + end) / 2, y + 2 * top, end, y + 5);
        put(end, y + 6, "\\vector(0,-1){5}");
    }

    /// The positions at one boundary, with their symbols and numbers.
    void row(std::size_t boundary, double y, const std::string& name) {
        put(0, y + row_height / 2, fmt::format("\\makebox(0,0)[l]{{\\footnotesize {}}}", name));
        for (std::size_t p = 0; p < attention_.symbols.size(); ++p) {
            if (boundary == layers_ && p != attention_.read) continue;
            const std::string symbol = fmt::format("{{\\footnotesize\\texttt{{{}}}}}", latex(attention_.symbols[p]));
            if (attention_.reached[boundary][p]) {
                const double side = std::min(step_ - 3, row_height - 4);
                put(x(p) - side / 2, y + (row_height - side) / 2,
                    fmt::format("\\framebox({0:.1f},{0:.1f}){1}", side, symbol));
            } else {
                put(x(p), y + row_height / 2, "\\makebox(0,0)" + symbol);
            }
            if (boundary < layers_) put(x(p), y - 6, fmt::format("\\makebox(0,0){{\\tiny {}}}", p + 1));
        }
    }

    const Attention& attention_;
    const std::string& outcome_;
    std::size_t layers_;
    double step_;
    std::string out_;
};

}  // namespace

std::string attention_latex(const Attention& attention, const std::string& outcome) {
    if (attention.symbols.size() > most_positions_in_latex) return "";
    Picture picture(attention, outcome);
    return picture.strong_arcs() > most_arcs ? "" : picture.draw();
}

}  // namespace attest::report
