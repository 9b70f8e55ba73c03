#include "programs/machines/perez.hpp"

#include <algorithm>

// Pérez, Barceló and Marinković: a machine in normal form as an encoder–decoder with hard attention. FORMAT.md, section 28.3,
// has all weights, and 28.6 why it is right; perez.v beside this file is the same proof for Coq.
//
// A vector has the blocks q1 s1 x1 | q2 s2 x2 x3 x4 x5 | s3 x6 s4 x7 | x8 x9 x10 x11: the configuration that was written; what
// the machine does there; what attention finds; and the position (1, i, 1/i, 1/i²). The first layer looks up the next symbol
// of the word and applies the machine's table. The second averages all steps so far, which gives the head's cell over the
// time. The third asks, with these, for the last time that the head was in the cell where it is next: of that time it
// takes what was written. The output map chooses between the word, a cell that is new, and what was written.

namespace attest::machines {

namespace {

using exact::AffineMap;
using exact::Rational;

/// Where the blocks of a vector are.
struct Layout {
    explicit Layout(const NormalForm& machine) : states(machine.states.size()), symbols(machine.symbols.size()) {}

    std::size_t states, symbols;
    std::size_t q1 = 0, s1 = states, x1 = s1 + symbols;
    std::size_t q2 = x1 + 1, s2 = q2 + states, x2 = s2 + symbols, x3 = x2 + 1, x4 = x3 + 1, x5 = x4 + 1;
    std::size_t s3 = x5 + 1, x6 = s3 + symbols, s4 = x6 + 1, x7 = s4 + symbols;
    std::size_t x8 = x7 + 1, x9 = x8 + 1, x10 = x9 + 1, x11 = x10 + 1, dimension = x11 + 1;
};

/// A map whose entries are added one by one.
class Weights {
  public:
    Weights(std::size_t rows, std::size_t columns) {
        map_.weight.columns = columns;
        map_.weight.rows.resize(rows);
    }

    void set(std::size_t row, std::size_t column, const Rational& value) {
        map_.weight.rows[row].emplace_back(static_cast<std::uint32_t>(column), value);
    }
    void bias(std::size_t row, const Rational& value) {
        map_.bias.resize(map_.weight.rows.size());
        map_.bias[row] = value;
    }

