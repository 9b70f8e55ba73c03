#include "report/cascade_drawing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "base/text.hpp"

namespace attest::report {

namespace {

constexpr std::size_t most_sets_drawn = 64, most_rows_passed = 600;
constexpr double widest_cascade = 1500, level_gutter = 92, level_height = 92, set_height = 28, set_gap = 18;

double set_width(const std::string& text) { return 20 + 7.4 * static_cast<double>(text.size()); }

bool is_drawable(const record::Cascade& cascade) {
    const std::size_t count = cascade.sets.size();
    if (count < 2 || count > most_sets_drawn || cascade.height < 1 || cascade.height > most_sets_drawn) return false;
    std::uint64_t passed = 0;  // rows that lines go through
    for (const record::Cascade::Set& set : cascade.sets) {
        if (set.height > cascade.height || set.tiles.size() > count) return false;
        for (const std::uint64_t tile : set.tiles) {
            if (tile >= count || cascade.sets[tile].height >= set.height) return false;
            passed += set.height - cascade.sets[tile].height;
        }
    }
    return passed <= most_rows_passed;
}

class CascadeDrawing {
  public:
    CascadeDrawing(const record::Cascade& cascade, const std::string& title)
        : cascade_(cascade),
          rows_(rows()),
          width_(width()),
          svg_(level_gutter + width_ + 24, level_height * static_cast<double>(rows_.size()) + 14, title,
               description()) {}

    bool fits() const { return width_ <= widest_cascade; }

    Svg draw() {
        place();
        for (const Tile& tile : tiles_) draw_tile(tile);
        for (std::size_t s = 0; s < cascade_.sets.size(); ++s) draw_set(s);
        for (std::size_t row = 0; row < rows_.size(); ++row) {
            const bool last = row + 1 == rows_.size();
            svg_.text({8, y(row) + 5}, last ? "states" : fmt::format("register {}", row + 1), "muted", Anchor::start,
                      13);
        }
        return std::move(svg_);
    }

  private:
    /// A line from a set to one inside it, through a place of its own in each row between.
    struct Tile {
        std::size_t number;
        std::vector<std::size_t> places;
    };

    std::size_t row_of(std::size_t set) const { return cascade_.height - cascade_.sets[set].height; }

    /// Places by row from the top, those of sets and of lines that pass, each row by the mean place of what leads to it.
    std::vector<std::vector<std::size_t>> rows() {
        std::vector<std::vector<std::size_t>> rows(cascade_.height + 1);
        for (std::size_t s = 0; s < cascade_.sets.size(); ++s) rows[row_of(s)].push_back(s);
        std::size_t places = cascade_.sets.size();
        for (std::size_t s = 0; s < cascade_.sets.size(); ++s)
            for (std::size_t k = 0; k < cascade_.sets[s].tiles.size(); ++k) {
                Tile& tile = tiles_.emplace_back(Tile{k, {s}});
                for (std::size_t row = row_of(s) + 1; row < row_of(cascade_.sets[s].tiles[k]); ++row) {
                    rows[row].push_back(places);
                    tile.places.push_back(places++);
                }
                tile.places.push_back(cascade_.sets[s].tiles[k]);
            }
        at_.resize(places);
        std::vector<double> sum(places, 0), count(places, 0), part(places, 0.5);
        for (auto& row : rows) {
            std::ranges::stable_sort(row, {}, [&](std::size_t p) { return count[p] > 0 ? sum[p] / count[p] : 0.5; });
            for (std::size_t k = 0; k < row.size(); ++k)
                part[row[k]] = (static_cast<double>(k) + 0.5) / static_cast<double>(row.size());
            for (const Tile& tile : tiles_)
                for (std::size_t k = 0; k + 1 < tile.places.size(); ++k)
                    if (std::ranges::find(row, tile.places[k]) != row.end())
                        sum[tile.places[k + 1]] += part[tile.places[k]], ++count[tile.places[k + 1]];
        }
        return rows;
    }

    std::string text(std::size_t s) const { return set_text(cascade_, cascade_.sets[s]); }
    double place_width(std::size_t place) const { return place < cascade_.sets.size() ? set_width(text(place)) : 10; }
    double row_width(const std::vector<std::size_t>& row) const {
        double all = 0;
        for (const std::size_t p : row) all += place_width(p) + set_gap;
        return all;
    }
    double width() const {
        double widest = 0;
        for (const auto& row : rows_) widest = std::max(widest, row_width(row));
        return widest;
    }
    static double y(std::size_t row) { return 30 + level_height * static_cast<double>(row); }

    std::string description() const {
        return fmt::format(
            "{} of states in {}. A line leads from a set to each of the greatest sets inside it, among which the "
            "register chooses. The table beside it has every set.",
            base::counted(cascade_.sets.size(), "set"), base::counted(cascade_.height, "register"));
    }

    void place() {
        for (std::size_t row = 0; row < rows_.size(); ++row) {
            const double spare = (width_ - row_width(rows_[row])) / static_cast<double>(rows_[row].size() + 1);
            double x = level_gutter + spare;
            for (const std::size_t p : rows_[row]) {
                const double wide = place_width(p);
                at_[p] = {x + wide / 2, y(row)};
                x += wide + set_gap + spare;
            }
        }
    }

    void draw_tile(const Tile& tile) {
        std::vector<Point> way;
        for (const std::size_t p : tile.places) way.push_back(at_[p]);
        way.front().y += set_height / 2;
        way.back().y -= set_height / 2;
        svg_.polyline(way, "muted");
        constexpr double part = 0.4;
        svg_.text({way[0].x + (way[1].x - way[0].x) * part, way[0].y + (way[1].y - way[0].y) * part + 4},
                  std::to_string(tile.number), "muted halo", Anchor::middle, 11);
    }

    void draw_set(std::size_t s) {
        const std::string shown = text(s);
        const double wide = set_width(shown);
        const char* role = s < cascade_.modulus ? "a-soft" : cascade_.sets[s].height == 0 ? "c-soft" : "grid";
        svg_.rectangle({at_[s].x - wide / 2, at_[s].y - set_height / 2}, wide, set_height, role,
                       base::counted(cascade_.sets[s].states.size(), "state"));
        svg_.text({at_[s].x, at_[s].y + 5}, shown, "ink", Anchor::middle, 13);
    }

    const record::Cascade& cascade_;
    std::vector<Tile> tiles_;
    std::vector<Point> at_;  ///< by place; those of sets first
    std::vector<std::vector<std::size_t>> rows_;
    double width_;
    Svg svg_;
};

}  // namespace

std::string set_text(const record::Cascade& cascade, const record::Cascade::Set& set) {
    constexpr std::size_t longest = 8;
    std::string text = cascade.modulus > 1 ? fmt::format("{}: {{", set.residue) : "{";
    for (std::size_t k = 0; k < std::min(longest, set.states.size()); ++k)
        text += fmt::format("{}{}", k == 0 ? "" : ",", set.states[k]);
    return text + (set.states.size() > longest ? fmt::format(", … ({})}}", set.states.size()) : "}");
}

std::optional<Svg> draw_cascade(const record::Cascade& cascade, const std::string& title) {
    if (!is_drawable(cascade)) return std::nullopt;
    CascadeDrawing drawing(cascade, title);
    if (!drawing.fits()) return std::nullopt;
    return drawing.draw();
}

}  // namespace attest::report
