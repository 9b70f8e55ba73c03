#include "llama_layers.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "family.hpp"

namespace attest::formats::import {

namespace {

class LlamaReader {
  public:
    LlamaReader(Source& source, const LlamaNames& names) : source_(source), settings_(source.settings), names_(names) {}

    Blueprint read() {
        refuse_others();
        plan_.embedding = source_.tensor_of_rank(names_.embedding + ".weight", 2);
        plan_.dimension = d_ = plan_.embedding.array.shape[1];
        plan_.mask = "causal";
        plan_.scale = "1/sqrt(dk)";
        settings_.assume("causal", "true", "the code of this family masks later positions");
        heads_ = settings_.require_count(names_.heads, "the number of heads, which no tensor tells");
        if (const auto limit = settings_.find(names_.positions))
            plan_.positions_limit = std::strtoull(limit->value.c_str(), nullptr, 10);
        const std::uint64_t count = source_.count(names_.layers, "." + names_.query + ".weight");
        for (std::uint64_t l = 0; l < count; ++l) plan_.layers.push_back(layer(fmt::format("{}{}.", names_.layers, l)));
        plan_.final_norm = norm(names_.norm);
        read_head();
        plan_.read = "last";
        return std::move(plan_);
    }

  private:
    void refuse_others() {
        settings_.refuse({"use_sliding_window"}, "sliding windows");
        settings_.refuse({"sliding_window"}, "sliding windows");
        settings_.refuse({"model_type"}, "the code of another family", {"llama", "mistral", "qwen2"});
        settings_.refuse({"rope_scaling.rope_type", "rope_scaling.type", "rope_parameters.rope_type"},
                         "scaled rotary positions", {"default", "linear"});
        settings_.refuse({"partial_rotary_factor"}, "partly rotary positions", {"1", "1.0"});
        settings_.refuse({"num_local_experts", "num_experts"}, "experts");
    }

    NormPlan norm(const std::string& name) {
        return {true,
                settings_.text(names_.eps, names_.default_eps, names_.because),
                source_.tensor(name + ".weight", {d_}),
                {}};
    }

    MapPlan map(const std::string& name, std::uint64_t outputs, std::uint64_t inputs) {
        return {source_.tensor(name + ".weight", {outputs, inputs}), source_.find(name + ".bias", {outputs})};
    }

    void read_rotary(std::uint64_t dk) {
        if (plan_.rotary) return;
        if (dk % 2 != 0)
            throw base::InputError(source_.checkpoint().file, "an even number of rows a head", std::to_string(dk));
        plan_.rotary = {settings_.text(names_.theta, "10000", names_.because), dk, names_.pairing};
        if (const auto factor = settings_.find({"rope_factor", "rope_scaling.factor"}))
            plan_.rotary->factor = factor->value;
    }

    LayerPlan layer(const std::string& name) {
        const std::uint64_t wide = source_.tensor_of_rank(name + names_.query + ".weight", 2).array.shape[0];
        if (wide % heads_ != 0)
            source_.fail(name + names_.query + ".weight", fmt::format("rows that {} heads divide", heads_),
                         std::to_string(wide));
        const std::uint64_t dk = wide / heads_;
        const std::uint64_t shared = source_.tensor_of_rank(name + names_.key + ".weight", 2).array.shape[0];
        const std::uint64_t groups = shared / dk;
        if (shared % dk != 0 || heads_ % groups != 0)
            source_.fail(name + names_.key + ".weight",
                         fmt::format("keys of {} rows for groups of {} heads", dk, heads_), std::to_string(shared));
        read_rotary(dk);
        const MapPlan query = map(name + names_.query, wide, d_), key = map(name + names_.key, shared, d_),
                      value = map(name + names_.value, shared, d_), out = map(name + names_.output, d_, wide);
        LayerPlan layer;
        for (std::uint64_t h = 0; h < heads_; ++h) {
            const auto part = [&](const MapPlan& whole, std::uint64_t at) {
                const auto bias = whole.bias ? std::optional(rows(*whole.bias, at * dk, (at + 1) * dk)) : std::nullopt;
                return MapPlan{rows(whole.weight, at * dk, (at + 1) * dk), bias};
            };
            const std::uint64_t group = h * groups / heads_;
            layer.heads.push_back({part(query, h),
                                   part(key, group),
                                   part(value, group),
                                   {columns(out.weight, h * dk, (h + 1) * dk), h == 0 ? out.bias : std::nullopt}});
        }
        layer.attention_norm = norm(name + names_.attention_norm);
        layer.feedforward_norm = norm(name + names_.feedforward_norm);
        read_feedforward(name, layer);
        return layer;
    }

    void read_feedforward(const std::string& name, LayerPlan& layer) {
        layer.activation = activation_name(settings_.text({"activation", "hidden_act"}, "silu", names_.because),
                                           source_.place("hidden_act"));
        const std::uint64_t f = source_.tensor_of_rank(name + names_.gate + ".weight", 2).array.shape[0];
        layer.gate = map(name + names_.gate, f, d_);
        layer.maps = {map(name + names_.up, f, d_), map(name + names_.down, d_, f)};
    }

    void read_head() {
        const std::string weight = names_.head + ".weight";
        if (!source_.has(weight)) {
            settings_.assume(names_.head, plan_.embedding.name,
                             "the file has no other read-out: it is tied to the embedding");
            plan_.readout = {plan_.embedding, {}};
        } else {
            plan_.readout = map(names_.head, source_.tensor_of_rank(weight, 2).array.shape[0], d_);
        }
        plan_.classes_are_tokens = plan_.readout.weight.array.shape[0] == plan_.embedding.array.shape[0];
    }

    Source& source_;
    Settings& settings_;
    const LlamaNames& names_;
    std::uint64_t d_ = 0, heads_ = 0;
    Blueprint plan_;
};

}  // namespace

Blueprint read_llama(Source& source, const LlamaNames& names) { return LlamaReader(source, names).read(); }

}  // namespace attest::formats::import
