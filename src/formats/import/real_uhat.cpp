#include <fmt/format.h>

#include <sstream>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "family.hpp"

// The trained transformers of hongjianjiang/llm_verification (uhat/real_model.py): unique hard attention to strictly
// earlier positions, with score relu(gate) · x_i' S x_j, values V x_j, no positions, one logit at the last position.

namespace attest::formats::import {

namespace {

class UhatReader {
  public:
    explicit UhatReader(Source& source) : source_(source), settings_(source.settings) {}

    Blueprint read() {
        plan_.embedding = source_.tensor_of_rank("embedding.weight", 2);
        plan_.dimension = d_ = plan_.embedding.array.shape[1];
        plan_.kind = "hard";
        plan_.mask = "strict";
        plan_.read = "last";
        const std::uint64_t count = source_.count("blocks.", ".heads.0.score");
        for (std::uint64_t l = 0; l < count; ++l) plan_.layers.push_back(layer(fmt::format("blocks.{}.", l)));
        plan_.readout = {source_.tensor("readout.weight", {1, d_}), source_.tensor("readout.bias", {1})};
        return std::move(plan_);
    }

  private:
    /// Whole modules say it of each head; else it is told for all, and used in turn.
    std::string direction(const std::string& head, std::uint64_t h) {
        const std::string told = settings_.require(
            {"directions", head + "direction"}, "rightmost or leftmost, or both with a comma, by heads", "rightmost");
        std::vector<std::string> all;
        std::istringstream texts(told);
        for (std::string text; std::getline(texts, text, ',');) all.push_back(text);
        const std::string mine = all.empty() ? told : all[h % all.size()];
        if (mine != "rightmost" && mine != "leftmost")
            throw base::UsageError(
                fmt::format("import: directions: expected rightmost or leftmost, found {}", base::quoted(mine)));
        return mine == "rightmost" ? "right" : "left";
    }

    HeadPlan head(const std::string& name, std::uint64_t h) {
        const Part gate = source_.tensor(name + "gate", {}), score = source_.tensor(name + "score", {d_, d_});
        HeadPlan head{{}, {}, {source_.tensor(name + "value.weight", {d_, d_})}, {}, direction(name, h)};
        const exact::Rational opened = gate.array.at(0, source_.place(gate.name));
        if (opened > 0) {
            head.query = MapPlan{source_.diagonal(gate, d_)};
            head.key = MapPlan{score};
        }
        head.output = {source_.identity(d_)};
        return head;
    }

    LayerPlan layer(const std::string& name) {
        LayerPlan layer;
        const std::uint64_t heads = source_.count(name + "heads.", ".score");
        for (std::uint64_t h = 0; h < heads; ++h) layer.heads.push_back(head(fmt::format("{}heads.{}.", name, h), h));
        const std::uint64_t f = source_.tensor_of_rank(name + "ffn.0.weight", 2).array.shape[0];
        layer.maps = {{source_.tensor(name + "ffn.0.weight", {f, d_}), source_.tensor(name + "ffn.0.bias", {f})},
                      {source_.tensor(name + "ffn.2.weight", {d_, f}), source_.tensor(name + "ffn.2.bias", {d_})}};
        return layer;
    }

    Source& source_;
    Settings& settings_;
    std::uint64_t d_ = 0;
    Blueprint plan_;
};

}  // namespace

Family real_uhat() {
    return {"real-uhat",
            [](const Checkpoint& checkpoint) { return has_name(checkpoint, "blocks.*.heads.*.score"); },
            [](Source& source) { return UhatReader(source).read(); },
            {{"embedding.weight", "embedding of symbols; row 0 is the begin symbol"},
             {"blocks.*.heads.*.score", "matrix of the score"},
             {"blocks.*.heads.*.gate", "factor of the score"},
             {"blocks.*.heads.*.value.weight", "value"},
             {"blocks.*.ffn.0.weight", "first map of the feed-forward part"},
             {"blocks.*.ffn.0.bias", "its bias"},
             {"blocks.*.ffn.2.weight", "second map of the feed-forward part"},
             {"blocks.*.ffn.2.bias", "its bias"},
             {"readout.weight", "read-out"},
             {"readout.bias", "bias of the read-out"}}};
}

}  // namespace attest::formats::import
