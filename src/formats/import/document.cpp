#include "document.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "../pretty.hpp"
#include "layers_json.hpp"

namespace attest::formats::import {

using Json = nlohmann::ordered_json;

namespace {

constexpr std::uint64_t longest_table_of_version_1 = 64;

class Writer {
  public:
    Writer(const Blueprint& plan, const Vocabulary& vocabulary, const Answer& answer, const Provenance& provenance,
           std::size_t at_most)
        : plan_(plan),
          vocabulary_(vocabulary),
          answer_(answer),
          provenance_(provenance),
          companion_(at_most),
          layers_(plan_, companion_),
          version_(needs_version_2() ? 2 : 1) {}

    Document write() {
        model_ = frame();
        write_layers();
        model_["readout"] = readout();
        if (version_ == 2) model_["source"] = source();
        return {version_, pretty(model_) + "\n", companion_.file(metadata())};
    }

    Logits write_logits() {
        Logits logits;
        for (std::size_t c = 0; c < std::max<std::size_t>(answer_.classes.size(), 1); ++c) {
            model_["readout"] = logit(c);
            logits.documents.push_back(pretty(model_) + "\n");
        }
        logits.tensors = companion_.file({});
        return logits;
    }

  private:
    bool needs_version_2() const {
        const auto layer = [](const LayerPlan& l) {
            return l.activation != "relu" || l.gate || mixes_ties(l) || (l.attention_norm && l.attention_norm->rms) ||
                   (l.feedforward_norm && l.feedforward_norm->rms);
        };
        // Fractions of binary64 may be longer than an expression.
        const bool table = plan_.positions && (plan_.positions->array.shape[0] > longest_table_of_version_1 ||
                                               plan_.positions->array.type == NumberType::f64);
        const bool unbounded = !plan_.positions && plan_.positions_limit > 0;
        const bool norms = plan_.embedding_norm || (plan_.final_norm && plan_.final_norm->rms);
        return table || unbounded || norms || plan_.rotary || plan_.pooler || vocabulary_.is_separated() ||
               !reads_one_score() || std::any_of(plan_.layers.begin(), plan_.layers.end(), layer);
    }

    /// Of two classes the second is accepted iff its logit is greater; if they are equal the first is the answer.
    bool is_difference() const {
        return answer_.classes.size() == 2 && answer_.accept.size() == 1 && answer_.accept[0] == answer_.classes[1];
    }
    bool reads_one_score() const {
        const bool pooled = answer_.position == "each" || answer_.position == "mean" || answer_.position == "sum";
        return !pooled && (answer_.classes.empty() || is_difference());
    }

    Json frame() {
        Json alphabet = Json::array(), embedding = Json::object();
        for (const Token& token : vocabulary_.letters) alphabet.push_back(token.symbol);
        Json model = {
            {"format", "attest/model"}, {"version", version_}, {"name", provenance_.name}, {"alphabet", alphabet}};
        if (vocabulary_.begin) model["begin"] = vocabulary_.begin->symbol;
        if (vocabulary_.end) model["end"] = vocabulary_.end->symbol;
        model["tensors"] = provenance_.tensor_file;
        const std::uint64_t limit = plan_.positions_limit;
        if (version_ == 2 && limit >= vocabulary_.frame() && limit > 0)
            model["max_length"] = limit - vocabulary_.frame();
        model["dimension"] = plan_.dimension;
        for (const Token& token : vocabulary_.letters) embedding[token.symbol] = row(token);
        for (const auto& token : {vocabulary_.begin, vocabulary_.end})
            if (token) embedding[token->symbol] = row(*token);
        model["embedding"] = embedding;
        if (plan_.positions) model["position"] = version_ == 2 ? table() : expressions();
        return model;
    }

    Json row(const Token& token) {
        const Part part = item(plan_.embedding, token.row);
        if (!plan_.embedding_added) return companion_.refer(part);
        Json sum = Json::array();
        for (std::uint64_t k = 0; k < plan_.dimension; ++k)
            sum.push_back(
                number(part.array.at(k, part.name) + plan_.embedding_added->array.at(k, plan_.embedding_added->name)));
        return sum;
    }

    Json table() { return {{"table", companion_.refer(*plan_.positions)}, {"first", 1}}; }

