#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

/// What witness.json, keys.json and a class say, by FORMAT.md section 9 and the format of tables, word for
/// word and without haste: values are JSON.
namespace checker_test {

using Item = nlohmann::ordered_json;
using Items = std::vector<Item>;

inline Items all_symbol_words(std::size_t length) {
    Items words{Item::array()};
    for (std::size_t k = 0; k < length; ++k) {
        Items longer;
        for (const Item& word : words)
            for (const char* symbol : {"0", "1"}) {
                longer.push_back(word);
                longer.back().push_back(symbol);
            }
        words = std::move(longer);
    }
    return words;
}

/// What one position was given to know, and whether the class allows it.
struct Answer {
    bool accepted = false;
    bool allowed = true;
};

/// Positions and layers count from 1.
class TablesByDefinition {
  public:
    TablesByDefinition(const Item& tables, const Item& keys, bool strict, bool numbered)
        : tables_(tables), keys_(keys), strict_(strict), numbered_(numbered) {}

    Answer run(const Item& word) const {
        Answer answer;
        const std::size_t layers = tables_["layers"];
        Items held(word.begin(), word.end());
        if (tables_.contains("end")) held.push_back(tables_["end"]);
        for (std::size_t l = 1; l <= layers; ++l) {
            Items next = held;
            for (std::size_t i = l == layers ? held.size() : 1; i <= held.size(); ++i)
                next[i - 1] = value_after(l, i, held, answer);
            held = std::move(next);
        }
        answer.accepted =
            std::find(tables_["accept"].begin(), tables_["accept"].end(), held.back()) != tables_["accept"].end();
        return answer;
    }

  private:
    Item value_after(std::size_t l, std::size_t i, const Items& held, Answer& answer) const {
        Item attended = Item::array();
        for (std::size_t h = 1; h <= tables_["heads"]; ++h) {
            const std::size_t j = attends(l, h, i, held);
            answer.allowed = answer.allowed && mask_allows(i, j) && (!numbered_ || j == best(l, h, i, held));
            attended.push_back(Item::array({j, held[j - 1]}));
        }
        if (l < tables_["layers"] && !tables_["activations"].is_null()) {
            for (const Item& entry : tables_["activation"])
                if (entry["layer"] == l && entry["position"] == i && entry["value"] == held[i - 1] &&
                    entry["attended"] == attended)
                    return entry["becomes"];
            return 0;
        }
        Item tuple = Item::array({held[i - 1]});
        for (const Item& pair : attended) tuple.push_back(pair);
        return tuple;
    }

    std::size_t attends(std::size_t l, std::size_t h, std::size_t i, const Items& held) const {
        for (const Item& entry : tables_["attention"])
            if (entry["layer"] == l && entry["head"] == h && entry["position"] == i && entry["value"] == held[i - 1])
                for (const Item& pair : entry["prefer"])
                    if (held[pair[0].get<std::size_t>() - 1] == pair[1]) return pair[0];
        return 1;
    }

    bool mask_allows(std::size_t i, std::size_t j) const { return !strict_ || (i == 1 ? j == 1 : j < i); }

    /// The leftmost of the visible positions at which sign times number is greatest; where none is visible,
    /// the asking one.
    std::size_t best(std::size_t l, std::size_t h, std::size_t i, const Items& held) const {
        const std::size_t last = strict_ ? i - 1 : held.size();
        const int sign = sign_of(l, h, i, held[i - 1]);
        std::size_t best = last == 0 ? i : 1;
        for (std::size_t j = 2; j <= last; ++j)
            if (sign * number(l, h, j, held[j - 1]) > sign * number(l, h, best, held[best - 1])) best = j;
        return best;
    }
    int number(std::size_t l, std::size_t h, std::size_t j, const Item& value) const {
        for (const Item& key : keys_["keys"])
            if (key["layer"] == l && key["head"] == h && key["position"] == j && key["value"] == value)
                return key["number"];
        return 0;
    }
    int sign_of(std::size_t l, std::size_t h, std::size_t i, const Item& value) const {
        for (const Item& query : keys_["queries"])
            if (query["layer"] == l && query["head"] == h && query["position"] == i && query["value"] == value)
                return query["sign"] == "+" ? 1 : query["sign"] == "-" ? -1 : 0;
        return 0;
    }

    const Item& tables_;
    const Item& keys_;
    bool strict_, numbered_;
};

/// Section 9.8.
inline bool accepts_without_positions(const Item& network, const Item& word) {
    Items held(word.begin(), word.end());
    held.push_back(network["end"]);
    const auto attended = [&](std::size_t l, std::size_t i) {
        Item all = Item::array();
        for (std::size_t h = 1; i > 1 && h <= network["heads"]; ++h) {
            Item found;
            for (const Item& entry : network["attention"]) {
                if (entry["layer"] != l || entry["head"] != h || entry["value"] != held[i - 1]) continue;
                for (const Item& same : entry["prefer"])
                    for (std::size_t j = 1; j < i && found.is_null(); ++j)
                        if (std::find(same.begin(), same.end(), held[j - 1]) != same.end()) found = held[j - 1];
            }
            all.push_back(found.is_null() ? held[0] : found);
        }
        return all;
    };
    for (std::size_t l = 1; l < network["layers"]; ++l) {
        Items next;
        for (std::size_t i = 1; i <= held.size(); ++i) {
            Item becomes = 0;
            const Item seen = attended(l, i);
            for (const Item& entry : network["activation"])
                if (entry["layer"] == l && entry["value"] == held[i - 1] && entry["attended"] == seen)
                    becomes = entry["becomes"];
            next.push_back(becomes);
        }
        held = std::move(next);
    }
    const Item seen = attended(network["layers"], held.size());
    return std::any_of(network["accept"].begin(), network["accept"].end(),
                       [&](const Item& entry) { return entry["value"] == held.back() && entry["attended"] == seen; });
}

}  // namespace checker_test
