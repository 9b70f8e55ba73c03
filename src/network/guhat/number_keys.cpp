#include <algorithm>
#include <set>
#include <utility>

#include "attest/network/guhat_keys.hpp"

// A query of sign + that chooses c while c' is there says that the number of c is greater, or equal where c is further
// left; sign − turns it round. Signs are tried one query after the other, with all that follows about the order of the
// keys kept closed; a query that always takes the first it sees needs none. Turning all signs of a head round changes
// nothing, so the first is +.

namespace attest::network {

namespace {

constexpr std::size_t most_trials = 100'000;

/// What is known about the order of some keys: closed under transitivity.
class KeyOrder {
  public:
    explicit KeyOrder(std::size_t keys) : n_(keys), known_(keys * keys, nothing) {
        for (std::size_t a = 0; a < keys; ++a) known_[a * n_ + a] = at_least;
    }

    /// a is above b, or at least b. Gives false if that contradicts what is known.
    bool add(std::size_t a, std::size_t b, bool above) {
        if (known(a, b) >= (above ? strictly : at_least)) return true;
        if (known(b, a) == strictly || (above && known(b, a) == at_least)) return false;
        for (std::size_t x = 0; x < n_; ++x)
            for (std::size_t y = 0; y < n_; ++y) {
                if (known(x, a) == nothing || known(b, y) == nothing) continue;
                const bool strict = above || known(x, a) == strictly || known(b, y) == strictly;
                known_[x * n_ + y] = std::max(known(x, y), strict ? strictly : at_least);
            }
        return true;
    }

    /// Numbers in this order.
    std::vector<std::int64_t> numbers() const {
        std::vector<std::int64_t> numbers(n_, 0);
        for (bool changed = true; changed;) {
            changed = false;
            for (std::size_t a = 0; a < n_; ++a)
                for (std::size_t b = 0; b < n_; ++b) {
                    const std::int64_t least =
                        known(a, b) == nothing ? 0 : numbers[b] + (known(a, b) == strictly ? 1 : 0);
                    if (numbers[a] >= least) continue;
                    numbers[a] = least;
                    changed = true;
                }
        }
        return numbers;
    }

  private:
    enum Relation : std::uint8_t { nothing, at_least, strictly };

    Relation known(std::size_t a, std::size_t b) const { return known_[a * n_ + b]; }

    std::size_t n_;
    std::vector<Relation> known_;
};

/// What one head does on all words.
struct Choices {
    std::map<Pair, std::size_t> keys;  ///< numbered as they were met
    std::map<Guhat::Asking, std::set<std::pair<std::size_t, std::size_t>>>
        preferred;                      ///< the one chosen, another that was there
    std::set<Guhat::Asking> not_first;  ///< queries that sometimes pass over the first key
};

class Signs {
  public:
    explicit Signs(const Choices& choices) : choices_(choices) {
        for (const auto& [pair, key] : choices.keys) {
            if (position_.size() <= key) position_.resize(key + 1);
            position_[key] = pair.position;
        }
        for (const auto& [asking, preferred] : choices.preferred)
            if (choices.not_first.contains(asking)) queries_.push_back(asking);
    }

    /// Numbers of the keys; the signs are then those of `signs()`.
    std::optional<std::vector<std::int64_t>> run() { return extend(KeyOrder(choices_.keys.size())); }

    std::map<Guhat::Asking, std::int64_t> signs() const {
        std::map<Guhat::Asking, std::int64_t> all;
        for (std::size_t k = 0; k < signs_.size(); ++k) all[queries_[k]] = signs_[k];
        return all;
    }

  private:
    std::optional<std::vector<std::int64_t>> extend(const KeyOrder& order) {
        if (signs_.size() == queries_.size()) return order.numbers();
        for (const std::int64_t sign : {1, -1}) {
            if (sign < 0 && signs_.empty()) continue;
            if (++trials_ > most_trials) return std::nullopt;
            KeyOrder more = order;
            if (!add(more, queries_[signs_.size()], sign)) continue;
            signs_.push_back(sign);
            if (auto numbers = extend(more)) return numbers;
            signs_.pop_back();
        }
        return std::nullopt;
    }

    bool add(KeyOrder& order, const Guhat::Asking& query, std::int64_t sign) const {
        for (const auto& [chosen, other] : choices_.preferred.at(query)) {
            const bool above = position_[chosen] > position_[other];
            if (!(sign > 0 ? order.add(chosen, other, above) : order.add(other, chosen, above))) return false;
        }
        return true;
    }

    const Choices& choices_;
    std::vector<std::int64_t> position_;  // of a key
    std::vector<Guhat::Asking> queries_;  // those that need a sign
    std::vector<std::int64_t> signs_;     // of the first of them
    std::size_t trials_ = 0;
};

/// Notes what one position does on a word. Gives false where the mask forbids it.
bool note(Choices& choices, const Guhat::Asking& asking, const std::vector<std::optional<ValueId>>& held,
          std::int64_t looks, bool strict_mask) {
    const std::int64_t last = strict_mask ? asking.position - 1 : static_cast<std::int64_t>(held.size());
    if (last == 0) return looks == asking.position;
    if (looks > last) return false;
    const auto key = [&](std::int64_t j) {
        return choices.keys.try_emplace({j, *held[static_cast<std::size_t>(j - 1)]}, choices.keys.size()).first->second;
    };
    const std::size_t chosen = key(looks);
    if (looks != 1) choices.not_first.insert(asking);
    for (std::int64_t j = 1; j <= last; ++j)
        if (j != looks) choices.preferred[asking].insert({chosen, key(j)});
    return true;
}

}  // namespace

std::optional<GuhatKeys> number_keys(GuhatEvaluator& evaluator, bool strict_mask) {
    const Guhat& guhat = evaluator.guhat();
    std::map<std::pair<std::int64_t, std::int64_t>, Choices> by_head;  // layer, head
    language::Word word(static_cast<std::size_t>(guhat.length), 0);
    do {
        GuhatTrace trace;
        (void)evaluator.final_value(word, &trace);
        for (std::size_t l = 0; l < trace.attended.size(); ++l)
            for (std::size_t h = 0; h < trace.attended[l].size(); ++h)
                for (std::size_t p = 0; p < trace.held[l].size(); ++p) {
                    const std::int64_t looks = trace.attended[l][h][p];
                    if (looks == 0) continue;
                    const auto layer = static_cast<std::int64_t>(l) + 1, head = static_cast<std::int64_t>(h) + 1;
                    const Guhat::Asking asking{layer, head, static_cast<std::int64_t>(p) + 1, *trace.held[l][p]};
                    if (!note(by_head[{layer, head}], asking, trace.held[l], looks, strict_mask)) return std::nullopt;
                }
    } while (language::next_word(word, guhat.alphabet));

    GuhatKeys all;
    for (const auto& [place, choices] : by_head) {
        Signs signs(choices);
        const auto numbers = signs.run();
        if (!numbers) return std::nullopt;
        for (const auto& [pair, key] : choices.keys)
            if ((*numbers)[key] != 0) all.numbers[{place.first, place.second, pair}] = (*numbers)[key];
        all.signs.merge(signs.signs());
    }
    return all;
}

}  // namespace attest::network
