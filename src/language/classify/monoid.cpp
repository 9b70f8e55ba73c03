#include "language/classify/monoid.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "attest/base/error.hpp"

// Products with letters are enough: an element is found from its parent by one more letter, and a · e for the letter a and
// e = f · b is (a · f) · b, of which a · f is known before. So both Cayley graphs come without a search for products.

namespace attest::classify {

namespace {

constexpr Monoid::Element none = UINT32_MAX;

std::uint64_t hash_of(const std::uint16_t* map, std::size_t states) {
    std::uint64_t hash = 0x9e3779b97f4a7c15;
    for (std::size_t q = 0; q < states; ++q) {
        hash = (hash ^ map[q]) * 0xff51afd7ed558ccd;
        hash ^= hash >> 32;
    }
    return hash;
}

}  // namespace

Table table_of(const language::Dfa& automaton) {
    Table table{automaton.size(), automaton.alphabet.size(), {}};
    for (const auto& row : automaton.transition) table.next.insert(table.next.end(), row.begin(), row.end());
    return table;
}

Monoid::Monoid(const Table& table, const base::Limits& limits, std::size_t most)
    : states_(table.states), letters_(table.letters), slots_(64, none) {
    if (states_ > UINT16_MAX)
        throw base::Unsupported(fmt::format("classify: an automaton of {} states; at most 65535", states_));
    std::vector<std::uint16_t> map(states_);
    for (std::size_t q = 0; q < states_; ++q) map[q] = static_cast<std::uint16_t>(q);
    (void)intern(map.data(), 0, 0);
    for (Element e = 0; e < size(); ++e) {
        if (e % 4096 == 4095 && limits.exceeded())
            throw base::Unsupported(
                fmt::format("classify: a limit ended the search at {} elements of the monoid", size()));
        if (size() > most)
            throw base::Unsupported(fmt::format("classify: the syntactic monoid has more than {} elements", most));
        for (language::Symbol a = 0; a < letters_; ++a) {
            for (std::size_t q = 0; q < states_; ++q)
                map[q] = static_cast<std::uint16_t>(table.at(maps_[e * states_ + q], a));
            right_.push_back(intern(map.data(), e, a));
        }
    }
    left_.resize(right_.size());
    for (Element e = 0; e < size(); ++e)
        for (language::Symbol a = 0; a < letters_; ++a)
            left_[e * letters_ + a] = e == 0 ? right_[a] : right_[left_[parent_[e] * letters_ + a] * letters_ + by_[e]];
}

std::size_t Monoid::slot(const std::uint16_t* map) const {
    std::size_t at = hash_of(map, states_) & (slots_.size() - 1);
    while (slots_[at] != none &&
           std::memcmp(maps_.data() + slots_[at] * states_, map, states_ * sizeof(std::uint16_t)) != 0)
        at = (at + 1) & (slots_.size() - 1);
    return at;
}

Monoid::Element Monoid::find(const std::uint16_t* map) const { return slots_[slot(map)]; }

Monoid::Element Monoid::intern(const std::uint16_t* map, Element parent, language::Symbol by) {
    const std::size_t at = slot(map);
    if (slots_[at] != none) return slots_[at];
    const auto e = static_cast<Element>(size());
    slots_[at] = e;
    maps_.insert(maps_.end(), map, map + states_);
    parent_.push_back(parent);
    by_.push_back(by);
    if (2 * size() > slots_.size()) {
        slots_.assign(4 * slots_.size(), none);
        for (Element f = 0; f < size(); ++f) slots_[slot(maps_.data() + f * states_)] = f;
    }
    return e;
}

Monoid::Element Monoid::product(Element e, Element f) const {
    std::vector<std::uint16_t> map(states_);
    for (std::size_t q = 0; q < states_; ++q) map[q] = maps_[f * states_ + maps_[e * states_ + q]];
    return find(map.data());
}

bool Monoid::is_idempotent(Element e) const {
    const std::uint16_t* at = maps_.data() + e * states_;
    for (std::size_t q = 0; q < states_; ++q)
        if (at[at[q]] != at[q]) return false;
    return true;
}

language::Word Monoid::word(Element e) const {
    language::Word word;
    for (; e != 0; e = parent_[e]) word.push_back(by_[e]);
    std::reverse(word.begin(), word.end());
    return word;
}

}  // namespace attest::classify
