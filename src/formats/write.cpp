#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "attest/formats/file.hpp"
#include "network/features.hpp"
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

/// A norm of the whole says not where it stands.
Json whole_norm(const network::Norm& n) {
    Json object = {{"eps", number(n.eps)}, {"gain", vector(n.gain)}, {"bias", vector(n.bias)}};
    if (n.kind == network::Norm::Kind::rms) object["kind"] = "rms";
    return object;
}

Json norm(const std::optional<network::Norm>& n) {
    if (!n) return nullptr;
    Json object = {{"placement", n->placement == network::Norm::Placement::pre ? "pre" : "post"}};
    object.update(whole_norm(*n));
    return object;
}

Json rotary(const network::Rotary& r) {
    return {{"base", number(r.base)},
            {"dims", r.dims},
            {"pairing", r.pairing == network::Rotary::Pairing::half ? "half" : "interleaved"},
            {"first", number(r.first)},
            {"factor", number(r.factor)}};
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
        if (a.tie_of(h) != a.tie) head["tie"] = to_string(a.tie_of(h));
        if (a.mask_of(h) != a.mask) head["mask"] = to_string(a.mask_of(h));
        heads.push_back(std::move(head));
    }
    Json object = {{"kind", to_string(a.kind)},    {"tie", to_string(a.tie)},   {"mask", to_string(a.mask)},
                   {"scale", expression(a.scale)}, {"heads", std::move(heads)}, {"residual", a.residual},
                   {"norm", norm(a.norm)}};
    if (a.rotary) object["rotary"] = rotary(*a.rotary);
    return object;
}

Json feedforward(const network::FeedForward& f) {
    Json maps = Json::array();
    for (const exact::AffineMap& map : f.maps) maps.push_back(affine(map));
    Json object = {{"maps", std::move(maps)}, {"residual", f.residual}, {"norm", norm(f.norm)}};
    if (f.activation.kind != exact::Activation::Kind::relu) object["activation"] = to_string(f.activation.kind);
    if (f.activation.kind == exact::Activation::Kind::leaky_relu) object["slope"] = number(f.activation.slope);
    if (f.gate) object["gate"] = affine(*f.gate);
    return object;
}

Json layer(const network::Layer& l) {
    Json object = Json::object();
    if (l.attention) object["attention"] = attention(*l.attention);
    if (l.feedforward) object["feedforward"] = feedforward(*l.feedforward);
    if (l.repeat) object["repeat"] = expression(*l.repeat);
    return object;
}

Json table(const network::PositionTable& positions, std::size_t dimension) {
    Json rows = Json::array();
    for (const exact::Vector& row : positions.rows) rows.push_back(vector(row));
    if (positions.rows.empty()) rows = matrix({dimension, {}});
    return {{"table", std::move(rows)}, {"first", positions.first}};
}

Json position(const network::Transformer& t) {
    if (t.position_table) return table(*t.position_table, t.dimension);
    Json expressions = Json::array();
    for (const exact::Expression& e : t.position) expressions.push_back(expression(e));
    return expressions;
}

Json whole_norms(const network::Transformer& t) {
    Json object = Json::object();
    if (t.embedding_norm) object["embedding"] = whole_norm(*t.embedding_norm);
    if (t.final_norm) object["final"] = whole_norm(*t.final_norm);
    return object;
}

Json place(const network::Readout& readout) {
    switch (readout.reading) {
        case network::Readout::Reading::each: return "each";
        case network::Readout::Reading::mean: return "mean";
        case network::Readout::Reading::sum: return "sum";
        case network::Readout::Reading::one: break;
    }
    if (readout.position == 1) return "first";
    if (readout.position == -1) return "last";
    return readout.position;
}

Json readout(const network::Readout& r) {
    if (!r.classes)
        return {{"position", place(r)},
                {"weight", vector(r.weight)},
                {"bias", r.bias_in_n ? expression(*r.bias_in_n) : number(r.bias)}};
    const network::Classes& classes = *r.classes;
    exact::Vector bias = classes.logits.bias;
    bias.resize(classes.names.size());
    Json object = {{"position", place(r)},
                   {"weight", matrix(classes.logits.weight)},
                   {"bias", vector(bias)},
                   {"classes", classes.names}};
    if (classes.accept.empty()) return object;
    object["accept"] = Json::array();
    for (std::size_t c = 0; c < classes.names.size(); ++c)
        if (classes.accept[c]) object["accept"].push_back(classes.names[c]);
    return object;
}

bool is_empty(const exact::AffineMap& map) { return map.inputs() == 0 || map.outputs() == 0; }

bool has_empty_map(const network::Layer& l) {
    const auto head = [](const network::Head& h) { return (h.query && is_empty(*h.query)) || is_empty(h.value); };
    return (l.attention && std::any_of(l.attention->heads.begin(), l.attention->heads.end(), head)) ||
           (l.feedforward && std::any_of(l.feedforward->maps.begin(), l.feedforward->maps.end(), is_empty));
}

bool needs_version_2(const network::Transformer& t) {
    const auto sparse = [](const network::Layer& l) {
        return l.attention && l.attention->kind == network::AttentionKind::sparsemax;
    };
    return t.alphabet.is_separated() || t.max_length || !t.source.empty() || t.readout.bias_in_n ||
           !network::features(t).empty() || std::any_of(t.layers.begin(), t.layers.end(), has_empty_map) ||
           std::any_of(t.layers.begin(), t.layers.end(), sparse);
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
    if (t.max_length) model["max_length"] = *t.max_length;
    model["dimension"] = t.dimension;
    model["embedding"] = std::move(embedding);
    if (t.position_table || !t.position.empty()) model["position"] = position(t);
    if (t.embedding_norm || t.final_norm) model["norm"] = whole_norms(t);
    model["layers"] = Json::array();
    for (const network::Layer& l : t.layers) model["layers"].push_back(layer(l));
    model["readout"] = readout(t.readout);
    if (!t.source.empty()) model["source"] = Json::parse(t.source);
    return pretty(model) + "\n";
}

}  // namespace attest::formats
