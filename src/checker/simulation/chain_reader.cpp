#include <algorithm>
#include <set>

#include "checker/core/cursor.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/network/layer_reader.hpp"
#include "checker/simulation/chain.hpp"

// MODEL.md, section 12.

namespace attest::checker {
namespace {

constexpr std::int64_t most_dimension = 1 << 20;

std::vector<std::string> read_tokens(const Cursor& at) {
    std::vector<std::string> tokens;
    std::set<std::string> seen;
    for (std::size_t k = 0; k < at.size(); ++k) {
        tokens.push_back(at.item(k).string());
        if (!is_marker(tokens.back())) at.item(k).fail("a symbol is not empty and has no control character");
        if (!seen.insert(tokens.back()).second) at.item(k).fail("the symbol occurs twice");
    }
    return tokens;
}

void check_texts(const Cursor& root, const char* key) {
    const auto texts = root.find(key);
    for (std::size_t k = 0; texts && k < texts->size(); ++k) texts->item(k).string();
}

/// What coordinates stand for, which is for people.
void check_blocks(const Cursor& at, std::size_t dimension) {
    at.only({"state", "symbol", "move"});
    const auto most = static_cast<std::int64_t>(dimension);
    for (const char* key : {"state", "symbol"}) {
        const Cursor block = at.at(key);
        if (block.size() != 2) block.fail("two numbers were expected");
        const std::int64_t first = block.item(0).integer(0, most - 1);
        block.item(1).integer(0, most - first);
    }
    at.at("move").integer(0, most - 1);
}

class ChainReader {
  public:
    ChainReader(const Cursor& root, Budget& budget) : root_(root), budget_(budget), arrays_({}, 1, budget) {}

    Chain read() {
        root_.only(
            {"format", "version", "name", "cite", "alphabet", "blank", "dimension", "encoder", "decoder", "accept"},
            {"blocks", "states", "symbols"});
        if (root_.at("format").string() != "attest/seq2seq") root_.at("format").fail("\"attest/seq2seq\" was expected");
        root_.at("version").integer(1, 1);
        if (const auto name = root_.find("name")) chain_.name = name->string();
        for (const char* key : {"cite", "states", "symbols"}) check_texts(root_, key);
        chain_.alphabet = read_tokens(root_.at("alphabet"));
        if (const auto blank = root_.find("blank")) read_blank(*blank);
        if (chain_.alphabet.empty() && !chain_.blank)
            root_.at("alphabet").fail("there is neither a symbol nor a blank");
        chain_.dimension = static_cast<std::size_t>(root_.at("dimension").integer(1, most_dimension));
        budget_.memory(256, chain_.dimension);
        read_encoder(root_.at("encoder"));
        read_decoder(root_.at("decoder"));
        root_.at("accept").only({"weight", "bias"});
        chain_.accept_weight = rationals(arrays_.vector(root_.at("accept").at("weight"), chain_.dimension));
        chain_.accept_bias = arrays_.number(root_.at("accept").at("bias"));
        if (const auto blocks = root_.find("blocks")) check_blocks(*blocks, chain_.dimension);
        return std::move(chain_);
    }

  private:
    void read_blank(const Cursor& at) {
        if (!is_marker(at.string())) at.fail("a symbol is not empty and has no control character");
        if (std::find(chain_.alphabet.begin(), chain_.alphabet.end(), at.string()) != chain_.alphabet.end())
            at.fail("the blank is of the alphabet");
        chain_.blank = at.string();
    }

    void read_position(const Cursor& part, std::vector<Expression>& position, std::vector<std::string>& texts) {
        const auto at = part.find("position");
        if (!at) return;
        if (at->size() != chain_.dimension) at->fail(std::to_string(chain_.dimension) + " expressions were expected");
        for (std::size_t c = 0; c < at->size(); ++c) {
            const Cursor one = at->item(c);
            position.push_back(read_expression(one, arrays_, {"i"}, budget_));
            if (position.back().is_transcendental()) one.fail("only softmax models have transcendental expressions");
            const auto number = position.back().literal();
            texts.push_back(number ? number->get_str() : one.string());
        }
    }

