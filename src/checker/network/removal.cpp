#include "checker/network/removal.hpp"

#include "checker/kernel/defect.hpp"

// FORMAT.md, section 15: a part is taken away by making the last map that it has 0, bias included, so it adds nothing
// to any vector. All that follows sees an ordinary model, so no obligation has a case for it.

namespace attest::checker {
namespace {

void clear(Affine& map) {
    for (auto& row : map.weight.rows) row.clear();
    map.bias.clear();
}

/// Null where the model has no such part.
Affine* last_map(Model& model, const Removed& part) {
    if (part.layer > model.layers.size()) return nullptr;
    Layer& layer = model.layers[part.layer - 1];
    if (part.head == 0) return layer.feedforward ? &layer.feedforward->maps.back() : nullptr;
    if (!layer.attention || part.head > layer.attention->heads.size()) return nullptr;
    return &layer.attention->heads[part.head - 1].output;
}

}  // namespace

void remove_parts(Model& model, const std::vector<Removed>& parts) {
    for (const Removed& part : parts) {
        Affine* map = last_map(model, part);
        if (map == nullptr) throw Defect("manifest.json: claim.without", "the model has no such part");
        clear(*map);
    }
}

}  // namespace attest::checker
