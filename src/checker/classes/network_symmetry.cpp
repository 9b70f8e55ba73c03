#include <algorithm>

#include "checker/classes/network_formula.hpp"
#include "checker/kernel/defect.hpp"

// Section 9.4: what may be assumed of a network, since renaming turns each that there is into one that obeys.

namespace attest::checker {
namespace {

const std::string breaks_place = "manifest.json: evidence.breaks";
const std::vector<std::string> known{"activations", "heads", "permutations", "complements", "signs", "numbers"};

}  // namespace

bool NetworkFormula::has(const char* symmetry) const {
    return std::find(breaks_.begin(), breaks_.end(), symmetry) != breaks_.end();
}

/// The word positions but the one that is read.
std::vector<std::size_t> NetworkFormula::sorted_positions() const {
    const std::size_t length = words_.words.front().size();
    std::vector<std::size_t> all;
    for (std::size_t j = 1; j <= length; ++j)
        if (c_.reads_end || j < length) all.push_back(j);
    return all;
}

/// Whether the image of every word is in the language iff the word is, or for every word iff it is not.
bool NetworkFormula::kept(const std::function<bool(std::size_t)>& image) const {
    bool same = true;
    bool opposite = true;
    for (std::size_t x = 0; x < words_.words.size(); ++x) {
        budget_.step(words_.words[x].size());
        const bool equal = image(x) == words_.member[x];
        (equal ? opposite : same) = false;
    }
    return same || opposite;
}

void NetworkFormula::check_breaks(const std::vector<std::string>& breaks) const {
    auto rest = known.begin();
    for (const std::string& symmetry : breaks) {
        rest = std::find(rest, known.end(), symmetry);
        if (rest == known.end()) throw Defect(breaks_place, "\"" + symmetry + "\" is unknown, or out of order");
        ++rest;
    }
    const auto need = [&](const char* symmetry, bool holds, const char* what) {
        if (has(symmetry) && !holds) throw Defect(breaks_place, std::string(symmetry) + " needs " + what);
    };
    need("activations", c_.activations && c_.layers >= 2, "bounded activations and two layers");
    need("heads", c_.heads >= 2 && c_.has_strict_orders(), "two heads, positions and any keys");
    need("complements", has("permutations"), "permutations");
    need("permutations",
         !c_.strict_mask && c_.has_strict_orders() && words_.symbols == 2 && !words_.words.front().empty(),
         "no mask, any keys, two symbols and a word that is not empty");
    need("signs", c_.one_key_dimension, "key dimension 1");
    need("numbers", c_.one_key_dimension && words_.symbols == 2 && !words_.words.front().empty(),
         "key dimension 1, two symbols and a word that is not empty");
    if (has("permutations")) check_kept_by_exchanges();
    if (has("complements")) check_kept_by_complements("complements");
    if (has("numbers")) check_kept_by_complements("numbers");
}

void NetworkFormula::check_kept_by_exchanges() const {
    const std::vector<std::size_t> all = sorted_positions();
    for (const std::size_t j : all)
        for (const std::size_t k : all)
            if (j < k && !kept([&](std::size_t x) { return words_.member_exchanged(x, j, k); }))
                throw Defect(breaks_place, "permutations needs a language that no exchange of positions changes");
}

void NetworkFormula::check_kept_by_complements(const std::string& symmetry) const {
    for (const std::size_t j : sorted_positions())
        if (!kept([&](std::size_t x) { return words_.member_complemented(x, j); }))
            throw Defect(breaks_place, symmetry + " needs a language that no complement of a symbol changes");
}

/// Values are numbered by the word on which they first occur.
void NetworkFormula::number_activations() {
    const std::size_t count = *c_.activations;
    const auto unit = [&](std::size_t l, std::size_t i, std::size_t x, std::size_t t) {
        for (std::size_t a = t + 1; a < count; ++a) formula_.add({-held(l, i, x)[a].literal});
    };
    for (std::size_t l = 1; l < c_.layers; ++l) {
        if (c_.sees_positions) {
            for (std::size_t i = 1; i <= positions(0); ++i)
                for (std::size_t t = 0; t + 1 < count && t < words_.words.size(); ++t) unit(l, i, t, t);
            continue;
        }
        std::size_t t = 0;
        for (std::size_t x = 0; x < words_.words.size(); ++x)
            for (std::size_t i = 1; i <= positions(x) && t + 1 < count; ++i) unit(l, i, x, t++);
    }
}

/// On one word for each asking position (in layer 1, and symbol) heads look from left to right.
void NetworkFormula::sort_heads() {
    const std::size_t n = positions(0);
    for (std::size_t l = 1; l <= c_.layers; ++l)
        for (std::size_t i = l == c_.layers ? n : 1; i <= n; ++i) {
            std::vector<std::size_t> seen;
            for (std::size_t x = 0; x < words_.words.size(); ++x) {
                const std::size_t own = held(0, i, x).front().value;
                if (std::find(seen.begin(), seen.end(), own) != seen.end()) continue;
                seen.push_back(own);
                sort_heads_on({l, i, x});
                if (l > 1) break;
            }
        }
}

void NetworkFormula::sort_heads_on(const Asking& at) {
    const std::vector<Candidates>& heads = asked_.at({at.layer, at.position, at.word});
    const bool first_is_sorted = at.layer == 1 && at.position == positions(0) && has("permutations");
    for (std::size_t h = first_is_sorted ? 1 : 0; h + 1 < heads.size(); ++h) {
        const Candidates& left = heads[h];
        const Candidates& right = heads[h + 1];
        for (std::size_t c = 0; c < left.size() && left.size() > 1; ++c)
            for (std::size_t d = c + 1; d < left.size(); ++d) formula_.add({-right[c].selected, -left[d].selected});
    }
}

/// Whether the first head's list is the one that permutations put in order.
bool NetworkFormula::is_sorted_asking(const Asking& at) const {
    if (at.layer != 1 || at.position != positions(at.word)) return false;
    return c_.reads_end || words_.words[at.word].back() == 0;
}

/// The positions are numbered in the order of the first head's list at the reading position.
void NetworkFormula::sort_positions() {
    const std::size_t asking = values_.symbol(c_.reads_end ? words_.symbols : 0, budget_);
    const std::size_t order = orders_.order({1, 1, positions(0), asking});
    const std::vector<std::size_t> all = sorted_positions();
    const std::size_t bits[] = {values_.symbol(0, budget_), values_.symbol(1, budget_)};
    for (std::size_t j = 0; j + 1 < all.size(); ++j) {
        const std::int32_t s = fresh();
        for (std::size_t k = j + 1; k < all.size(); ++k)
            for (const std::size_t bit : bits) {
                formula_.add({-s, orders_.above(order, {all[j], bits[1]}, {all[k], bit})});
                formula_.add({s, orders_.above(order, {all[j], bits[0]}, {all[k], bit})});
            }
    }
}

/// The reader's first query of each head is not for the least number.
void NetworkFormula::turn_heads() {
    const std::size_t reader = positions(0);
    for (std::size_t l = 1; l <= c_.layers; ++l)
        for (std::size_t h = 1; h <= c_.heads; ++h) {
            std::int32_t first = 0;
            budget_.step(most_.size());
            for (const auto& [query, most] : most_)
                if (query[0] == l && query[1] == h && query[2] == reader && (first == 0 || most < first)) first = most;
            if (first != 0) formula_.add({-(first + 1)});
        }
}

/// The first head's number of a 1 is at least that of a 0 in the same place.
void NetworkFormula::raise_ones() {
    const std::size_t order = orders_.order({1, 1});
    const std::size_t bits[] = {values_.symbol(0, budget_), values_.symbol(1, budget_)};
    for (const std::size_t j : sorted_positions())
        for (std::size_t k = 1; k <= positions(0); ++k) {
            if (k == j) continue;
            const bool is_end = c_.reads_end && k == positions(0);
            for (std::size_t d = is_end ? 2 : 0; d <= (is_end ? 2U : 1U); ++d) {
                const Orders::Element other{k, values_.symbol(d, budget_)};
                const std::int32_t zero_above = orders_.above(order, {j, bits[0]}, other);
                formula_.add({-zero_above, orders_.above(order, {j, bits[1]}, other)});
                const std::int32_t above_one = orders_.above(order, other, {j, bits[1]});
                formula_.add({-above_one, orders_.above(order, other, {j, bits[0]})});
            }
        }
}

/// With complements, too, that list is (1, 1), (2, 1), …: the first 1 is found, the last position if there is none.
NetworkFormula::Candidates NetworkFormula::first_of_sorted(const Asking& at) const {
    const std::vector<std::size_t> all = sorted_positions();
    if (all.empty()) return {};
    std::size_t found = all.back();
    for (std::size_t k = all.size(); k-- > 0;)
        if (words_.words[at.word][all[k] - 1] == 1) found = all[k];
    return {{found, held(0, found, at.word).front().value, 0}};
}

}  // namespace attest::checker
