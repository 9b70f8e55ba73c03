#include "constructions.hpp"
#include "heads.hpp"

// The networks of [chiang2022overcoming] with layer norm after each residual sum. The state is doubled to (v, −v), so
// that its mean is 0 and a norm only scales it; every map writes the negated copy too, and no map has a bias, so that
// what they compute is the same up to positive factors. The last feed-forward part wipes out all but the output and its
// negation: with eps = 0 the last norm then makes it ±sqrt(half the width), however small it was. Their eps is 1e-5.

namespace attest::programs::constructions {

namespace {

class Doubled {
  public:
    Doubled(Coordinate half, const std::string& begin, const std::string& end)
        : half_(half), transformer_(blank({"0", "1"}, 2 * half, begin, end)) {}

    std::size_t width() const { return 2 * half_; }
    Coordinate negated(Coordinate c) const { return c + half_; }
    network::Transformer& transformer() { return transformer_; }

    void embed_symbol(const std::string& symbol, Coordinate c) {
        embed(transformer_, symbol, {{c, 1}, {negated(c), -1}});
    }
    void place_at(Coordinate c, const std::string& expression) {
        place(transformer_, c, expression);
        place(transformer_, negated(c), "-(" + expression + ")");
    }
    /// The head that also writes the negated copy of what it writes.
    Look both(Look look) const {
        const std::size_t rows = look.value.size();
        for (std::size_t r = 0; r < rows; ++r) {
            look.value.push_back(-look.value[r]);
            look.into.push_back(negated(look.into[r]));
        }
        return look;
    }
    std::vector<Unit> both_units(const std::vector<Unit>& units) const {
        std::vector<Unit> all = units;
        for (const Unit& unit : units) all.push_back({unit.inside, negated(unit.target), -unit.factor});
        return all;
    }
    /// Takes everything to 0 but one coordinate and its negation: v_c − relu(v_c) + relu(−v_c) = 0.
    network::FeedForward only(Coordinate kept) const {
        std::vector<Unit> units;
        for (Coordinate c = 0; c < half_; ++c) {
            if (c == kept) continue;
            const std::vector<Unit> cancel = both_units({{x(c), c, -1}, {x(negated(c)), c, 1}});
            units.insert(units.end(), cancel.begin(), cancel.end());
        }
        return add_units(width(), units);
    }
    void push(network::Attention attention, network::FeedForward feedforward) {
        attention.norm = feedforward.norm = norm();
        transformer_.layers.push_back({.attention = std::move(attention), .feedforward = std::move(feedforward)});
    }

  private:
    network::Norm norm() const {
        return {.placement = network::Norm::Placement::post,
                .eps = exact::Rational(1, 100000),
                .gain = exact::Vector(width(), 1),
                .bias = exact::Vector(width())};
    }

    Coordinate half_;
    network::Transformer transformer_;
};

}  // namespace

network::Transformer chiang_cholak_parity_norm() {
    enum : Coordinate { zero, one, cls, index, sign, ones, unit, hit, output, unused, half };
    Doubled d(half, "", end_marker);
    network::Transformer& t = d.transformer();
    d.embed_symbol("0", zero);
    d.embed_symbol("1", one);
    d.embed_symbol(end_marker, cls);
    d.place_at(index, "(i-1)/n");
    d.place_at(sign, "(-1)^(i-1)");
    const Look count{.value = {x(one), x(cls)}, .into = {ones, unit}};
    d.push(softmax(d.width(), network::Mask::none, {d.both(count)}),
           add_units(d.width(), d.both_units({{x(ones) - x(index) - x(unit), hit},
                                              {x(ones) - x(index), hit, -2},
                                              {x(ones) - x(index) + x(unit), hit}})));
    const Look even{.query = {x(cls)}, .key = {x(sign)}, .value = {-x(hit)}, .into = {output}};
    const Look odd{.query = {x(cls)}, .key = {-x(sign)}, .value = {x(hit)}, .into = {output}};
    // Two heads of the width 20: products are divided by sqrt(10).
    d.push(scaled(softmax(d.width(), network::Mask::none, {d.both(even), d.both(odd)}), "1/sqrt(10)"), d.only(output));
    accept_if_positive(t, x(output));
    return t;
}

network::Transformer chiang_cholak_first_norm() {
    enum : Coordinate { zero, one, cls, place_one, mark, output, half };
    Doubled d(half, begin_marker, "");
    network::Transformer& t = d.transformer();
    d.embed_symbol("0", zero);
    d.embed_symbol("1", one);
    d.embed_symbol(begin_marker, cls);
    d.place_at(place_one, "[i=2]");
    // An idle attention part still normalises. The unit is 1 where x1 + x3 − 1 was, but has no bias.
    d.push(softmax(d.width(), network::Mask::none, {}),
           add_units(d.width(), d.both_units({{x(place_one) - x(zero) - x(cls), mark}})));
    const Look ask{.query = {x(cls)},
                   .key = {x(place_one)},
                   .value = {x(mark) - exact::Rational(1, 2) * x(place_one)},
                   .into = {output}};
    d.push(scaled(softmax(d.width(), network::Mask::none, {d.both(ask)}), "1/sqrt(12)"), d.only(output));
    accept_if_positive(t, x(output), 1);
    return t;
}

}  // namespace attest::programs::constructions
