#include "alta.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"
#include "class_answer.hpp"
#include "left_arrays.hpp"

namespace attest::formats::import {

namespace {

using base::JsonNode;

constexpr std::int64_t most_layers = 4096, most_inputs = 1 << 20;

/// A whole number that is all of the text.
std::optional<std::int64_t> whole(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// `$=2`, or the input alone.
std::optional<std::pair<std::string, std::size_t>> marker(const std::string& text, const char* option,
                                                          std::int64_t inputs) {
    if (text.empty()) return std::nullopt;
    const std::size_t sign = text.rfind('=');
    const std::string row = sign == std::string::npos || sign == 0 ? text : text.substr(sign + 1);
    const auto input = whole(row);
    if (!input || *input < 0 || *input >= inputs)
        throw base::UsageError(fmt::format("{}: expected SYMBOL=INPUT, an input from 0 to {}, found {}", option,
                                           inputs - 1, base::quoted(text)));
    return std::pair{row == text ? text : text.substr(0, sign), static_cast<std::size_t>(*input)};
}

class AltaReader {
  public:
    AltaReader(const JsonNode& root, const Options& options, std::vector<Assumption>& assumed)
        : root_(root), weights_(root.at("weights")), options_(options), assumed_(assumed) {}

    network::Transformer read() {
        weights_.allow_keys({"embedding", "position", "heads", "feedforward", "unembedding"});
        const AltaSettings settings = read_alta_settings(root_, options_, false, assumed_);
        kind_ = settings.attention == "softmax" ? network::AttentionKind::softmax : network::AttentionKind::average;
        embed(read_alta_symbols(root_, options_));
        network::Layer layer;
        if (weights_.at("heads").size() > 0) layer.attention = attention(weights_.at("heads"));
        layer.feedforward = feed_forward(weights_.at("feedforward"));
        if (settings.layers != 1) layer.repeat = exact::Expression(exact::Rational(settings.layers));
        t_.layers.push_back(std::move(layer));
        read_answer();
        return std::move(t_);
    }

  private:
    void embed(const AltaSymbols& symbols) {
        const auto inputs = static_cast<std::size_t>(root_.at("input_range").as_integer(1, most_inputs));
        t_.dimension = width(weights_.at("embedding"));
        const exact::Matrix rows = transposed(weights_.at("embedding"), inputs, t_.dimension);
        std::vector<exact::Vector> vectors(inputs, exact::Vector(t_.dimension));
        for (std::size_t d = 0; d < t_.dimension; ++d)
            for (const auto& [input, value] : rows.rows[d]) vectors[input][d] = value;
        t_.alphabet = language::Alphabet(symbols.alphabet);
        for (const std::size_t input : symbols.inputs) t_.embedding.push_back(vectors[input]);
        const auto mark = [&](const auto& of, auto& symbol, exact::Vector& vector) {
            if (!of) return;
            symbol = of->first;
            vector = vectors[of->second];
        };
        mark(symbols.begin, t_.begin, t_.begin_embedding);
        mark(symbols.end, t_.end, t_.end_embedding);
        const JsonNode position = weights_.at("position");
        if (position.value().is_null()) return;
        const std::size_t count = position.size();
        const exact::Matrix columns = transposed(position, count, t_.dimension);
        network::PositionTable table;
        table.rows.assign(count, exact::Vector(t_.dimension));
        for (std::size_t d = 0; d < t_.dimension; ++d)
            for (const auto& [p, value] : columns.rows[d]) table.rows[p][d] = value;
        t_.position_table = std::move(table);
        t_.max_length = static_cast<std::int64_t>(count) - (t_.begin ? 1 : 0) - (t_.end ? 1 : 0);
        if (*t_.max_length < 0) position.fail("positions for the word's markers", std::to_string(count));
    }

    network::Attention attention(const JsonNode& node) const {
        network::Attention attention;
        attention.kind = kind_;
        for (const JsonNode& head : node.elements()) attention.heads.push_back(read_head(head));
        return attention;
    }

    network::Head read_head(const JsonNode& node) const {
        node.allow_keys({"query", "key", "value", "output", "relative"});
        const std::size_t d = t_.dimension;
        network::Head head;
        head.query.emplace().weight = transposed(node.at("query"), d, width(node.at("query")));
        head.key.emplace().weight = transposed(node.at("key"), d, width(node.at("query")));
        const std::size_t brought = width(node.at("value"));
        head.value.weight = transposed(node.at("value"), d, brought);
        head.output.weight = transposed(node.at("output"), brought, d);
        std::string outside;  // 1 where j - i is none of them
        for (const JsonNode& offset : node.at("relative").elements())
            outside += fmt::format("*[j-i != {}]", offset.as_integer(-most_inputs, most_inputs));
        if (!outside.empty())
            head.bias = exact::Expression::parse("-1000000000" + outside, "ijn",
                                                 kind_ == network::AttentionKind::softmax, node.where());
        return head;
    }

    /// min(1, max(0, x)) = ReLU(x) - ReLU(x - 1): each unit twice.
    network::FeedForward feed_forward(const JsonNode& node) const {
        network::FeedForward part;
        std::size_t inputs = t_.dimension;
        const std::vector<JsonNode> layers = node.elements();
        for (std::size_t l = 0; l < layers.size(); ++l) {
            layers[l].allow_keys({"weight", "bias"});
            const std::size_t outputs = layers[l].at("bias").size();
            exact::AffineMap map{transposed(layers[l].at("weight"), inputs, outputs), {}};
            for (const JsonNode& number : layers[l].at("bias").elements()) map.bias.push_back(hexadecimal(number));
            if (l > 0) subtract_second_half(map.weight);
            if (l + 1 < layers.size()) twice(map);
            part.maps.push_back(std::move(map));
            inputs = outputs;
        }
        if (part.maps.empty() || inputs != t_.dimension)
            node.fail(fmt::format("layers of which the last has {} outputs", t_.dimension));
        return part;
    }
    static void twice(exact::AffineMap& map) {
        const std::size_t outputs = map.outputs();
        for (std::size_t r = 0; r < outputs; ++r) {
            map.weight.rows.push_back(map.weight.rows[r]);
            map.bias.push_back(map.bias[r] - 1);
        }
    }
    static void subtract_second_half(exact::Matrix& weight) {
        for (auto& row : weight.rows) {
            const std::size_t entries = row.size();
            for (std::size_t k = 0; k < entries; ++k)
                row.emplace_back(row[k].first + static_cast<std::uint32_t>(weight.columns), -row[k].second);
        }
        weight.columns *= 2;
    }

    void read_answer() {
        network::Classes classes;
        const std::size_t count = width(weights_.at("unembedding"));
        if (count < 2) weights_.at("unembedding").fail("the output of a category, at least two values");
        classes.logits.weight = transposed(weights_.at("unembedding"), t_.dimension, count);
        for (std::size_t c = 0; c < count; ++c) classes.names.push_back(std::to_string(c));
        read_place(options_, "each", "ALTA has an output at every position", t_.readout, assumed_);
        read_accepted(options_, t_.readout, classes, assumed_);
        t_.readout.classes = std::move(classes);
    }

    JsonNode root_, weights_;
    const Options& options_;
    std::vector<Assumption>& assumed_;
    network::Transformer t_;
    network::AttentionKind kind_ = network::AttentionKind::average;
};

std::pair<std::int64_t, std::int64_t> read_range(const std::string& text) {
    const std::size_t dots = text.find("..");
    const auto first = whole(text.substr(0, dots));
    const auto last = dots == std::string::npos ? first : whole(text.substr(dots + 2));
    if (!first || !last || *first < 0 || *last < *first || *last > 4096)
        throw base::UsageError(fmt::format("--set lengths: expected A..B, found {}", base::quoted(text)));
    return {*first, *last};
}

}  // namespace

void require_alta(const JsonNode& root) {
    root.allow_keys({"format", "version", "name", "layers", "input_range", "position_range", "halts", "variables",
                     "heads", "rules", "output", "weights"});
    if (root.at("format").as_string() != "attest/alta") root.at("format").fail("\"attest/alta\"");
    root.at("version").as_integer(1, 1);
}

AltaSymbols read_alta_symbols(const JsonNode& root, const Options& options) {
    const std::int64_t inputs = root.at("input_range").as_integer(1, most_inputs);
    AltaSymbols symbols{{}, {}, marker(options.begin, "--begin", inputs), marker(options.end, "--end", inputs)};
    const auto is_marker = [&](std::size_t input) {
        return (symbols.begin && symbols.begin->second == input) || (symbols.end && symbols.end->second == input);
    };
    std::vector<std::string> names;
    if (options.alphabet.find(' ') == std::string::npos) names = base::code_points(options.alphabet, "--alphabet");
    else
        for (std::size_t from = 0; from <= options.alphabet.size();) {
            const std::size_t end = std::min(options.alphabet.find(' ', from), options.alphabet.size());
            if (end > from) names.push_back(options.alphabet.substr(from, end - from));
            from = end + 1;
        }
    for (std::size_t input = 0; input < static_cast<std::size_t>(inputs); ++input) {
        if (is_marker(input) || (!names.empty() && symbols.alphabet.size() == names.size())) continue;
        symbols.alphabet.push_back(names.empty() ? std::to_string(input) : names[symbols.alphabet.size()]);
        symbols.inputs.push_back(input);
    }
    if (symbols.alphabet.size() < names.size() || symbols.alphabet.empty())
        throw base::UsageError(fmt::format("--alphabet: expected at most {} symbols, one for each input, found {}",
                                           symbols.alphabet.size(), names.size()));
    return symbols;
}

AltaSettings read_alta_settings(const JsonNode& root, const Options& options, bool of_rules,
                                std::vector<Assumption>& assumed) {
    AltaSettings settings;
    settings.layers = root.at("layers").as_integer(1, most_layers);
    std::string because = "the limit of scores that are 10,000 apart; softmax differs by less than n/e^10000";
    for (const std::string& set : options.set) {
        const std::size_t sign = set.find('=');
        const std::string key = set.substr(0, sign), value = sign == std::string::npos ? "" : set.substr(sign + 1);
        const auto layers = whole(value);
        if (key == "layers" && layers && *layers >= 1 && *layers <= most_layers) settings.layers = *layers;
        else if (key == "lengths" && of_rules) settings.lengths = read_range(value);
        else if (key == "attention" && !of_rules && (value == "average" || value == "softmax")) {
            settings.attention = value;
            because = "--set";
        } else if (set != (of_rules ? "as=program" : "as=model"))
            throw base::UsageError(fmt::format("--set: expected {}, found {}",
                                               of_rules ? "layers=T, lengths=A..B or as=program"
                                                        : "layers=T, attention=average, attention=softmax or as=model "
                                                          "(as=program: its rules)",
                                               base::quoted(set)));
    }
    if (!of_rules) assumed.push_back({"attention", settings.attention, because});
    if (root.at("halts").as_bool())
        assumed.push_back({"halt", fmt::format("after {} layers", settings.layers),
                           "the document says how many; when the program would stop is not looked at"});
    return settings;
}

network::Transformer read_alta(const std::string& text, const std::string& file, const Options& options,
                               std::vector<Assumption>& assumed) {
    const base::Json document = base::Json::parse(text, file);
    const JsonNode root(document, file);
    require_alta(root);
    return AltaReader(root, options, assumed).read();
}

}  // namespace attest::formats::import
