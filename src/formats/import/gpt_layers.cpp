#include "gpt_layers.hpp"

#include <fmt/format.h>

namespace attest::formats::import {

namespace {

constexpr const char* usual_prefix = "transformer.";

class GptReader {
  public:
    GptReader(Source& source, const GptVariant& variant)
        : source_(source),
          settings_(source.settings),
          variant_(variant),
          prefix_(source.has(std::string(usual_prefix) + "wte.weight") ? usual_prefix : "") {}

    Blueprint read() {
        plan_.embedding = source_.tensor_of_rank(prefix_ + "wte.weight", 2);
        const std::uint64_t vocabulary = plan_.embedding.array.shape[0];
        plan_.dimension = d_ = plan_.embedding.array.shape[1];
        const std::uint64_t positions = source_.tensor_of_rank(prefix_ + "wpe.weight", 2).array.shape[0];
        plan_.positions = source_.tensor(prefix_ + "wpe.weight", {positions, d_});
        plan_.positions_limit = positions;
        plan_.mask = "causal";
        settings_.assume("causal", "true", "the code of this family masks later positions");
        settings_.refuse({"model_type"}, "the code of another family", {"gpt2"});
        settings_.refuse({"scale_attn_by_inverse_layer_idx"}, "scales by layer");
        settings_.refuse({"add_cross_attention"}, "attention to an encoder");
        plan_.scale = settings_.flag({"scale_attn_weights"}, true, "default of the family") ? "1/sqrt(dk)" : "1";
        const std::uint64_t count = source_.count(prefix_ + "h.", ".attn.c_attn.weight");
        for (std::uint64_t l = 0; l < count; ++l) plan_.layers.push_back(layer(fmt::format("{}h.{}.", prefix_, l)));
        plan_.final_norm = norm(prefix_ + "ln_f");
        read_head(vocabulary);
        return std::move(plan_);
    }

  private:
    NormPlan norm(const std::string& name) {
        return {false, settings_.text({"eps", "layer_norm_epsilon"}, "1e-5", "default of the family"),
                source_.tensor(name + ".weight", {d_}), source_.find(name + ".bias", {d_})};
    }

    /// [outputs × inputs], however the file has it.
    MapPlan map(const std::string& name, std::uint64_t outputs, std::uint64_t inputs) {
        MapPlan plan{variant_.inputs_first ? transposed(source_.tensor(name + ".weight", {inputs, outputs}))
                                           : source_.tensor(name + ".weight", {outputs, inputs})};
        plan.bias = source_.find(name + ".bias", {outputs});
        return plan;
    }

    static MapPlan slice(const MapPlan& map, std::uint64_t from, std::uint64_t to) {
        return {rows(map.weight, from, to), map.bias ? std::optional(rows(*map.bias, from, to)) : std::nullopt};
    }

    LayerPlan layer(const std::string& name) {
        const std::uint64_t heads =
            settings_.require_count({"heads", "n_head"}, "the number of heads, which no tensor tells");
        if (d_ % heads != 0)
            source_.fail(name + "attn.c_attn.weight", fmt::format("a width that {} heads divide", heads),
                         std::to_string(d_));
        const std::uint64_t dk = d_ / heads;
        const MapPlan in = map(name + "attn.c_attn", 3 * d_, d_), out = map(name + "attn.c_proj", d_, d_);
        LayerPlan layer;
        for (std::uint64_t h = 0; h < heads; ++h) {
            const auto part = [&](std::uint64_t which) {
                return slice(in, which * d_ + h * dk, which * d_ + (h + 1) * dk);
            };
            layer.heads.push_back({part(0),
                                   part(1),
                                   part(2),
                                   {columns(out.weight, h * dk, (h + 1) * dk), h == 0 ? out.bias : std::nullopt}});
        }
        layer.attention_norm = norm(name + "ln_1");
        layer.feedforward_norm = norm(name + "ln_2");
        layer.activation = activation_name(
            settings_.text({"activation", "activation_function"}, variant_.activation, variant_.because),
            source_.place("activation"));
        const Part first = source_.tensor_of_rank(name + "mlp.c_fc.weight", 2);
        const std::uint64_t f = first.array.shape[variant_.inputs_first ? 1 : 0];
        layer.maps = {map(name + "mlp.c_fc", f, d_), map(name + "mlp.c_proj", d_, f)};
        return layer;
    }

    void read_head(std::uint64_t vocabulary) {
        plan_.read = "last";
        for (const char* name : {"lm_head", "score"}) {
            const std::string weight = std::string(name) + ".weight";
            if (!source_.has(weight)) continue;
            const std::uint64_t classes = source_.tensor_of_rank(weight, 2).array.shape[0];
            plan_.readout = {source_.tensor(weight, {classes, d_}),
                             source_.find(std::string(name) + ".bias", {classes})};
            plan_.classes_are_tokens = classes == vocabulary;
            return;
        }
        settings_.assume("lm_head", plan_.embedding.name,
                         "the file has no other read-out: it is tied to the embedding");
        plan_.readout = {plan_.embedding, {}};
        plan_.classes_are_tokens = true;
    }

    Source& source_;
    Settings& settings_;
    const GptVariant& variant_;
    std::string prefix_;
    std::uint64_t d_ = 0;
    Blueprint plan_;
};

}  // namespace

Blueprint read_gpt(Source& source, const GptVariant& variant) { return GptReader(source, variant).read(); }

std::vector<Role> gpt_roles() {
    return {{"**wte.weight", "embedding of tokens"},
            {"**wpe.weight", "table of positions"},
            {"**h.*.attn.c_attn.weight", "queries, keys and values of all heads"},
            {"**h.*.attn.c_attn.bias", "their biases"},
            {"**h.*.attn.c_proj.weight", "outputs of all heads"},
            {"**h.*.attn.c_proj.bias", "the bias of their sum"},
            {"**h.*.mlp.c_fc.weight", "first map of the feed-forward part"},
            {"**h.*.mlp.c_fc.bias", "its bias"},
            {"**h.*.mlp.c_proj.weight", "second map of the feed-forward part"},
            {"**h.*.mlp.c_proj.bias", "its bias"},
            {"**h.*.ln_1.weight", "gain of the attention's norm"},
            {"**h.*.ln_1.bias", "bias of the attention's norm"},
            {"**h.*.ln_2.weight", "gain of the feed-forward part's norm"},
            {"**h.*.ln_2.bias", "bias of the feed-forward part's norm"},
            {"**ln_f.weight", "gain of the last norm"},
            {"**ln_f.bias", "bias of the last norm"},
            {"lm_head.weight", "read-out"},
            {"score.weight", "read-out"},
            {"**h.*.attn.bias", not_needed},
            {"**h.*.attn.masked_bias", not_needed}};
}

bool fits_gpt(const Checkpoint& checkpoint, bool inputs_first) {
    for (const char* prefix : {usual_prefix, ""}) {
        const auto found = checkpoint.tensors.find(std::string(prefix) + "h.0.attn.c_attn.weight");
        if (found == checkpoint.tensors.end() || found->second.rank() != 2) continue;
        return (found->second.shape[0] < found->second.shape[1]) == inputs_first;
    }
    return false;
}

}  // namespace attest::formats::import
