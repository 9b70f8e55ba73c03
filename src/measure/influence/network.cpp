#include "attest/measure/influence/network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>

#include "attest/base/error.hpp"
#include "base/text.hpp"
#include "followed.hpp"
#include "functionals.hpp"
#include "point_steps.hpp"

namespace attest::influence {

IntervalMap enclose_map(const exact::AffineMap& map) {
    return {map, [](const exact::Rational& x) { return exact::to_interval(x); }};
}

namespace {

constexpr long bits = 128;

Box enclose(const exact::Vector& vector) {
    Box box;
    for (const exact::Rational& x : vector) box.push_back(exact::to_interval(x));
    return box;
}

std::optional<IntervalNorm> enclose(const std::optional<network::Norm>& norm, std::string place) {
    if (!norm) return std::nullopt;
    exact::Rational total;
    for (const exact::Rational& b : norm->bias) total += b;
    const bool even =
        std::all_of(norm->gain.begin(), norm->gain.end(), [&](const exact::Rational& g) { return g == norm->gain[0]; });
    return IntervalNorm{std::move(place),
                        norm->placement,
                        norm->kind,
                        exact::to_interval(norm->eps),
                        enclose(norm->gain),
                        enclose(norm->bias),
                        exact::to_interval(total),
                        even && norm->kind == network::Norm::Kind::layer};
}

IntervalLayer enclose(const network::Layer& layer, std::int64_t n, const std::string& place) {
    IntervalLayer result;
    if (layer.attention) {
        const network::Attention& attention = *layer.attention;
        result.has_attention = true;
        result.mask = attention.mask;
        result.attention_residual = attention.residual;
        result.attention_norm = enclose(attention.norm, place + ".attention.norm");
        for (const network::Head& head : attention.heads) {
            IntervalHead& h = result.heads.emplace_back();
            if (head.query) h.query = enclose_map(*head.query);
            if (head.key) h.key = enclose_map(*head.key);
            h.value = enclose_map(head.value);
            h.output = enclose_map(head.output);
            h.scale = exact::to_interval(network::enclose_scale(attention, head, n, bits));
            if (!head.bias.is_constant()) h.bias = &head.bias;  // a constant shifts all scores alike
        }
    }
    if (layer.feedforward) {
        result.feedforward = std::make_shared<FeedForwardStep>(*layer.feedforward);
        result.feedforward_norm = enclose(layer.feedforward->norm, place + ".feedforward.norm");
    }
    return result;
}

/// A sum of which some terms are exact and some are balls.
Interval enclosed_sum(const exact::Vector& weight, const exact::Vector& known, const std::vector<exact::Ball>& balls,
                      const std::vector<bool>& is_ball) {
    exact::Rational exact_sum;
    exact::Ball sum;
    bool any = false;
    for (std::size_t c = 0; c < weight.size(); ++c) {
        if (weight[c] == 0) continue;
        exact_sum += weight[c] * known[c];
        if (c < is_ball.size() && is_ball[c]) sum += exact::Ball(weight[c], bits) * balls[c], any = true;
    }
    return any ? exact::to_interval(sum + exact::Ball(exact_sum, bits)) : exact::to_interval(exact_sum);
}

/// Embedding and position vector of every option at position p, in these coordinates.
Box start_box(const network::Transformer& t, std::int64_t p, std::int64_t n,
              const std::vector<exact::Vector>& coordinates) {
    const std::size_t d = t.dimension;
    std::vector<const exact::Vector*> options;
    if (t.begin && p == 1) options.push_back(&t.begin_embedding);
    else if (t.end && p == n) options.push_back(&t.end_embedding);
    else
        for (const exact::Vector& e : t.embedding) options.push_back(&e);
    std::vector<bool> is_ball(t.position.size());
    std::vector<exact::Ball> balls(t.position.size());
    exact::Vector place(d);
    if (t.position_table) place = network::position_vector(t, p, n);
    for (std::size_t c = 0; c < balls.size(); ++c) {
        is_ball[c] = t.position[c].is_transcendental();
        if (is_ball[c]) balls[c] = t.position[c].enclose({.i = p, .n = n}, bits);
        else place[c] = t.position[c].evaluate({.i = p, .n = n});
    }
    Box box;
    for (const exact::Vector* e : options) {
        exact::Vector known = place;
        exact::add_to(known, *e);
        for (const exact::Vector& coordinate : coordinates)
            box.push_back(enclosed_sum(coordinate, known, balls, is_ball));
    }
    return box;
}

/// The map with one more row: the sum of all.
void add_total(exact::AffineMap& map) {
    exact::Vector sum(map.weight.columns);
    for (const auto& row : map.weight.rows)
        for (const auto& [column, value] : row) sum[column] += value;
    auto& total = map.weight.rows.emplace_back();
    for (std::uint32_t c = 0; c < sum.size(); ++c)
        if (sum[c] != 0) total.emplace_back(c, sum[c]);
    if (map.bias.empty()) return;
    exact::Rational constant;
    for (const exact::Rational& b : map.bias) constant += b;
    map.bias.push_back(constant);
}

/// A layer norm subtracts the mean. Networks keep it at 0 by pairs x, −x, which boxes do not see; so the total of all
/// coordinates becomes a coordinate of its own, formed by exact sums of weights.
std::vector<network::Layer> with_totals(std::vector<network::Layer> layers) {
    for (network::Layer& layer : layers) {
        if (layer.attention)
            for (network::Head& head : layer.attention->heads) add_total(head.output);
        if (layer.feedforward && !layer.feedforward->maps.empty()) add_total(layer.feedforward->maps.back());
    }
    return layers;
}

/// The coordinate in which boxes of one kind lie farthest apart, and how far.
std::pair<std::size_t, double> widest(const std::vector<PositionClass>& leaves, const std::vector<std::size_t>& among) {
    std::size_t best = 0;
    double width = 0;
    for (std::size_t c = 0; c < leaves[among[0]].start.size(); ++c) {
        double lo = exact::infinity, hi = -exact::infinity;
        for (const std::size_t k : among) {
            const double x = leaves[k].start[c].middle();
            lo = std::min(lo, x), hi = std::max(hi, x);
        }
        if (hi - lo > width) width = hi - lo, best = c;
    }
    return {best, width};
}

/// Builds the tree over these leaves: cut in the middle of the widest coordinate.
std::int32_t build(Network& net, std::vector<PositionClass>& leaves, const std::vector<std::size_t>& among) {
    if (among.size() == 1) {
        net.classes.push_back(std::move(leaves[among[0]]));
        return static_cast<std::int32_t>(net.classes.size()) - 1;
    }
    const auto [coordinate, width] = widest(leaves, among);
    double lo = exact::infinity;
    for (const std::size_t k : among) lo = std::min(lo, leaves[k].start[coordinate].middle());
    std::vector<std::size_t> part[2];
    for (const std::size_t k : among) part[leaves[k].start[coordinate].middle() > lo + width / 2 ? 1 : 0].push_back(k);
    if (part[1].empty())  // boxes that differ by less than a double tells
        part[1].assign(part[0].begin() + static_cast<std::ptrdiff_t>(part[0].size() / 2), part[0].end()),
            part[0].resize(part[0].size() / 2);
    const std::int32_t left = build(net, leaves, part[0]), right = build(net, leaves, part[1]);
    const PositionClass& a = net.classes[static_cast<std::size_t>(left)];
    const PositionClass& b = net.classes[static_cast<std::size_t>(right)];
    PositionClass both{{}, a.is_word, a.start, left, right};
    std::merge(a.members.begin(), a.members.end(), b.members.begin(), b.members.end(),
               std::back_inserter(both.members));
    for (std::size_t c = 0; c < both.start.size(); ++c) both.start[c] = hull(both.start[c], b.start[c]);
    net.classes.push_back(std::move(both));
    return static_cast<std::int32_t>(net.classes.size()) - 1;
}

void classify(const network::Transformer& t, const std::vector<exact::Vector>& coordinates, Network& net) {
    const auto key = [](const Box& box) {
        std::vector<double> ends;
        for (const Interval& x : box) ends.push_back(x.lo), ends.push_back(x.hi);
        return ends;
    };
    std::vector<PositionClass> leaves, fixed;
    std::map<std::vector<double>, std::size_t> known;
    for (std::int64_t p = 1; p <= net.n; ++p) {
        const bool is_word = !(t.begin && p == 1) && !(t.end && p == net.n);
        Box start = start_box(t, p, net.n, coordinates);
        if (!is_word) {
            fixed.push_back({{p}, false, std::move(start)});
            continue;
        }
        // The readout's own symbol is not one that is changed: it stands alone.
        const bool alone = net.by_position || p == net.readout;
        const auto [place, is_new] =
            alone ? std::pair{known.end(), true} : known.try_emplace(key(start), leaves.size());
        if (is_new) leaves.push_back({{p}, true, std::move(start)});
        else leaves[place->second].members.push_back(p);
    }
    for (PositionClass& c : fixed) {
        net.roots.push_back(static_cast<std::int32_t>(net.classes.size()));
        net.classes.push_back(std::move(c));
    }
    std::vector<std::size_t> among;
    for (std::size_t k = 0; k < leaves.size(); ++k) {
        if (net.by_position || leaves[k].members[0] == net.readout) {
            net.roots.push_back(static_cast<std::int32_t>(net.classes.size()));
            net.classes.push_back(leaves[k]);
        } else {
            among.push_back(k);
        }
    }
    if (!among.empty()) net.roots.push_back(build(net, leaves, among));
}

}  // namespace

bool has_norm(const network::Transformer& t) {
    if (t.embedding_norm || t.final_norm) return true;
    return std::any_of(t.layers.begin(), t.layers.end(), [](const network::Layer& l) {
        return (l.attention && l.attention->norm) || (l.feedforward && l.feedforward->norm);
    });
}

namespace {

void require_softmax(const network::Transformer& transformer) {
    for (const network::Layer& layer : transformer.layers)
        if (layer.attention && !layer.attention->heads.empty() &&
            layer.attention->kind != network::AttentionKind::softmax)
            throw base::UsageError(fmt::format("influence: expected softmax attention, found {} attention in {}",
                                               to_string(layer.attention->kind), base::printable(transformer.name)));
}

/// Leaves and tree, their members and working copies.
void require_memory(const Network& net, std::size_t memory_bytes) {
    const double bytes =
        static_cast<double>(net.n) * (static_cast<double>(net.symbols * net.dimension) * 3 * sizeof(Interval) + 600);
    if (bytes > static_cast<double>(memory_bytes))
        throw base::Unsupported(fmt::format("length {}: expected at most {} MiB, found a need of {:.0f} MiB",
                                            net.length, memory_bytes >> 20, bytes / 0x1p20));
}

void add_layers(const network::Transformer& transformer, Network& net) {
    net.last_attention = net.exact_layers->size();
    for (std::size_t l = 0; l < net.exact_layers->size(); ++l) {
        net.layers.push_back(
            enclose((*net.exact_layers)[l], net.n, fmt::format("{}:layers[{}]", base::printable(transformer.name), l)));
        if (net.layers[l].heads.empty()) continue;
        net.last_attention = l;
        if (net.layers[l].mask != network::Mask::none) net.by_position = true;
        for (const IntervalHead& head : net.layers[l].heads) net.by_position = net.by_position || head.bias != nullptr;
    }
}

/// The model with its vectors seen in these coordinates, in which `layers` and `readout` are.
Network network_of(const network::Transformer& transformer, std::int64_t length, std::size_t memory_bytes,
                   const std::vector<exact::Vector>& coordinates, std::vector<network::Layer> layers,
                   exact::Vector readout) {
    Network net;
    net.length = length;
    net.n = transformer.sequence_length(length);
    net.dimension = coordinates.size();
    net.exact_layers = std::make_shared<const std::vector<network::Layer>>(std::move(layers));
    net.symbols = transformer.alphabet.size();
    net.first_symbol = transformer.begin ? 2 : 1;
    net.readout = transformer.readout_position(net.n);
    require_memory(net, memory_bytes);
    network::require_values(transformer, net.n);
    add_layers(transformer, net);
    for (const exact::Vector& e : transformer.embedding)
        for (const exact::Vector& coordinate : coordinates)
            net.embedding.push_back(exact::to_interval(exact::dot(coordinate, e)));
    readout.resize(net.dimension);
    net.readout_weight = enclose(readout);
    net.readout_bias = exact::to_interval(transformer.readout.bias);
    classify(transformer, coordinates, net);
    return net;
}

}  // namespace

Network instantiate(const network::Transformer& model, std::int64_t length, std::size_t memory_bytes) {
    const network::AtLength at = followed(model, length);
    const network::Transformer& transformer = *at;
    require_softmax(transformer);
    const std::size_t d = transformer.dimension;
    std::vector<exact::Vector> coordinates(d, exact::Vector(d));
    for (std::size_t c = 0; c < d; ++c) coordinates[c][c] = 1;
    if (has_norm(transformer)) coordinates.emplace_back(d, exact::Rational(1));
    Network net = network_of(transformer, length, memory_bytes, coordinates,
                             has_norm(transformer) ? with_totals(transformer.layers) : transformer.layers,
                             transformer.readout.weight);
    net.own_dimension = d;
    return net;
}

std::optional<Network> instantiate_functionals(const network::Transformer& model, std::int64_t length,
                                               std::size_t memory_bytes) {
    const network::AtLength at = followed(model, length);
    const network::Transformer& transformer = *at;
    constexpr std::size_t most_functionals = 3000;
    constexpr double most_products = 5e7;
    require_softmax(transformer);
    auto functionals = follow(transformer, most_functionals);
    if (!functionals) return std::nullopt;
    const double products =
        static_cast<double>(functionals->rows.size() * transformer.dimension * transformer.alphabet.size()) *
        static_cast<double>(length);
    if (products > most_products) return std::nullopt;
    return network_of(transformer, length, memory_bytes, functionals->rows, std::move(functionals->layers),
                      std::move(functionals->readout));
}

Network pin(const Network& network, const language::Word& word, std::int64_t position) {
    Network pinned = network;
    pinned.classes.clear();
    pinned.roots.clear();
    const std::int64_t first = network.first_symbol;  // position in the sequence of the word's first symbol
    const auto add = [&](PositionClass c) {
        pinned.roots.push_back(static_cast<std::int32_t>(pinned.classes.size()));
        pinned.classes.push_back(std::move(c));
    };
    for (const PositionClass& leaf : network.classes) {
        if (leaf.left >= 0) continue;
        if (!leaf.is_word) {
            add(leaf);
            continue;
        }
        std::vector<PositionClass> by_symbol(network.symbols);
        for (const std::int64_t p : leaf.members) {
            if (p == position + first - 1) add({{p}, true, leaf.start, -1, -1});
            else by_symbol[word[static_cast<std::size_t>(p - first)]].members.push_back(p);
        }
        for (std::size_t s = 0; s < network.symbols; ++s) {
            if (by_symbol[s].members.empty()) continue;
            const auto at = leaf.start.begin() + static_cast<std::ptrdiff_t>(s * network.dimension);
            by_symbol[s].is_word = false;
            by_symbol[s].start.assign(at, at + static_cast<std::ptrdiff_t>(network.dimension));
            add(std::move(by_symbol[s]));
        }
    }
    return pinned;
}

}  // namespace attest::influence
