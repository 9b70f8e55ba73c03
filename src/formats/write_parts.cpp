#include "write_parts.hpp"

#include <algorithm>

namespace attest::formats::written {

Json number(const exact::Rational& x) {
    if (x.get_den() == 1 && x.get_num().fits_slong_p()) return x.get_num().get_si();
    return exact::to_string(x);
}

Json vector(const exact::Vector& x) {
    Json list = Json::array();
    for (const exact::Rational& value : x) list.push_back(number(value));
    return list;
}

namespace {

/// A trained matrix, for which a list of entries would be three times as long; short ones are read more easily with zeros
/// left out.
bool is_full(const exact::Matrix& m) {
    constexpr std::size_t least = 64;
    const auto all = [&](const auto& row) { return row.size() == m.columns; };
    return m.row_count() * m.columns >= least && std::all_of(m.rows.begin(), m.rows.end(), all);
}

}  // namespace

Json matrix(const exact::Matrix& m) {
    if (is_full(m)) {
        Json rows = Json::array();
        for (const auto& entries : m.rows) {
            Json& row = rows.emplace_back(Json::array());
            for (const auto& entry : entries) row.push_back(number(entry.second));
        }
        return rows;
    }
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

static Json norm(const std::optional<network::Norm>& n) {
    if (!n) return nullptr;
    Json object = {{"placement", n->placement == network::Norm::Placement::pre ? "pre" : "post"}};
    object.update(whole_norm(*n));
    return object;
}

static Json rotary(const network::Rotary& r) {
    return {{"base", number(r.base)},
            {"dims", r.dims},
            {"pairing", r.pairing == network::Rotary::Pairing::half ? "half" : "interleaved"},
            {"first", number(r.first)},
            {"factor", number(r.factor)}};
}

static Json attention(const network::Attention& a) {
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

static Json feedforward(const network::FeedForward& f) {
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

}  // namespace attest::formats::written
