// Positions in classes, and classes in a tree.
//
// Statement. Without masks and biases a head's sums over key positions depend on what stands at them, and not on where.
// So positions of equal position vectors may be treated as one, with a count; and positions of similar ones by the hull
// of their vectors, which encloses each.
//
// How. A leaf holds the positions whose boxes are equal. Above them stands a binary tree as of k-d trees
// [bentley1975multidimensional]: the leaves of a node are cut in the middle of the coordinate in which they lie
// farthest apart, and a node's box is the hull of its parts'. Whoever bounds something over all positions begins near
// the root and goes down where the hulls are too wide (certify.cpp). Begin, end and the readout position are alone: the
// first two hold no symbol, the last is not replaced with the others.

#include "position_classes.hpp"

#include <algorithm>
#include <map>

namespace attest::influence {

namespace {

constexpr long start_bits = 128;

/// A sum of which some terms are exact and some are balls.
Interval enclosed_sum(const exact::Vector& weight, const exact::Vector& known, const std::vector<exact::Ball>& balls,
                      const std::vector<bool>& is_ball) {
    exact::Rational exact_sum;
    exact::Ball sum;
    bool any = false;
    for (std::size_t c = 0; c < weight.size(); ++c) {
        if (weight[c] == 0) continue;
        exact_sum += weight[c] * known[c];
        if (c < is_ball.size() && is_ball[c]) sum += exact::Ball(weight[c], start_bits) * balls[c], any = true;
    }
    return any ? exact::to_interval(sum + exact::Ball(exact_sum, start_bits)) : exact::to_interval(exact_sum);
}

/// The vectors of the symbols that may stand at position p: all, or the one marker.
std::vector<const exact::Vector*> options_at(const network::Transformer& t, std::int64_t p, std::int64_t n) {
    if (t.begin && p == 1) return {&t.begin_embedding};
    if (t.end && p == n) return {&t.end_embedding};
    std::vector<const exact::Vector*> options;
    for (const exact::Vector& e : t.embedding) options.push_back(&e);
    return options;
}

/// Embedding and position vector of every option at position p, in these coordinates.
Box start_box(const network::Transformer& t, std::int64_t p, std::int64_t n,
              const std::vector<exact::Vector>& coordinates) {
    std::vector<bool> is_ball(t.position.size());
    std::vector<exact::Ball> balls(t.position.size());
    exact::Vector place(t.dimension);
    if (t.position_table) place = network::position_vector(t, p, n);
    for (std::size_t c = 0; c < balls.size(); ++c) {
        is_ball[c] = t.position[c].is_transcendental();
        if (is_ball[c]) balls[c] = t.position[c].enclose({.i = p, .n = n}, start_bits);
        else place[c] = t.position[c].evaluate({.i = p, .n = n});
    }
    Box box;
    for (const exact::Vector* e : options_at(t, p, n)) {
        exact::Vector known = place;
        exact::add_to(known, *e);
        for (const exact::Vector& coordinate : coordinates)
            box.push_back(enclosed_sum(coordinate, known, balls, is_ball));
    }
    return box;
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

using Leaves = std::vector<std::size_t>;  // by index

/// Two parts, neither empty, cut in the middle of the widest coordinate.
std::pair<Leaves, Leaves> cut(const std::vector<PositionClass>& leaves, const Leaves& among) {
    const auto [coordinate, width] = widest(leaves, among);
    double lo = exact::infinity;
    for (const std::size_t k : among) lo = std::min(lo, leaves[k].start[coordinate].middle());
    Leaves low, high;
    for (const std::size_t k : among) (leaves[k].start[coordinate].middle() > lo + width / 2 ? high : low).push_back(k);
    if (high.empty()) {  // boxes whose difference is lost in doubles
        high.assign(low.begin() + static_cast<std::ptrdiff_t>(low.size() / 2), low.end());
        low.resize(low.size() / 2);
    }
    return {std::move(low), std::move(high)};
}

std::int32_t append(Network& net, PositionClass added) {
    net.classes.push_back(std::move(added));
    return static_cast<std::int32_t>(net.classes.size()) - 1;
}

/// The class of the members of both.
PositionClass united(const Network& net, std::int32_t left, std::int32_t right) {
    const PositionClass& a = net.classes[static_cast<std::size_t>(left)];
    const PositionClass& b = net.classes[static_cast<std::size_t>(right)];
    PositionClass both{{}, a.is_word, a.start, left, right};
    std::merge(a.members.begin(), a.members.end(), b.members.begin(), b.members.end(),
               std::back_inserter(both.members));
    for (std::size_t c = 0; c < both.start.size(); ++c) both.start[c] = hull(both.start[c], b.start[c]);
    return both;
}

/// Builds the tree over these leaves; the number of its root.
std::int32_t build(Network& net, std::vector<PositionClass>& leaves, const Leaves& among) {
    if (among.size() == 1) return append(net, std::move(leaves[among[0]]));
    const auto [low, high] = cut(leaves, among);
    const std::int32_t left = build(net, leaves, low), right = build(net, leaves, high);
    return append(net, united(net, left, right));
}

std::vector<double> ends_of(const Box& box) {
    std::vector<double> ends;
    for (const Interval& x : box) ends.push_back(x.lo), ends.push_back(x.hi);
    return ends;
}

/// Positions by their boxes: first those of markers, then those of the word, of which equal ones are one leaf.
struct Leafage {
    std::vector<PositionClass> markers, leaves;
};

bool stands_alone(const Network& net, std::int64_t p) { return net.by_position || p == net.readout; }

Leafage gather(const network::Transformer& t, const std::vector<exact::Vector>& coordinates, const Network& net) {
    Leafage result;
    std::map<std::vector<double>, std::size_t> known;
    for (std::int64_t p = 1; p <= net.n; ++p) {
        Box start = start_box(t, p, net.n, coordinates);
        if ((t.begin && p == 1) || (t.end && p == net.n)) {
            result.markers.push_back({{p}, false, std::move(start)});
            continue;
        }
        if (!stands_alone(net, p)) {
            const auto [place, is_new] = known.try_emplace(ends_of(start), result.leaves.size());
            if (!is_new) {
                result.leaves[place->second].members.push_back(p);
                continue;
            }
        }
        result.leaves.push_back({{p}, true, std::move(start)});
    }
    return result;
}

}  // namespace

void classify(const network::Transformer& t, const std::vector<exact::Vector>& coordinates, Network& net) {
    Leafage found = gather(t, coordinates, net);
    for (PositionClass& marker : found.markers) net.roots.push_back(append(net, std::move(marker)));
    Leaves among;
    for (std::size_t k = 0; k < found.leaves.size(); ++k) {
        if (stands_alone(net, found.leaves[k].members[0])) net.roots.push_back(append(net, found.leaves[k]));
        else among.push_back(k);
    }
    if (!among.empty()) net.roots.push_back(build(net, found.leaves, among));
}

}  // namespace attest::influence
