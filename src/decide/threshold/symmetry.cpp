// Which of the breaks of FORMAT.md, section 9.4, hold for a specification.

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "attest/base/error.hpp"
#include "attest/decide/threshold/encoder.hpp"
#include "base/text.hpp"

namespace attest::threshold {

namespace {

constexpr const char* names[] = {"activations", "heads", "permutations", "complements", "signs", "numbers"};

/// Whether the language, or its complement, is the same after this map of words.
template <typename Map>
bool kept_by(const std::vector<Sample>& samples, Map map) {
    std::map<language::Word, bool> accepted;
    for (const Sample& s : samples) accepted[s.word] = s.accepted;
    bool same = true, opposite = true;
    for (const Sample& s : samples) {
        language::Word image = s.word;
        map(image);
        (accepted.at(image) == s.accepted ? opposite : same) = false;
    }
    return same || opposite;
}

/// The word positions other than the reader, from 0.
std::size_t free_positions(const Specification& s) {
    return static_cast<std::size_t>(s.length) - (s.network.read == Reading::last ? 1 : 0);
}

bool permutable(const Specification& s, const std::vector<Sample>& samples) {
    if (s.network.mask != Mask::none || !s.network.strict_orders() || s.language.alphabet().size() != 2 || s.length < 1)
        return false;
    for (std::size_t j = 0; j + 1 < free_positions(s); ++j)
        if (!kept_by(samples, [j](language::Word& w) { std::swap(w[j], w[j + 1]); })) return false;
    return true;
}

bool complementable(const Specification& s, const std::vector<Sample>& samples) {
    if (s.language.alphabet().size() != 2 || s.length < 1) return false;
    for (std::size_t j = 0; j < free_positions(s); ++j)
        if (!kept_by(samples, [j](language::Word& w) { w[j] = 1 - w[j]; })) return false;
    return true;
}

}  // namespace

const char* to_string(Break which) { return names[static_cast<std::size_t>(which)]; }

Break parse_break(const std::string& name) {
    for (std::size_t k = 0; k < std::size(names); ++k)
        if (name == names[k]) return static_cast<Break>(k);
    throw base::UsageError(
        fmt::format("--breaks: expected {}, found '{}'", fmt::join(names, ", "), base::printable(name)));
}

std::vector<Break> breaks_for(const Specification& s, const std::vector<Sample>& samples) {
    std::vector<Break> breaks;
    if (s.network.activations && s.network.layers >= 2) breaks.push_back(Break::activations);
    if (s.network.heads >= 2 && s.network.strict_orders()) breaks.push_back(Break::heads);
    if (s.network.key_dimension_one) {
        breaks.push_back(Break::signs);
        if (complementable(s, samples)) breaks.push_back(Break::numbers);
    }
    if (!permutable(s, samples)) return breaks;
    breaks.push_back(Break::permutations);
    if (complementable(s, samples)) breaks.push_back(Break::complements);
    return breaks;
}

}  // namespace attest::threshold
