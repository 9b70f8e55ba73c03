#include "decide/ablate/by_position.hpp"

#include <map>
#include <utility>

#include "attest/base/error.hpp"

// What depends on the position alone can be carried beside the vector: a block of d coordinates for each attention and
// feed-forward part that lacks something, in which the position vectors put the constants, and into which nothing is written.
// The attention part has a further head that looks at its own position, by a bias that is 0 there and at most -1 elsewhere,
// and adds the block to the first d coordinates: hard and average attention choose the greatest score, and sparsemax gives all
// weight to a score that is 1 above the others. A feed-forward part, which is gone as a whole, is replaced by the identity of
// the block, max(0, x) - max(0, -x). A part without residual would lose the blocks, so it writes them again, likewise.
//
// There are no norms here, which would not leave the blocks as they are: they make a model a softmax model.

namespace attest::ablate {

namespace {

using exact::AffineMap;
using exact::Rational;
using network::Transformer;

/// Layer, and whether it is its feed-forward part.
using Site = std::pair<std::size_t, bool>;

class ByPosition {
  public:
    ByPosition(const Transformer& transformer, const Removal& removal) : t_(transformer), d_(transformer.dimension) {
        for (std::size_t k = 0; k < removal.parts.size(); ++k) {
            std::vector<exact::Vector>& sum = sums_[{removal.parts[k].layer - 1, removal.parts[k].head == 0}];
            n_ = removal.by_position[k].size();
            sum.resize(n_, exact::Vector(d_));
            for (std::size_t p = 0; p < n_; ++p) exact::add_to(sum[p], removal.by_position[k][p]);
        }
        width_ = d_ * (1 + sums_.size());
    }

    Transformer run() {
        tabulate_positions();
        for (exact::Vector& e : t_.embedding) e.resize(width_);
        if (t_.begin) t_.begin_embedding.resize(width_);
        if (t_.end) t_.end_embedding.resize(width_);
        for (std::size_t l = 0; l < t_.layers.size(); ++l) {
            if (t_.layers[l].attention) widen(*t_.layers[l].attention, l);
            if (t_.layers[l].feedforward) widen(*t_.layers[l].feedforward, l);
        }
        if (t_.readout.classes) t_.readout.classes->logits.weight.columns = width_;
        else t_.readout.weight.resize(width_);
        t_.dimension = width_;
        return std::move(t_);
    }

  private:
    void tabulate_positions() {
        network::PositionTable table;
        for (std::size_t p = 1; p <= n_; ++p) {
            exact::Vector row =
                network::position_vector(t_, static_cast<std::int64_t>(p), static_cast<std::int64_t>(n_));
            row.resize(d_);
            for (const auto& site : sums_) row.insert(row.end(), site.second[p - 1].begin(), site.second[p - 1].end());
            table.rows.push_back(std::move(row));
        }
        t_.position.clear();
        t_.position_table = std::move(table);
    }

    /// The first coordinate of a site's block; nothing where it lacks nothing.
    std::optional<std::size_t> block_of(const Site& site) const {
        const auto at = sums_.find(site);
        if (at == sums_.end()) return std::nullopt;
        return d_ * (1 + static_cast<std::size_t>(std::distance(sums_.begin(), at)));
    }

    void widen(network::Attention& attention, std::size_t l) {
        for (network::Head& head : attention.heads) {
            if (head.query) head.query->weight.columns = head.key->weight.columns = width_;
            head.value.weight.columns = width_;
            lengthen(head.output);
        }
        if (const auto block = block_of({l, false})) attention.heads.push_back(own_position(*block, d_, 0));
        if (!attention.residual) attention.heads.push_back(own_position(d_, width_ - d_, d_));
    }

    /// Adds `count` coordinates from `from` on of its own position to those from `to` on.
    network::Head own_position(std::size_t from, std::size_t count, std::size_t to) const {
        network::Head head;
        head.mask = network::Mask::none;
        head.bias = exact::Expression::parse("0 - (i - j)^2", "ijn", false, "constants by position");
        head.value.weight.columns = width_;
        head.output.weight.columns = count;
        head.output.weight.rows.resize(width_);
        for (std::size_t c = 0; c < count; ++c) {
            head.value.weight.rows.push_back({{static_cast<std::uint32_t>(from + c), Rational(1)}});
            head.output.weight.rows[to + c] = {{static_cast<std::uint32_t>(c), Rational(1)}};
        }
        return head;
    }

    void widen(network::FeedForward& part, std::size_t l) {
        if (const auto block = block_of({l, true})) {  // it adds nothing but the constants
            part.activation = {};
            part.maps.assign(2, AffineMap());
            part.maps.front().weight.columns = d_;
            part.maps.back().weight.rows.resize(d_);
            carry(part, *block, d_, 0);
        } else {
            part.maps.front().weight.columns = width_;
            lengthen(part.maps.back());
        }
        if (!part.residual) carry(part, d_, width_ - d_, d_);
    }

    /// Of a part with one map the map writes them itself; else x goes through as a pair act(x), act(-x), whose difference is
    /// (1 + slope) x.
    void carry(network::FeedForward& part, std::size_t from, std::size_t count, std::size_t to) const {
        const bool direct = part.maps.size() == 1;
        const Rational factor = 1 / Rational(1 + part.activation.slope);
        std::size_t at = from;  // first of the numbers, or of the pairs, that the next map takes
        for (std::size_t m = 0; m < part.maps.size(); ++m) {
            AffineMap& map = part.maps[m];
            const bool first = m == 0, last = m + 1 == part.maps.size();
            map.weight.columns = first ? width_ : part.maps[m - 1].outputs();
            if (last) lengthen(map);
            const auto row = [&](std::size_t c, int sign) {
                std::vector<std::pair<std::uint32_t, Rational>> entries;
                if (first) entries.emplace_back(static_cast<std::uint32_t>(at + c), Rational(sign));
                else
                    for (const int side : {1, -1})
                        entries.emplace_back(static_cast<std::uint32_t>(at + 2 * c + (side > 0 ? 0 : 1)),
                                             Rational(sign * side) * factor);
                return entries;
            };
            const std::size_t next = map.weight.rows.size();
            for (std::size_t c = 0; c < count; ++c)
                if (last || direct) map.weight.rows[to + c] = row(c, 1);
                else
                    for (const int sign : {1, -1}) map.weight.rows.push_back(row(c, sign));
            if (!map.bias.empty()) map.bias.resize(map.weight.rows.size());
            at = next;
        }
    }

    void lengthen(AffineMap& map) const {
        map.weight.rows.resize(width_);
        if (!map.bias.empty()) map.bias.resize(width_);
    }

    Transformer t_;
    std::size_t d_, n_ = 0, width_ = 0;
    std::map<Site, std::vector<exact::Vector>> sums_;  ///< of what parts add at each position
};

}  // namespace

Transformer with_constants_by_position(const Transformer& transformer, const Removal& removal) {
    if (transformer.kind() == network::AttentionKind::softmax)
        throw base::Unsupported("a softmax model with constants by position is no model file");
    return ByPosition(transformer, removal).run();
}

}  // namespace attest::ablate
