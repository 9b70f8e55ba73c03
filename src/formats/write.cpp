#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "attest/formats/file.hpp"
#include "pretty.hpp"

namespace attest::formats {

namespace {

using Json = nlohmann::ordered_json;

Json number(const exact::Rational& x) {
    if (x.get_den() == 1 && x.get_num().fits_slong_p()) return x.get_num().get_si();
    return exact::to_string(x);
}

Json vector(const exact::Vector& x) {
    Json list = Json::array();
    for (const exact::Rational& value : x) list.push_back(number(value));
    return list;
}

Json matrix(const exact::Matrix& m) {
    Json entries = Json::array();
    for (std::size_t r = 0; r < m.rows.size(); ++r)
        for (const auto& [column, value] : m.rows[r]) entries.push_back({r, column, number(value)});
    return {{"rows", m.row_count()}, {"cols", m.columns}, {"entries", std::move(entries)}};
}

Json affine(const exact::AffineMap& map) {
    if (map.bias.empty()) return matrix(map.weight);
    return {{"weight", matrix(map.weight)}, {"bias", vector(map.bias)}};
}

Json expression(const exact::Expression& e) {
    if (e.is_constant()) return number(e.steps()[0].constant);
    return e.text();
}

Json norm(const std::optional<network::Norm>& n) {
    if (!n) return nullptr;
    return {{"placement", n->placement == network::Norm::Placement::pre ? "pre" : "post"},
            {"eps", number(n->eps)},
            {"gain", vector(n->gain)},
            {"bias", vector(n->bias)}};
}

Json attention(const network::Attention& a) {
    Json heads = Json::array();
    for (const network::Head& h : a.heads) {
        Json head = Json::object();
        if (h.query) head["query"] = affine(*h.query);
        if (h.key) head["key"] = affine(*h.key);
        head["value"] = affine(h.value);
        head["output"] = affine(h.output);
        head["bias"] = expression(h.bias);
        heads.push_back(std::move(head));
    }
    return {{"kind", to_string(a.kind)},    {"tie", to_string(a.tie)},   {"mask", to_string(a.mask)},
            {"scale", expression(a.scale)}, {"heads", std::move(heads)}, {"residual", a.residual},
            {"norm", norm(a.norm)}};
}

Json feedforward(const network::FeedForward& f) {
    Json maps = Json::array();
    for (const exact::AffineMap& map : f.maps) maps.push_back(affine(map));
    return {{"maps", std::move(maps)}, {"residual", f.residual}, {"norm", norm(f.norm)}};
}

Json layer(const network::Layer& l) {
    Json object = Json::object();
    if (l.attention) object["attention"] = attention(*l.attention);
    if (l.feedforward) object["feedforward"] = feedforward(*l.feedforward);
    return object;
}

bool is_empty(const exact::AffineMap& map) { return map.inputs() == 0 || map.outputs() == 0; }

/// Version 1 has no symbols of several characters and no empty matrices.
bool needs_version_2(const network::Transformer& t) {
    const auto head = [](const network::Head& h) { return (h.query && is_empty(*h.query)) || is_empty(h.value); };
    return t.alphabet.is_separated() || std::any_of(t.layers.begin(), t.layers.end(), [&](const network::Layer& l) {
               return (l.attention && std::any_of(l.attention->heads.begin(), l.attention->heads.end(), head)) ||
                      (l.feedforward && std::any_of(l.feedforward->maps.begin(), l.feedforward->maps.end(), is_empty));
           });
}

}  // namespace

std::string write_model(const network::Transformer& t) {
    Json embedding = Json::object();
    for (std::size_t s = 0; s < t.alphabet.size(); ++s) embedding[t.alphabet.symbols()[s]] = vector(t.embedding[s]);
    if (t.begin) embedding[*t.begin] = vector(t.begin_embedding);
    if (t.end) embedding[*t.end] = vector(t.end_embedding);

    Json model = {{"format", "attest/model"},
                  {"version", needs_version_2(t) ? 2 : 1},
                  {"name", t.name},
                  {"cite", t.cite},
                  {"alphabet", t.alphabet.symbols()}};
    if (t.begin) model["begin"] = *t.begin;
    if (t.end) model["end"] = *t.end;
    model["dimension"] = t.dimension;
    model["embedding"] = std::move(embedding);
    if (!t.position.empty()) {
        Json position = Json::array();
        for (const exact::Expression& e : t.position) position.push_back(expression(e));
        model["position"] = std::move(position);
    }
    model["layers"] = Json::array();
    for (const network::Layer& l : t.layers) model["layers"].push_back(layer(l));
    Json place = t.readout.position;
    if (t.readout.position == 1) place = "first";
    if (t.readout.position == -1) place = "last";
    model["readout"] = {{"position", place}, {"weight", vector(t.readout.weight)}, {"bias", number(t.readout.bias)}};
    return pretty(model) + "\n";
}

}  // namespace attest::formats
