// A network in the coordinates that its own maps take.
//
// Statement. Let F be a set of linear functionals of the residual stream that holds the readout's, and with each
// functional f that is wanted after a layer: f itself where the layer has a residual, and those that the layer's maps
// take for it, f·output·value of each head, its rows of query and key, the rows of the first map of the feed-forward
// part. Then the values of F before a layer determine those of wanted ones after it, by maps whose weights are products
// of the model's.
//
// Why. f(y + Σ_h O_h m_h + ...) = f(y) + Σ_h (f O_h) m_h + ..., where m_h is a mean of V_h x_j, so that (f O_h) m_h is
// the mean of the functional f O_h V_h. All is linear but weights and activations, and those read their functionals
// directly.
//
// What for. A box forgets how the coordinates of a vector belong together, and each map applied to one makes its image
// wider than it need be. Products of maps are formed exactly, beforehand, and boxes only where ReLU and attention come
// between. There are as many coordinates as functionals, more than the model has: so this is for the last attempt, and
// only while they are few.
//
// Source  ours; back-substitution of linear bounds [singh2019abstract] does it for one network on the way

#include "functionals.hpp"

#include <algorithm>
#include <map>

#include "attest/measure/influence/network.hpp"

namespace attest::influence {

namespace {

using exact::AffineMap;
using exact::Rational;
using exact::Vector;

/// The functional that first applies the map, less its constant.
Vector through(const Vector& functional, const AffineMap& map) {
    Vector result(map.inputs());
    for (std::size_t r = 0; r < map.outputs(); ++r)
        if (functional[r] != 0)
            for (const auto& [column, weight] : map.weight.rows[r]) result[column] += functional[r] * weight;
    return result;
}

Rational constant(const Vector& functional, const AffineMap& map) {
    return map.bias.empty() ? Rational() : exact::dot(functional, map.bias);
}

Vector row_of(const AffineMap& map, std::size_t r) {
    Vector unit(map.outputs());
    unit[r] = 1;
    return through(unit, map);
}

/// Backwards from the readout: which functionals are wanted, and each layer in terms of those before it.
class Backwards {
  public:
    Backwards(const network::Transformer& t, std::size_t most) : t_(t), most_(most), layers_(t.layers.size()) {}

    std::optional<Functionals> run() {
        const std::uint32_t readout = number(t_.readout.weight);
        wanted_ = {readout};
        for (std::size_t l = t_.layers.size(); l-- > 0;) {
            if (t_.layers[l].feedforward) feed(*t_.layers[l].feedforward, layers_[l].feedforward.emplace());
            if (t_.layers[l].attention) attend(*t_.layers[l].attention, layers_[l].attention.emplace());
            if (rows_.size() > most_) return std::nullopt;
        }
        Functionals result{std::move(rows_), std::move(layers_), Vector()};
        result.readout.resize(result.rows.size());
        result.readout[readout] = 1;
        for (network::Layer& layer : result.layers) widen(layer, result.rows.size());
        return result;
    }

  private:
    std::uint32_t number(const Vector& functional) {
        const auto [place, is_new] = known_.try_emplace(functional, static_cast<std::uint32_t>(rows_.size()));
        if (is_new) rows_.push_back(functional);
        return place->second;
    }
    static void add(std::vector<std::uint32_t>& to, std::uint32_t coordinate) {
        if (std::find(to.begin(), to.end(), coordinate) == to.end()) to.push_back(coordinate);
    }

    /// One more row, which takes the value of a functional of the vectors, and a constant.
    void take(AffineMap& map, const Vector& functional, const Rational& constant, std::vector<std::uint32_t>& before) {
        auto& row = map.weight.rows.emplace_back();
        map.bias.push_back(constant);
        if (std::all_of(functional.begin(), functional.end(), [](const Rational& x) { return x == 0; })) return;
        const std::uint32_t coordinate = number(functional);
        row.emplace_back(coordinate, Rational(1));
        add(before, coordinate);
    }

