#include "read_layers.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "read_choice.hpp"

namespace attest::formats {

namespace {

/// Rows of all matrices of a model together, since a few bytes can ask for many.
constexpr std::size_t most_rows_in_all = 1 << 22;

using network::AttentionKind;
using ActivationKind = exact::Activation::Kind;

// Where version 2 has more than version 1, what it has besides stands at the end.
constexpr Choices<AttentionKind, 4> kinds = {{{"hard", AttentionKind::hard},
                                              {"average", AttentionKind::average},
                                              {"softmax", AttentionKind::softmax},
                                              {"sparsemax", AttentionKind::sparsemax}}};
constexpr Choices<network::Tie, 2> ties = {{{"left", network::Tie::left}, {"right", network::Tie::right}}};
constexpr Choices<network::Mask, 5> masks = {{{"none", network::Mask::none},
                                              {"causal", network::Mask::causal},
                                              {"strict", network::Mask::strict},
                                              {"future", network::Mask::future},
                                              {"strict-future", network::Mask::strict_future}}};
constexpr Choices<network::Norm::Placement, 2> placements = {
    {{"pre", network::Norm::Placement::pre}, {"post", network::Norm::Placement::post}}};
constexpr Choices<network::Norm::Kind, 2> norm_kinds = {
    {{"layer", network::Norm::Kind::layer}, {"rms", network::Norm::Kind::rms}}};
constexpr Choices<network::Rotary::Pairing, 2> pairings = {
    {{"half", network::Rotary::Pairing::half}, {"interleaved", network::Rotary::Pairing::interleaved}}};
constexpr Choices<ActivationKind, 7> activations = {{{"relu", ActivationKind::relu},
                                                     {"leaky-relu", ActivationKind::leaky_relu},
                                                     {"gelu", ActivationKind::gelu},
                                                     {"gelu-tanh", ActivationKind::gelu_tanh},
                                                     {"silu", ActivationKind::silu},
                                                     {"tanh", ActivationKind::tanh},
                                                     {"sigmoid", ActivationKind::sigmoid}}};

AttentionKind read_kind(const base::JsonNode& node, const Document& document) {
    return choose(node, kinds, document.is_version_2() ? kinds.size() : 3);
}

bool is_given(const base::JsonNode& node, const char* key) { return node.has(key) && !node.at(key).value().is_null(); }

exact::AffineMap read_map(const base::JsonNode& node, std::size_t inputs, std::optional<std::size_t> outputs,
                          Document& document) {
    exact::AffineMap map = read_affine(node, inputs, outputs, document.tensors);
    document.rows += map.outputs();
    if (document.rows > most_rows_in_all)
        node.fail(fmt::format("at most {} rows in all matrices together", most_rows_in_all), "more");
    return map;
}

std::optional<network::Norm> read_norm_of(const base::JsonNode& part, const Document& document) {
    if (!is_given(part, "norm")) return std::nullopt;
    return read_norm(part.at("norm"), document, true);
}

network::Head read_head(const base::JsonNode& node, Document& document) {
    allow_keys(document, node, {"query", "key", "value", "output", "bias"}, {"tie", "mask"});
    network::Head head;
    if (node.has("query") != node.has("key"))
        node.fail("query and key, both or neither", node.has("query") ? "query only" : "key only");
    if (node.has("query")) {
        head.query = read_map(node.at("query"), document.dimension, std::nullopt, document);
        head.key = read_map(node.at("key"), document.dimension, head.query->outputs(), document);
    }
    head.value = read_map(node.at("value"), document.dimension, std::nullopt, document);
    head.output = read_map(node.at("output"), head.value.outputs(), document.dimension, document);
    if (node.has("bias")) head.bias = read_expression(node.at("bias"), "ijn", document);
    if (node.has("tie")) head.tie = choose(node.at("tie"), ties);
    if (node.has("mask")) head.mask = choose(node.at("mask"), masks);
    return head;
}

exact::Rational read_positive(const base::JsonNode& node, const Document& document) {
    exact::Rational number = read_number(node, document.tensors);
    if (number <= 0) node.fail("a positive number");
    return number;
}

network::Rotary read_rotary(const base::JsonNode& node, const network::Attention& attention, const Document& document) {
    node.allow_keys({"base", "dims", "pairing", "first", "factor"});
    network::Rotary rotary;
    rotary.base = read_positive(node.at("base"), document);
    std::size_t most = 1 << 20;
    for (const network::Head& head : attention.heads)
        if (head.query) most = std::min(most, head.query_rows());
    rotary.dims = static_cast<std::size_t>(node.at("dims").as_integer(2, static_cast<std::int64_t>(most)));
    if (rotary.dims % 2 != 0) node.at("dims").fail("an even number");
    rotary.pairing = choose(node.at("pairing"), pairings);
    if (node.has("first"))
        rotary.first = static_cast<long>(node.at("first").as_integer(-furthest_position, furthest_position));
    if (node.has("factor")) rotary.factor = read_positive(node.at("factor"), document);
    return rotary;
}

network::Attention read_attention(const base::JsonNode& node, Document& document) {
    allow_keys(document, node, {"kind", "tie", "mask", "scale", "heads", "residual", "norm"}, {"rotary"});
    network::Attention a;
    a.kind = read_kind(node.at("kind"), document);
    if (node.has("tie")) a.tie = choose(node.at("tie"), ties);
    if (node.has("mask")) a.mask = choose(node.at("mask"), masks);
    if (node.has("scale")) a.scale = read_expression(node.at("scale"), "nd", document);
    if (a.scale.is_constant() && a.scale.steps()[0].constant <= 0) node.at("scale").fail("a positive scale");
    for (const base::JsonNode& head : node.at("heads").elements()) a.heads.push_back(read_head(head, document));
    if (node.has("residual")) a.residual = node.at("residual").as_bool();
    a.norm = read_norm_of(node, document);
    if (is_given(node, "rotary")) a.rotary = read_rotary(node.at("rotary"), a, document);
    return a;
}

exact::Activation read_activation(const base::JsonNode& part, const Document& document) {
    exact::Activation activation;
    if (part.has("activation")) activation.kind = choose(part.at("activation"), activations);
    const bool leaky = activation.kind == ActivationKind::leaky_relu;
    if (leaky != part.has("slope"))
        part.fail(leaky ? "a slope with leaky-relu" : "a slope with leaky-relu only", leaky ? "none" : "one");
    if (leaky) activation.slope = read_number(part.at("slope"), document.tensors);
    if (activation.slope < 0 || activation.slope > 1) part.at("slope").fail("a number from 0 to 1");
    return activation;
}

network::FeedForward read_feedforward(const base::JsonNode& node, Document& document) {
    allow_keys(document, node, {"maps", "residual", "norm"}, {"activation", "slope", "gate"});
    network::FeedForward f;
    const std::vector<base::JsonNode> maps = node.at("maps").elements();
    if (maps.empty()) node.at("maps").fail("at least one map");
    std::size_t inputs = document.dimension;
    for (std::size_t k = 0; k < maps.size(); ++k) {
        const bool last = k + 1 == maps.size();
        f.maps.push_back(read_map(maps[k], inputs, last ? std::optional(document.dimension) : std::nullopt, document));
        inputs = f.maps.back().outputs();
    }
    f.activation = read_activation(node, document);
    if (is_given(node, "gate")) {
        if (maps.size() != 2) node.at("maps").fail("two maps beside a gate", std::to_string(maps.size()));
        f.gate = read_map(node.at("gate"), document.dimension, f.maps.front().outputs(), document);
    }
    if (node.has("residual")) f.residual = node.at("residual").as_bool();
    f.norm = read_norm_of(node, document);
    return f;
}

/// What of a layer has to be evaluated in balls, if anything.
std::optional<base::JsonNode> soft_part(const base::JsonNode& layer) {
    for (const char* part : {"attention", "feedforward"}) {
        if (!layer.has(part)) continue;
        const base::JsonNode node = layer.at(part);
        for (const char* key : {"norm", "rotary", "gate"})
            if (is_given(node, key)) return node.at(key);
        if (std::string_view(part) == "feedforward" && node.has("activation") &&
            !exact::Activation{choose(node.at("activation"), activations), {}}.is_rational())
            return node.at("activation");
    }
    return std::nullopt;
}

}  // namespace

void allow_keys(const Document& document, const base::JsonNode& node, std::vector<std::string> keys,
                const std::vector<std::string>& of_version_2) {
    if (document.is_version_2()) keys.insert(keys.end(), of_version_2.begin(), of_version_2.end());
    node.allow_keys(keys);
}

bool is_softmax(const base::JsonNode& root, const Document& document) {
    bool softmax = false, other = false;
    std::vector<base::JsonNode> parts;
    if (document.is_version_2() && is_given(root, "norm"))
        for (const char* key : {"embedding", "final"})
            if (is_given(root.at("norm"), key)) parts.push_back(root.at("norm").at(key));
    for (const base::JsonNode& layer : root.at("layers").elements()) {
        if (const auto part = soft_part(layer)) parts.push_back(*part);
        if (!layer.has("attention")) continue;
        const base::JsonNode kind = layer.at("attention").at("kind");
        const AttentionKind is = read_kind(kind, document);
        softmax = softmax || is == AttentionKind::softmax;
        other = other || is == AttentionKind::hard || is == AttentionKind::average;
        if (softmax && other) kind.fail("softmax in all layers or in none");
    }
    if (!parts.empty() && other) {
        const std::string where = parts.front().where();
        const bool activation = where.ends_with(".activation");
        const std::string key = activation                   ? "activation"
                                : where.ends_with(".rotary") ? "rotary"
                                : where.ends_with(".gate")   ? "gate"
                                                             : "norm";
        parts.front().fail(fmt::format("no {} in a model with hard or average attention",
                                       activation ? "activation but relu and leaky-relu" : key));
    }
    return softmax || !parts.empty();
}

exact::Expression read_expression(const base::JsonNode& node, const char* variables, const Document& document) {
    if (document.is_version_2() && node.value().is_object())
        return exact::Expression(read_number(node, document.tensors));
    return exact::read_expression(node, variables, document.softmax);
}

network::Layer read_layer(const base::JsonNode& node, Document& document) {
    allow_keys(document, node, {"attention", "feedforward"}, {"repeat"});
    network::Layer layer;
    if (node.has("attention")) layer.attention = read_attention(node.at("attention"), document);
    if (node.has("feedforward")) layer.feedforward = read_feedforward(node.at("feedforward"), document);
    if (node.has("repeat")) {
        layer.repeat = exact::read_expression(node.at("repeat"), "n", false);
        const bool constant = layer.repeat->is_constant();
        const exact::Rational times = constant ? layer.repeat->steps()[0].constant : exact::Rational(1);
        if (times.get_den() != 1 || times < 0) node.at("repeat").fail("a whole number from 0, or an expression in n");
    }
    return layer;
}

network::Norm read_norm(const base::JsonNode& node, const Document& document, bool placed) {
    std::vector<std::string> keys = {"placement", "eps", "gain", "bias"};
    if (!placed) keys.erase(keys.begin());
    allow_keys(document, node, keys, {"kind"});
    const std::size_t d = document.dimension;
    network::Norm norm;
    if (placed) norm.placement = choose(node.at("placement"), placements);
    if (node.has("kind")) norm.kind = choose(node.at("kind"), norm_kinds);
    norm.eps = read_number(node.at("eps"), document.tensors);
    if (norm.eps < 0) node.at("eps").fail("a number that is not negative");
    norm.gain =
        node.has("gain") ? read_vector(node.at("gain"), d, document.tensors) : exact::Vector(d, exact::Rational(1));
    norm.bias = node.has("bias") ? read_vector(node.at("bias"), d, document.tensors) : exact::Vector(d);
    return norm;
}

}  // namespace attest::formats
