#pragma once

#include <string>
#include <utility>

#include "drafts.hpp"
#include "random_tables.hpp"

namespace checker_test {

/// Networks without positions, their claim, and whether they compute what it says.
class Without {
  public:
    explicit Without(Chance& chance) : chance_(chance) {}

    std::pair<Draft, bool> make() {
        const std::size_t length = chance_.below(4), layers = 1 + chance_.below(2), heads = 1 + chance_.below(2),
                          activations = 2 + chance_.below(2);
        Item network = {{"format", "attest/position-free"},
                        {"version", 1},
                        {"alphabet", {"0", "1"}},
                        {"end", "$"},
                        {"length", length},
                        {"layers", layers},
                        {"heads", heads},
                        {"activations", activations},
                        {"attention", Item::array()},
                        {"activation", Item::array()},
                        {"accept", Item::array()}};
        for (std::size_t l = 1; l <= layers; ++l) {
            const Items values = values_before(l, activations);
            for (const Item& own : values) {
                for (std::size_t h = 1; h <= heads; ++h)
                    if (!chance_.one_in(4))
                        network["attention"].push_back(
                            {{"layer", l}, {"head", h}, {"value", own}, {"prefer", classes(values)}});
                for (const Item& attended : tuples(values, heads)) {
                    if (l < layers && chance_.one_in(2))
                        network["activation"].push_back({{"layer", l},
                                                         {"value", own},
                                                         {"attended", attended},
                                                         {"becomes", chance_.below(activations)}});
                    if (l == layers && chance_.one_in(2))
                        network["accept"].push_back({{"value", own}, {"attended", attended}});
                }
            }
        }
        return claimed(network, length, layers, heads, activations);
    }

  private:
    static Items values_before(std::size_t l, std::size_t activations) {
        if (l == 1) return {"0", "1", "$"};
        Items values;
        for (std::size_t a = 0; a < activations; ++a) values.emplace_back(a);
        return values;
    }
    Item classes(Items values) {
        chance_.shuffle(values);
        Item all = Item::array();
        for (const Item& v : values) {
            if (chance_.one_in(4)) continue;
            if (all.empty() || chance_.one_in(2)) all.push_back(Item::array());
            all.back().push_back(v);
        }
        return all;
    }
    /// Nothing, or one value for each head.
    static Items tuples(const Items& values, std::size_t heads) {
        Items all{Item::array()};
        for (const Item& a : values)
            if (heads == 1) all.push_back(Item::array({a}));
            else
                for (const Item& b : values) all.push_back(Item::array({a, b}));
        return all;
    }
    /// A finite language: what the network accepts, at times but for one word, and a word too long to be
    /// asked.
    std::pair<Draft, bool> claimed(const Item& network, std::size_t length, std::size_t layers, std::size_t heads,
                                   std::size_t activations) {
        std::string words(length + 1, '0');
        bool with_empty = false;
        std::size_t count = 0, asked = 0;
        for (std::size_t n = 0; n <= length; ++n) count += std::size_t{1} << n;
        const std::size_t changed = chance_.one_in(3) ? chance_.below(count) : count;
        for (std::size_t n = 0; n <= length; ++n)
            for (const Item& word : all_symbol_words(n)) {
                if (accepts_without_positions(network, word) == (asked++ == changed)) continue;
                std::string text;
                for (const Item& symbol : word) text += symbol.get<std::string>();
                if (text.empty()) with_empty = true;
                else words.append("|").append(text);
            }
        const Item network_class = {{"layers", layers},       {"heads", heads},   {"activations", activations},
                                    {"read", "end"},          {"mask", "strict"}, {"positions", "none"},
                                    {"key_dimension", Item()}};
        const Item claim = {{"kind", "threshold"},
                            {"class", network_class},
                            {"language", "regex:(" + words + ")" + (with_empty ? "?" : "")},
                            {"length", length},
                            {"verdict", "possible"}};
        return {{claim.dump(),
                 Item({{"kind", "network"}, {"words", count}}).dump(),
                 {{"witness.json", network.dump()}},
                 "[]",
                 ""},
                changed == count};
    }

    Chance& chance_;
};

}  // namespace checker_test
