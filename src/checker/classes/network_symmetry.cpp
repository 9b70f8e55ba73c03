#include "checker/classes/network_symmetry.hpp"

#include <algorithm>

#include "checker/kernel/defect.hpp"

// When a symmetry may be broken: the class must be closed under it, and the language must be kept, that is, become
// itself or its complement (then the network accepts by the complement of its set, which the class allows).

namespace attest::checker {
namespace {

const std::string breaks_place = "manifest.json: evidence.breaks";
const std::vector<std::string> known{"activations", "heads", "permutations", "complements", "signs", "numbers"};

void check_order(const std::vector<std::string>& breaks) {
    auto rest = known.begin();
    for (const std::string& symmetry : breaks) {
        rest = std::find(rest, known.end(), symmetry);
        if (rest == known.end()) throw Defect(breaks_place, "\"" + symmetry + "\" is unknown, or out of order");
        ++rest;
    }
}

}  // namespace

NetworkSymmetry::NetworkSymmetry(const NetworkClass& c, const NetworkWords& words,
                                 const std::vector<std::string>& breaks, Budget& budget)
    : c_(c), words_(words), budget_(budget), breaks_(breaks) {
    check_order(breaks);
    const bool two_symbols = words.symbols == 2 && !words.words.front().empty();
    need("activations", c.activations && c.layers >= 2, "bounded activations and two layers");
    need("heads", c.heads >= 2 && c.has_strict_orders(), "two heads, positions and any keys");
    need("complements", has("permutations"), "permutations");
    need("permutations", !c.strict_mask && c.has_strict_orders() && two_symbols,
         "no mask, any keys, two symbols and a word that is not empty");
    need("signs", c.one_key_dimension, "key dimension 1");
    need("numbers", c.one_key_dimension && two_symbols, "key dimension 1, two symbols and a word that is not empty");
    if (has("permutations")) check_kept_by_exchanges();
    if (has("complements")) check_kept_by_complements("complements");
    if (has("numbers")) check_kept_by_complements("numbers");
}

bool NetworkSymmetry::has(const char* symmetry) const {
    return std::find(breaks_.begin(), breaks_.end(), symmetry) != breaks_.end();
}

void NetworkSymmetry::need(const char* symmetry, bool holds, const char* what) const {
    if (has(symmetry) && !holds) throw Defect(breaks_place, std::string(symmetry) + " needs " + what);
}

/// Whether the image of every word is in the language iff the word is, or for every word iff it is not.
bool NetworkSymmetry::is_kept(const std::function<bool(std::size_t)>& image) const {
    bool same = true;
    bool opposite = true;
    for (std::size_t x = 0; x < words_.words.size(); ++x) {
        budget_.step(words_.words[x].size());
        const bool equal = image(x) == words_.member[x];
        (equal ? opposite : same) = false;
    }
    return same || opposite;
}

/// They are 1 … this number: the readout is at the last position.
std::size_t NetworkSymmetry::unread_positions() const { return words_.words.front().size() - (c_.reads_end ? 0 : 1); }

void NetworkSymmetry::check_kept_by_exchanges() const {
    for (std::size_t j = 1; j <= unread_positions(); ++j)
        for (std::size_t k = j + 1; k <= unread_positions(); ++k)
            if (!is_kept([&](std::size_t x) { return words_.member_exchanged(x, j, k); }))
                throw Defect(breaks_place, "permutations needs a language that no exchange of positions changes");
}

void NetworkSymmetry::check_kept_by_complements(const std::string& symmetry) const {
    for (std::size_t j = 1; j <= unread_positions(); ++j)
        if (!is_kept([&](std::size_t x) { return words_.member_complemented(x, j); }))
            throw Defect(breaks_place, symmetry + " needs a language that no complement of a symbol changes");
}

}  // namespace attest::checker
