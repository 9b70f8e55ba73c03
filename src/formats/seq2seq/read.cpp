#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "attest/base/file.hpp"
#include "attest/language/alphabet.hpp"
#include "base/quote.hpp"
#include "formats/read_arrays.hpp"
#include "formats/read_choice.hpp"
#include "formats/read_layers.hpp"
#include "formats/seq2seq/seq2seq.hpp"

// The reader of encoder–decoders. What is as in model files is read by what reads model files; a decoder has attention of its
// own form, since its score may be −|q · k|, and no mask, as it sees what was written and nothing else.

namespace attest::formats {

namespace {

using network::AttentionKind;

constexpr std::int64_t most_coordinates = 1 << 20;
constexpr Choices<AttentionKind, 3> chain_kinds = {
    {{"average", AttentionKind::average}, {"hard", AttentionKind::hard}, {"softmax", AttentionKind::softmax}}};
constexpr Choices<network::Tie, 2> chain_ties = {{{"left", network::Tie::left}, {"right", network::Tie::right}}};
constexpr Choices<bool, 2> scores = {{{"dot", false}, {"negative-absolute", true}}};

std::vector<std::string> read_tokens(const base::JsonNode& node) {
    std::vector<std::string> tokens;
    for (const base::JsonNode& element : node.elements()) {
        const std::string& token = element.as_string();
        if (token.empty() || language::is_control(token))
            element.fail("a symbol, not empty and without control characters");
        if (std::find(tokens.begin(), tokens.end(), token) != tokens.end()) element.fail("symbols, none of them twice");
        tokens.push_back(token);
    }
    return tokens;
}

class Seq2seqReader {
  public:
    explicit Seq2seqReader(const base::JsonNode& root) : root_(root) {}

    network::Seq2seq read(const std::string& default_name) {
        root_.allow_keys({"format", "version", "name", "cite", "alphabet", "blank", "dimension", "encoder", "decoder",
                          "accept", "blocks", "states", "symbols"});
        if (root_.at("format").as_string() != "attest/seq2seq") root_.at("format").fail("\"attest/seq2seq\"");
        (void)root_.at("version").as_integer(1, 1);
        network::Seq2seq s;
        s.name = root_.has("name") ? root_.at("name").as_string() : default_name;
        if (root_.has("cite"))
            for (const base::JsonNode& key : root_.at("cite").elements()) s.cite.push_back(key.as_string());
        s.alphabet = read_tokens(root_.at("alphabet"));
        if (root_.has("blank")) read_blank(s);
        if (s.alphabet.empty() && !s.blank) root_.at("alphabet").fail("some symbol, or a blank beside it");
        s.dimension = static_cast<std::size_t>(root_.at("dimension").as_integer(1, most_coordinates));
        document_.dimension = s.dimension;
        read_encoder(root_.at("encoder"), s);
        read_decoder(root_.at("decoder"), s);
        root_.at("accept").allow_keys({"weight", "bias"});
        s.accept_weight = read_vector(root_.at("accept").at("weight"), s.dimension, document_.tensors);
        s.accept_bias = read_number(root_.at("accept").at("bias"), document_.tensors);
        read_names(s);
        return s;
    }

  private:
    void read_blank(network::Seq2seq& s) const {
        const base::JsonNode node = root_.at("blank");
        const std::string& blank = node.as_string();
        if (blank.empty() || language::is_control(blank))
            node.fail("a symbol, not empty and without control characters");
        if (std::find(s.alphabet.begin(), s.alphabet.end(), blank) != s.alphabet.end())
            node.fail("a symbol that is not of the alphabet");
        s.blank = blank;
    }

    std::vector<exact::Expression> read_position(const base::JsonNode& part) const {
        std::vector<exact::Expression> position;
        if (!part.has("position")) return position;
        for (const base::JsonNode& node : part.at("position").elements())
            position.push_back(exact::read_expression(node, "i", false));
        if (position.size() != document_.dimension)
            part.at("position")
                .fail(fmt::format("{} expressions", document_.dimension), std::to_string(position.size()));
        return position;
    }

    void read_encoder(const base::JsonNode& node, network::Seq2seq& s) {
        node.allow_keys({"embedding", "position", "layers"});
        const base::JsonNode embedding = node.at("embedding");
        std::vector<std::string> tokens = s.alphabet;
        if (s.blank) tokens.push_back(*s.blank);
        embedding.allow_keys(tokens);
        for (const std::string& token : tokens) {
            if (!embedding.has(token))
                embedding.fail("an embedding of each symbol, also of " + base::quoted(token), "none");
            s.embedding.push_back(read_vector(embedding.at(token), s.dimension, document_.tensors));
        }
        s.encoder_position = read_position(node);
        if (!node.has("layers")) return;
        for (const base::JsonNode& layer : node.at("layers").elements()) {
            s.encoder_layers.push_back(read_layer(layer, document_));
            const network::Layer& last = s.encoder_layers.back();
            if (last.attention && last.attention->kind == AttentionKind::softmax)
                layer.at("attention").at("kind").fail("\"hard\" or \"average\" in an encoder");
            if ((last.attention && last.attention->norm) || (last.feedforward && last.feedforward->norm))
                layer.fail("no norm in an encoder");
        }
    }

