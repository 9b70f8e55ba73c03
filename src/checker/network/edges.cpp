#include <algorithm>
#include <string>

#include "checker/kernel/defect.hpp"
#include "checker/network/removal.hpp"

// FORMAT.md section 15, edges. Without norms: the first heads of the list get a block of coordinates each, behind those of the model.
// What such a head adds it adds in its block as well; blocks are carried by residuals as all coordinates are, and nothing
// else writes there. So at any place a block holds what is left of its head's output, and the head that an edge leads to
// reads the vector without it.
//
// With norms: the last heads get a block each, in which stands all that the model writes but what those heads add from which
// an edge leads to this one. Norms take each block by itself, which they know by how many gains they have.

namespace attest::checker {
namespace {

bool has_norm(const Model& model) {
    return model.embedding_norm || model.final_norm ||
           std::any_of(model.layers.begin(), model.layers.end(), [](const Layer& layer) {
               return (layer.attention && layer.attention->norm) || (layer.feedforward && layer.feedforward->norm);
           });
}

bool is_behind(const std::optional<Norm>& norm) { return norm && !norm->pre; }

/// What a head of layer l adds must still be a term of the sum that a head of layer m takes.
void require_sum(const Model& model, const Removed& edge) {
    for (std::size_t l = edge.layer; l < edge.to_layer; ++l) {
        const Layer& layer = model.layers[l - 1];
        const bool own = l == edge.layer;
        if ((layer.attention && (is_behind(layer.attention->norm) || (!own && !layer.attention->residual))) ||
            (layer.feedforward && (is_behind(layer.feedforward->norm) || !layer.feedforward->residual)))
            throw Defect("manifest.json: claim.without",
                         "a norm after a part, or a part without residual, lies between the heads of an edge");
    }
}

void lengthen(KeptVector& vector, std::size_t dimension) { vector.resize(dimension); }

void more_rows(Affine& map, std::size_t dimension) {
    map.weight.rows.resize(dimension);
    if (!map.bias.empty()) lengthen(map.bias, dimension);
}

void widen(FeedForward& part, std::size_t dimension) {
    part.maps.front().weight.columns = dimension;
    if (part.gate) part.gate->weight.columns = dimension;
    more_rows(part.maps.back(), dimension);
}

void widen(Head& head, std::size_t dimension) {
    for (Affine* map : {head.query ? &*head.query : nullptr, head.key ? &*head.key : nullptr, &head.value})
        if (map) map->weight.columns = dimension;
    more_rows(head.output, dimension);
}

/// The same function of vectors to which coordinates are added that are 0 everywhere.
void widen(Model& model, std::size_t dimension) {
    for (auto& entry : model.embedding) lengthen(entry.second, dimension);
    if (!model.position.empty()) model.position.resize(dimension);
    if (model.table)
        for (KeptVector& row : model.table->rows) lengthen(row, dimension);
    for (Layer& layer : model.layers) {
        if (layer.attention)
            for (Head& head : layer.attention->heads) widen(head, dimension);
        if (layer.feedforward) widen(*layer.feedforward, dimension);
    }
    model.readout.weight.columns = dimension;
    model.dimension = dimension;
}

/// The rows again, from row `first` on.
void copy_rows(Affine& map, std::size_t rows, std::size_t first, Budget& budget) {
    for (std::size_t r = 0; r < rows; ++r) {
        budget.memory(64, map.weight.rows[r].size());
        map.weight.rows[first + r] = map.weight.rows[r];
        if (!map.bias.empty()) map.bias[first + r] = map.bias[r];
    }
}

void subtract(Affine& map, std::size_t columns, std::size_t first, Budget& budget) {
    for (auto& row : map.weight.rows) {
        const auto own = row;
        budget.memory(64, own.size());
        for (const Matrix::Entry& entry : own)
            if (entry.column < columns) row.push_back({first + entry.column, Rational(-entry.value.rational())});
    }
}

/// The model with vectors of several blocks.
class Streams {
  public:
    Streams(Model& model, const std::vector<Removed>& edges, Budget& budget)
        : model_(model), edges_(edges), budget_(budget), d_(model.dimension) {
        for (const Removed& edge : edges) {
            require_sum(model, edge);
            streams_[{edge.to_layer, edge.to_head}] = 0;
        }
        std::size_t k = 0;
        for (auto& stream : streams_) stream.second = ++k;
        budget.memory(8 * d_ * (1 + k), 64 + model.layers.size());
    }

