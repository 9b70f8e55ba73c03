#include "attention_arcs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "attest/network/at_length.hpp"
#include "flow.hpp"
#include "report/trace.hpp"
#include "sequence.hpp"

namespace attest::report {

namespace {

constexpr std::size_t most_positions = 64;
constexpr std::size_t most_arcs = 600;
constexpr const char* hues[] = {"a", "b", "c", "d", "e", "f"};

struct Arc {
    std::size_t layer, head, from, to;  ///< positions from 0
    bool strong;
    double weight;
};

std::vector<Arc> arcs_of(const Attention& attention) {
    std::vector<Arc> arcs;
    for (std::size_t l = 0; l < attention.attended.size(); ++l)
        for (std::size_t h = 0; h < attention.attended[l].size(); ++h)
            for (std::size_t p = 0; p < attention.attended[l][h].size(); ++p)
                for (std::size_t k = 0; k < attention.attended[l][h][p].size(); ++k)
                    arcs.push_back({l, h, p, static_cast<std::size_t>(attention.attended[l][h][p][k] - 1),
                                    attention.reached[l + 1][p],
                                    attention.weights.empty() ? 1 : attention.weights[l][h][p][k]});
    return arcs;
}

/// Draws panels one below the other.
class Drawing {
  public:
    Drawing(const Attention& attention, const std::vector<Arc>& arcs, const std::set<std::int64_t>& marked,
            const std::string& title, const std::string& outcome)
        : outcome_(outcome),
          symbols_(attention.symbols),
          arcs_(arcs),
          reached_(attention.reached),
          marked_(marked),
          step_(std::clamp(880.0 / static_cast<double>(symbols_.size()), 22.0, 52.0)),
          read_(attention.read),
          layers_(reached_.size() - 1),
          svg_(gutter + step_ * static_cast<double>(symbols_.size()) + 16, height_of_all(), title, description()) {}

    Svg draw() {
        double top = 8;
        for (std::size_t l = 0; l < layers_; ++l) {
            top += rise_of(l);
            panel(l, top + 14);
            top += 66;
        }
        row(layers_, top + 14, "read");
        const bool right = read_ < symbols_.size() / 2;  // where there is room
        svg_.text({x(read_) + (right ? 20 : -20), top + 32}, outcome_, "ink", right ? Anchor::start : Anchor::end);
        return std::move(svg_);
    }

  private:
    static constexpr double gutter = 84;

    double x(std::size_t p) const { return gutter + step_ * (static_cast<double>(p) + 0.5); }
    /// Far ones higher, such that arcs nest.
    double rise(std::size_t from, std::size_t to) const {
        const double distance = std::abs(static_cast<double>(from) - static_cast<double>(to));
        return 14 + 17 * std::sqrt(distance);
    }
    double rise_of(std::size_t layer) const {
        double highest = 0;
        for (const Arc& a : arcs_)
            if (a.layer == layer) highest = std::max(highest, rise(a.from, a.to));
        return highest;
    }
    double height_of_all() const {
        double height = 8 + 66;
        for (std::size_t l = 0; l < layers_; ++l) height += rise_of(l) + 66;
        return height;
    }

    std::string description() const {
        std::string text = "Where each position on the way to the readout looks. ";
        for (std::size_t k = 0; k < arcs_.size(); ++k) {
            const Arc& a = arcs_[k];
            if (!a.strong) continue;
            text += fmt::format("Layer {}, head {}: position {} looks at {}{}. ", a.layer + 1, a.head + 1, a.from + 1,
                                a.to + 1, a.weight < 1 ? fmt::format(" with weight {:.2g}", a.weight) : "");
            if (text.size() > 2000) return text + "And more: the list below the drawing has all.";
        }
        return text + fmt::format("The answer is read at position {}.", read_ + 1);
    }

    void panel(std::size_t l, double y) {
        for (const bool strong : {false, true})
            for (const Arc& a : arcs_)
                if (a.layer == l && a.strong == strong) arc(a, y - 2);
        row(l, y, fmt::format("layer {}", l + 1));
    }

    void arc(const Arc& a, double y) {
        const std::string role = std::string(hues[a.head % 6]) + (a.strong ? "" : " faint");
        const double apart =
            a.from == a.to ? 7 : 3;  // so that what leaves and what arrives at one position do not meet
        const double sign = a.from <= a.to ? 1 : -1;
        svg_.arc({x(a.from) - (a.from == a.to ? apart : -sign * apart), y},
                 {x(a.to) + (a.from == a.to ? apart : -sign * apart), y}, rise(a.from, a.to), role,
                 std::max(0.3, 1.8 * a.weight));
    }

