// Backwards from the readout: which coordinates of which positions it can depend on at all.
//
// Statement. Let need(L, r) be the coordinates with a weight other than 0 in the readout, for each position r that is
// read, and let a layer make of need(b, ·) a need(b − 1, ·) as follows. A row of a matrix needs the columns in which it
// is not 0; a norm needs all coordinates for any; the product with a gate needs what both factors do. A head needs, for
// a query position p where a needed coordinate of its output reads a value that is not constant: that value and the
// whole key at every position that the mask leaves to p, and the whole query at p if it leaves any. Then vectors that
// agree on need(b, ·) at boundary b give the same readout.
//
// Why. By induction from the readout down. Maps, norms, activations and gates are functions of what the rule names. A
// head without a needed value that varies adds output(value(0)), whatever its weights, since they add up to 1, or
// nothing where it sees no position: in neither case does it read a vector. The converse is false: an entry that is not
// 0 may still not matter.
//
// Two grains. With Detail::positions matrices are taken to be full, residuals to be there: what is left is the graph of
// the masks, which is all that an evaluation of whole vectors can leave out.
//
// Many positions need the same set, so the layer's rule is applied once for each set, and sets are kept once, by
// number. Positions with one need that a head may see from are in a row from `first` to `last` as far as masks are
// concerned: what any of them sees, one of the two extreme ones does.
//
// Source  FORMAT.md, section 5, of which this is the reading; backward slicing [weiser1984program]; for circuits the
//         cone of influence

#include "network/need.hpp"

#include <algorithm>
#include <iterator>

#include "attest/exact/affine.hpp"

