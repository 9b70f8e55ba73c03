#include "checker/simulation/construction.hpp"

#include <algorithm>

#include "checker/kernel/defect.hpp"

// The network of FORMAT.md, section 28.3, written a second time from that text.

namespace attest::checker {
namespace {

/// A map that is given by its entries in any order.
class Entries {
  public:
    Entries(std::size_t rows, std::size_t columns, Budget& budget) : budget_(budget) {
        budget_.memory(96, rows);
        map_.weight.columns = columns;
        map_.weight.rows.resize(rows);
    }
    Entries& operator()(std::size_t row, std::size_t column, const Rational& value) {
        budget_.memory(64);
        map_.weight.rows[row].push_back({column, value});
        return *this;
    }
    Entries& bias(std::size_t row, long value) {
        map_.bias.resize(map_.weight.rows.size());
        map_.bias[row] = KeptRational(value, 1);
        return *this;
    }
    Affine done() {
        for (auto& row : map_.weight.rows)
            std::sort(row.begin(), row.end(), [](const auto& x, const auto& y) { return x.column < y.column; });
        return map_;
    }

  private:
    Affine map_;
    Budget& budget_;
};

ChainAttention one_head(std::optional<Affine> query, std::optional<Affine> key, Affine value) {
    ChainAttention part;
    part.negative_absolute = true;
    part.heads.push_back({std::move(query), std::move(key), std::move(value), std::nullopt});
    return part;
}

ChainLayer layer_1(const TuringMachine& m, const Blocks& at, Budget& budget) {
    ChainLayer layer;
    Entries query(2, at.d, budget), key(2, at.d, budget), value(at.d, at.d, budget);
    query(0, at.x8, 1)(1, at.x9, 1);
    key(0, at.x9, 1)(1, at.x8, -1);
    for (std::size_t k = 0; k < at.a; ++k) value(at.s3 + k, at.s3 + k, 1);
    value(at.x6, at.x9, 1);
    layer.cross = one_head(query.done(), key.done(), value.done());

    const std::size_t pairs = at.q * at.a;
    Entries hidden(pairs + 2, at.d, budget), written(at.d, pairs + 2, budget);
    for (std::size_t h = 0; h < pairs; ++h) {
        const Move& move = *m.moves[h];
        hidden(h, at.q1 + h / at.a, 1)(h, at.s1 + h % at.a, 1).bias(h, -1);
        written(at.q2 + move.state, h, 1)(at.s2 + move.symbol, h, 1)(at.x2, h, move.step);
    }
    hidden(pairs, at.x1, 1)(pairs + 1, at.x1, -1);
    written(at.x3, pairs, 1)(at.x3, pairs + 1, -1);
    layer.maps = {hidden.done(), written.done()};
    return layer;
}

ChainLayer layer_2(const Blocks& at, Budget& budget) {
    ChainLayer layer;
    Entries value(at.d, at.d, budget);
    value(at.x4, at.x2, 1)(at.x5, at.x3, 1);
    layer.self = one_head(std::nullopt, std::nullopt, value.done());
    return layer;
}

ChainLayer layer_3(const Blocks& at, const Rational& weight, Budget& budget) {
    ChainLayer layer;
    Entries query(3, at.d, budget), key(3, at.d, budget), value(at.d, at.d, budget);
    query(0, at.x4, 1)(1, at.x10, 1)(2, at.x11, weight);
    key(0, at.x10, 1)(1, at.x5, -1)(2, at.x11, 1);
    for (std::size_t k = 0; k < at.a; ++k) value(at.s4 + k, at.s2 + k, 1);
    value(at.x7, at.x9, 1)(at.x7, at.x8, -1);
    layer.self = one_head(query.done(), key.done(), value.done());
    return layer;
}

std::vector<Affine> output_maps(const Blocks& at, Budget& budget) {
    const std::size_t a1 = 0, a2 = 1, b1 = 2, b2 = 3, s3 = 4, s4 = s3 + at.a, q2 = s4 + at.a, up = q2 + at.q,
                      n = up + 2;
    Entries first(n, at.d, budget);
    for (const std::size_t r : {a1, a2}) first(r, at.x9, 1)(r, at.x6, -1);
    for (const std::size_t r : {b1, b2}) first(r, at.x9, 1)(r, at.x8, -1)(r, at.x7, -1);
    first.bias(a2, -1).bias(b2, -1);
    for (std::size_t k = 0; k < at.a; ++k) first(s3 + k, at.s3 + k, 1)(s4 + k, at.s4 + k, 1);
    for (std::size_t k = 0; k < at.q; ++k) first(q2 + k, at.q2 + k, 1);
    first(up, at.x2, 1)(up + 1, at.x2, -1);

    const std::size_t c = 0, e = at.a, g = e + 1, q = g + at.a, step = q + at.q, m = step + 2;
    Entries second(m, n, budget);
    for (std::size_t k = 0; k < at.a; ++k) {
        second(c + k, s3 + k, 1)(c + k, a1, -1)(c + k, a2, 1);
        second(g + k, s4 + k, 1)(g + k, b1, 1)(g + k, b2, -1)(g + k, a1, 1)(g + k, a2, -1).bias(g + k, -2);
    }
    second(e, b1, -1)(e, b2, 1)(e, a1, 1)(e, a2, -1);
    for (std::size_t k = 0; k < at.q; ++k) second(q + k, q2 + k, 1);
    second(step, up, 1)(step + 1, up + 1, 1);

    Entries third(at.d, m, budget);
    for (std::size_t k = 0; k < at.q; ++k) third(at.q1 + k, q + k, 1);
    for (std::size_t k = 0; k < at.a; ++k) third(at.s1 + k, c + k, 1)(at.s1 + k, g + k, 1);
    third(at.s1, e, 1)(at.x1, step, 1)(at.x1, step + 1, -1);
    return {first.done(), second.done(), third.done()};
}

}  // namespace

Blocks::Blocks(const TuringMachine& normal) : q(normal.states.size()), a(normal.tape.size()) {
    std::size_t next = 0;
    const auto block = [&](std::size_t width) {
        const std::size_t first = next;
        next += width;
        return first;
    };
    q1 = block(q), s1 = block(a), x1 = block(1);
    q2 = block(q), s2 = block(a), x2 = block(1), x3 = block(1), x4 = block(1), x5 = block(1);
    s3 = block(a), x6 = block(1), s4 = block(a), x7 = block(1);
    x8 = block(1), x9 = block(1), x10 = block(1), x11 = block(1), d = next;
}

Vector output_of(const Moment& moment, const Blocks& at, std::size_t dimension) {
    Vector y(dimension);
    y[at.q1 + moment.state] = 1;
    y[at.s1 + moment.symbol] = 1;
    y[at.x1] = moment.step_before;
    return y;
}

Rational last_visit_weight(const Chain& chain, const Blocks& at) {
    const std::string place = "network.json: decoder.layers[2].self";
    if (chain.dimension != at.d) throw Defect("network.json: dimension", std::to_string(at.d) + " was expected");
    if (chain.layers.size() != 3 || !chain.layers[2].self) throw Defect(place, "the part is missing");
    const std::vector<ChainHead>& heads = chain.layers[2].self->heads;
    if (heads.size() != 1 || !heads[0].query || heads[0].query->outputs() != 3)
        throw Defect(place, "one head with queries of three numbers was expected");
    for (const Matrix::Entry& entry : heads[0].query->weight.rows[2])
        if (entry.column == at.x11) return entry.value.rational();
    return 0;
}

Chain construct(const TuringMachine& normal, const Rational& weight, Budget& budget) {
    const Blocks at(normal);
    budget.memory(at.d, 64 * (at.a + 8));
    Chain chain;
    chain.alphabet = normal.alphabet;
    chain.blank = normal.tape[0];
    chain.dimension = at.d;
    const auto embed = [&](const std::string& symbol) {
        Vector x(at.d);
        x[at.s3 + static_cast<std::size_t>(std::find(normal.tape.begin(), normal.tape.end(), symbol) -
                                           normal.tape.begin())] = 1;
        chain.embedding.push_back(std::move(x));
    };
    for (const Symbol& symbol : normal.alphabet) embed(symbol);
    embed(normal.tape[0]);
    chain.encoder_texts.assign(at.d, "0");
    chain.encoder_texts[at.x8] = "1", chain.encoder_texts[at.x9] = "i";
    chain.encoder_texts[at.x10] = "1/i", chain.encoder_texts[at.x11] = "1/i^2";
    chain.decoder_texts = chain.encoder_texts;
    chain.start = output_of({0, 0, 0}, at, at.d);
    chain.layers = {layer_1(normal, at, budget), layer_2(at, budget), layer_3(at, weight, budget)};
    chain.output = output_maps(at, budget);
    chain.accept_weight = Vector(at.d);
    for (std::size_t k = 0; k < at.q; ++k) chain.accept_weight[at.q1 + k] = normal.accepting[k] ? 1 : 0;
    chain.accept_bias = Rational(-1, 2);
    return chain;
}

}  // namespace attest::checker
