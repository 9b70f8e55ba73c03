#include <algorithm>
#include <string>

#include "checker/kernel/defect.hpp"
#include "checker/network/removal.hpp"

// FORMAT.md section 15, edges: the first heads of the list get a block of coordinates each, behind those of the model.
// What such a head adds it adds in its block as well; blocks are carried by residuals as all coordinates are, and nothing
// else writes there. So at any place a block holds what is left of its head's output, and the head that an edge leads to
// reads the vector without it.

namespace attest::checker {
namespace {

bool has_norm(const Model& model) {
    return model.embedding_norm || model.final_norm ||
           std::any_of(model.layers.begin(), model.layers.end(), [](const Layer& layer) {
               return (layer.attention && layer.attention->norm) || (layer.feedforward && layer.feedforward->norm);
           });
}

void lengthen(Vector& vector, std::size_t dimension) { vector.resize(dimension); }

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
        for (Vector& row : model.table->rows) lengthen(row, dimension);
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
            if (entry.column < columns) row.push_back({first + entry.column, -entry.value});
    }
}

}  // namespace

void cut_edges(Model& model, const std::vector<Removed>& edges, Budget& budget) {
    if (has_norm(model)) throw Defect("manifest.json: claim.without", "edges are of models without norms");
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
