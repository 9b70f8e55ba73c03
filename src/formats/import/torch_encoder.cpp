#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "family.hpp"

// torch.nn.TransformerEncoder within a module of the user's. Its layers have fixed names; the embedding, the positions
// and the head that stand round it have none, and what the outer forward() does is in no file. They are found by shape
// where there is one candidate each, and told where there are more.

namespace attest::formats::import {

namespace {

constexpr std::string_view layers_0 = "layers.0.self_attn.in_proj_weight";

/// What stands before `layers.0`.
std::string find_prefix(const Checkpoint& checkpoint) {
    std::vector<std::string> prefixes;
    for (const auto& [name, array] : checkpoint.tensors)
        if (name.ends_with(layers_0)) prefixes.push_back(name.substr(0, name.size() - layers_0.size()));
    if (prefixes.size() != 1)
        throw base::InputError(checkpoint.file, "one torch.nn.TransformerEncoder", std::to_string(prefixes.size()));
    return prefixes[0];
}

MapPlan slice(const Part& weight, const std::optional<Part>& bias, std::uint64_t from, std::uint64_t to) {
    return {rows(weight, from, to), bias ? std::optional(rows(*bias, from, to)) : std::nullopt};
}

class EncoderReader {
  public:
    explicit EncoderReader(Source& source) : source_(source), prefix_(find_prefix(source.checkpoint())) {}

    Blueprint read() {
        refuse_others();
        d_ = source_.tensor_of_rank(prefix_ + std::string(layers_0), 2).array.shape[1];
        plan_.dimension = d_;
        plan_.scale = "1/sqrt(dk)";
        read_order();
        const std::uint64_t count = source_.count(prefix_ + "layers.", ".self_attn.in_proj_weight");
        for (std::uint64_t l = 0; l < count; ++l)
            plan_.layers.push_back(layer(fmt::format("{}layers.{}.", prefix_, l)));
        if (source_.has(prefix_ + "norm.weight")) plan_.final_norm = norm(prefix_ + "norm");
        read_outside();
        return std::move(plan_);
    }

  private:
    void refuse_others() const {
        for (const auto& [name, array] : source_.checkpoint().tensors)
            for (const char* what : {".bias_k", ".bias_v", ".q_proj_weight", ".multihead_attn.in_proj_weight"})
                if (name.ends_with(what))
                    source_.fail(name, "an encoder of one width without add_bias_kv and without a decoder", name);
    }

    void read_order() {
        Settings& settings = source_.settings;
        const Settings::Names names = {"norm_first", prefix_ + "layers.0.norm_first"};
        if (source_.has(prefix_ + "norm.weight"))
            (void)settings.require(names, "true or false (with a norm after the encoder either is usual)", "true");
        plan_.pre_norm =
            settings.flag(names, false, "default of torch.nn.TransformerEncoderLayer, the file does not say");
        const bool causal =
            settings.flag({"causal"}, false, "a mask is given when the network is called, and is in no file");
        plan_.mask = causal ? "causal" : "none";
    }

    NormPlan norm(const std::string& name) {
        return {false,
                source_.settings.text({"eps", name + ".eps"}, "1e-5",
                                      "default of torch.nn.LayerNorm, the file does not say"),
                source_.find(name + ".weight", {d_}), source_.find(name + ".bias", {d_})};
    }

    std::string activation(const std::string& name) {
        Settings& settings = source_.settings;
        if (const auto told = settings.find({"activation"}))
            return activation_name(told->value, source_.place("activation"));
        const std::string found =
            settings.require({"activation", name + "activation_relu_or_gelu"}, "relu or gelu", "relu");
        if (found == "1" || found == "2") return found == "1" ? "relu" : "gelu";
        return activation_name(settings.require({"activation", name + "activation"}, "relu or gelu", "relu"),
                               source_.place(name + "activation"));
    }

    LayerPlan layer(const std::string& name) {
        const std::string attention = name + "self_attn.";
        const std::uint64_t heads = source_.settings.require_count({"heads", attention + "num_heads"},
                                                                   "the number of heads, which no tensor tells");
        if (d_ % heads != 0)
            source_.fail(attention + "in_proj_weight", fmt::format("a width that {} heads divide", heads),
                         std::to_string(d_));
        const std::uint64_t dk = d_ / heads;
        const Part in = source_.tensor(attention + "in_proj_weight", {3 * d_, d_});
        const auto in_bias = source_.find(attention + "in_proj_bias", {3 * d_});
        const Part out = source_.tensor(attention + "out_proj.weight", {d_, d_});
        const auto out_bias = source_.find(attention + "out_proj.bias", {d_});
        LayerPlan layer;
        for (std::uint64_t h = 0; h < heads; ++h) {
            const auto part = [&](std::uint64_t which) {
                return slice(in, in_bias, which * d_ + h * dk, which * d_ + (h + 1) * dk);
            };
            layer.heads.push_back(
                {part(0), part(1), part(2), {columns(out, h * dk, (h + 1) * dk), h == 0 ? out_bias : std::nullopt}});
        }
        layer.attention_norm = norm(name + "norm1");
        layer.feedforward_norm = norm(name + "norm2");
        layer.activation = activation(name);
        const Part first = source_.tensor_of_rank(name + "linear1.weight", 2);
        const std::uint64_t f = first.array.shape[0];
        layer.maps = {{source_.tensor(name + "linear1.weight", {f, d_}), source_.find(name + "linear1.bias", {f})},
                      {source_.tensor(name + "linear2.weight", {d_, f}), source_.find(name + "linear2.bias", {d_})}};
        return layer;
    }