    void read_decoder(const base::JsonNode& node, network::Seq2seq& s) {
        node.allow_keys({"start", "position", "layers", "output"});
        s.start = read_vector(node.at("start"), s.dimension, document_.tensors);
        s.decoder_position = read_position(node);
        for (const base::JsonNode& layer : node.at("layers").elements()) {
            layer.allow_keys({"self", "cross", "feedforward"});
            network::ChainLayer& l = s.layers.emplace_back();
            if (layer.has("self")) l.self = read_attention(layer.at("self"));
            if (layer.has("cross")) l.cross = read_attention(layer.at("cross"));
            if (layer.has("feedforward")) l.maps = read_maps(layer.at("feedforward"));
        }
        s.output = read_maps(node.at("output"));
    }

    network::ChainAttention read_attention(const base::JsonNode& node) {
        node.allow_keys({"kind", "tie", "score", "heads"});
        network::ChainAttention part;
        part.kind = choose(node.at("kind"), chain_kinds);
        if (node.has("tie")) part.tie = choose(node.at("tie"), chain_ties);
        if (node.has("score")) part.negative_absolute = choose(node.at("score"), scores);
        for (const base::JsonNode& head : node.at("heads").elements()) part.heads.push_back(read_head(head));
        if (part.heads.empty()) node.at("heads").fail("at least one head");
        return part;
    }

    network::ChainHead read_head(const base::JsonNode& node) {
        node.allow_keys({"query", "key", "value", "output"});
        if (node.has("query") != node.has("key"))
            node.fail("query and key, both or neither", node.has("query") ? "query only" : "key only");
        network::ChainHead head;
        if (node.has("query")) {
            head.query = read_affine(node.at("query"), document_.dimension, std::nullopt, document_.tensors);
            head.key = read_affine(node.at("key"), document_.dimension, head.query->outputs(), document_.tensors);
        }
        const bool projects = node.has("output");
        head.value = read_affine(node.at("value"), document_.dimension,
                                 projects ? std::nullopt : std::optional(document_.dimension), document_.tensors);
        if (projects)
            head.output = read_affine(node.at("output"), head.value.outputs(), document_.dimension, document_.tensors);
        return head;
    }

    /// Maps from the dimension to the dimension.
    std::vector<exact::AffineMap> read_maps(const base::JsonNode& node) {
        node.allow_keys({"maps"});
        const std::vector<base::JsonNode> list = node.at("maps").elements();
        if (list.empty()) node.at("maps").fail("at least one map");
        std::vector<exact::AffineMap> maps;
        for (std::size_t m = 0; m < list.size(); ++m)
            maps.push_back(read_affine(list[m], m == 0 ? document_.dimension : maps.back().outputs(),
                                       m + 1 == list.size() ? std::optional(document_.dimension) : std::nullopt,
                                       document_.tensors));
        return maps;
    }

    void read_names(network::Seq2seq& s) const {
        const auto names = [&](const char* key) {
            std::vector<std::string> texts;
            if (root_.has(key))
                for (const base::JsonNode& text : root_.at(key).elements()) texts.push_back(text.as_string());
            return texts;
        };
        s.state_names = names("states");
        s.symbol_names = names("symbols");
        if (!root_.has("blocks")) return;
        const base::JsonNode node = root_.at("blocks");
        node.allow_keys({"state", "symbol", "move"});
        const auto most = static_cast<std::int64_t>(s.dimension);
        const auto block = [&](const char* key, std::size_t& first, std::size_t& count) {
            const std::vector<base::JsonNode> ends = node.at(key).elements();
            if (ends.size() != 2) node.at(key).fail("the first coordinate and their number");
            first = static_cast<std::size_t>(ends[0].as_integer(0, most - 1));
            count = static_cast<std::size_t>(ends[1].as_integer(0, most - static_cast<std::int64_t>(first)));
        };
        network::ChainBlocks& blocks = s.blocks.emplace();
        block("state", blocks.first_state, blocks.states);
        block("symbol", blocks.first_symbol, blocks.symbols);
        blocks.move = static_cast<std::size_t>(node.at("move").as_integer(0, most - 1));
    }

    base::JsonNode root_;
    Document document_;
};

}  // namespace

network::Seq2seq parse_seq2seq(const std::string& json, const std::string& name) {
    const base::Json document = base::Json::parse(json, name);
    return Seq2seqReader(base::JsonNode(document, name)).read(std::filesystem::path(name).stem().string());
}

Seq2seqFile read_seq2seq(const std::string& path) {
    std::string bytes = base::read_file(path);
    network::Seq2seq network = parse_seq2seq(bytes, path);
    return {std::move(network), std::move(bytes)};
}

}  // namespace attest::formats