    void feed(const network::FeedForward& part, network::FeedForward& to) {
        to.residual = part.residual;
        to.activation = part.activation;
        std::vector<std::uint32_t> before;
        if (part.residual) before = wanted_;
        to.maps = part.maps;
        AffineMap last = part.maps.size() == 1 ? only_map(part.maps[0], before) : last_map(part.maps.back());
        if (part.maps.size() > 1) to.maps.front() = all_rows(part.maps.front(), before);
        to.maps.back() = std::move(last);
        wanted_ = std::move(before);
    }
    /// One map, from functionals to functionals.
    AffineMap only_map(const AffineMap& map, std::vector<std::uint32_t>& before) {
        AffineMap result;
        result.weight.columns = map.inputs();
        for (const std::uint32_t c : wanted_) {
            const Vector functional = rows_[c];
            AffineMap one;
            take(one, through(functional, map), constant(functional, map), before);
            grow(result, c);
            result.weight.rows[c] = one.weight.rows[0];
            result.bias[c] = one.bias[0];
        }
        return result;
    }
    /// The last of several maps, from units to functionals.
    AffineMap last_map(const AffineMap& map) const {
        AffineMap result;
        result.weight.columns = map.inputs();
        for (const std::uint32_t c : wanted_) {
            const Vector units = through(rows_[c], map);
            grow(result, c);
            for (std::uint32_t k = 0; k < units.size(); ++k)
                if (units[k] != 0) result.weight.rows[c].emplace_back(k, units[k]);
            result.bias[c] = constant(rows_[c], map);
        }
        return result;
    }
    /// A map whose rows become functionals, the first of several, or a query or key.
    AffineMap all_rows(const AffineMap& map, std::vector<std::uint32_t>& before) {
        AffineMap result;
        for (std::size_t r = 0; r < map.outputs(); ++r)
            take(result, row_of(map, r), map.bias.empty() ? Rational() : map.bias[r], before);
        return result;
    }

    void attend(const network::Attention& part, network::Attention& to) {
        to.kind = part.kind;
        to.mask = part.mask;
        to.scale = part.scale;
        to.residual = part.residual;
        std::vector<std::uint32_t> before;
        if (part.residual) before = wanted_;
        for (const network::Head& head : part.heads) {
            network::Head& h = to.heads.emplace_back();
            h.bias = head.bias;
            if (head.query) h.query = all_rows(*head.query, before);
            if (head.key) h.key = all_rows(*head.key, before);
            for (const std::uint32_t c : wanted_) {
                const Vector functional = rows_[c], inner = through(functional, head.output);
                grow(h.output, c);
                h.output.bias[c] = constant(functional, head.output);
                h.output.weight.rows[c].emplace_back(static_cast<std::uint32_t>(h.value.outputs()), Rational(1));
                take(h.value, through(inner, head.value), constant(inner, head.value), before);
            }
            h.output.weight.columns = h.value.outputs();
        }
        wanted_ = std::move(before);
    }

    static void grow(AffineMap& map, std::uint32_t row) {
        if (map.weight.rows.size() <= row) map.weight.rows.resize(row + 1), map.bias.resize(row + 1);
    }
    /// Every map takes or gives all functionals, now that their number is known.
    static void widen(network::Layer& layer, std::size_t count) {
        const auto takes = [&](AffineMap& map) { map.weight.columns = count; };
        const auto gives = [&](AffineMap& map) { map.weight.rows.resize(count), map.bias.resize(count); };
        if (layer.attention)
            for (network::Head& head : layer.attention->heads) {
                if (head.query) takes(*head.query), takes(*head.key);
                takes(head.value);
                gives(head.output);
            }
        if (layer.feedforward) {
            takes(layer.feedforward->maps.front());
            gives(layer.feedforward->maps.back());
        }
    }

    const network::Transformer& t_;
    const std::size_t most_;
    std::vector<network::Layer> layers_;
    std::vector<Vector> rows_;
    std::map<Vector, std::uint32_t> known_;
    std::vector<std::uint32_t> wanted_;  ///< coordinates that are read after the part in hand
};

}  // namespace

std::optional<Functionals> follow(const network::Transformer& transformer, std::size_t most) {
    const auto maps = [](const network::Layer& layer) {
        return !layer.feedforward || !layer.feedforward->maps.empty();
    };
    if (has_norm(transformer) || !std::all_of(transformer.layers.begin(), transformer.layers.end(), maps))
        return std::nullopt;
    return Backwards(transformer, most).run();
}

}  // namespace attest::influence
