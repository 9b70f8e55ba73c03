#include "report/automaton_drawing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/text.hpp"

// Layers after Sugiyama, Tagawa and Toda (1981). A state stands in the column of its distance from the start, so that an arrow
// leads one column to the right at most. One that leads back over several columns passes through a place of its own in each
// of them, and so through no state. In each column places are in the order of the mean height of their neighbours, swept
// from left to right and back; of all sweeps the one with the fewest crossings is drawn.

namespace attest::report {

namespace {

constexpr std::size_t most_states_drawn = 24, most_arrows_drawn = 110;
constexpr double state_radius = 19, state_room = 78, pass_room = 34, side_room = 62, roof = 62;

struct Edge {
    std::size_t from, to;
    std::string label;
    std::vector<std::size_t> passes;  ///< places between, from `from` to `to`
};

bool is_whole(const record::Automaton& automaton, std::size_t symbols) {
    const std::uint64_t states = automaton.states;
    const auto is_state = [&](std::uint64_t q) { return q < states; };
    return states >= 1 && states <= most_states_drawn && symbols > 0 && is_state(automaton.start) &&
           automaton.transitions.size() == states && std::ranges::all_of(automaton.accept, is_state) &&
           std::ranges::all_of(automaton.transitions, [&](const auto& row) {
               return row.size() == symbols && std::ranges::all_of(row, is_state);
           });
}

/// Symbols of one arrow, not more than fit.
std::string label_of(const std::vector<std::string>& symbols, const std::vector<std::size_t>& on) {
    if (on.size() == symbols.size() && on.size() > 2) return "any";
    std::string text;
    for (std::size_t k = 0; k < on.size(); ++k) {
        if (k == 6) return text + fmt::format(", … ({})", on.size());
        text += (k == 0 ? "" : ", ") + base::printable(symbols[on[k]], 12);
    }
    return text;
}

/// Where everything stands.
class Places {
  public:
    Places(const record::Automaton& automaton, const std::vector<std::string>& symbols) {
        find_columns(automaton);
        for (std::size_t q = 0; q < automaton.states; ++q) {
            std::map<std::size_t, std::vector<std::size_t>> on;
            for (std::size_t a = 0; a < symbols.size(); ++a) on[automaton.transitions[q][a]].push_back(a);
            for (const auto& [to, letters] : on) edges.push_back({q, to, label_of(symbols, letters), {}});
        }
        if (!all_reached || edges.size() > most_arrows_drawn) return;
        for (Edge& edge : edges) add_passes(edge);
        order();
        spread();
    }

    std::vector<std::size_t> column;  ///< by place; places of states first
    std::vector<double> height;       ///< by place, from the middle line
    std::vector<Edge> edges;
    std::vector<std::vector<std::size_t>> columns;
    bool all_reached = false;

    std::size_t states = 0;

  private:
    void find_columns(const record::Automaton& automaton) {
        states = automaton.states;
        column.assign(states, states);
        column[automaton.start] = 0;
        std::vector<std::size_t> queue{automaton.start};
        for (std::size_t k = 0; k < queue.size(); ++k)
            for (const std::uint64_t to : automaton.transitions[queue[k]])
                if (column[to] == states) {
                    column[to] = column[queue[k]] + 1;
                    queue.push_back(to);
                }
        all_reached = queue.size() == states;
        if (!all_reached) return;
        columns.resize(column[queue.back()] + 1);
        for (const std::size_t q : queue) columns[column[q]].push_back(q);
    }

    void add_passes(Edge& edge) {
        for (std::size_t c = column[edge.from]; c > column[edge.to] + 1; --c) {
            edge.passes.push_back(column.size());
            columns[c - 1].push_back(column.size());
            column.push_back(c - 1);
        }
        std::vector<std::size_t> chain{edge.from};
        chain.insert(chain.end(), edge.passes.begin(), edge.passes.end());
        chain.push_back(edge.to);
        for (std::size_t k = 0; k + 1 < chain.size(); ++k)
            if (column[chain[k]] != column[chain[k + 1]]) segments_.emplace_back(chain[k], chain[k + 1]);
    }

    std::vector<std::size_t> ranks() const {
        std::vector<std::size_t> rank(column.size());
        for (const auto& places : columns)
            for (std::size_t k = 0; k < places.size(); ++k) rank[places[k]] = k;
        return rank;
    }

