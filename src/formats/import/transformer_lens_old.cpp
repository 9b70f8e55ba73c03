#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "family.hpp"
#include "transformer_lens.hpp"

namespace attest::formats::import {

namespace {

/// pizza weighs positions by a · softmax + (1 − a) · 1, which sums to more than 1 without the softmax: attention is
/// then the sum over the positions. A mean over n positions is that sum once n heads do the same, for sequences of
/// exactly n.
class OldLensReader {
  public:
    explicit OldLensReader(Source& source) : source_(source), settings_(source.settings) {}

    Blueprint read() {
        const Part embedding = source_.tensor_of_rank("embed.W_E", 2);
        plan_.embedding = transposed(embedding);
        plan_.dimension = d_ = embedding.array.shape[0];
        const std::uint64_t positions = source_.tensor_of_rank("pos_embed.W_pos", 2).array.shape[0];
        plan_.positions = source_.tensor("pos_embed.W_pos", {positions, d_});
        plan_.positions_limit = positions;
        read_attention(positions);
        const std::uint64_t count = source_.count("blocks.", ".attn.W_Q");
        for (std::uint64_t l = 0; l < count; ++l) plan_.layers.push_back(layer(fmt::format("blocks.{}.", l)));
        const std::uint64_t classes = source_.tensor_of_rank("unembed.W_U", 2).array.shape[1];
        plan_.readout = {transposed(source_.tensor("unembed.W_U", {d_, classes})), {}};
        plan_.classes_are_tokens = classes == plan_.embedding.array.shape[0];
        plan_.read = "last";
        settings_.assume("norms", "none", "the layout before TransformerLens has none");
        return std::move(plan_);
    }

  private:
    void read_attention(std::uint64_t positions) {
        plan_.scale = "1/sqrt(dk)";
        const auto coefficient = settings_.find({"attn_coeff"});
        if (!coefficient) {
            plan_.mask =
                settings_.flag({"causal"}, true, "the code of this layout masks later positions") ? "causal" : "none";
            return;
        }
        settings_.assume("causal", "false", "with attn_coeff the code has no mask");
        settings_.refuse({"attention_dir", "causal"}, "a mask", {"casual", "causal"});
        if (coefficient->value == "1" || coefficient->value == "1.0") return;
        if (coefficient->value != "0" && coefficient->value != "0.0")
            throw base::InputError(coefficient->because + ": attn_coeff",
                                   "0 or 1 (between them a head is no head of a model)",
                                   base::quoted(coefficient->value));
        plan_.kind = "average";
        plan_.scale = "1";
        plan_.exactly = positions;
        copies_ = positions;
    }

    LayerPlan layer(const std::string& name) {
        const std::string attention = name + "attn.", mlp = name + "mlp.";
        const Part query = source_.tensor_of_rank(attention + "W_Q", 3);
        const std::uint64_t heads = query.array.shape[0], dk = query.array.shape[1];
        const Shape shape = {heads, dk, d_};
        const Part key = source_.tensor(attention + "W_K", shape), value = source_.tensor(attention + "W_V", shape),
                   out = source_.tensor(attention + "W_O", {d_, heads * dk});
        LayerPlan layer;
        for (std::uint64_t h = 0; h < heads; ++h) {
            HeadPlan head{{}, {}, {item(value, h)}, {columns(out, h * dk, (h + 1) * dk)}};
            if (plan_.kind == "softmax") head.query = MapPlan{item(query, h)}, head.key = MapPlan{item(key, h)};
            layer.heads.insert(layer.heads.end(), copies_, head);
        }
        (void)source_.tensor(attention + "W_Q", shape);
        if (source_.has(mlp + "W_in")) read_mlp(mlp, layer);
        return layer;
    }

    void read_mlp(const std::string& name, LayerPlan& layer) {
        layer.activation =
            activation_name(settings_.text({"activation", "act_fn"}, "relu", "default of the code of this layout"),
                            source_.place("act_fn"));
        const std::uint64_t f = source_.tensor_of_rank(name + "W_in", 2).array.shape[0];
        layer.maps = {{source_.tensor(name + "W_in", {f, d_}), source_.find(name + "b_in", {f})},
                      {source_.tensor(name + "W_out", {d_, f}), source_.find(name + "b_out", {d_})}};
    }

    Source& source_;
    Settings& settings_;
    std::uint64_t d_ = 0, copies_ = 1;
    Blueprint plan_;
};

}  // namespace

Blueprint read_old_transformer_lens(Source& source) { return OldLensReader(source).read(); }

}  // namespace attest::formats::import