    /// `[i=1]*(c1) + [i=2]*(c2) + …` for each coordinate. A position beyond the table is an error, not 0.
    Json expressions() const {
        const Array& array = plan_.positions->array;
        Json list = Json::array();
        for (std::uint64_t k = 0; k < plan_.dimension; ++k) {
            std::string sum = k == 0 ? fmt::format("0/[i <= {}]", array.shape[0]) : "";
            for (std::uint64_t p = 0; p < array.shape[0]; ++p)
                if (const auto value = array.at(p * plan_.dimension + k, plan_.positions->name); value != 0)
                    sum += fmt::format("{}[i={}]*({})", sum.empty() ? "" : " + ", p + 1, exact::to_string(value));
            if (sum.empty()) list.push_back(0);
            else list.push_back(std::move(sum));
        }
        return list;
    }

    void write_layers() {
        Json layers = Json::array();
        for (const LayerPlan& layer : plan_.layers) layers.push_back(layers_.layer(layer));
        if (version_ == 1 && plan_.final_norm) layers.push_back(layers_.norm_layer(*plan_.final_norm));
        if (plan_.pooler) layers.push_back(layers_.pooler(*plan_.pooler));
        Json norms = Json::object();
        if (plan_.embedding_norm) norms["embedding"] = layers_.norm(*plan_.embedding_norm);
        if (version_ == 2 && plan_.final_norm) norms["final"] = layers_.norm(*plan_.final_norm);
        if (!norms.empty()) model_["norm"] = norms;
        model_["layers"] = layers;
    }

    Json place() const {
        const std::string& position = answer_.position;
        const bool digits = !position.empty() && (position[0] == '-' || (position[0] >= '0' && position[0] <= '9'));
        return digits ? Json(std::stol(position)) : Json(position);
    }

    exact::Rational bias(std::size_t c) const {
        return plan_.readout.bias ? plan_.readout.bias->array.at(c, plan_.readout.bias->name) : exact::Rational(0);
    }

    Json logit(std::size_t c) {
        return {{"position", place()},
                {"weight", companion_.refer(item(plan_.readout.weight, c))},
                {"bias", number(bias(c))}};
    }

    Json difference() const {
        const Array& array = plan_.readout.weight.array;
        Json weight = Json::array();
        for (std::uint64_t k = 0; k < plan_.dimension; ++k)
            weight.push_back(number(array.at(plan_.dimension + k, "") - array.at(k, "")));
        return {{"position", place()}, {"weight", weight}, {"bias", number(bias(1) - bias(0))}};
    }

    Json readout() {
        if (answer_.classes.empty()) return logit(0);
        if (version_ == 1) return difference();
        Json json = {{"position", place()}, {"weight", companion_.refer(plan_.readout.weight)}};
        if (plan_.readout.bias) json["bias"] = companion_.refer(*plan_.readout.bias);
        json["classes"] = answer_.classes;
        if (!answer_.accept.empty()) json["accept"] = answer_.accept;
        return json;
    }

    /// What was assumed, by key; layers may differ.
    std::vector<std::pair<std::string, std::string>> assumed() const {
        std::vector<std::pair<std::string, std::string>> texts;
        for (const Assumption& a : provenance_.assumed) {
            const std::string text = fmt::format("{}: {}", a.value, a.because);
            const auto known =
                std::find_if(texts.begin(), texts.end(), [&](const auto& t) { return t.first == a.key; });
            if (known == texts.end()) texts.emplace_back(a.key, text);
            else known->second += "; " + text;
        }
        return texts;
    }

    Json source() const {
        Json reasons = Json::object();
        for (const auto& [key, text] : assumed()) reasons[key] = text;
        return {{"family", provenance_.family},
                {"file", provenance_.file},
                {"sha256", provenance_.sha256},
                {"assumed", reasons}};
    }

    std::vector<std::pair<std::string, std::string>> metadata() const {
        std::vector<std::pair<std::string, std::string>> texts = {
            {"family", provenance_.family}, {"file", provenance_.file}, {"sha256", provenance_.sha256}};
        for (const auto& [key, text] : assumed()) texts.emplace_back("assumed." + key, text);
        return texts;
    }

    const Blueprint& plan_;
    const Vocabulary& vocabulary_;
    const Answer& answer_;
    const Provenance& provenance_;
    Companion companion_;
    LayersWriter layers_;
    std::int64_t version_;
    Json model_;
};

}  // namespace

Document write_document(const Blueprint& plan, const Vocabulary& vocabulary, const Answer& answer,
                        const Provenance& provenance, std::size_t at_most, Logits* logits) {
    Writer writer(plan, vocabulary, answer, provenance, at_most);
    Document document = writer.write();
    if (logits != nullptr) *logits = writer.write_logits();
    return document;
}

}  // namespace attest::formats::import