    void read_encoder(const Cursor& at) {
        at.only({"embedding", "position", "layers"});
        const Cursor embedding = at.at("embedding");
        std::vector<std::string> tokens = chain_.alphabet;
        if (chain_.blank) tokens.push_back(*chain_.blank);
        for (const std::string& token : tokens)
            chain_.embedding.push_back(rationals(arrays_.vector(embedding.at(token), chain_.dimension)));
        if (embedding.json().members().size() != tokens.size()) embedding.fail("there are other keys than the symbols");
        read_position(at, chain_.encoder_position, chain_.encoder_texts);
        const auto layers = at.find("layers");
        const LayerReader reader(arrays_, chain_.dimension, budget_);
        for (std::size_t l = 0; layers && l < layers->size(); ++l) {
            const Layer& layer = chain_.encoder_layers.emplace_back(reader.layer(layers->item(l)));
            if (layer.attention && (layer.attention->kind == Kind::softmax || layer.attention->norm))
                layers->item(l).fail("an encoder has hard or average attention and no norm");
            if (layer.feedforward && layer.feedforward->norm) layers->item(l).fail("an encoder has no norm");
        }
    }

    void read_decoder(const Cursor& at) {
        at.only({"start", "position", "layers", "output"});
        chain_.start = rationals(arrays_.vector(at.at("start"), chain_.dimension));
        read_position(at, chain_.decoder_position, chain_.decoder_texts);
        const Cursor layers = at.at("layers");
        for (std::size_t l = 0; l < layers.size(); ++l) {
            const Cursor layer = layers.item(l);
            layer.only({"self", "cross", "feedforward"});
            ChainLayer& read = chain_.layers.emplace_back();
            if (const auto part = layer.find("self")) read.self = attention(*part);
            if (const auto part = layer.find("cross")) read.cross = attention(*part);
            if (const auto part = layer.find("feedforward")) read.maps = maps(*part);
        }
        chain_.output = maps(at.at("output"));
    }

    ChainAttention attention(const Cursor& at) {
        at.only({"kind", "tie", "score", "heads"});
        ChainAttention part;
        part.kind =
            choose<Kind>(at.at("kind"), {{"average", Kind::average}, {"hard", Kind::hard}, {"softmax", Kind::softmax}});
        if (const auto tie = at.find("tie")) part.tie = choose<Tie>(*tie, {{"left", Tie::left}, {"right", Tie::right}});
        if (const auto score = at.find("score"))
            part.negative_absolute = choose<bool>(*score, {{"dot", false}, {"negative-absolute", true}});
        const Cursor heads = at.at("heads");
        if (heads.size() == 0) heads.fail("at least one head was expected");
        for (std::size_t h = 0; h < heads.size(); ++h) part.heads.push_back(head(heads.item(h)));
        return part;
    }

    ChainHead head(const Cursor& at) {
        at.only({"query", "key", "value", "output"});
        if (at.has("query") != at.has("key")) at.fail("query and key are both there or both absent");
        ChainHead head;
        if (const auto query = at.find("query")) {
            head.query = arrays_.affine(*query, chain_.dimension);
            head.key = arrays_.affine(at.at("key"), chain_.dimension);
            if (head.query->outputs() != head.key->outputs()) at.fail("query and key differ in rows");
        }
        head.value = arrays_.affine(at.at("value"), chain_.dimension);
        if (const auto output = at.find("output")) head.output = arrays_.affine(*output, head.value.outputs());
        if ((head.output ? *head.output : head.value).outputs() != chain_.dimension)
            at.fail("what a head adds has " + std::to_string(chain_.dimension) + " rows");
        return head;
    }

    std::vector<Affine> maps(const Cursor& at) {
        at.only({"maps"});
        const Cursor list = at.at("maps");
        if (list.size() == 0) list.fail("at least one map was expected");
        std::vector<Affine> maps;
        for (std::size_t m = 0; m < list.size(); ++m)
            maps.push_back(arrays_.affine(list.item(m), m == 0 ? chain_.dimension : maps.back().outputs()));
        if (maps.back().outputs() != chain_.dimension)
            list.fail("the last map must have " + std::to_string(chain_.dimension) + " rows");
        return maps;
    }

    Cursor root_;
    Budget& budget_;
    ArrayReader arrays_;
    Chain chain_;
};

}  // namespace

Chain read_chain(std::string_view bytes, const std::string& file, Budget& budget) {
    const Json json = parse_json(bytes, file, budget);
    return ChainReader(Cursor(json, file + ": "), budget).read();
}

}  // namespace attest::checker