    /// The positions at one boundary, with their symbols.
    void row(std::size_t boundary, double y, const std::string& name) {
        svg_.text({6, y + 18}, name, "muted");
        for (std::size_t p = 0; p < symbols_.size(); ++p) {
            const bool last = boundary == layers_;
            if (last && p != read_) continue;
            const bool odd = marked_.contains(static_cast<std::int64_t>(p) + 1) && !last;
            const double half = std::min(13.0, step_ / 2 - 1);
            svg_.rectangle({x(p) - half, y}, 2 * half, 26,
                           odd                     ? "b-soft"
                           : reached_[boundary][p] ? "a-soft"
                                                   : "grid faint",
                           fmt::format("position {}: {}", p + 1, symbols_[p]));
            svg_.text({x(p), y + 18}, symbols_[p], "ink", Anchor::middle, 14);
            svg_.text({x(p), y + 41}, odd ? fmt::format("{}!", p + 1) : std::to_string(p + 1), odd ? "b" : "muted",
                      Anchor::middle, 10);
        }
    }

    const std::string& outcome_;
    const std::vector<std::string>& symbols_;
    const std::vector<Arc>& arcs_;
    const std::vector<std::vector<bool>>& reached_;
    const std::set<std::int64_t>& marked_;
    double step_;
    std::size_t read_, layers_;
    Svg svg_;
};

std::size_t read_by(const network::Transformer& t, const language::Word& word) {
    return static_cast<std::size_t>(t.readout_position(t.sequence_length(static_cast<std::int64_t>(word.size()))) - 1);
}

network::AtLength at_length(const network::Transformer& t, const language::Word& word) {
    return {t, static_cast<std::int64_t>(word.size())};
}

}  // namespace

Attention attention_of(const network::Transformer& t, const language::Word& word, const network::Trace& trace) {
    Attention attention{sequence(t, word), looks_of(trace), {}, {}, read_by(t, word)};
    attention.reached =
        flow_by_layer(attention.attended, holds_of(*at_length(t, word)), attention.symbols.size(), attention.read);
    return attention;
}

Attention attention_of(const network::Guhat& tables, const language::Word& word, const network::GuhatTrace& trace) {
    Attention attention{sequence(tables, word), {}, {}, {}};
    const std::size_t n = attention.symbols.size();
    attention.read = n - 1;
    for (const auto& layer : trace.attended) {
        auto& heads = attention.attended.emplace_back();
        for (const auto& head : layer) {
            auto& positions = heads.emplace_back(n);
            for (std::size_t p = 0; p < n; ++p)
                if (head[p] != 0) positions[p].push_back(head[p]);
        }
    }
    const std::vector<bool> holds(trace.attended.size(), true);  // a value holds the one before it
    attention.reached = flow_by_layer(attention.attended, holds, n, attention.read);
    return attention;
}

Attention attention_of(const network::Transformer& t, const language::Word& word,
                       const std::vector<soft::HeadSeen>& heads) {
    Attention attention{sequence(t, word), {}, {}, {}, read_by(t, word)};
    const std::size_t n = attention.symbols.size();
    const network::AtLength at = at_length(t, word);
    for (const network::Layer& layer : at->layers) {
        const std::size_t count = layer.attention ? layer.attention->heads.size() : 0;
        attention.attended.emplace_back(count, std::vector<std::vector<std::int64_t>>(n));
        attention.weights.emplace_back(count, std::vector<std::vector<double>>(n));
    }
    for (const soft::HeadSeen& seen : heads)
        for (const std::size_t k : notable_positions(seen, n)) {
            const auto p = static_cast<std::size_t>(seen.position - 1);
            attention.attended[seen.layer][seen.head][p].push_back(seen.first + static_cast<std::int64_t>(k));
            attention.weights[seen.layer][seen.head][p].push_back(seen.weights[k].middle());
        }
    attention.reached = flow_by_layer(attention.attended, holds_of(*at), n, attention.read);
    return attention;
}

std::optional<Svg> attention_arcs(const Attention& attention, const std::set<std::int64_t>& marked,
                                  const std::string& title, const std::string& outcome) {
    if (attention.symbols.size() > most_positions) return {};
    std::vector<Arc> arcs = arcs_of(attention);
    const auto strong = static_cast<std::size_t>(std::ranges::count_if(arcs, &Arc::strong));
    if (strong > most_arcs) return {};
    if (arcs.size() > most_arcs) std::erase_if(arcs, [](const Arc& a) { return !a.strong; });
    return Drawing(attention, arcs, marked, title, outcome).draw();
}

}  // namespace attest::report
