// Where a head's sum over key positions is a sum over whole classes; the argument is at the head of symmetry.cpp.

#include <algorithm>

#include "attest/exact/affine.hpp"
#include "symmetry_refinement.hpp"

namespace attest::soft {

using exact::Operation;

namespace {

/// What makes two values of a bias different: the value itself, or the position where it has no exact one.
std::string bias_value(const exact::Expression& bias, const exact::Variables& at, std::size_t position) {
    return bias.is_transcendental() ? "at " + std::to_string(position) : exact::to_string(bias.evaluate(at));
}

}  // namespace

bool Refinement::attend(std::size_t l) {
    const network::Attention& attention = *t_.layers[l].attention;
    std::vector<Dependences> from;
    for (std::size_t p = 0; p < n_; ++p) from.push_back(normed_before(attention.norm, p));
    std::vector<Dependences> to = vectors_;
    if (!attention.residual) to.assign(n_, Dependences(t_.dimension));
    bool spared = attention.residual;
    for (const network::Head& head : attention.heads) {
        if (!add_head(l, head, from, to)) return false;
        spared = spared && symbol_coordinates_.are_spared_by(head.output);
    }
    for (std::size_t p = 0; p < n_; ++p) {
        isometric_[p] = isometric_[p] && spared && keeps_symbols_inside(to[p]);
        norm_after(attention.norm, p, to[p]);
    }
    vectors_ = std::move(to);
    return true;
}

Refinement::Pattern Refinement::pattern_of(std::size_t l, const network::Head& head) const {
    const network::Attention& attention = *t_.layers[l].attention;
    const bool rotary = head.query && attention.rotary;
    return {head, attention.mask_of(head), rotary, rotary || head.bias.uses(Operation::variable_j),
            rotary || head.bias.uses(Operation::variable_i)};
}

namespace {

/// The rows of a head's value that the needed coordinates of its output read.
std::vector<bool> values_for(const network::Head& head, const network::Coordinates& needed) {
    return exact::inputs_used(head.output, needed.marked);
}

}  // namespace

bool Refinement::add_head(std::size_t l, const network::Head& head, const std::vector<Dependences>& from,
                          std::vector<Dependences>& to) {
    const Pattern pattern = pattern_of(l, head);
    std::set<std::vector<bool>>
        known;  // where the pattern is uniform, one query position stands for all with equal needs
    for (std::size_t i = 0; i < n_; ++i) {
        const network::Coordinates& needed = need_.sum(l + 1, position(i));
        if (needed.empty()) continue;
        const std::vector<bool> rows = values_for(head, needed);
        const bool is_new = known.insert(rows).second;
        if ((is_new || !pattern.is_uniform()) && !sums_over_classes(pattern, rows, from, i)) return false;
        const Dependence sum = weighted_sum(pattern, from[i], i);
        for (const std::uint32_t c : needed.list)
            if (!exact::is_zero_row(head.output, c)) to[i][c] = forms_.combined({to[i][c], sum});
    }
    return true;
}

/// What a head gives to query position i: a function of the counts and of its query. The set of keys that a mask
/// leaves, and a bias in i, make it another function at each position.
Dependence Refinement::weighted_sum(const Pattern& pattern, const Dependences& from, std::size_t i) {
    Dependences parts;
    for (std::size_t r = 0; r < pattern.head.query_rows(); ++r) gather(*pattern.head.query, r, from, parts);
    if (pattern.mask != network::Mask::none || pattern.by_query)
        parts.push_back({false, forms_.named("at " + std::to_string(i))});
    return forms_.combined(parts);
}

/// Each row of the values is a sum of its own.
bool Refinement::sums_over_classes(const Pattern& pattern, const std::vector<bool>& value_rows,
                                   const std::vector<Dependences>& from, std::size_t i) {
    for (std::size_t r = 0; r < value_rows.size(); ++r)
        if (value_rows[r] && !sums_over_classes(pattern, r, from, i)) return false;
    return true;
}

/// Whether of each class all summands are one function of the symbol, or no symbol enters; a class where it is not so
/// is divided by what its summands are.
bool Refinement::sums_over_classes(const Pattern& pattern, std::size_t row, const std::vector<Dependences>& from,
                                   std::size_t i) {
    for (const auto& [name, members] : classes_) {
        if (members.size() == 1) continue;
        std::map<std::pair<bool, Summand>, std::vector<std::size_t>> kinds;
        bool symbol = false;
        for (const std::size_t j : members) {
            const bool seen = allows(pattern.mask, position(i), position(j));
            Summand of_j = seen ? summand(pattern, row, from[j], i, j) : Summand{};
            symbol = symbol || of_j.symbol;
            kinds[{seen, std::move(of_j)}].push_back(j);
        }
        if (!symbol || kinds.size() == 1) continue;
        partition_.divide(kinds);
        return false;
    }
    return true;
}

Refinement::Summand Refinement::summand(const Pattern& pattern, std::size_t row, const Dependences& from, std::size_t i,
                                        std::size_t j) const {
    const network::Head& head = pattern.head;
    Summand result;
    const std::size_t keys = head.key ? head.key->outputs() : 0;
    result.parts.reserve((keys + 1) * from.size());
    for (std::size_t r = 0; r < keys; ++r) gather(*head.key, r, from, result.parts);
    gather(head.value, row, from, result.parts);
    result.symbol =
        std::any_of(result.parts.begin(), result.parts.end(), [](const Dependence& part) { return part.symbol; });
    if (head.bias.uses(Operation::variable_j))
        result.bias =
            bias_value(head.bias, {.i = position(i), .j = position(j), .n = static_cast<std::int64_t>(n_)}, j);
    if (pattern.rotary) result.bias += " at " + std::to_string(j);
    return result;
}

}  // namespace attest::soft
