#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "family.hpp"

namespace attest::formats::import {

namespace {

class BertReader {
  public:
    explicit BertReader(Source& source)
        : source_(source), settings_(source.settings), prefix_(source.has("bert." + words) ? "bert." : "") {}

    Blueprint read() {
        refuse_others();
        plan_.pre_norm = false;
        plan_.scale = "1/sqrt(dk)";
        read_embedding();
        const std::string layers = prefix_ + "encoder.layer.";
        const std::uint64_t count = source_.count(layers, ".attention.self.query.weight");
        for (std::uint64_t l = 0; l < count; ++l) plan_.layers.push_back(layer(fmt::format("{}{}.", layers, l)));
        read_head();
        return std::move(plan_);
    }

  private:
    inline static const std::string words = "embeddings.word_embeddings.weight";

    void refuse_others() {
        settings_.refuse({"model_type"}, "the code of another family", {"bert"});
        settings_.refuse({"position_embedding_type"}, "relative positions", {"absolute"});
        settings_.refuse({"is_decoder"}, "a mask of later positions");
        settings_.refuse({"add_cross_attention"}, "attention to another encoder");
    }

    void read_embedding() {
        const std::string name = prefix_ + "embeddings.";
        plan_.embedding = source_.tensor_of_rank(name + "word_embeddings.weight", 2);
        plan_.dimension = d_ = plan_.embedding.array.shape[1];
        const std::uint64_t positions = source_.tensor_of_rank(name + "position_embeddings.weight", 2).array.shape[0];
        plan_.positions = source_.tensor(name + "position_embeddings.weight", {positions, d_});
        plan_.positions_limit = positions;
        if (source_.has(name + "token_type_embeddings.weight")) {
            plan_.embedding_added = item(source_.tensor_of_rank(name + "token_type_embeddings.weight", 2), 0);
            settings_.assume("token_type", "0", "all of the sequence is one segment");
        }
        plan_.embedding_norm = norm(name + "LayerNorm");
    }

    NormPlan norm(const std::string& name) {
        const bool old = source_.has(name + ".gamma");
        return {false, settings_.text({"eps", "layer_norm_eps"}, "1e-12", "default of BertConfig"),
                source_.tensor(name + (old ? ".gamma" : ".weight"), {d_}),
                source_.tensor(name + (old ? ".beta" : ".bias"), {d_})};
    }

    MapPlan map(const std::string& name, std::uint64_t outputs, std::uint64_t inputs) {
        return {source_.tensor(name + ".weight", {outputs, inputs}), source_.tensor(name + ".bias", {outputs})};
    }

    LayerPlan layer(const std::string& name) {
        const std::uint64_t heads =
            settings_.require_count({"heads", "num_attention_heads"}, "the number of heads, which no tensor tells");
        const std::string self = name + "attention.self.";
        if (d_ % heads != 0)
            source_.fail(self + "query.weight", fmt::format("a width that {} heads divide", heads), std::to_string(d_));
        const std::uint64_t dk = d_ / heads;
        const MapPlan query = map(self + "query", d_, d_), key = map(self + "key", d_, d_),
                      value = map(self + "value", d_, d_), out = map(name + "attention.output.dense", d_, d_);
        LayerPlan layer;
        for (std::uint64_t h = 0; h < heads; ++h) {
            const auto part = [&](const MapPlan& whole) {
                return MapPlan{rows(whole.weight, h * dk, (h + 1) * dk), rows(*whole.bias, h * dk, (h + 1) * dk)};
            };
            layer.heads.push_back({part(query),
                                   part(key),
                                   part(value),
                                   {columns(out.weight, h * dk, (h + 1) * dk), h == 0 ? out.bias : std::nullopt}});
        }
        layer.attention_norm = norm(name + "attention.output.LayerNorm");
        layer.feedforward_norm = norm(name + "output.LayerNorm");
        layer.activation = activation_name(
            settings_.text({"activation", "hidden_act"}, "gelu", "default of BertConfig"), source_.place("hidden_act"));
        const std::uint64_t f = source_.tensor_of_rank(name + "intermediate.dense.weight", 2).array.shape[0];
        layer.maps = {map(name + "intermediate.dense", f, d_), map(name + "output.dense", d_, f)};
        return layer;
    }

    void read_head() {
        if (!source_.has("classifier.weight"))
            source_.fail("classifier.weight", "a head (BertForSequenceClassification)", "none");
        if (source_.has(prefix_ + "pooler.dense.weight")) {
            plan_.pooler = map(prefix_ + "pooler.dense", d_, d_);
            plan_.read = "first";
        }
        const std::uint64_t classes = source_.tensor_of_rank("classifier.weight", 2).array.shape[0];
        plan_.readout = map("classifier", classes, d_);
    }

    Source& source_;
    Settings& settings_;
    std::string prefix_;
    std::uint64_t d_ = 0;
    Blueprint plan_;
};

}  // namespace

Family bert() {
    return {"bert",
            [](const Checkpoint& checkpoint) { return has_name(checkpoint, "**embeddings.word_embeddings.weight"); },
            [](Source& source) { return BertReader(source).read(); },
            {{"**embeddings.word_embeddings.weight", "embedding of tokens"},
             {"**embeddings.position_embeddings.weight", "table of positions"},
             {"**embeddings.token_type_embeddings.weight", "embedding of segments; row 0 is added"},
             {"**embeddings.LayerNorm.weight", "gain of the embedding's norm"},
             {"**embeddings.LayerNorm.bias", "bias of the embedding's norm"},
             {"**encoder.layer.*.attention.self.query.weight", "queries of all heads"},
             {"**encoder.layer.*.attention.self.query.bias", "their biases"},
             {"**encoder.layer.*.attention.self.key.weight", "keys of all heads"},
             {"**encoder.layer.*.attention.self.key.bias", "their biases"},
             {"**encoder.layer.*.attention.self.value.weight", "values of all heads"},
             {"**encoder.layer.*.attention.self.value.bias", "their biases"},
             {"**encoder.layer.*.attention.output.dense.weight", "outputs of all heads, by columns"},
             {"**encoder.layer.*.attention.output.dense.bias", "the bias of their sum"},
             {"**encoder.layer.*.attention.output.LayerNorm.weight", "gain of the attention's norm"},
             {"**encoder.layer.*.attention.output.LayerNorm.bias", "bias of the attention's norm"},
             {"**encoder.layer.*.intermediate.dense.weight", "first map of the feed-forward part"},
             {"**encoder.layer.*.intermediate.dense.bias", "its bias"},
             {"**encoder.layer.*.output.dense.weight", "second map of the feed-forward part"},
             {"**encoder.layer.*.output.dense.bias", "its bias"},
             {"**encoder.layer.*.output.LayerNorm.weight", "gain of the feed-forward part's norm"},
             {"**encoder.layer.*.output.LayerNorm.bias", "bias of the feed-forward part's norm"},
             {"**pooler.dense.weight", "map at the first position, before tanh"},
             {"**pooler.dense.bias", "its bias"},
             {"classifier.weight", "read-out"},
             {"classifier.bias", "bias of the read-out"},
             {"**embeddings.position_ids", not_needed}}};
}

}  // namespace attest::formats::import
