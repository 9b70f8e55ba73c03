#include "draft.hpp"

#include <algorithm>

namespace attest::threshold {

namespace {

constexpr std::size_t clauses_between_looks = 4096;  ///< at the clock

}  // namespace

Draft::Draft(const Specification& specification, const std::vector<Sample>& words, const EncodeOptions& encode_options,
             const base::Limits& base_limits)
    : network_class(specification.network),
      samples(words),
      options(encode_options),
      limits(base_limits),
      symbols(specification.language.alphabet().size()) {}

std::int64_t Draft::positions(std::size_t x) const {
    return static_cast<std::int64_t>(samples[x].word.size()) + (network_class.read == Reading::end ? 1 : 0);
}
bool Draft::has(Break which) const {
    return std::find(options.breaks.begin(), options.breaks.end(), which) != options.breaks.end();
}

std::vector<Draft::Visit> Draft::asking(std::int64_t l) const {
    std::vector<Visit> visits;
    for (std::size_t x = 0; x < samples.size(); ++x)
        for (std::int64_t i = l == network_class.layers ? positions(x) : 1; i <= positions(x); ++i)
            visits.emplace_back(x, i);
    if (network_class.positions_visible)
        std::stable_sort(visits.begin(), visits.end(),
                         [](const Visit& a, const Visit& b) { return a.second < b.second; });
    return visits;
}

void Draft::clause(const std::vector<Literal>& all) {
    std::vector<Literal> literals;
    for (const Literal l : all)
        if (l != always && std::find(literals.begin(), literals.end(), l) == literals.end()) literals.push_back(l);
    out.formula.add(literals);
    // Beside each literal stands about as much again in sites and values.
    if (8 * out.formula.literals.size() > limits.memory_bytes / 4) throw EncodingStopped{};
    if (out.formula.size() % clauses_between_looks == 0 && limits.exceeded()) throw EncodingStopped{};
}

std::uint32_t Draft::order_of(std::int64_t l, std::int64_t h, std::int64_t i, network::ValueId own) {
    const std::array<std::int64_t, 4> key{l, h, network_class.strict_orders() ? i : 0,
                                          network_class.key_dimension_one ? -1 : static_cast<std::int64_t>(own)};
    const std::uint32_t number = order_keys.number(key);
    if (number == out.orders.size()) out.orders.emplace_back(!network_class.strict_orders());
    return number;
}

Literal Draft::literal(std::uint32_t order_number, const Comparison& c) {
    Order& order = out.orders[order_number];
    if (const auto found = order.find(c)) return *found;
    const std::uint32_t a = c.strictly ? c.upper : c.lower, b = c.strictly ? c.lower : c.upper;
    const std::int32_t variable = fresh();
    order.name(a, b, variable);
    if (order.weak()) clause({-variable, -fresh()});
    return *order.find(c);
}

std::int32_t Draft::sign(std::int64_t l, std::int64_t h, std::int64_t i, network::ValueId own) {
    const auto [place, unknown] = signs.try_emplace({l, h, i, static_cast<std::int64_t>(own)}, 0);
    if (unknown) {
        place->second = fresh();
        clause({-place->second, -fresh()});
    }
    return place->second;
}

std::vector<Literal> Draft::one_of(std::int64_t count, bool only) {
    if (count == 2) {
        const std::int32_t b = fresh();
        return {-b, b};
    }
    std::vector<Literal> list;
    for (std::int64_t a = 0; a < count; ++a) list.push_back(fresh());
    clause(list);
    for (std::size_t a = 0; a < list.size() && only; ++a)
        for (std::size_t b = a + 1; b < list.size(); ++b) clause({-list[a], -list[b]});
    return list;
}

Literal Draft::conjunction(const std::vector<Literal>& all, std::vector<Literal> unless) {
    if (all.size() <= 1) return all.empty() ? always : all[0];
    const std::int32_t v = fresh();
    for (const Literal l : all) clause({-v, l});
    unless.insert(unless.begin(), v);
    clause(std::move(unless));
    return v;
}

}  // namespace attest::threshold
