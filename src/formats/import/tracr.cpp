#include "tracr.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "attest/base/json.hpp"
#include "base/quote.hpp"
#include "class_answer.hpp"
#include "left_arrays.hpp"

namespace attest::formats::import {

namespace {

using base::JsonNode;

constexpr std::int64_t most = 1 << 20;  ///< of anything that is counted

/// A value of Tracr as text: `a`, `3`, `0.5`, `true`.
std::string spell(const JsonNode& node) {
    const base::Json& value = node.value();
    if (value.is_string()) return node.as_string();
    if (value.is_number()) return std::get<base::Json::Number>(value.value_).text;
    if (value.is_bool()) return node.as_bool() ? "true" : "false";
    if (value.is_null()) return "None";
    node.fail("a text, a number, true, false or null");
}

class TracrReader {
  public:
    TracrReader(const JsonNode& root, const Options& options, std::vector<Assumption>& assumed)
        : root_(root), options_(options), assumed_(assumed) {}

    network::Transformer read() {
        root_.allow_keys({"format", "version", "program", "causal", "bos", "max_seq_len", "mlp_exactness", "residual",
                          "tokens", "embedding", "position", "one", "layers", "unembedding", "output"});
        if (root_.at("format").as_string() != "attest/tracr") root_.at("format").fail("\"attest/tracr\"");
        root_.at("version").as_integer(1, 1);
        t_.dimension = root_.at("residual").size();
        if (t_.dimension == 0) root_.at("residual").fail("at least one direction");
        read_kind();
        read_symbols();
        read_positions();
        for (const JsonNode& layer : root_.at("layers").elements()) read_part(layer);
        read_answer();
        return std::move(t_);
    }

  private:
    void assume(const std::string& key, const std::string& value, const std::string& because) {
        assumed_.push_back({key, value, because});
    }

    void read_kind() {
        kind_ = network::AttentionKind::average;
        std::string because = "the limit of scores that are 100 apart; softmax differs by less than n/e^50";
        for (const std::string& set : options_.set) {
            if (set != "attention=average" && set != "attention=softmax")
                throw base::UsageError(
                    fmt::format("--set: expected attention=average or attention=softmax, found {}", base::quoted(set)));
            if (set == "attention=softmax") kind_ = network::AttentionKind::softmax;
            because = "--set";
        }
        assume("attention", network::to_string(kind_), because);
        mask_ = root_.at("causal").as_bool() ? network::Mask::causal : network::Mask::none;
    }

    void read_symbols() {
        const JsonNode tokens = root_.at("tokens");
        const exact::Matrix rows = transposed(root_.at("embedding"), tokens.size(), t_.dimension);
        const std::string begin = spell(root_.at("bos"));
        exact::Vector one(t_.dimension);
        if (!root_.at("one").value().is_null()) {
            const auto at = root_.at("one").as_integer(0, static_cast<std::int64_t>(t_.dimension) - 1);
            one[static_cast<std::size_t>(at)] = 1;
        }
        std::vector<exact::Vector> vectors(tokens.size(), one);
        for (std::size_t d = 0; d < t_.dimension; ++d)
            for (const auto& [token, value] : rows.rows[d]) vectors[token][d] += value;
        std::vector<std::string> symbols;
        for (std::size_t s = 0; s < vectors.size(); ++s) {
            const std::string symbol = spell(tokens.elements()[s]);
            if (symbol == begin && !t_.begin) {
                t_.begin = begin;
                t_.begin_embedding = vectors[s];
            } else {
                symbols.push_back(symbol);
                t_.embedding.push_back(vectors[s]);
            }
        }
        if (!t_.begin) root_.at("bos").fail("one of the tokens");
        try {
            t_.alphabet = language::Alphabet(symbols);
        } catch (const base::UsageError& e) {
            tokens.fail("distinct symbols", e.what());
        }
    }

    /// Position k of the word has row k - 1; the begin symbol has none, which is a row of zeros.
    void read_positions() {
        const JsonNode positions = root_.at("position");
        const std::int64_t length = root_.at("max_seq_len").as_integer(1, most);
        const exact::Matrix columns = transposed(positions, static_cast<std::size_t>(length), t_.dimension);
        network::PositionTable table;
        table.rows.assign(static_cast<std::size_t>(length) + 1, exact::Vector(t_.dimension));
        for (std::size_t d = 0; d < t_.dimension; ++d)
            for (const auto& [k, value] : columns.rows[d]) table.rows[k + 1][d] = value;
        t_.position_table = std::move(table);
        t_.max_length = length;
    }

