#include "network/features.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "base/text.hpp"

namespace attest::network {

namespace {

class Survey {
  public:
    explicit Survey(const Transformer& t) {
        note(t.position_table.has_value(), Feature::position_table, "position.table");
        note(t.embedding_norm.has_value(), Feature::embedding_norm, "norm.embedding");
        norm(t.embedding_norm, "norm.embedding");
        note(t.final_norm.has_value(), Feature::final_norm, "norm.final");
        norm(t.final_norm, "norm.final");
        for (std::size_t l = 0; l < t.layers.size(); ++l) layer(t.layers[l], fmt::format("layers[{}]", l));
        readout(t.readout);
    }

    std::vector<FeatureUse> take() { return std::move(found_); }

  private:
    void note(bool is, Feature feature, const std::string& place) {
        if (is) found_.push_back({feature, place});
    }
    void norm(const std::optional<Norm>& norm, const std::string& place) {
        note(norm && norm->kind == Norm::Kind::rms, Feature::rms_norm, place + ".kind");
    }
    void layer(const Layer& layer, const std::string& place) {
        if (layer.attention) attention(*layer.attention, place + ".attention");
        if (layer.feedforward) {
            const FeedForward& f = *layer.feedforward;
            note(f.activation.kind != exact::Activation::Kind::relu, Feature::activation,
                 place + ".feedforward.activation");
            note(f.gate.has_value(), Feature::gate, place + ".feedforward.gate");
            norm(f.norm, place + ".feedforward.norm");
        }
        note(layer.repeat.has_value(), Feature::repeat, place + ".repeat");
    }
    void attention(const Attention& a, const std::string& place) {
        for (std::size_t h = 0; h < a.heads.size(); ++h) {
            note(a.tie_of(a.heads[h]) != a.tie, Feature::head_tie, fmt::format("{}.heads[{}].tie", place, h));
            note(a.mask_of(a.heads[h]) != a.mask, Feature::head_mask, fmt::format("{}.heads[{}].mask", place, h));
        }
        norm(a.norm, place + ".norm");
        note(a.rotary.has_value(), Feature::rotary, place + ".rotary");
    }
    void readout(const Readout& r) {
        note(r.pools(), Feature::pooled_readout, "readout.position");
        note(r.reading == Readout::Reading::each, Feature::each_readout, "readout.position");
        const bool transcendental = r.bias_in_n && r.bias_in_n->is_transcendental();
        note(r.bias_in_n && !transcendental, Feature::bias_in_n, "readout.bias");
        note(transcendental, Feature::transcendental_bias, "readout.bias");
        note(r.classes.has_value(), Feature::classes, "readout.classes");
    }

    std::vector<FeatureUse> found_;
};

}  // namespace

std::vector<FeatureUse> features(const Transformer& transformer) { return Survey(transformer).take(); }

void require_known(const Transformer& transformer, std::initializer_list<Feature> known, const std::string& who) {
    for (const FeatureUse& use : features(transformer))
        if (std::find(known.begin(), known.end(), use.feature) == known.end())
            throw base::Unsupported(
                fmt::format("{}:{}: {} does not do this yet", base::printable(transformer.name), use.place, who));
}

}  // namespace attest::network