    std::size_t crossings() const {
        const std::vector<std::size_t> rank = ranks();
        std::size_t count = 0;
        for (std::size_t i = 0; i < segments_.size(); ++i)
            for (std::size_t j = 0; j < i; ++j) {
                auto [a, b] = segments_[i];
                auto [c, d] = segments_[j];
                if (column[a] > column[b]) std::swap(a, b);
                if (column[c] > column[d]) std::swap(c, d);
                if (column[a] != column[c]) continue;
                if ((rank[a] < rank[c] && rank[b] > rank[d]) || (rank[a] > rank[c] && rank[b] < rank[d])) ++count;
            }
        return count;
    }

    /// Puts a column into the order of the mean rank of what it is joined with in the one beside it.
    void sort_column(std::size_t c, std::size_t beside) {
        const std::vector<std::size_t> rank = ranks();
        std::vector<double> mean(column.size(), -1);
        for (const std::size_t place : columns[c]) {
            double sum = 0, count = 0;
            for (const auto& [a, b] : segments_)
                if (a == place || b == place) {
                    const std::size_t other = a == place ? b : a;
                    if (column[other] == beside) sum += static_cast<double>(rank[other]), ++count;
                }
            mean[place] = count > 0 ? sum / count : static_cast<double>(rank[place]);
        }
        std::ranges::stable_sort(columns[c], {}, [&](std::size_t place) { return mean[place]; });
    }

    void order() {
        auto best = columns;
        std::size_t fewest = crossings();
        for (int sweep = 0; sweep < 12 && fewest > 0; ++sweep) {
            if (sweep % 2 == 0)
                for (std::size_t c = 1; c < columns.size(); ++c) sort_column(c, c - 1);
            else
                for (std::size_t c = columns.size() - 1; c-- > 0;) sort_column(c, c + 1);
            if (const std::size_t now = crossings(); now < fewest) fewest = now, best = columns;
        }
        columns = std::move(best);
    }

    double room(std::size_t place) const { return place < states ? state_room : pass_room; }

    void spread() {
        height.assign(column.size(), 0);
        for (const auto& places : columns) {
            double all = 0;
            for (const std::size_t place : places) all += room(place);
            double y = -all / 2;
            for (const std::size_t place : places) {
                height[place] = y + room(place) / 2;
                y += room(place);
            }
        }
    }

    std::vector<std::pair<std::size_t, std::size_t>> segments_;  ///< between neighbouring columns
};

class AutomatonDrawing {
  public:
    AutomatonDrawing(const record::Automaton& automaton, const Places& places, const std::string& title)
        : automaton_(automaton),
          places_(places),
          step_(column_width()),
          svg_(2 * side_room + step_ * static_cast<double>(places.columns.size() - 1) + beyond(), roof + depth() + 24,
               title, description()) {}

    Svg draw() {
        for (const Edge& edge : places_.edges) draw_edge(edge);
        for (std::size_t q = 0; q < places_.states; ++q) draw_state(q);
        const Point start = at(automaton_.start);
        svg_.arrow({{start.x - state_radius - 26, start.y}, {start.x - state_radius, start.y}}, "ink");
        for (const auto& [where, label] : labels_) svg_.text(where, label, "ink halo", Anchor::middle, 13);
        return std::move(svg_);
    }

  private:
    double column_width() const {
        std::size_t longest = 1;
        double steepest = 0;
        for (const Edge& edge : places_.edges) {
            longest = std::max(longest, edge.label.size());
            if (places_.column[edge.from] != places_.column[edge.to])
                steepest = std::max(steepest, std::abs(places_.height[edge.from] - places_.height[edge.to]));
        }
        // Wide enough for the labels, and for arrows not to touch the states above and below those that they join.
        return std::max(std::clamp(86 + 7.0 * static_cast<double>(longest), 104.0, 200.0), 0.6 * steepest);
    }
    double depth() const {
        double lowest = 0;
        for (std::size_t p = 0; p < places_.height.size(); ++p) lowest = std::max(lowest, std::abs(places_.height[p]));
        return 2 * lowest + state_radius * 2;
    }
    /// How far arrows inside the last column stand out of it, where that is more than the room that there is anyway.
    double beyond() const {
        double furthest = 0;
        for (const Edge& edge : places_.edges)
            if (edge.from != edge.to && places_.column[edge.from] + 1 == places_.columns.size() &&
                places_.column[edge.to] + 1 == places_.columns.size())
                furthest = std::max(furthest, aside(places_.height[edge.from] - places_.height[edge.to]) +
                                                  8 * static_cast<double>(edge.label.size()));
        return std::max(0.0, furthest - side_room + 12);
    }
    static double aside(double span) { return 18 + std::abs(span) / 5; }
    Point at(std::size_t place) const {
        return {side_room + step_ * static_cast<double>(places_.column[place]),
                roof + depth() / 2 + places_.height[place] - state_radius / 2};
    }
    bool accepts(std::size_t q) const { return std::ranges::find(automaton_.accept, q) != automaton_.accept.end(); }