namespace attest::network {

namespace {

using Marks = std::vector<bool>;
using Placement = Norm::Placement;

bool any(const Marks& marks) { return std::find(marks.begin(), marks.end(), true) != marks.end(); }

Marks united(Marks a, const Marks& b) {
    for (std::size_t c = 0; c < b.size(); ++c)
        if (b[c]) a[c] = true;
    return a;
}

/// The columns that some row of a map reads.
Marks all_inputs(const exact::AffineMap& map) { return exact::inputs_used(map, Marks(map.outputs(), true)); }

/// A norm needs all coordinates to give any; of several blocks those of the same block.
Marks all_if_any(const Norm& norm, Marks marks) {
    const auto size = static_cast<std::ptrdiff_t>(norm.gain.size());
    for (auto block = marks.begin(); block != marks.end(); block += size)
        if (std::find(block, block + size, true) != block + size) std::fill(block, block + size, true);
    return marks;
}

/// What a part's norm needs to give these coordinates, if it stands at this place.
Marks before_norm(const std::optional<Norm>& norm, Placement placement, Marks marks) {
    return norm && norm->placement == placement ? all_if_any(*norm, std::move(marks)) : marks;
}

/// What a feed-forward part needs to give these coordinates.
Marks before_feed_forward(const FeedForward& part, const Marks& after) {
    const Marks sum = before_norm(part.norm, Placement::post, after);
    Marks needed = sum;
    for (auto map = part.maps.rbegin(); map != part.maps.rend(); ++map) {
        Marks inputs = exact::inputs_used(*map, needed);
        const bool gated = part.gate && std::next(map) == part.maps.rend();
        if (gated) inputs = united(std::move(inputs), exact::inputs_used(*part.gate, needed));
        needed = std::move(inputs);
    }
    needed = before_norm(part.norm, Placement::pre, std::move(needed));
    return part.residual ? united(std::move(needed), sum) : needed;
}

Marks weighed(const Transformer& t) {
    if (t.readout.classes) return all_inputs(t.readout.classes->logits);
    Marks marks(t.dimension, false);
    for (std::size_t c = 0; c < t.dimension; ++c) marks[c] = t.readout.weight[c] != 0;
    return marks;
}

}  // namespace

Coordinates::Coordinates(std::vector<bool> marks) : marked(std::move(marks)) {
    for (std::uint32_t c = 0; c < marked.size(); ++c)
        if (marked[c]) list.push_back(c);
}

Need::Need(const Transformer& transformer, std::int64_t n, Detail detail)
    : transformer_(transformer),
      n_(n),
      detail_(detail),
      empty_(number(Marks(transformer.dimension, false))),
      readout_(number(weighed(transformer))) {
    const std::size_t boundaries = transformer.layers.size() + 1;
    need_.assign(boundaries, std::vector<SetId>(static_cast<std::size_t>(n + 1), absent));
    uses_.resize(boundaries);
    read_at_end();
    for (std::size_t b = transformer.layers.size(); b > 0; --b) step(b);
    positions_.resize(boundaries);
    for (std::size_t b = 0; b < boundaries; ++b)
        for (std::int64_t p = 1; p <= n; ++p)
            if (needed(b, p)) positions_[b].push_back(p);
}

void Need::read_at_end() {
    SetId read = readout_;
    if (transformer_.final_norm) read = number(all_if_any(*transformer_.final_norm, sets_[readout_].marked));
    if (detail_ == Detail::positions) read = number(Marks(transformer_.dimension, true));
    for (const std::int64_t p : transformer_.read_positions(n_)) need_.back()[static_cast<std::size_t>(p)] = read;
}

/// The boundary before layer b from that after it.
void Need::step(std::size_t b) {
    for (std::int64_t p = 1; p <= n_; ++p) {
        const SetId after = set_at(b, p);
        if (after == absent) continue;
        auto at = uses_[b].find(after);
        if (at == uses_[b].end()) {
            at = uses_[b].emplace(after, derive(b, after)).first;
            at->second.first = p;
        }
        at->second.last = p;
        need_[b - 1][static_cast<std::size_t>(p)] = own(b, at->second, p);
    }
    for (const auto& [after, use] : uses_[b]) include_keys(b, use);
}

Need::Use Need::derive(std::size_t b, SetId after) {
    if (detail_ == Detail::positions) return derive_by_masks(b, after);
    const Layer& layer = transformer_.layers[b - 1];
    Marks sum = sets_[after].marked;
    if (layer.feedforward) sum = before_feed_forward(*layer.feedforward, sum);
    if (layer.attention) sum = before_norm(layer.attention->norm, Placement::post, std::move(sum));
    Use use;
    use.sum = number(sum);
    use.carried = !layer.attention || layer.attention->residual ? use.sum : empty_;
    if (layer.attention)
        for (const Head& head : layer.attention->heads) add_head(*layer.attention, head, sum, use);
    return use;
}

void Need::add_head(const Attention& attention, const Head& head, const Marks& sum, Use& use) {
    Marks keys = exact::inputs_used(head.value, exact::inputs_used(head.output, sum));
    use.varies.push_back(any(keys));
    if (!use.varies.back()) {
        use.key_side.push_back(empty_);
        use.query_side.push_back(empty_);
        return;
    }
    if (head.key) keys = united(std::move(keys), all_inputs(*head.key));
    const Marks query = head.query ? all_inputs(*head.query) : Marks(transformer_.dimension, false);
    use.key_side.push_back(number(before_norm(attention.norm, Placement::pre, std::move(keys))));
    use.query_side.push_back(number(before_norm(attention.norm, Placement::pre, query)));
}

/// Every part reads whole vectors, and each position its own.
Need::Use Need::derive_by_masks(std::size_t b, SetId after) const {
    const auto& attention = transformer_.layers[b - 1].attention;
    const std::size_t heads = attention ? attention->heads.size() : 0;
    Use use;
    use.sum = use.carried = after;
    use.varies.assign(heads, true);
    use.key_side = use.query_side = std::vector<SetId>(heads, after);
    return use;
}

/// What a position needs of its own vector before the layer; a head that sees nothing from there has no query.
Need::SetId Need::own(std::size_t b, const Use& use, std::int64_t p) {
    SetId set = use.carried;
    for (std::size_t h = 0; h < use.query_side.size(); ++h)
        if (sees_any(b, h, p)) set = unite(set, use.query_side[h]);
    return set;
}

void Need::include_keys(std::size_t b, const Use& use) {
    for (std::size_t h = 0; h < use.varies.size(); ++h) {
        if (!use.varies[h]) continue;
        const Span span = key_positions(b, h, use);
        for (std::int64_t j = span.first; j <= span.last; ++j) {
            SetId& set = need_[b - 1][static_cast<std::size_t>(j)];
            set = unite(set, use.key_side[h]);
        }
    }
}

Need::SetId Need::unite(SetId a, SetId b) {
    if (a == absent || a == b) return b;
    const auto [place, is_new] = unions_.try_emplace({a, b});
    if (is_new) place->second = number(united(sets_[a].marked, sets_[b].marked));
    return place->second;
}

Mask Need::mask(std::size_t b, std::size_t head) const {
    const Attention& attention = *transformer_.layers[b - 1].attention;
    return attention.mask_of(attention.heads[head]);
}

bool Need::sees_any(std::size_t b, std::size_t head, std::int64_t p) const {
    return !seen(mask(b, head), p, n_).empty();
}

/// The positions that the mask of a head leaves to some query position of a use.
Span Need::key_positions(std::size_t b, std::size_t head, const Use& use) const {
    const Span first = seen(mask(b, head), use.first, n_), last = seen(mask(b, head), use.last, n_);
    return {std::min(first.first, last.first), std::max(first.last, last.last)};
}

std::vector<bool> Need::marked_positions(std::size_t boundary) const {
    std::vector<bool> marks(static_cast<std::size_t>(n_), false);
    for (const std::int64_t p : positions_[boundary]) marks[static_cast<std::size_t>(p - 1)] = true;
    return marks;
}

bool Need::is_live(std::size_t b, std::size_t head, std::int64_t p) const {
    return needed(b, p) && use(b, p).varies[head] && sees_any(b, head, p);
}

std::vector<std::size_t> Need::live_heads(std::size_t b, std::int64_t p) const {
    const auto& attention = transformer_.layers[b - 1].attention;
    std::vector<std::size_t> heads;
    for (std::size_t h = 0; attention && h < attention->heads.size(); ++h)
        if (is_live(b, h, p)) heads.push_back(h);
    return heads;
}

std::vector<std::pair<std::size_t, std::vector<std::uint32_t>>> Need::heads_over(std::size_t b, std::int64_t p) const {
    std::vector<std::pair<std::size_t, std::vector<std::uint32_t>>> result;
    const auto& attention = transformer_.layers[b - 1].attention;
    for (std::size_t h = 0; attention && h < attention->heads.size(); ++h) {
        Marks outputs(transformer_.dimension, false);
        bool looks = false;
        for (const auto& [after, use] : uses_[b]) {
            const Span span = key_positions(b, h, use);
            if (!use.varies[h] || p < span.first || p > span.last) continue;
            outputs = united(std::move(outputs), sets_[use.sum].marked);
            looks = true;
        }
        if (looks) result.emplace_back(h, Coordinates(std::move(outputs)).list);
    }
    return result;
}

}  // namespace attest::network
