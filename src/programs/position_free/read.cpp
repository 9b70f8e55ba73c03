#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "attest/base/json.hpp"
#include "network.hpp"

namespace attest::programs::position_free {

namespace {

using base::JsonNode;

constexpr const char* format_name = "attest/position-free";

class DocumentReader {
  public:
    Network read(const JsonNode& top) {
        top.allow_keys({"format", "version", "alphabet", "end", "length", "layers", "heads", "activations", "attention",
                        "activation", "accept"});
        if (top.at("format").as_string() != format_name) top.at("format").fail(fmt::format("\"{}\"", format_name));
        top.at("version").as_integer(1, 1);
        top.at("length").as_integer(0, 64);  // up to which it was looked at: it says nothing of what the network is
        symbols(top);
        n_.layers = static_cast<std::size_t>(top.at("layers").as_integer(1, 64));
        n_.heads = static_cast<std::size_t>(top.at("heads").as_integer(1, 1024));
        n_.activations = static_cast<std::size_t>(top.at("activations").as_integer(2, 1 << 20));
        n_.becomes.resize(n_.layers - 1);
        for (const JsonNode& entry : top.at("attention").elements()) attention(entry);
        for (const JsonNode& entry : top.at("activation").elements()) activation(entry);
        for (const JsonNode& entry : top.at("accept").elements()) {
            entry.allow_keys({"value", "attended"});
            if (!n_.accept.insert(seen(entry, n_.layers - 1)).second) entry.fail("each entry once", "it again");
        }
        return std::move(n_);
    }

  private:
    void symbols(const JsonNode& top) {
        for (const JsonNode& symbol : top.at("alphabet").elements()) n_.alphabet.push_back(symbol.as_string());
        n_.end = top.at("end").as_string();
        if (std::find(n_.alphabet.begin(), n_.alphabet.end(), n_.end) != n_.alphabet.end())
            top.at("end").fail("a symbol that is not in the alphabet");
    }

    /// Before a layer, which counts from 0.
    Network::Value value(const JsonNode& at, std::size_t layer) const {
        if (layer > 0)
            return static_cast<Network::Value>(at.as_integer(0, static_cast<std::int64_t>(n_.activations) - 1));
        const std::string& symbol = at.as_string();
        if (symbol == n_.end) return static_cast<Network::Value>(n_.alphabet.size());
        const auto found = std::find(n_.alphabet.begin(), n_.alphabet.end(), symbol);
        if (found == n_.alphabet.end()) at.fail("a symbol of the alphabet, or the end symbol");
        return static_cast<Network::Value>(found - n_.alphabet.begin());
    }

    Network::Seen seen(const JsonNode& at, std::size_t layer) const {
        Network::Seen all{value(at.at("value"), layer)};
        const auto attended = at.at("attended").elements();
        if (!attended.empty() && attended.size() != n_.heads)
            at.at("attended").fail(fmt::format("nothing, or {} values, one for each head", n_.heads));
        for (const JsonNode& one : attended) all.push_back(value(one, layer));
        return all;
    }

    void attention(const JsonNode& at) {
        at.allow_keys({"layer", "head", "value", "prefer"});
        const auto layer =
            static_cast<std::uint32_t>(at.at("layer").as_integer(1, static_cast<std::int64_t>(n_.layers)) - 1);
        const auto head =
            static_cast<std::uint32_t>(at.at("head").as_integer(1, static_cast<std::int64_t>(n_.heads)) - 1);
        const Network::Value own = value(at.at("value"), layer);
        if (!asked_.insert({layer, head, own}).second) at.fail("each layer, head and value once", "them again");
        const auto classes = at.at("prefer").elements();
        for (std::size_t k = 0; k < classes.size(); ++k)
            for (const JsonNode& wanted : classes[k].elements())
                if (!n_.preference.emplace(std::array{layer, head, own, value(wanted, layer)}, k).second)
                    wanted.fail("each value once", "it again");
    }

    void activation(const JsonNode& at) {
        at.allow_keys({"layer", "value", "attended", "becomes"});
        const auto layer =
            static_cast<std::size_t>(at.at("layer").as_integer(1, static_cast<std::int64_t>(n_.layers) - 1) - 1);
        const auto becomes =
            static_cast<Network::Value>(at.at("becomes").as_integer(0, static_cast<std::int64_t>(n_.activations) - 1));
        if (!n_.becomes[layer].emplace(seen(at, layer), becomes).second) at.fail("each entry once", "it again");
    }

    Network n_;
    std::set<std::array<std::uint32_t, 3>> asked_;
};

}  // namespace

bool is_position_free(std::string_view beginning) {
    return beginning.starts_with("{") && beginning.find(fmt::format("\"{}\"", format_name)) != std::string_view::npos;
}

Network parse(std::string_view text, const std::string& file) {
    const base::Json document = base::Json::parse(text, file);
    return DocumentReader().read(JsonNode(document, file));
}

}  // namespace attest::programs::position_free