    AffineMap finish() {
        for (auto& row : map_.weight.rows)
            std::sort(row.begin(), row.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        return std::move(map_);
    }

  private:
    AffineMap map_;
};

network::ChainAttention absolute(network::ChainHead head) {
    network::ChainAttention part;
    part.negative_absolute = true;
    part.heads.push_back(std::move(head));
    return part;
}

/// The symbol and the number of the word's position that is nearest to the next time.
network::ChainAttention lookup(const Layout& at) {
    const std::size_t d = at.dimension;
    Weights query(2, d), key(2, d), value(d, d);
    query.set(0, at.x8, 1);
    query.set(1, at.x9, 1);
    key.set(0, at.x9, 1);
    key.set(1, at.x8, -1);
    for (std::size_t a = 0; a < at.symbols; ++a) value.set(at.s3 + a, at.s3 + a, 1);
    value.set(at.x6, at.x9, 1);
    return absolute({query.finish(), key.finish(), value.finish(), {}});
}

/// The machine's table: a unit for each pair of state and symbol, and the step before through two more.
std::vector<AffineMap> table(const NormalForm& machine, const Layout& at) {
    const std::size_t pairs = at.states * at.symbols;
    Weights in(pairs + 2, at.dimension), out(at.dimension, pairs + 2);
    for (std::size_t q = 0; q < at.states; ++q)
        for (std::size_t a = 0; a < at.symbols; ++a) {
            const std::size_t unit = q * at.symbols + a;
            const Move& move = machine.move(q, a);
            in.set(unit, at.q1 + q, 1);
            in.set(unit, at.s1 + a, 1);
            in.bias(unit, -1);
            out.set(at.q2 + move.state, unit, 1);
            out.set(at.s2 + move.symbol, unit, 1);
            out.set(at.x2, unit, move.step);
        }
    for (const int sign : {1, -1}) {
        const std::size_t unit = sign > 0 ? pairs : pairs + 1;
        in.set(unit, at.x1, sign);
        out.set(at.x3, unit, sign);
    }
    return {in.finish(), out.finish()};
}

/// The means of all steps, and of all steps before.
network::ChainAttention mean_of_steps(const Layout& at) {
    Weights value(at.dimension, at.dimension);
    value.set(at.x4, at.x2, 1);
    value.set(at.x5, at.x3, 1);
    return absolute({{}, {}, value.finish(), {}});
}

/// The last time at which the head was in the cell where it is next, or else the last step.
network::ChainAttention last_visit(const Layout& at, const Rational& weight) {
    const std::size_t d = at.dimension;
    Weights query(3, d), key(3, d), value(d, d);
    query.set(0, at.x4, 1);
    query.set(1, at.x10, 1);
    query.set(2, at.x11, weight);
    key.set(0, at.x10, 1);
    key.set(1, at.x5, -1);
    key.set(2, at.x11, 1);
    for (std::size_t a = 0; a < at.symbols; ++a) value.set(at.s4 + a, at.s2 + a, 1);
    value.set(at.x7, at.x9, 1);
    value.set(at.x7, at.x8, -1);
    return absolute({query.finish(), key.finish(), value.finish(), {}});
}

/// Rows of the first and second map of the output, in their order.
struct OutputRows {
    explicit OutputRows(const Layout& at) : states(at.states), symbols(at.symbols) {}
    std::size_t states, symbols;
    // After the first map: A1, A2, B1, B2, then copies.
    std::size_t s3 = 4, s4 = s3 + symbols, q2 = s4 + symbols, x2 = q2 + states, first = x2 + 2;
    // After the second: C, E, G, then copies.
    std::size_t c = 0, e = symbols, g = e + 1, q = g + symbols, x = q + states, second = x + 2;
};

AffineMap output_flags(const Layout& at, const OutputRows& row) {
    Weights map(row.first, at.dimension);
    for (std::size_t k = 0; k < 2; ++k) {
        map.set(k, at.x9, 1);
        map.set(k, at.x6, -1);
        map.set(2 + k, at.x9, 1);
        map.set(2 + k, at.x8, -1);
        map.set(2 + k, at.x7, -1);
        map.bias(1 + 2 * k, -1);
    }
    for (std::size_t a = 0; a < at.symbols; ++a) {
        map.set(row.s3 + a, at.s3 + a, 1);
        map.set(row.s4 + a, at.s4 + a, 1);
    }
    for (std::size_t q = 0; q < at.states; ++q) map.set(row.q2 + q, at.q2 + q, 1);
    map.set(row.x2, at.x2, 1);
    map.set(row.x2 + 1, at.x2, -1);
    return map.finish();
}

AffineMap output_choice(const OutputRows& row) {
    constexpr std::size_t a1 = 0, a2 = 1, b1 = 2, b2 = 3;
    Weights map(row.second, row.first);
    for (std::size_t a = 0; a < row.symbols; ++a) {
        map.set(row.c + a, row.s3 + a, 1);
        map.set(row.c + a, a1, -1);
        map.set(row.c + a, a2, 1);
        map.set(row.g + a, row.s4 + a, 1);
        map.set(row.g + a, b1, 1);
        map.set(row.g + a, b2, -1);
        map.set(row.g + a, a1, 1);
        map.set(row.g + a, a2, -1);
        map.bias(row.g + a, -2);
    }
    map.set(row.e, b1, -1);
    map.set(row.e, b2, 1);
    map.set(row.e, a1, 1);
    map.set(row.e, a2, -1);
    for (std::size_t k = 0; k < row.states + 2; ++k) map.set(row.q + k, row.q2 + k, 1);
    return map.finish();
}

AffineMap output_sum(const Layout& at, const OutputRows& row) {
    Weights map(at.dimension, row.second);
    for (std::size_t q = 0; q < at.states; ++q) map.set(at.q1 + q, row.q + q, 1);
    for (std::size_t a = 0; a < at.symbols; ++a) {
        map.set(at.s1 + a, row.c + a, 1);
        map.set(at.s1 + a, row.g + a, 1);
    }
    map.set(at.s1, row.e, 1);
    map.set(at.x1, row.x, 1);
    map.set(at.x1, row.x + 1, -1);
    return map.finish();
}

std::vector<exact::Expression> positions(const Layout& at) {
    std::vector<exact::Expression> position(at.dimension);
    position[at.x8] = exact::Expression(Rational(1));
    const char* texts[] = {"i", "1/i", "1/i^2"};
    for (std::size_t k = 0; k < 3; ++k)
        position[at.x9 + k] = exact::Expression::parse(texts[k], "i", false, "position");
    return position;
}

exact::Vector one_hot(std::size_t dimension, std::size_t k) {
    exact::Vector x(dimension);
    x[k] = 1;
    return x;
}

}  // namespace

network::Seq2seq perez_network(const NormalForm& machine, const Rational& weight) {
    const Layout at(machine);
    const OutputRows rows(at);
    network::Seq2seq s;
    s.name = "perez-" + machine.name;
    s.cite = {"perez2021attention"};
    s.alphabet = machine.alphabet;
    s.blank = machine.symbols.front();
    s.dimension = at.dimension;
    for (const std::size_t a : machine.symbols_of(machine.alphabet))
        s.embedding.push_back(one_hot(at.dimension, at.s3 + a));
    s.embedding.push_back(one_hot(at.dimension, at.s3));
    s.encoder_position = s.decoder_position = positions(at);
    s.start = one_hot(at.dimension, at.q1);
    s.start[at.s1] = 1;
    s.layers = {{{}, lookup(at), table(machine, at)}, {mean_of_steps(at), {}, {}}, {last_visit(at, weight), {}, {}}};
    s.output = {output_flags(at, rows), output_choice(rows), output_sum(at, rows)};
    s.accept_weight = exact::Vector(at.dimension);
    for (std::size_t q = 0; q < at.states; ++q) s.accept_weight[at.q1 + q] = machine.accepting[q] ? 1 : 0;
    s.accept_bias = Rational(-1, 2);
    s.blocks = {at.q1, at.states, at.s1, at.symbols, at.x1};
    s.state_names = machine.states;
    s.symbol_names = machine.symbols;
    return s;
}

exact::Vector configuration(const network::Seq2seq& network, const NormalForm& machine, std::size_t state,
                            std::size_t symbol, int step_before) {
    const Layout at(machine);
    exact::Vector y(std::max(network.dimension, at.dimension));
    y[at.q1 + state] = 1;
    y[at.s1 + symbol] = 1;
    y[at.x1] = step_before;
    return y;
}

}  // namespace attest::machines
