#include <nlohmann/json.hpp>

#include "formats/pretty.hpp"
#include "formats/seq2seq/seq2seq.hpp"
#include "formats/write_parts.hpp"

namespace attest::formats {

namespace {

using written::Json;

Json maps_object(const std::vector<exact::AffineMap>& maps) {
    Json list = Json::array();
    for (const exact::AffineMap& map : maps) list.push_back(written::affine(map));
    return {{"maps", std::move(list)}};
}

Json expressions(const std::vector<exact::Expression>& position) {
    Json list = Json::array();
    for (const exact::Expression& e : position) list.push_back(written::expression(e));
    return list;
}

Json chain_attention(const network::ChainAttention& part) {
    Json heads = Json::array();
    for (const network::ChainHead& h : part.heads) {
        Json head = Json::object();
        if (h.query) head["query"] = written::affine(*h.query);
        if (h.key) head["key"] = written::affine(*h.key);
        head["value"] = written::affine(h.value);
        if (h.output) head["output"] = written::affine(*h.output);
        heads.push_back(std::move(head));
    }
    Json object = {{"kind", to_string(part.kind)}};
    if (part.kind == network::AttentionKind::hard) object["tie"] = to_string(part.tie);
    object["score"] = part.negative_absolute ? "negative-absolute" : "dot";
    object["heads"] = std::move(heads);
    return object;
}

Json encoder(const network::Seq2seq& s) {
    Json embedding = Json::object();
    for (std::size_t a = 0; a < s.embedding.size(); ++a)
        embedding[a < s.alphabet.size() ? s.alphabet[a] : *s.blank] = written::vector(s.embedding[a]);
    Json object = {{"embedding", std::move(embedding)}};
    if (!s.encoder_position.empty()) object["position"] = expressions(s.encoder_position);
    object["layers"] = Json::array();
    for (const network::Layer& l : s.encoder_layers) object["layers"].push_back(written::layer(l));
    return object;
}

Json decoder(const network::Seq2seq& s) {
    Json object = {{"start", written::vector(s.start)}};
    if (!s.decoder_position.empty()) object["position"] = expressions(s.decoder_position);
    object["layers"] = Json::array();
    for (const network::ChainLayer& l : s.layers) {
        Json layer = Json::object();
        if (l.self) layer["self"] = chain_attention(*l.self);
        if (l.cross) layer["cross"] = chain_attention(*l.cross);
        if (!l.maps.empty()) layer["feedforward"] = maps_object(l.maps);
        object["layers"].push_back(std::move(layer));
    }
    object["output"] = maps_object(s.output);
    return object;
}

}  // namespace

std::string write_seq2seq(const network::Seq2seq& s) {
    Json document = {{"format", "attest/seq2seq"}, {"version", 1}, {"name", s.name}};
    if (!s.cite.empty()) document["cite"] = s.cite;
    document["alphabet"] = s.alphabet;
    if (s.blank) document["blank"] = *s.blank;
    document["dimension"] = s.dimension;
    document["encoder"] = encoder(s);
    document["decoder"] = decoder(s);
    document["accept"] = {{"weight", written::vector(s.accept_weight)}, {"bias", written::number(s.accept_bias)}};
    if (s.blocks)
        document["blocks"] = {{"state", {s.blocks->first_state, s.blocks->states}},
                              {"symbol", {s.blocks->first_symbol, s.blocks->symbols}},
                              {"move", s.blocks->move}};
    if (!s.state_names.empty()) document["states"] = s.state_names;
    if (!s.symbol_names.empty()) document["symbols"] = s.symbol_names;
    return pretty(document) + "\n";
}

}  // namespace attest::formats
