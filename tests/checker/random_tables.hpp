#pragma once

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "network_definition.hpp"

namespace checker_test {

class Chance {
  public:
    explicit Chance(std::uint64_t seed) : engine_(seed) {}
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(engine_() % n); }
    bool one_in(std::size_t n) { return below(n) == 0; }
    template <typename List>
    void shuffle(List& list) {
        for (std::size_t k = list.size(); k > 1; --k) std::swap(list[k - 1], list[below(k)]);
    }

  private:
    std::mt19937_64 engine_;
};

/// A claim with its evidence, as JSON, and what the words should be answered.
struct Case {
    Item network_class, tables, keys;
    std::size_t length = 0, words = 0;
    std::vector<bool> members;  ///< by word
    bool strict() const { return network_class["mask"] == "strict"; }
    bool numbered() const { return network_class["key_dimension"] == 1; }
};

inline bool append(Item& list, const Item& item) {
    if (std::find(list.begin(), list.end(), item) != list.end()) return false;
    list.push_back(item);
    return true;
}

/// A random network of a class, made layer by layer from the values that occur.
class Making {
  public:
    Making(Chance& chance, bool breaks_mask) : chance_(chance), breaks_mask_(breaks_mask) {}

    Case make() {
        const bool end = !chance_.one_in(3), strict = chance_.one_in(2), numbered = chance_.one_in(4);
        layers_ = 1 + chance_.below(2), heads_ = 1 + chance_.below(2);
        const std::size_t activations = chance_.below(3) == 0 ? 0 : 2 + chance_.below(2);
        c_.length = end ? chance_.below(4) : 1 + chance_.below(3);
        c_.network_class = {{"layers", layers_},
                            {"heads", heads_},
                            {"activations", activations == 0 ? Item() : Item(activations)},
                            {"read", end ? "end" : "last"},
                            {"mask", strict ? "strict" : "none"},
                            {"positions", "visible"},
                            {"key_dimension", numbered ? Item(1) : Item()}};
        c_.tables = {{"format", "attest/guhat"},
                     {"version", 1},
                     {"alphabet", {"0", "1"}},
                     {"length", c_.length},
                     {"layers", layers_},
                     {"heads", heads_},
                     {"activations", c_.network_class["activations"]},
                     {"attention", Item::array()},
                     {"accept", Item::array()}};
        if (end) c_.tables["end"] = "$";
        if (activations != 0) c_.tables["activation"] = Item::array();
        c_.keys = {{"keys", Item::array()}, {"queries", Item::array()}};
        for (const Item& word : all_symbol_words(c_.length)) {
            Items& held = held_.emplace_back(word.begin(), word.end());
            if (end) held.push_back("$");
        }
        c_.words = held_.size();
        for (std::size_t l = 1; l <= layers_; ++l) layer(l, activations);
        for (const Items& held : held_)
            if (Item& accept = c_.tables["accept"]; chance_.one_in(2)) append(accept, held.back());
        for (const Items& held : held_)
            c_.members.push_back(std::find(c_.tables["accept"].begin(), c_.tables["accept"].end(), held.back()) !=
                                 c_.tables["accept"].end());
        return std::move(c_);
    }

  private:
    void layer(std::size_t l, std::size_t activations) {
        const std::size_t n = held_[0].size();
        reached_.assign(n, Item::array());
        for (const Items& held : held_)
            for (std::size_t j = 0; j < n; ++j) append(reached_[j], held[j]);
        std::map<std::string, std::size_t> becomes;
        std::vector<Items> after = held_;
        for (std::size_t i = l == layers_ ? n : 1; i <= n; ++i) {
            std::vector<std::map<std::string, Item>> lists(heads_);
            for (std::size_t h = 1; h <= heads_; ++h)
                for (const Item& own : reached_[i - 1]) lists[h - 1][own.dump()] = list(l, h, i, own);
            for (std::size_t x = 0; x < held_.size(); ++x) {
                Item attended = Item::array();
                for (auto& of_head : lists)
                    attended.push_back(first_present(of_head[held_[x][i - 1].dump()], held_[x]));
                after[x][i - 1] = value_after(l, i, held_[x][i - 1], attended, activations, becomes);
            }
        }
        held_ = std::move(after);
    }

    /// Some of what is visible, in any order, or by numbers; in a network that breaks the mask at times also
    /// what is not.
    Item list(std::size_t l, std::size_t h, std::size_t i, const Item& own) {
        const bool all = !c_.strict() || (breaks_mask_ && chance_.one_in(4));
        std::vector<Item> pairs;
        for (std::size_t j = 1; j <= reached_.size(); ++j)
            for (const Item& w : reached_[j - 1])
                if (all || j < i) pairs.push_back(Item::array({j, w}));
        chance_.shuffle(pairs);
        if (c_.numbered()) sort_by_numbers(l, h, i, own, pairs);
        else if (chance_.one_in(2)) pairs.resize(chance_.below(pairs.size() + 1));
        if (pairs.empty() && chance_.one_in(2)) return Item::array();
        c_.tables["attention"].push_back(
            {{"layer", l}, {"head", h}, {"position", i}, {"value", own}, {"prefer", pairs}});
        return pairs;
    }

    void sort_by_numbers(std::size_t l, std::size_t h, std::size_t i, const Item& own, std::vector<Item>& pairs) {
        const int sign = static_cast<int>(chance_.below(3)) - 1;
        if (sign != 0)
            c_.keys["queries"].push_back(
                {{"layer", l}, {"head", h}, {"position", i}, {"value", own}, {"sign", sign > 0 ? "+" : "-"}});
        std::stable_sort(pairs.begin(), pairs.end(), [&](const Item& a, const Item& b) {
            const int of_a = sign * number(l, h, a), of_b = sign * number(l, h, b);
            return of_a != of_b ? of_a > of_b : a[0] < b[0];
        });
    }
    int number(std::size_t l, std::size_t h, const Item& pair) {
        const auto [at, is_new] = numbers_.try_emplace({l, h, pair.dump()}, 0);
        if (is_new && !chance_.one_in(4)) {
            at->second = static_cast<int>(chance_.below(5)) - 2;
            c_.keys["keys"].push_back(
                {{"layer", l}, {"head", h}, {"position", pair[0]}, {"value", pair[1]}, {"number", at->second}});
        }
        return at->second;
    }

    static Item first_present(const Item& list, const Items& held) {
        for (const Item& pair : list)
            if (held[pair[0].get<std::size_t>() - 1] == pair[1]) return pair;
        return Item::array({1, held[0]});
    }

    Item value_after(std::size_t l, std::size_t i, const Item& own, const Item& attended, std::size_t activations,
                     std::map<std::string, std::size_t>& becomes) {
        if (l == layers_ || activations == 0) {
            Item tuple = Item::array({own});
            tuple.insert(tuple.end(), attended.begin(), attended.end());
            return tuple;
        }
        const auto [at, is_new] = becomes.try_emplace(Item::array({i, own, attended}).dump(), 0);
        if (is_new && (at->second = chance_.below(activations)) != 0)
            c_.tables["activation"].push_back(
                {{"layer", l}, {"position", i}, {"value", own}, {"attended", attended}, {"becomes", at->second}});
        return at->second;
    }

    Chance& chance_;
    const bool breaks_mask_;
    std::size_t layers_ = 1, heads_ = 1;
    Case c_;
    std::vector<Items> held_;    ///< [word][position - 1]
    std::vector<Item> reached_;  ///< [position - 1], distinct values
    std::map<std::tuple<std::size_t, std::size_t, std::string>, int> numbers_;
};

}  // namespace checker_test
