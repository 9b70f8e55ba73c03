#include "decide/ablate/blocks.hpp"

namespace attest::ablate {

namespace {

using exact::AffineMap;
using network::Transformer;

class Repeater {
  public:
    Repeater(Transformer& transformer, std::size_t blocks) : t_(transformer), width_(transformer.dimension * blocks) {}

    void run() {
        for (exact::Vector& e : t_.embedding) repeat(e);
        repeat(t_.begin_embedding);
        repeat(t_.end_embedding);
        repeat(t_.position);
        if (t_.position_table)
            for (exact::Vector& row : t_.position_table->rows) repeat(row);
        for (network::Layer& layer : t_.layers) run(layer);
        if (t_.readout.classes) t_.readout.classes->logits.weight.columns = width_;
        else t_.readout.weight.resize(width_);
        t_.dimension = width_;
    }

  private:
    void run(network::Layer& layer) const {
        if (layer.attention)
            for (network::Head& head : layer.attention->heads) {
                for (AffineMap* map : maps_that_read(head)) map->weight.columns = width_;
                repeat(head.output);
            }
        if (!layer.feedforward) return;
        layer.feedforward->maps.front().weight.columns = width_;
        if (layer.feedforward->gate) layer.feedforward->gate->weight.columns = width_;
        repeat(layer.feedforward->maps.back());
    }

    void repeat(AffineMap& map) const {
        repeat(map.weight.rows);
        repeat(map.bias);
    }

    template <typename List>
    void repeat(List& list) const {
        if (list.empty()) return;
        list.reserve(width_);
        for (std::size_t c = 0; list.size() < width_; ++c) list.push_back(list[c]);
    }

    Transformer& t_;
    std::size_t width_;
};

}  // namespace

Transformer repeated_in_blocks(const Transformer& transformer, std::size_t blocks) {
    Transformer result = transformer;
    Repeater(result, blocks).run();
    return result;
}

std::vector<AffineMap*> maps_that_read(network::Head& head) {
    if (!head.query) return {&head.value};
    return {&*head.query, &*head.key, &head.value};
}

void read_from(AffineMap& map, std::size_t first) {
    for (auto& row : map.weight.rows)
        for (auto& entry : row) entry.first += static_cast<std::uint32_t>(first);
}

void write_nothing(AffineMap& map, std::size_t first, std::size_t last) {
    for (std::size_t r = first; r < last; ++r) {
        map.weight.rows[r].clear();
        if (!map.bias.empty()) map.bias[r] = 0;
    }
}

}  // namespace attest::ablate
