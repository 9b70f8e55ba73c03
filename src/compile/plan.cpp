#include "plan.hpp"

#include <algorithm>
#include <iterator>

namespace attest::compile {

namespace {

/// The columns that the given rows of a map read.
Coordinates back(const exact::AffineMap& map, const Coordinates& rows) {
    std::vector<bool> read(map.inputs());
    for (const std::uint32_t r : rows)
        for (const auto& entry : map.weight.rows[r]) read[entry.first] = true;
    Coordinates columns;
    for (std::uint32_t c = 0; c < read.size(); ++c)
        if (read[c]) columns.push_back(c);
    return columns;
}

Coordinates all_columns(const std::optional<exact::AffineMap>& map) {
    if (!map) return {};
    Coordinates rows(map->outputs());
    for (std::uint32_t r = 0; r < rows.size(); ++r) rows[r] = r;
    return back(*map, rows);
}

Coordinates unite_sets(const Coordinates& a, const Coordinates& b) {
    Coordinates c;
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(c));
    return c;
}

}  // namespace

Plan::SetId Plan::unite(SetId a, SetId b) {
    if (a == absent || a == b) return b;
    return sets_.number(unite_sets(sets_[a], sets_[b]));
}

Plan::Use Plan::derive(std::size_t b, SetId need) {
    const network::Layer& layer = transformer_.layers[b - 1];
    Coordinates mid = sets_[need];
    if (layer.feedforward) {
        Coordinates read = sets_[need];
        for (auto map = layer.feedforward->maps.rbegin(); map != layer.feedforward->maps.rend(); ++map)
            read = back(*map, read);  // gates are not compiled
        mid = layer.feedforward->residual ? unite_sets(read, sets_[need]) : std::move(read);
    }
    Use use;
    use.mid = sets_.number(mid);
    const bool carries = !layer.attention || layer.attention->residual;
    use.carried = sets_.number(carries ? mid : Coordinates{});
    if (layer.attention)
        for (const network::Head& head : layer.attention->heads) {
            const Coordinates values = back(head.value, back(head.output, mid));
            use.matters.push_back(!values.empty());
            use.attended.push_back(
                sets_.number(values.empty() ? Coordinates{} : unite_sets(all_columns(head.key), values)));
            use.asking.push_back(sets_.number(values.empty() ? Coordinates{} : all_columns(head.query)));
        }
    return use;
}

/// What a position needs of its own value before the layer; a head that sees nothing there asks nothing.
Plan::SetId Plan::self(std::size_t b, const Use& use, std::int64_t p) {
    SetId own = use.carried;
    for (std::size_t h = 0; h < use.asking.size(); ++h)
        if (sees_any(b, h, p)) own = unite(own, use.asking[h]);
    return own;
}

network::Span Plan::sight(std::size_t b, std::size_t head, const Use& use) const {
    const network::Span first = seen(mask(b, head), use.first, n_), last = seen(mask(b, head), use.last, n_);
    return {std::min(first.first, last.first), std::max(first.last, last.last)};
}

network::Mask Plan::mask(std::size_t b, std::size_t head) const {
    const network::Attention& attention = *transformer_.layers[b - 1].attention;
    return attention.mask_of(attention.heads[head]);
}

bool Plan::sees_any(std::size_t b, std::size_t head, std::int64_t p) const {
    return !network::seen(mask(b, head), p, n_).empty();
}

/// The coordinates that the readout weighs.
static Coordinates weighed(const network::Transformer& t) {
    if (t.readout.classes) return all_columns(t.readout.classes->logits);
    Coordinates read;
    for (std::uint32_t c = 0; c < t.dimension; ++c)
        if (t.readout.weight[c] != 0) read.push_back(c);
    return read;
}

Plan::Plan(const network::Transformer& transformer, std::int64_t n) : transformer_(transformer), n_(n) {
    const std::size_t layers = transformer.layers.size();
    need_.assign(layers + 1, std::vector<SetId>(static_cast<std::size_t>(n + 1), absent));
    needed_.resize(layers + 1);
    uses_.resize(layers + 1);

    need_[layers][static_cast<std::size_t>(transformer.readout_position(n))] = sets_.number(weighed(transformer));

    for (std::size_t b = layers; b > 0; --b) {
        for (std::int64_t p = 1; p <= n; ++p) {
            const SetId need = need_[b][static_cast<std::size_t>(p)];
            if (need == absent) continue;
            auto at = uses_[b].find(need);
            if (at == uses_[b].end()) {
                at = uses_[b].emplace(need, derive(b, need)).first;
                at->second.first = p;
            }
            at->second.last = p;
            need_[b - 1][static_cast<std::size_t>(p)] = self(b, at->second, p);
        }
        for (const auto& [need, use] : uses_[b]) {
            for (std::size_t h = 0; h < use.matters.size(); ++h) {
                if (!use.matters[h]) continue;
                const network::Span span = sight(b, h, use);
                for (std::int64_t j = span.first; j <= span.last; ++j) {
                    SetId& of_j = need_[b - 1][static_cast<std::size_t>(j)];
                    of_j = unite(of_j, use.attended[h]);
                }
            }
        }
    }
    for (std::size_t b = 0; b <= layers; ++b)
        for (std::int64_t p = 1; p <= n; ++p)
            if (needed(b, p)) needed_[b].push_back(p);
}

std::vector<std::size_t> Plan::live_heads(std::size_t b, std::int64_t p) const {
    std::vector<std::size_t> heads;
    const Use& u = use(b, p);
    for (std::size_t h = 0; h < u.matters.size(); ++h)
        if (u.matters[h] && sees_any(b, h, p)) heads.push_back(h);
    return heads;
}

std::vector<std::pair<std::size_t, Coordinates>> Plan::readers(std::size_t b, std::int64_t p) const {
    std::vector<std::pair<std::size_t, Coordinates>> result;
    const auto& attention = transformer_.layers[b - 1].attention;
    if (!attention) return result;
    for (std::size_t h = 0; h < attention->heads.size(); ++h) {
        std::optional<Coordinates> outputs;
        for (const auto& [need, use] : uses_[b]) {
            const network::Span span = sight(b, h, use);
            if (!use.matters[h] || p < span.first || p > span.last) continue;
            outputs = outputs ? unite_sets(*outputs, sets_[use.mid]) : sets_[use.mid];
        }
        if (outputs) result.emplace_back(h, std::move(*outputs));
    }
    return result;
}

}  // namespace attest::compile