    void read_part(const JsonNode& layer) {
        layer.allow_keys({"attention", "mlp"});
        if (layer.has("attention") == layer.has("mlp")) layer.fail("attention or mlp");
        if (layer.has("attention")) {
            t_.layers.push_back({});
            t_.layers.back().attention = attention(layer.at("attention"));
            return;
        }
        if (t_.layers.empty() || t_.layers.back().feedforward) t_.layers.push_back({});
        t_.layers.back().feedforward = mlp(layer.at("mlp"));
    }

    network::Attention attention(const JsonNode& node) const {
        network::Attention attention;
        attention.kind = kind_;
        attention.mask = mask_;
        for (const JsonNode& head : node.elements()) attention.heads.push_back(read_head(head));
        if (attention.heads.empty()) node.fail("at least one head");
        return attention;
    }

    network::Head read_head(const JsonNode& node) const {
        node.allow_keys({"query", "key", "value"});
        const std::size_t d = t_.dimension, dk = width(node.at("query"));
        network::Head head;
        head.query.emplace().weight = transposed(node.at("query"), d, dk);
        head.key.emplace().weight = transposed(node.at("key"), d, dk);
        // Only the directions that are written: value has a row for each, output puts it there.
        exact::Matrix value = transposed(node.at("value"), d, d);
        head.output.weight.rows.resize(d);
        head.value.weight.columns = d;
        for (std::size_t r = 0; r < d; ++r) {
            if (value.rows[r].empty()) continue;
            head.output.weight.rows[r].emplace_back(static_cast<std::uint32_t>(head.value.weight.rows.size()), 1);
            head.value.weight.rows.push_back(std::move(value.rows[r]));
        }
        head.output.weight.columns = head.value.weight.rows.size();
        return head;
    }

    network::FeedForward mlp(const JsonNode& node) const {
        node.allow_keys({"in", "out"});
        const std::size_t hidden = width(node.at("in"));
        network::FeedForward part;
        part.maps = {{transposed(node.at("in"), t_.dimension, hidden), {}},
                     {transposed(node.at("out"), hidden, t_.dimension), {}}};
        return part;
    }

    void read_answer() {
        const JsonNode output = root_.at("output");
        output.allow_keys({"categorical", "values"});
        const std::vector<JsonNode> values = output.at("values").elements();
        const exact::Matrix weight = transposed(root_.at("unembedding"), t_.dimension, values.size());
        if (!output.at("categorical").as_bool()) return read_number(output, weight);
        read_place(options_, "each", "Tracr has an output at every position", t_.readout, assumed_);
        network::Classes classes;
        for (const JsonNode& value : values) classes.names.push_back(spell(value));
        if (classes.names.size() < 2) output.at("values").fail("at least two values");
        classes.logits.weight = weight;
        read_accepted(options_, t_.readout, classes, assumed_);
        t_.readout.classes = std::move(classes);
    }

    void read_number(const JsonNode& output, const exact::Matrix& weight) {
        if (weight.row_count() != 1) output.at("values").fail("one value of an output that is a number");
        if (!options_.accept.empty())
            throw base::UsageError("--accept: expected none for an output that is a number (accepted above 0)");
        read_place(options_, "last", "the output is a number, which a model has at one position", t_.readout, assumed_);
        if (t_.readout.reading == network::Readout::Reading::each)
            throw base::UsageError(
                "--read: expected first, last or a position for an output that is a number, found each");
        t_.readout.weight = exact::dense_row(weight, 0);
    }

    JsonNode root_;
    const Options& options_;
    std::vector<Assumption>& assumed_;
    network::Transformer t_;
    network::AttentionKind kind_ = network::AttentionKind::average;
    network::Mask mask_ = network::Mask::none;
};

}  // namespace

network::Transformer read_tracr(const std::string& text, const std::string& file, const Options& options,
                                std::vector<Assumption>& assumed) {
    const base::Json document = base::Json::parse(text, file);
    return TracrReader(JsonNode(document, file), options, assumed).read();
}

}  // namespace attest::formats::import
