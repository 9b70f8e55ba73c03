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

Plan::SetId Plan::intern(Coordinates set) {
    const auto [at, fresh] = ids_.try_emplace(std::move(set), static_cast<SetId>(sets_.size()));
    if (fresh) sets_.push_back(at->first);
    return at->second;
}

Plan::SetId Plan::unite(SetId a, SetId b) {
    if (a == absent || a == b) return b;
    return intern(unite_sets(sets_[a], sets_[b]));
}

Plan::Use Plan::derive(std::size_t b, SetId need) {
    const network::Layer& layer = transformer_.layers[b - 1];
    Coordinates mid = sets_[need];
    if (layer.feedforward) {
        Coordinates read = sets_[need];
        for (auto map = layer.feedforward->maps.rbegin(); map != layer.feedforward->maps.rend(); ++map)
            read = back(*map, read);
        mid = layer.feedforward->residual ? unite_sets(read, sets_[need]) : std::move(read);
    }
    Use use;
    use.mid = intern(mid);
    const bool carries = !layer.attention || layer.attention->residual;
    use.carried = intern(carries ? mid : Coordinates{});
    Coordinates self = sets_[use.carried];
    if (layer.attention)
        for (const network::Head& head : layer.attention->heads) {
            const Coordinates values = back(head.value, back(head.output, mid));
            use.matters.push_back(!values.empty());
            use.attended.push_back(intern(values.empty() ? Coordinates{} : unite_sets(all_columns(head.key), values)));
            if (!values.empty()) self = unite_sets(self, all_columns(head.query));
        }
    use.self = intern(std::move(self));
    return use;
}

std::pair<std::int64_t, std::int64_t> Plan::sight(std::size_t b, const Use& use) const {
    switch (transformer_.layers[b - 1].attention->mask) {
        case network::Mask::none: return {1, n_};
        case network::Mask::causal: return {1, use.last};
        case network::Mask::strict: return {1, use.last - 1};
        case network::Mask::future: return {use.first, n_};
        case network::Mask::strict_future: return {use.first + 1, n_};
    }
    return {1, n_};
}

bool Plan::sees_any(std::size_t b, std::int64_t p) const {
    const auto& attention = transformer_.layers[b - 1].attention;
    if (!attention) return false;
    if (attention->mask == network::Mask::strict) return p > 1;
    if (attention->mask == network::Mask::strict_future) return p < n_;
    return true;
}

Plan::Plan(const network::Transformer& transformer, std::int64_t n) : transformer_(transformer), n_(n) {
    const std::size_t layers = transformer.layers.size();
    need_.assign(layers + 1, std::vector<SetId>(static_cast<std::size_t>(n + 1), absent));
    needed_.resize(layers + 1);
    uses_.resize(layers + 1);

    Coordinates read;
    for (std::uint32_t c = 0; c < transformer.dimension; ++c)
        if (transformer.readout.weight[c] != 0) read.push_back(c);
    need_[layers][static_cast<std::size_t>(transformer.readout_position(n))] = intern(std::move(read));

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
            // A position that sees nothing asks nothing.
            need_[b - 1][static_cast<std::size_t>(p)] = sees_any(b, p) ? at->second.self : at->second.carried;
        }
        for (const auto& [need, use] : uses_[b]) {
            if (std::none_of(use.matters.begin(), use.matters.end(), [](bool m) { return m; })) continue;
            const auto [from, to] = sight(b, use);
            for (std::size_t h = 0; h < use.matters.size(); ++h)
                for (std::int64_t j = from; use.matters[h] && j <= to; ++j) {
                    SetId& of_j = need_[b - 1][static_cast<std::size_t>(j)];
                    of_j = unite(of_j, use.attended[h]);
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
    for (std::size_t h = 0; sees_any(b, p) && h < u.matters.size(); ++h)
        if (u.matters[h]) heads.push_back(h);
    return heads;
}

std::vector<std::pair<std::size_t, Coordinates>> Plan::readers(std::size_t b, std::int64_t p) const {
    std::vector<std::pair<std::size_t, Coordinates>> result;
    const auto& attention = transformer_.layers[b - 1].attention;
    if (!attention) return result;
    for (std::size_t h = 0; h < attention->heads.size(); ++h) {
        std::optional<Coordinates> outputs;
        for (const auto& [need, use] : uses_[b]) {
            const auto [from, to] = sight(b, use);
            if (!use.matters[h] || p < from || p > to) continue;
            outputs = outputs ? unite_sets(*outputs, sets_[use.mid]) : sets_[use.mid];
        }
        if (outputs) result.emplace_back(h, std::move(*outputs));
    }
    return result;
}

}  // namespace attest::compile
