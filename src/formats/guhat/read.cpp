#include "read.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "../read_symbols.hpp"
#include "base/text.hpp"

// The reader of tables. Everything is checked where it stands: which values a position can hold at a layer follows from
// the head of the file, so that a pair which can never be present is a mistake and not a silent nothing.

namespace attest::formats {

namespace {

constexpr std::int64_t most_layers = 64;
constexpr std::int64_t most_heads = 1024;
constexpr std::int64_t greatest_length = 1 << 16;
constexpr std::int64_t most_activations = 1 << 20;

class GuhatReader {
  public:
    explicit GuhatReader(const base::JsonNode& root) : root_(root) {}

    network::Guhat read(const std::string& default_name) {
        root_.allow_keys({"format", "version", "alphabet", "end", "length", "layers", "heads", "activations",
                          "attention", "activation", "accept"});
        if (root_.at("format").as_string() != "attest/guhat") root_.at("format").fail("\"attest/guhat\"");
        (void)root_.at("version").as_integer(1, 1);
        g_.name = default_name;
        g_.alphabet = read_alphabet(root_, false);
        g_.end = read_marker(root_, "end", g_.alphabet);
        g_.length = root_.at("length").as_integer(0, greatest_length);
        if (g_.positions() == 0)
            root_.at("length").fail("a sequence of at least one position: length 1 or more, or an end symbol");
        g_.layers = root_.at("layers").as_integer(0, most_layers);
        g_.heads = root_.at("heads").as_integer(0, most_heads);
        if (!root_.at("activations").value().is_null())
            g_.activations = root_.at("activations").as_integer(1, most_activations);
        for (const base::JsonNode& entry : root_.at("attention").elements()) read_attention(entry);
        read_activations();
        for (const base::JsonNode& value : root_.at("accept").elements())
            if (!g_.accept.insert(read_value(value, g_.layers, g_.positions())).second)
                value.fail("each value once", "it again");
        return std::move(g_);
    }

  private:
    void read_attention(const base::JsonNode& node) {
        node.allow_keys({"layer", "head", "position", "value", "prefer"});
        network::Guhat::Asking asking;
        asking.layer = node.at("layer").as_integer(1, g_.layers);
        asking.head = node.at("head").as_integer(1, g_.heads);
        asking.position = read_asking_position(node.at("position"), asking.layer);
        asking.value = read_value(node.at("value"), asking.layer - 1, asking.position);
        std::vector<network::Pair> prefer;
        std::set<network::Pair> seen;
        for (const base::JsonNode& pair : node.at("prefer").elements()) {
            prefer.push_back(read_pair(pair, asking.layer - 1));
            if (!seen.insert(prefer.back()).second) pair.fail("each pair once", "it again");
        }
        if (!g_.attention.try_emplace(asking, std::move(prefer)).second)
            node.fail("one entry for each layer, head, position and value", "a second one");
    }

    void read_activations() {
        if (!root_.has("activation")) return;
        const base::JsonNode list = root_.at("activation");
        if (!g_.activations) list.fail("no such key where activations is null");
        for (const base::JsonNode& node : list.elements()) {
            node.allow_keys({"layer", "position", "value", "attended", "becomes"});
            const std::int64_t layer = node.at("layer").as_integer(1, g_.layers - 1);
            const std::int64_t position = read_asking_position(node.at("position"), layer);
            const network::ValueId own = read_value(node.at("value"), layer - 1, position);
            const network::ValueId tuple = g_.values.tuple(own, read_pairs(node.at("attended"), 0, layer - 1));
            const std::int64_t becomes = node.at("becomes").as_integer(0, *g_.activations - 1);
            if (!g_.activation.try_emplace({layer, position, tuple}, becomes).second)
                node.fail("one entry for each layer, position, value and attended", "a second one");
        }
    }

    /// After the last layer only the position that is read has a value.
    std::int64_t read_asking_position(const base::JsonNode& node, std::int64_t layer) const {
        const std::int64_t n = g_.positions();
        const std::int64_t position = node.as_integer(1, n);
        if (layer == g_.layers && position != n)
            node.fail(fmt::format("{} in the last layer, the position that is read", n));
        return position;
    }

    /// A value that the position can hold after the layer.
    network::ValueId read_value(const base::JsonNode& node, std::int64_t layer, std::int64_t position) {
        if (layer == 0) return g_.values.symbol(read_symbol(node, position));
        if (g_.bounded(layer))
            return g_.values.activation(static_cast<std::uint64_t>(node.as_integer(0, *g_.activations - 1)));
        const std::vector<base::JsonNode> parts = node.elements();
        if (parts.empty())
            node.fail(fmt::format("a value of layer {}: the one before, then a pair for each head", layer));
        const network::ValueId own = read_value(parts[0], layer - 1, position);
        return g_.values.tuple(own, read_pairs(node, 1, layer - 1));
    }

    std::uint64_t read_symbol(const base::JsonNode& node, std::int64_t position) const {
        const bool at_end = g_.end && position == g_.positions();
        if (node.value().is_string()) {
            if (at_end && node.as_string() == *g_.end) return g_.alphabet.size();
            if (const auto symbol = g_.alphabet.find(node.as_string()); symbol && !at_end) return *symbol;
        }
        if (at_end) node.fail(fmt::format("the end symbol \"{}\" at position {}", base::printable(*g_.end), position));
        node.fail(fmt::format("a symbol of the alphabet {} at position {}", g_.alphabet.describe(), position));
    }

    /// One pair for each head, from the element `first` on.
    std::vector<network::Pair> read_pairs(const base::JsonNode& list, std::size_t first, std::int64_t layer) {
        const std::vector<base::JsonNode> nodes = list.elements();
        if (nodes.size() != first + static_cast<std::size_t>(g_.heads))
            list.fail(fmt::format("{}one pair for each of {} heads", first == 1 ? "a value, then " : "", g_.heads));
        std::vector<network::Pair> pairs;
        for (std::size_t k = first; k < nodes.size(); ++k) pairs.push_back(read_pair(nodes[k], layer));
        return pairs;
    }

    network::Pair read_pair(const base::JsonNode& node, std::int64_t layer) {
        const std::vector<base::JsonNode> parts = node.elements();
        if (parts.size() != 2) node.fail("a pair [position, value]");
        const std::int64_t position = parts[0].as_integer(1, g_.positions());
        return {position, read_value(parts[1], layer, position)};
    }

    base::JsonNode root_;
    network::Guhat g_;
};

}  // namespace

network::Guhat read_guhat(const base::JsonNode& root, const std::string& default_name) {
    return GuhatReader(root).read(default_name);
}

}  // namespace attest::formats
