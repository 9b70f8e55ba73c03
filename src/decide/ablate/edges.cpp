#include "decide/ablate/edges.hpp"

#include <algorithm>
#include <utility>

#include "decide/ablate/blocks.hpp"

// What a head adds is a term of the sum that later heads read, as long as nothing but residuals lies between: a norm behind
// a part makes another vector of the sum, so no edge leads past one.
//
// Without norms. To read the sum without the term, the term must still be there on its own: the head adds it a second time,
// in d further coordinates, which nobody else writes; the later head reads W (y - y'), the y' being these.
//
// With norms before parts a head reads norm(y - y'), which is no affine map of y and y'. So the difference must be there: the
// later head has a block of d coordinates for itself, in which everything is written that is written in the first d, but
// what the earlier heads add. Each norm is applied to each block on its own (network/blocks.hpp).

namespace attest::ablate {

namespace {

using exact::AffineMap;
using network::Transformer;

bool has_norm(const Transformer& t) {
    return t.embedding_norm || t.final_norm ||
           std::any_of(t.layers.begin(), t.layers.end(), [](const network::Layer& layer) {
               return (layer.attention && layer.attention->norm) || (layer.feedforward && layer.feedforward->norm);
           });
}

bool is_after(const std::optional<network::Norm>& norm) {
    return norm && norm->placement == network::Norm::Placement::post;
}

std::size_t heads_of(const network::Layer& layer) { return layer.attention ? layer.attention->heads.size() : 0; }

/// Whether what the layer's attention adds is still there after the layer.
bool keeps_own(const network::Layer& layer) {
    return !(layer.attention && is_after(layer.attention->norm)) &&
           (!layer.feedforward || (layer.feedforward->residual && !is_after(layer.feedforward->norm)));
}
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
            for (AffineMap* map : maps_that_read(head)) map->weight.columns = dimension;
            more_rows(head.output, dimension);
        }
        if (!layer.feedforward) return;
        layer.feedforward->maps.front().weight.columns = dimension;
        if (layer.feedforward->gate) layer.feedforward->gate->weight.columns = dimension;
        more_rows(layer.feedforward->maps.back(), dimension);
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
        for (AffineMap* map : maps_that_read(head))
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

std::vector<Part> readers_of(const std::vector<Part>& edges) {
    std::vector<Part> readers;
    for (const Part& edge : edges) readers.push_back({edge.to_layer, edge.to_head});
    std::sort(readers.begin(), readers.end(),
              [](const Part& a, const Part& b) { return std::pair(a.layer, a.head) < std::pair(b.layer, b.head); });
    readers.erase(std::unique(readers.begin(), readers.end()), readers.end());
    return readers;
}

Transformer with_blocks(const Transformer& transformer, const std::vector<Part>& readers) {
    Transformer result = repeated_in_blocks(transformer, 1 + readers.size());
    for (std::size_t k = 0; k < readers.size(); ++k)
        for (AffineMap* map : maps_that_read(result.layers[readers[k].layer - 1].attention->heads[readers[k].head - 1]))
            read_from(*map, transformer.dimension * (k + 1));
    return result;
}

std::vector<Part> edges_of(const Transformer& transformer) {
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

namespace {

Transformer cut_before_norms(const Transformer& transformer, const std::vector<Part>& edges) {
    const std::vector<Part> readers = readers_of(edges);
    Transformer result = with_blocks(transformer, readers);
    const std::size_t d = transformer.dimension;
    for (const Part& edge : edges) {
        const auto reader = std::find(readers.begin(), readers.end(), Part{edge.to_layer, edge.to_head});
        const auto block = static_cast<std::size_t>(reader - readers.begin()) + 1;
        write_nothing(result.layers[edge.layer - 1].attention->heads[edge.head - 1].output, d * block, d * (block + 1));
    }
    return result;
}

}  // namespace

Transformer cut_edges(const Transformer& transformer, const std::vector<Part>& edges) {
    return has_norm(transformer) ? cut_before_norms(transformer, edges) : Wider(transformer, edges).take();
}

}  // namespace attest::ablate