    std::string description() const {
        std::string accepting;
        for (const std::uint64_t q : automaton_.accept)
            accepting += fmt::format("{}{}", accepting.empty() ? "" : ", ", q);
        return fmt::format("An automaton of {}. It starts in state {}; {}. The table beside it has every transition.",
                           base::counted(automaton_.states, "state"), automaton_.start,
                           accepting.empty() ? "no state accepts" : "what accepts: " + accepting);
    }

    /// The point of a state's circle in the direction of another point.
    static Point rim(Point centre, Point towards) {
        const double x = towards.x - centre.x, y = towards.y - centre.y, length = std::max(1e-9, std::hypot(x, y));
        return {centre.x + x / length * state_radius, centre.y + y / length * state_radius};
    }

    void draw_edge(const Edge& edge) {
        if (edge.from == edge.to) return draw_loop(edge);
        std::vector<Point> way{at(edge.from)};
        for (const std::size_t pass : edge.passes) way.push_back(at(pass));
        way.push_back(at(edge.to));
        if (edge.passes.empty()) way.insert(way.begin() + 1, bend(edge));
        way.front() = rim(way.front(), way[1]);
        way.back() = rim(way.back(), way[way.size() - 2]);
        svg_.arrow(way, "muted");
        // Arrows that cross do so in the middle: their symbols stand nearer to where they begin.
        const bool across = edge.passes.empty() && places_.column[edge.from] != places_.column[edge.to];
        const double part = across ? 0.7 : 1;
        labels_.push_back(
            {{way[0].x + (way[1].x - way[0].x) * part, way[0].y + (way[1].y - way[0].y) * part + 4}, edge.label});
    }

    /// Between states of neighbouring columns the middle, aside where another arrow leads back; in one column further out
    /// the more states it passes by.
    Point bend(const Edge& edge) const {
        const Point a = at(edge.from), b = at(edge.to);
        const Point middle{(a.x + b.x) / 2, (a.y + b.y) / 2};
        if (places_.column[edge.from] == places_.column[edge.to]) {
            return {middle.x + (a.y < b.y ? 1 : -1) * aside(a.y - b.y), middle.y};
        }
        const bool is_pair = std::ranges::any_of(
            places_.edges, [&](const Edge& other) { return other.from == edge.to && other.to == edge.from; });
        if (!is_pair) return middle;
        const double length = std::hypot(b.x - a.x, b.y - a.y);
        return {middle.x + (b.y - a.y) / length * 13, middle.y - (b.x - a.x) / length * 13};
    }

    void draw_loop(const Edge& edge) {
        const Point c = at(edge.from);
        const double r = state_radius;
        svg_.arrow({{c.x - 9, c.y - r + 3},
                    {c.x - 13, c.y - r - 14},
                    {c.x, c.y - r - 22},
                    {c.x + 13, c.y - r - 14},
                    {c.x + 9, c.y - r + 3}},
                   "muted");
        labels_.push_back({{c.x, c.y - r - 26}, edge.label});
    }

    void draw_state(std::size_t q) {
        const Point centre = at(q);
        svg_.circle(
            centre, state_radius, accepts(q) ? "c-soft" : "grid",
            fmt::format("state {}{}{}", q, q == automaton_.start ? ", start" : "", accepts(q) ? ", accepts" : ""));
        svg_.ring(centre, state_radius, "ink");
        if (accepts(q)) svg_.ring(centre, state_radius - 4, "ink");
        svg_.text({centre.x, centre.y + 5}, std::to_string(q), "ink", Anchor::middle, 14);
    }

    const record::Automaton& automaton_;
    const Places& places_;
    double step_;
    std::vector<std::pair<Point, std::string>> labels_;  ///< above all lines
    Svg svg_;
};

}  // namespace

std::optional<Svg> draw_automaton(const record::Automaton& automaton, const std::vector<std::string>& symbols,
                                  const std::string& title) {
    if (!is_whole(automaton, symbols.size())) return std::nullopt;
    const Places places(automaton, symbols);
    if (!places.all_reached || places.edges.size() > most_arrows_drawn) return std::nullopt;
    return AutomatonDrawing(automaton, places, title).draw();
}

}  // namespace attest::report
