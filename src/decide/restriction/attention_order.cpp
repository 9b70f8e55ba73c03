#include "attention_order.hpp"

#include <algorithm>

namespace attest::restriction {

using exact::Rational;

/// One position as a head sees it: the range of its scores.
struct Scores::Asked {
    std::size_t position;
    Rational greatest, least;
    ValueId best;
};

Scores::Scores(const network::Transformer& transformer, std::size_t layer, std::int64_t n, const Pool& pool)
    : attention_(*transformer.layers[layer].attention), n_(n), pool_(pool) {
    for (const network::Head& head : attention_.heads) scales_.push_back(network::scale_at(attention_, head, n));
}

const Rational& Scores::score(std::size_t h, std::size_t asking, ValueId query, std::size_t asked, ValueId key) {
    const auto [at, fresh] = scores_.try_emplace({h, asking, query, asked, key});
    if (!fresh) return at->second;
    const network::Head& head = attention_.heads[h];
    at->second = head.bias.evaluate(
        {.i = static_cast<std::int64_t>(asking) + 1, .j = static_cast<std::int64_t>(asked) + 1, .n = n_});
    if (!head.query) return at->second;
    const auto product = products_.try_emplace({h, query, key});
    if (product.second) {
        const auto q = queries_.try_emplace({h, query});
        if (q.second) q.first->second = exact::apply(*head.query, pool_[query]);
        const auto k = keys_.try_emplace({h, key});
        if (k.second) k.first->second = exact::apply(*head.key, pool_[key]);
        product.first->second = scales_[h] * exact::dot(q.first->second, k.first->second);
    }
    return at->second += product.first->second;
}

Scores::Asked Scores::asked(std::size_t head, std::size_t asking, ValueId value, std::size_t position,
                            const std::vector<Activation>& activations) {
    const std::vector<ValueId> own{value};
    const std::vector<ValueId>& values = position == asking ? own : activations[position].values;
    Asked a{position, {}, {}, values.front()};
    for (std::size_t k = 0; k < values.size(); ++k) {
        const Rational& s = score(head, asking, value, position, values[k]);
        if (k == 0 || s > a.greatest) a.greatest = s, a.best = values[k];
        if (k == 0 || s < a.least) a.least = s;
    }
    return a;
}

AttentionOrder Scores::order(std::size_t head, std::size_t asking, ValueId value,
                             const std::vector<Activation>& activations) {
    std::vector<Asked> all;
    for (std::size_t j = 0; j < activations.size(); ++j)
        if (network::allows(attention_.mask, static_cast<std::int64_t>(asking), static_cast<std::int64_t>(j)))
            all.push_back(asked(head, asking, value, j, activations));
    std::sort(all.begin(), all.end(), [this](const Asked& a, const Asked& b) {
        return a.greatest != b.greatest ? a.greatest > b.greatest : prefers(a.position, b.position);
    });
    AttentionOrder order{{}, head, asking, value, false};
    for (std::size_t k = 0; k < all.size(); ++k) {
        order.places.push_back({all[k].position, all[k].best});
        // Later places reach no more than the next one, which wins their ties: if that cannot beat this one, none can.
        if (k + 1 == all.size() || all[k + 1].greatest > all[k].least) continue;
        if (all[k + 1].greatest == all[k].least && prefers(all[k + 1].position, all[k].position)) continue;
        order.settled = true;
        break;
    }
    return order;
}

}  // namespace attest::restriction
