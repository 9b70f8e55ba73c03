#include "network/seq2seq/seq2seq.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "base/quote.hpp"

namespace attest::network {

namespace {

std::size_t count_numbers(const exact::Vector& x) {
    return static_cast<std::size_t>(
        std::count_if(x.begin(), x.end(), [](const auto& value) { return sgn(value) != 0; }));
}

std::size_t count_numbers(const exact::AffineMap& map) {
    std::size_t count = count_numbers(map.bias);
    for (const auto& row : map.weight.rows) count += row.size();
    return count;
}

std::size_t count_numbers(const std::vector<exact::AffineMap>& maps) {
    std::size_t count = 0;
    for (const exact::AffineMap& map : maps) count += count_numbers(map);
    return count;
}

std::size_t count_numbers(const std::optional<exact::AffineMap>& map) { return map ? count_numbers(*map) : 0; }

std::size_t count_numbers(const std::optional<ChainAttention>& part) {
    std::size_t count = 0;
    if (part)
        for (const ChainHead& head : part->heads)
            count += count_numbers(head.query) + count_numbers(head.key) + count_numbers(head.value) +
                     count_numbers(head.output);
    return count;
}

std::size_t count_numbers(const Layer& layer) {
    std::size_t count = layer.feedforward ? count_numbers(layer.feedforward->maps) : 0;
    if (layer.attention)
        for (const Head& head : layer.attention->heads)
            count += count_numbers(head.query) + count_numbers(head.key) + count_numbers(head.value) +
                     count_numbers(head.output);
    return count;
}

}  // namespace

std::size_t Seq2seq::weights() const {
    std::size_t count = count_numbers(output);
    for (const Layer& layer : encoder_layers) count += count_numbers(layer);
    for (const ChainLayer& layer : layers)
        count += count_numbers(layer.self) + count_numbers(layer.cross) + count_numbers(layer.maps);
    return count;
}

std::vector<std::size_t> Seq2seq::tokens(const std::vector<std::string>& word) const {
    std::vector<std::size_t> result;
    for (const std::string& symbol : word) {
        const auto found = std::find(alphabet.begin(), alphabet.end(), symbol);
        if (found == alphabet.end())
            throw base::UsageError(fmt::format("the symbol {} is not of the network's alphabet", base::quoted(symbol)));
        result.push_back(static_cast<std::size_t>(found - alphabet.begin()));
    }
    if (!result.empty()) return result;
    if (!blank) throw base::UsageError("the network has no blank, and so no token for the empty word");
    return {alphabet.size()};
}

}  // namespace attest::network
