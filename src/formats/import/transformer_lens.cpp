#include "transformer_lens.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "family.hpp"

// TransformerLens keeps a matrix as what stands to the right of a row vector, x W, so each is transposed here.

namespace attest::formats::import {

namespace {

constexpr const char* default_config = "default of HookedTransformerConfig, the file does not say";

enum class NormKind { none, layer, rms };

class LensReader {
  public:
    explicit LensReader(Source& source) : source_(source), settings_(source.settings) {}

    Blueprint read() {
        refuse_others();
        plan_.embedding = source_.tensor_of_rank("embed.W_E", 2);
        plan_.dimension = d_ = plan_.embedding.array.shape[1];
        read_positions();
        read_norms();
        read_mask();
        const std::uint64_t count = source_.count("blocks.", ".attn.W_Q");
        for (std::uint64_t l = 0; l < count; ++l) plan_.layers.push_back(layer(fmt::format("blocks.{}.", l)));
        plan_.final_norm = norm("ln_final");
        const Part unembed = source_.tensor_of_rank("unembed.W_U", 2);
        const std::uint64_t classes = unembed.array.shape[1];
        plan_.readout = {transposed(source_.tensor("unembed.W_U", {d_, classes})),
                         source_.find("unembed.b_U", {classes})};
        plan_.classes_are_tokens = classes == plan_.embedding.array.shape[0];
        plan_.read = "last";
        return std::move(plan_);
    }

  private:
    void refuse_others() {
        settings_.refuse({"parallel_attn_mlp"}, "attention beside the feed-forward part");
        settings_.refuse({"use_qk_norm"}, "norms of queries and keys");
        settings_.refuse({"attn_scores_soft_cap", "output_logits_soft_cap"}, "soft caps", {"-1", "-1.0"});
        settings_.refuse({"num_experts"}, "experts");
        settings_.refuse({"use_normalization_before_and_after"}, "norms on both sides");
        settings_.refuse({"post_embedding_ln"}, "a norm after the embedding");
        settings_.refuse({"use_local_attn"}, "local attention");
        settings_.refuse({"scale_attn_by_inverse_layer_idx"}, "scales by layer");
    }

    void read_mask() {
        const std::string told = settings_.text({"attention_dir", "causal"}, "causal", default_config);
        if (told == "causal" || told == "true") plan_.mask = "causal";
        else if (told != "bidirectional" && told != "false")
            throw base::InputError(source_.place("attention_dir"), "causal or bidirectional", base::quoted(told));
    }

    void read_positions() {
        if (source_.has("pos_embed.W_pos")) {
            const std::uint64_t count = source_.tensor_of_rank("pos_embed.W_pos", 2).array.shape[0];
            plan_.positions = source_.tensor("pos_embed.W_pos", {count, d_});
            plan_.positions_limit = count;
        }
        const std::string type = settings_.text({"positional_embedding_type", "positions"},
                                                plan_.positions ? "standard" : "none", "the file has no other");
        if (type == "rotary") return read_rotary();
        if (type != (plan_.positions ? "standard" : "none"))
            throw base::InputError(source_.place("pos_embed.W_pos"), "positions that are standard, rotary or none",
                                   base::quoted(type));
    }

    void read_rotary() {
        if (plan_.positions) source_.fail("pos_embed.W_pos", "no table beside rotary positions", "one");
        const std::uint64_t dk = source_.tensor_of_rank("blocks.0.attn.W_Q", 3).array.shape[2];
        const std::string dims = settings_.text({"rotary_dim"}, std::to_string(dk), "d_head");
        const bool adjacent = settings_.flag({"rotary_adjacent_pairs"}, false, default_config);
        plan_.rotary = {settings_.text({"rotary_base"}, "10000", default_config),
                        std::strtoull(dims.c_str(), nullptr, 10), adjacent ? "interleaved" : "half"};
    }

