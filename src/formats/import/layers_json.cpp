#include "layers_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace attest::formats::import {

using Json = nlohmann::ordered_json;

namespace {

/// Nothing, as d × d numbers.
Json zeros(std::uint64_t d) { return {{"rows", d}, {"cols", d}, {"entries", Json::array()}}; }

Json ones(std::uint64_t d) {
    Json matrix = zeros(d);
    for (std::uint64_t k = 0; k < d; ++k) matrix["entries"].push_back({k, k, 1});
    return matrix;
}

}  // namespace

Json number(const exact::Rational& number) {
    if (number.get_den() == 1 && number.get_num().fits_slong_p()) return number.get_num().get_si();
    return exact::to_string(number);
}

Json decimal(const std::string& text, const std::string& key) {
    const std::string place = "import: " + key;
    const exact::Rational value = exact::parse_decimal(text, place);
    const double nearest = std::strtod(text.c_str(), nullptr);
    if (exact::parse_decimal(fmt::format("{}", nearest), place) == value && value.get_den() != 1) return nearest;
    return number(value);
}

bool mixes_ties(const LayerPlan& layer) {
    return std::any_of(layer.heads.begin(), layer.heads.end(),
                       [&](const HeadPlan& head) { return head.tie != layer.heads[0].tie; });
}

Json LayersWriter::map(const MapPlan& map) const {
    if (!map.bias) return companion_.refer(map.weight);
    return {{"weight", companion_.refer(map.weight)}, {"bias", companion_.refer(*map.bias)}};
}

Json LayersWriter::norm(const NormPlan& norm) const {
    Json json = Json::object();
    if (norm.rms) json["kind"] = "rms";
    json["eps"] = decimal(norm.eps, "eps");
    if (norm.gain) json["gain"] = companion_.refer(*norm.gain);
    if (norm.bias) json["bias"] = companion_.refer(*norm.bias);
    return json;
}

Json LayersWriter::placed(const NormPlan& plan, bool pre) const {
    Json json = {{"placement", pre ? "pre" : "post"}};
    json.update(norm(plan));
    return json;
}

Json LayersWriter::norm_layer(const NormPlan& norm) const {
    return {{"feedforward", {{"maps", {zeros(plan_.dimension)}}, {"norm", placed(norm, false)}}}};
}

Json LayersWriter::pooler(const MapPlan& plan) const {
    return {
        {"feedforward", {{"maps", {map(plan), ones(plan_.dimension)}}, {"activation", "tanh"}, {"residual", false}}}};
}

Json LayersWriter::head(const HeadPlan& head, bool own_tie) const {
    Json json = Json::object();
    if (own_tie) json["tie"] = head.tie;
    if (head.query) json["query"] = map(*head.query);
    if (head.key) json["key"] = map(*head.key);
    json["value"] = map(head.value);
    json["output"] = map(head.output);
    return json;
}

Json LayersWriter::attention(const LayerPlan& layer) const {
    const bool mixed = mixes_ties(layer);
    Json json = {{"kind", plan_.kind}, {"mask", plan_.mask}, {"scale", plan_.scale}};
    if (!mixed && !layer.heads[0].tie.empty()) json["tie"] = layer.heads[0].tie;
    if (plan_.rotary)
        json["rotary"] = {{"base", decimal(plan_.rotary->base, "rope_theta")},
                          {"dims", plan_.rotary->dims},
                          {"pairing", plan_.rotary->pairing},
                          {"first", 0},
                          {"factor", decimal(plan_.rotary->factor, "rope_scaling")}};
    json["heads"] = Json::array();
    for (const HeadPlan& plan : layer.heads) json["heads"].push_back(head(plan, mixed));
    // A bias without value is an error that names n: elsewhere this is not the network.
    if (plan_.exactly && &layer == &plan_.layers.front())
        json["heads"][0]["bias"] = fmt::format("0/[n = {}]", *plan_.exactly);
    if (layer.attention_norm) json["norm"] = placed(*layer.attention_norm, plan_.pre_norm);
    return json;
}

Json LayersWriter::feedforward(const LayerPlan& layer) const {
    Json json = {{"maps", Json::array()}};
    for (const MapPlan& plan : layer.maps) json["maps"].push_back(map(plan));
    if (layer.gate) json["gate"] = map(*layer.gate);
    if (layer.activation != "relu") json["activation"] = layer.activation;
    if (layer.feedforward_norm) json["norm"] = placed(*layer.feedforward_norm, plan_.pre_norm);
    return json;
}

Json LayersWriter::layer(const LayerPlan& layer) const {
    Json json = Json::object();
    if (!layer.heads.empty()) json["attention"] = attention(layer);
    if (!layer.maps.empty()) json["feedforward"] = feedforward(layer);
    return json;
}

}  // namespace attest::formats::import
