#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "attest/formats/file.hpp"
#include "base/json_text.hpp"
#include "network/features.hpp"
#include "pretty.hpp"
#include "told_positions.hpp"
#include "write_parts.hpp"

namespace attest::formats {

namespace {

using namespace written;

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

/// One that the positions do not tell already.
bool has_own_max_length(const network::Transformer& t) { return t.max_length && t.max_length != told_max_length(t); }

bool needs_version_2(const network::Transformer& t) {
    const auto sparse = [](const network::Layer& l) {
        return l.attention && l.attention->kind == network::AttentionKind::sparsemax;
    };
    return t.alphabet.is_separated() || has_own_max_length(t) || !t.source.empty() || t.readout.bias_in_n ||
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
    if (has_own_max_length(t)) model["max_length"] = *t.max_length;
    model["dimension"] = t.dimension;
    model["embedding"] = std::move(embedding);
    if (t.position_table || !t.position.empty()) model["position"] = position(t);
    if (t.embedding_norm || t.final_norm) model["norm"] = whole_norms(t);
    model["layers"] = Json::array();
    for (const network::Layer& l : t.layers) model["layers"].push_back(layer(l));
    model["readout"] = readout(t.readout);
    if (!t.source.empty()) model["source"] = base::ordered_document_of(t.source);
    return pretty(model) + "\n";
}

}  // namespace attest::formats