    /// Without weights a file does not tell whether there are no norms or norms whose weights were folded into the
    /// maps.
    void read_norms() {
        const bool gains = source_.has("blocks.0.ln1.w"), biases = source_.has("blocks.0.ln1.b");
        if (gains) {
            norms_ = biases ? NormKind::layer : NormKind::rms;
            return;
        }
        const std::string told = settings_.require(
            {"normalization_type"}, "none, LNPre or RMSPre (no tensor tells whether there are norms)", "none");
        if (told == "LNPre") norms_ = NormKind::layer;
        else if (told == "RMSPre") norms_ = NormKind::rms;
        else if (told != "none" && told != "None")
            throw base::InputError(source_.place("normalization_type"),
                                   "none, LNPre or RMSPre without weights of norms", base::quoted(told));
    }

    std::optional<NormPlan> norm(const std::string& name) {
        if (norms_ == NormKind::none) return std::nullopt;
        return NormPlan{norms_ == NormKind::rms, settings_.text({"eps"}, "1e-5", default_config),
                        source_.find(name + ".w", {d_}), source_.find(name + ".b", {d_})};
    }

    /// Keys and values may be shared by groups of heads; their names then begin with `_`.
    Part grouped(const std::string& attention, const std::string& name, std::uint64_t h, std::uint64_t heads,
                 const Shape& rest) {
        const bool shared = source_.has(attention + "_" + name);
        const std::string full = attention + (shared ? "_" : "") + name;
        const std::uint64_t groups = shared ? source_.tensor_of_rank(full, rest.size() + 1).array.shape[0] : heads;
        Shape shape = {groups};
        shape.insert(shape.end(), rest.begin(), rest.end());
        return item(source_.tensor(full, shape), h * groups / heads);
    }

    MapPlan map(const std::string& attention, const std::string& which, std::uint64_t h, std::uint64_t heads,
                std::uint64_t dk) {
        MapPlan plan{transposed(grouped(attention, "W_" + which, h, heads, {d_, dk}))};
        if (source_.has(attention + "b_" + which) || source_.has(attention + "_b_" + which))
            plan.bias = grouped(attention, "b_" + which, h, heads, {dk});
        return plan;
    }

    /// 1/√dk, unless another divisor is told.
    void read_scale(std::uint64_t dk) {
        plan_.scale = settings_.flag({"use_attn_scale"}, true, default_config) ? "1/sqrt(dk)" : "1";
        const auto told = plan_.scale == "1" ? std::nullopt : settings_.find({"attn_scale"});
        if (!told) return;
        const double divisor = std::strtod(told->value.c_str(), nullptr), root = std::sqrt(static_cast<double>(dk));
        if (divisor > 0 && std::abs(divisor - root) > 1e-6 * root) plan_.scale = "1/" + told->value;
    }

    LayerPlan layer(const std::string& name) {
        const std::string attention = name + "attn.";
        const Part query = source_.tensor_of_rank(attention + "W_Q", 3);
        const std::uint64_t heads = query.array.shape[0], dk = query.array.shape[2];
        read_scale(dk);
        const Part out = source_.tensor(attention + "W_O", {heads, dk, d_});
        LayerPlan layer;
        for (std::uint64_t h = 0; h < heads; ++h)
            layer.heads.push_back(
                {map(attention, "Q", h, heads, dk),
                 map(attention, "K", h, heads, dk),
                 map(attention, "V", h, heads, dk),
                 {transposed(item(out, h)), h == 0 ? source_.find(attention + "b_O", {d_}) : std::nullopt}});
        layer.attention_norm = norm(name + "ln1");
        if (source_.has(name + "mlp.W_in")) read_mlp(name + "mlp.", layer), layer.feedforward_norm = norm(name + "ln2");
        return layer;
    }

