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
        AffineMap last;
        last.weight.columns = part.maps.back().inputs();
        for (const std::uint32_t c : wanted_) {
            const Vector functional = rows_[c];
            grow(last, c);
            if (part.maps.size() == 1) {
                AffineMap one;
                take(one, through(functional, part.maps[0]), constant(functional, part.maps[0]), before);
                last.weight.rows[c] = one.weight.rows[0];
                last.bias[c] = one.bias[0];
                continue;
            }
            const Vector inner = through(functional, part.maps.back());
            for (std::uint32_t k = 0; k < inner.size(); ++k)
                if (inner[k] != 0) last.weight.rows[c].emplace_back(k, inner[k]);
            last.bias[c] = constant(functional, part.maps.back());
        }
        if (part.maps.size() > 1) {
            AffineMap first;
            for (std::size_t r = 0; r < part.maps[0].outputs(); ++r)
                take(first, row_of(part.maps[0], r), part.maps[0].bias.empty() ? Rational() : part.maps[0].bias[r],
                     before);
            to.maps.front() = std::move(first);
        }
        to.maps.back() = std::move(last);
        wanted_ = std::move(before);
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
            for (const auto& [map, target] : {std::pair{&head.query, &h.query}, {&head.key, &h.key}}) {
                if (!*map) continue;
                target->emplace();
                for (std::size_t r = 0; r < (*map)->outputs(); ++r)
                    take(**target, row_of(**map, r), (*map)->bias.empty() ? Rational() : (*map)->bias[r], before);
            }
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