    void build() {
        const std::size_t width = d_ * (1 + streams_.size());
        for (auto& entry : model_.embedding) entry.second = everywhere(entry.second);
        model_.position = everywhere(model_.position);
        if (model_.table)
            for (KeptVector& row : model_.table->rows) row = everywhere(row);
        for (std::size_t l = 1; l <= model_.layers.size(); ++l) build(model_.layers[l - 1], l, width);
        model_.readout.weight.columns = width;
        model_.dimension = width;
    }

  private:
    /// As often as there are blocks.
    template <typename List>
    List everywhere(const List& list) const {
        List result;
        budget_.memory(64, list.size() * (1 + streams_.size()));
        for (std::size_t k = 0; k <= streams_.size(); ++k) result.insert(result.end(), list.begin(), list.end());
        return result;
    }

    void build(Layer& layer, std::size_t l, std::size_t width) const {
        for (std::size_t h = 1; layer.attention && h <= layer.attention->heads.size(); ++h) {
            Head& head = layer.attention->heads[h - 1];
            const auto own = streams_.find({l, h});
            const std::size_t from = own == streams_.end() ? 0 : d_ * own->second;
            for (Affine* map : {head.query ? &*head.query : nullptr, head.key ? &*head.key : nullptr, &head.value})
                if (map) read_from(*map, from, width);
            write(head.output);
            for (const Removed& edge : edges_)
                if (edge.layer == l && edge.head == h) silence(head.output, streams_.at({edge.to_layer, edge.to_head}));
        }
        if (!layer.feedforward) return;
        read_from(layer.feedforward->maps.front(), 0, width);
        if (layer.feedforward->gate) read_from(*layer.feedforward->gate, 0, width);
        write(layer.feedforward->maps.back());
    }

    static void read_from(Affine& map, std::size_t first, std::size_t width) {
        map.weight.columns = width;
        for (auto& row : map.weight.rows)
            for (Matrix::Entry& entry : row) entry.column += first;
    }

    void write(Affine& map) const {
        for (const auto& row : map.weight.rows) budget_.memory(64 * (1 + streams_.size()), row.size());
        map.weight.rows = everywhere(map.weight.rows);
        map.bias = everywhere(map.bias);
    }

    void silence(Affine& map, std::size_t block) const {
        for (std::size_t r = d_ * block; r < d_ * (block + 1); ++r) {
            map.weight.rows[r].clear();
            if (!map.bias.empty()) map.bias[r] = KeptRational();
        }
    }

    Model& model_;
    const std::vector<Removed>& edges_;
    Budget& budget_;
    const std::size_t d_;
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> streams_;  ///< number of the block of a head, from 1
};

}  // namespace

void cut_edges(Model& model, const std::vector<Removed>& edges, Budget& budget) {
    if (has_norm(model)) return Streams(model, edges, budget).build();
    const std::size_t d = model.dimension;
    const auto head_of = [&](std::size_t layer, std::size_t head) -> Head& {
        return model.layers[layer - 1].attention->heads[head - 1];
    };
    std::vector<Removed> first;  // of the edges
    for (const Removed& edge : edges)
        if (first.empty() || first.back() != Removed{edge.layer, edge.head}) first.push_back({edge.layer, edge.head});
    budget.memory(8 * d * (1 + first.size()), 64 + model.layers.size());
    widen(model, d * (1 + first.size()));
    for (std::size_t k = 0; k < first.size(); ++k)
        copy_rows(head_of(first[k].layer, first[k].head).output, d, d * (k + 1), budget);
    std::size_t block = 0;
    for (const Removed& edge : edges) {
        if (Removed{edge.layer, edge.head} != first[block]) ++block;
        Head& reader = head_of(edge.to_layer, edge.to_head);
        for (Affine* map :
             {reader.query ? &*reader.query : nullptr, reader.key ? &*reader.key : nullptr, &reader.value})
            if (map) subtract(*map, d, d * (block + 1), budget);
    }
}

}  // namespace attest::checker