    /// Tensors outside the encoder whose last extent is d.
    std::vector<std::string> candidates(bool (*kind)(const Source&, const std::string&)) const {
        std::vector<std::string> names;
        for (const std::string& name : source_.unused()) {
            const Array& array = source_.checkpoint().tensors.at(name);
            const bool matrix = array.rank() >= 2 && array.shape.back() == d_;
            if (matrix && kind(source_, name)) names.push_back(name);
        }
        return names;
    }

    static bool is_head(const Source& source, const std::string& name) {
        const auto dot = name.rfind(".weight");
        return dot != std::string::npos && source.has(name.substr(0, dot) + ".bias");
    }
    static bool is_position(const Source&, const std::string& name) {
        return name.find("pos") != std::string::npos || name == "pe" || name.ends_with(".pe");
    }
    static bool is_embedding(const Source& source, const std::string& name) {
        return !is_head(source, name) && !is_position(source, name);
    }

    /// What was named, or the only candidate.
    std::string choose(const std::string& key, const std::string& what, const std::vector<std::string>& names) {
        if (const auto told = source_.settings.find({key})) return told->value;
        if (names.size() != 1)
            throw Untold(fmt::format("import: expected --set {}=…, the tensor that is {}; {}", key, what,
                                     names.empty() ? "found no candidate"
                                                   : fmt::format("candidates: {}", fmt::join(names, ", "))),
                         key, fmt::format("the tensor that is {}", what), names);
        source_.settings.assume(key, names[0], "the only tensor of such a shape and name");
        return names[0];
    }

    void read_outside() {
        const std::string embedding = choose("embedding", "the embedding of symbols", candidates(is_embedding));
        const std::string positions = choose("positions", "the table of positions (or none)", candidates(is_position));
        std::string head = choose("head", "the last linear map", candidates(is_head));
        if (head.ends_with(".weight")) head.resize(head.size() - 7);
        plan_.embedding = source_.tensor_of_rank(embedding, 2);
        if (positions != "none") {
            plan_.positions = squeezed(source_.tensor(positions));
            if (plan_.positions->array.rank() != 2 || plan_.positions->array.shape[1] != d_)
                source_.fail(positions, fmt::format("a table of rows of {} numbers", d_),
                             plan_.positions->array.spell_shape());
            plan_.positions_limit = plan_.positions->array.shape[0];
        }
        const std::uint64_t classes = source_.tensor_of_rank(head + ".weight", 2).array.shape[0];
        plan_.readout = {source_.tensor(head + ".weight", {classes, d_}), source_.find(head + ".bias", {classes})};
        source_.settings.assume("forward", "embedding + positions, encoder, head",
                                "what the outer module does is in no file");
    }

    Source& source_;
    std::string prefix_;
    std::uint64_t d_ = 0;
    Blueprint plan_;
};

}  // namespace

Family torch_encoder() {
    return {"torch-encoder",
            [](const Checkpoint& checkpoint) { return has_name(checkpoint, "**layers.0.self_attn.in_proj_weight"); },
            [](Source& source) { return EncoderReader(source).read(); },
            {{"**layers.*.self_attn.in_proj_weight", "queries, keys and values of all heads"},
             {"**layers.*.self_attn.in_proj_bias", "their biases"},
             {"**layers.*.self_attn.out_proj.weight", "outputs of all heads, by columns"},
             {"**layers.*.self_attn.out_proj.bias", "the bias of their sum"},
             {"**layers.*.linear1.weight", "first map of the feed-forward part"},
             {"**layers.*.linear1.bias", "its bias"},
             {"**layers.*.linear2.weight", "second map of the feed-forward part"},
             {"**layers.*.linear2.bias", "its bias"},
             {"**layers.*.norm1.weight", "gain of the attention's norm"},
             {"**layers.*.norm1.bias", "bias of the attention's norm"},
             {"**layers.*.norm2.weight", "gain of the feed-forward part's norm"},
             {"**layers.*.norm2.bias", "bias of the feed-forward part's norm"},
             {"**encoder.norm.weight", "gain of the last norm"},
             {"**encoder.norm.bias", "bias of the last norm"}}};
}

}  // namespace attest::formats::import
