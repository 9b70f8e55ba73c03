#include "random_network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "attest/decide/threshold/specification.hpp"

namespace attest::tests {

namespace {

constexpr std::uint64_t end_symbol = 2;

std::uint64_t mix(std::uint64_t x) {  // SplitMix64
    x += 0x9e3779b97f4a7c15;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
    x = (x ^ x >> 27) * 0x94d049bb133111eb;
    return x ^ x >> 31;
}

}  // namespace

std::uint64_t RandomNetwork::draw(const Code& code) const {
    return std::accumulate(code.begin(), code.end(), mix(seed_),
                           [](std::uint64_t h, std::uint64_t x) { return mix(h ^ mix(x)); });
}

std::int64_t RandomNetwork::score(std::uint64_t layer, std::uint64_t head, std::size_t i, std::size_t j,
                                  const std::vector<std::uint64_t>& held) const {
    if (!class_.positions_visible) return static_cast<std::int64_t>(draw({1, layer, head, held[i], held[j]}) % 3);
    if (!class_.key_dimension_one)
        return static_cast<std::int64_t>(draw({2, layer, head, i, held[i], j, held[j]}) % 1000);
    return sign(layer, head, i, held[i]) * number(layer, head, j, held[j]);
}

std::int64_t RandomNetwork::number(std::uint64_t layer, std::uint64_t head, std::size_t j, std::uint64_t value) const {
    return static_cast<std::int64_t>(draw({4, layer, head, j, value}) % 4);
}

std::int64_t RandomNetwork::sign(std::uint64_t layer, std::uint64_t head, std::size_t i, std::uint64_t value) const {
    return static_cast<std::int64_t>(draw({3, layer, head, i, value}) % 3) - 1;
}

std::size_t RandomNetwork::attend(std::uint64_t layer, std::uint64_t head, std::size_t i,
                                  const std::vector<std::uint64_t>& held) const {
    const std::size_t seen = class_.mask == threshold::Mask::strict ? i : held.size();
    std::size_t best = 0;
    for (std::size_t j = 1; j < seen; ++j)
        if (score(layer, head, i, j, held) > score(layer, head, i, best, held)) best = j;
    return seen == 0 ? held.size() : best;
}

std::uint64_t RandomNetwork::value_after(std::uint64_t layer, std::size_t i,
                                         const std::vector<std::uint64_t>& held) const {
    Code tuple{5, layer, class_.positions_visible ? i : 0, held[i]};
    for (std::uint64_t h = 0; h < static_cast<std::uint64_t>(class_.heads); ++h)
        if (const std::size_t j = attend(layer, h, i, held); j < held.size()) {
            if (class_.positions_visible) tuple.push_back(j);
            tuple.push_back(held[j]);
        }
    return class_.bounded(static_cast<std::int64_t>(layer))
               ? draw(tuple) % static_cast<std::uint64_t>(*class_.activations)
               : draw(tuple);
}

std::vector<std::uint64_t> RandomNetwork::held_after(std::int64_t layers, const language::Word& word) const {
    std::vector<std::uint64_t> held(word.begin(), word.end());
    if (class_.read == threshold::Reading::end) held.push_back(end_symbol);
    for (std::uint64_t l = 1; l <= static_cast<std::uint64_t>(layers); ++l) {
        std::vector<std::uint64_t> next;
        for (std::size_t i = 0; i < held.size(); ++i) next.push_back(value_after(l, i, held));
        held = std::move(next);
    }
    return held;
}

bool RandomNetwork::accepts(const language::Word& word) const {
    return draw({6, held_after(class_.layers, word).back()}) % 2 == 1;
}

language::Language RandomNetwork::language(std::int64_t length) const {
    if (class_.positions_visible) {
        std::vector<bool> accepted;
        language::Word word(static_cast<std::size_t>(length), 0);
        do accepted.push_back(accepts(word));
        while (language::next_word(word, language::Alphabet({"0", "1"})));
        return table_language(accepted);
    }
    // A finite language: the words that are accepted, and one that is too long to be asked.
    std::string words(static_cast<std::size_t>(length) + 1, '0');
    for (std::int64_t n = 1; n <= length; ++n) {
        language::Word word(static_cast<std::size_t>(n), 0);
        do
            if (accepts(word)) {
                words += '|';
                for (const language::Symbol s : word) words += s == 1 ? '1' : '0';
            }
        while (language::next_word(word, language::Alphabet({"0", "1"})));
    }
    return language::Language::parse(fmt::format("regex:({}){}", words, accepts({}) ? "?" : ""), std::nullopt);
}

language::Language table_language(const std::vector<bool>& accepts) {
    std::string digits;
    for (std::size_t k = 0; k < accepts.size(); k += 4) {
        unsigned digit = 0;
        for (std::size_t b = 0; b < 4; ++b) digit = digit << 1 | (k + b < accepts.size() && accepts[k + b] ? 1U : 0U);
        digits += fmt::format("{:x}", digit);
    }
    return language::Language::parse("table:" + digits, std::nullopt);
}

}  // namespace attest::tests
