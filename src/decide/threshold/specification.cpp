#include "attest/decide/threshold/specification.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "base/text.hpp"

namespace attest::threshold {

std::string describe(const NetworkClass& network) {
    std::string text = base::counted(static_cast<std::size_t>(network.layers), "layer") + ", " +
                       base::counted(static_cast<std::size_t>(network.heads), "head");
    if (network.activations) text += fmt::format(", {} activations", *network.activations);
    if (network.key_dimension_one) text += ", key dimension 1";
    if (network.mask == Mask::strict) text += ", strict mask";
    if (!network.positions_visible) text += ", no positions";
    return text + (network.read == Reading::end ? ", read at the end symbol" : ", read at the last position");
}

std::string end_symbol(const language::Alphabet& alphabet) {
    std::string symbol = "$";
    while (alphabet.find(symbol)) symbol[0] = static_cast<char>(symbol[0] == '~' ? '!' : symbol[0] + 1);
    return symbol;
}

namespace {

constexpr std::uint64_t most_words = std::uint64_t{1} << 22;
constexpr std::int64_t longest_asked = 1'000'000;  // that a bound is asked about

void require_sound(const NetworkClass& c) {
    if (c.layers < 1 || c.heads < 1) throw base::UsageError("expected at least one layer and one head");
    if (c.activations && *c.activations < 2)
        throw base::UsageError(fmt::format("--activations: expected at least 2, found {}", *c.activations));
    if (c.positions_visible) return;
    if (c.mask != Mask::strict) throw base::UsageError("--positions none: expected --mask strict with it");
    if (c.read != Reading::end) throw base::UsageError("--positions none: expected --read end with it");
    if (c.key_dimension_one) throw base::UsageError("--positions none: expected no --key-dimension with it");
    if (!c.activations) throw base::UsageError("--positions none: expected --activations with it");
}

}  // namespace

bool may_be_listed(const Specification& s) {
    return language::count_words(s.language.alphabet(), static_cast<std::uint64_t>(s.length), most_words).has_value();
}

void require_sound(const Specification& s) {
    require_sound(s.network);
    const std::int64_t shortest = s.network.positions_visible ? s.length : 0;
    if (s.length < 0 || (s.length == 0 && s.network.read == Reading::last))
        throw base::UsageError(fmt::format("expected a length of at least 1, found {}", s.length));
    for (std::int64_t n = shortest; n <= s.length; ++n)
        if (!s.language.defined_at(static_cast<std::uint64_t>(n)))
            throw base::UsageError(
                fmt::format("expected a length at which {} is defined, found {}", s.language.name(), n));
    if (s.network.layers >= 2 && s.network.positions_visible ? s.length > longest_asked : !may_be_listed(s))
        throw base::UsageError(fmt::format("expected a length with at most {} words, found {}", most_words, s.length));
}

std::vector<Sample> samples(const Specification& s) {
    std::vector<Sample> all;
    for (std::int64_t n = s.network.positions_visible ? s.length : 0; n <= s.length; ++n) {
        language::Word word(static_cast<std::size_t>(n), 0);
        do all.push_back({word, s.language.contains(word)});
        while (language::next_word(word, s.language.alphabet()));
    }
    return all;
}

}  // namespace attest::threshold
