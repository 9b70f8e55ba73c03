#include "decide/ablate/edges.hpp"

#include <algorithm>

#include "attest/base/error.hpp"

// What a head adds is a term of the sum that later heads read, as long as nothing but residuals lies between. To read the
// sum without the term, the term must still be there on its own: the head adds it a second time, in d further coordinates,
// which nobody else writes; the later head reads W (y - y'), the y' being these.

namespace attest::ablate {

namespace {

using exact::AffineMap;
using network::Transformer;

void require_no_norm(const Transformer& t) {
    const bool has =
        t.embedding_norm || t.final_norm ||
        std::any_of(t.layers.begin(), t.layers.end(), [](const network::Layer& layer) {
            return (layer.attention && layer.attention->norm) || (layer.feedforward && layer.feedforward->norm);
        });
    if (has)
        throw base::Unsupported(
            "edges between heads are of models without norms: through a norm a head reads no sum from which a term "
            "could "
            "be taken");
}

std::size_t heads_of(const network::Layer& layer) { return layer.attention ? layer.attention->heads.size() : 0; }

/// Whether what the layer's attention adds is still there after the layer.
bool keeps_own(const network::Layer& layer) { return !layer.feedforward || layer.feedforward->residual; }
bool keeps(const network::Layer& layer) { return keeps_own(layer) && (!layer.attention || layer.attention->residual); }

/// One block of coordinates for each head from which an edge leads.
class Wider {
  public:
    Wider(const Transformer& transformer, const std::vector<Part>& edges)
        : result_(transformer), d_(transformer.dimension) {
        for (const Part& edge : edges)
            if (first_.empty() || first_.back().layer != edge.layer || first_.back().head != edge.head)
                first_.push_back({edge.layer, edge.head});
        widen(d_ * (1 + first_.size()));
        for (std::size_t k = 0; k < first_.size(); ++k) write_again(head(first_[k].layer, first_[k].head).output, k);
        for (const Part& edge : edges) subtract(head(edge.to_layer, edge.to_head), block_of(edge));
    }

    Transformer take() { return std::move(result_); }

  private:
    network::Head& head(std::size_t layer, std::size_t head) {
        return result_.layers[layer - 1].attention->heads[head - 1];
    }

    std::size_t block_of(const Part& edge) const {
        const auto at = std::find(first_.begin(), first_.end(), Part{edge.layer, edge.head});
        return static_cast<std::size_t>(at - first_.begin());
    }

    void widen(std::size_t dimension) {
        for (exact::Vector& e : result_.embedding) e.resize(dimension);
        if (result_.begin) result_.begin_embedding.resize(dimension);
        if (result_.end) result_.end_embedding.resize(dimension);
        if (!result_.position.empty()) result_.position.resize(dimension, exact::Expression(exact::Rational(0)));
        if (result_.position_table)
            for (exact::Vector& row : result_.position_table->rows) row.resize(dimension);
        for (network::Layer& layer : result_.layers) widen(layer, dimension);
        if (result_.readout.classes) result_.readout.classes->logits.weight.columns = dimension;
        else result_.readout.weight.resize(dimension);
        result_.dimension = dimension;
    }

    static void widen(network::Layer& layer, std::size_t dimension) {
        for (std::size_t h = 0; h < heads_of(layer); ++h) {
            network::Head& head = layer.attention->heads[h];
            for (AffineMap* map : read_by(head)) map->weight.columns = dimension;
            more_rows(head.output, dimension);
        }
        if (!layer.feedforward) return;
        layer.feedforward->maps.front().weight.columns = dimension;
        if (layer.feedforward->gate) layer.feedforward->gate->weight.columns = dimension;
        more_rows(layer.feedforward->maps.back(), dimension);
    }

    static std::vector<AffineMap*> read_by(network::Head& head) {
        if (!head.query) return {&head.value};
        return {&*head.query, &*head.key, &head.value};
    }

    static void more_rows(AffineMap& map, std::size_t dimension) {
        map.weight.rows.resize(dimension);
        if (!map.bias.empty()) map.bias.resize(dimension);
    }

    void write_again(AffineMap& map, std::size_t block) const {
        const std::size_t offset = d_ * (block + 1);
        for (std::size_t r = 0; r < d_; ++r) {
            map.weight.rows[offset + r] = map.weight.rows[r];
            if (!map.bias.empty()) map.bias[offset + r] = map.bias[r];
        }
    }

    void subtract(network::Head& head, std::size_t block) const {
        const std::size_t offset = d_ * (block + 1);
        for (AffineMap* map : read_by(head))
            for (auto& row : map->weight.rows) {
                const std::size_t entries = row.size();
                for (std::size_t e = 0; e < entries; ++e)
                    if (row[e].first < d_)
                        row.emplace_back(static_cast<std::uint32_t>(offset + row[e].first),
                                         exact::Rational(-row[e].second));
            }
    }

    Transformer result_;
    std::size_t d_;
    std::vector<Part> first_;  ///< heads from which edges lead
};

}  // namespace

std::vector<Part> edges_of(const Transformer& transformer) {
    require_no_norm(transformer);
    std::vector<Part> edges;
    for (std::size_t l = 0; l < transformer.layers.size(); ++l)
        for (std::size_t h = 1; h <= heads_of(transformer.layers[l]); ++h) {
            bool there = keeps_own(transformer.layers[l]);
            for (std::size_t m = l + 1; m < transformer.layers.size() && there; ++m) {
                for (std::size_t g = 1; g <= heads_of(transformer.layers[m]); ++g)
                    edges.push_back({l + 1, h, m + 1, g});
                there = keeps(transformer.layers[m]);
            }
        }
    return edges;
}

Transformer cut_edges(const Transformer& transformer, const std::vector<Part>& edges) {
    return Wider(transformer, edges).take();
}

}  // namespace attest::ablate