    void read_mlp(const std::string& name, LayerPlan& layer) {
        const std::string told = settings_.text({"act_fn", "activation"}, "relu", default_config);
        layer.activation = activation_name(told, source_.place("act_fn"));
        const std::uint64_t f = source_.tensor_of_rank(name + "W_in", 2).array.shape[1];
        layer.maps = {{transposed(source_.tensor(name + "W_in", {d_, f})), source_.find(name + "b_in", {f})},
                      {transposed(source_.tensor(name + "W_out", {f, d_})), source_.find(name + "b_out", {d_})}};
        if (!source_.has(name + "W_gate")) return;
        layer.gate = MapPlan{transposed(source_.tensor(name + "W_gate", {d_, f}))};
        if (layer.maps[0].bias && !is_zero(layer.maps[0].bias->array))
            source_.fail(name + "b_in", "zeros (it stands outside the gated product)", "others");
        layer.maps[0].bias.reset();
    }

    Source& source_;
    Settings& settings_;
    std::uint64_t d_ = 0;
    NormKind norms_ = NormKind::none;
    Blueprint plan_;
};

/// The old layout has the embedding turned.
bool is_old(Source& source) {
    if (!source.has("pos_embed.W_pos") || !source.has("embed.W_E")) return false;
    const Shape embedding = source.tensor_of_rank("embed.W_E", 2).array.shape;
    const std::uint64_t d = source.tensor_of_rank("pos_embed.W_pos", 2).array.shape[1];
    if (embedding[0] != d || embedding[1] != d) return embedding[0] == d;
    return source.settings.require({"layout"}, "old or new (the embedding is square)", "new") == "old";
}

}  // namespace

Family transformer_lens() {
    return {
        "transformer-lens",
        [](const Checkpoint& checkpoint) {
            return has_name(checkpoint, "embed.W_E") && has_name(checkpoint, "blocks.*.attn.W_Q");
        },
        [](Source& source) { return is_old(source) ? read_old_transformer_lens(source) : LensReader(source).read(); },
        {{"embed.W_E", "embedding of tokens"},
         {"pos_embed.W_pos", "table of positions"},
         {"blocks.*.attn.W_Q", "queries, by heads"},
         {"blocks.*.attn.W_K", "keys, by heads"},
         {"blocks.*.attn.W_V", "values, by heads"},
         {"blocks.*.attn._W_K", "keys, by groups of heads"},
         {"blocks.*.attn._W_V", "values, by groups of heads"},
         {"blocks.*.attn.W_O", "outputs, by heads"},
         {"blocks.*.attn.b_Q", "biases of queries"},
         {"blocks.*.attn.b_K", "biases of keys"},
         {"blocks.*.attn.b_V", "biases of values"},
         {"blocks.*.attn._b_K", "biases of keys, by groups"},
         {"blocks.*.attn._b_V", "biases of values, by groups"},
         {"blocks.*.attn.b_O", "bias of the attention part"},
         {"blocks.*.mlp.W_in", "first map of the feed-forward part"},
         {"blocks.*.mlp.b_in", "its bias"},
         {"blocks.*.mlp.W_gate", "gate of the feed-forward part"},
         {"blocks.*.mlp.W_out", "second map of the feed-forward part"},
         {"blocks.*.mlp.b_out", "its bias"},
         {"blocks.*.ln1.w", "gain of the attention's norm"},
         {"blocks.*.ln1.b", "bias of the attention's norm"},
         {"blocks.*.ln2.w", "gain of the feed-forward part's norm"},
         {"blocks.*.ln2.b", "bias of the feed-forward part's norm"},
         {"ln_final.w", "gain of the last norm"},
         {"ln_final.b", "bias of the last norm"},
         {"unembed.W_U", "read-out"},
         {"unembed.b_U", "bias of the read-out"},
         {"blocks.*.attn.mask", not_needed},
         {"blocks.*.attn.IGNORE", not_needed},
         {"blocks.*.attn.rotary_sin", not_needed},
         {"blocks.*.attn.rotary_cos", not_needed}}};
}

}  // namespace attest::formats::import
