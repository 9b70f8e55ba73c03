#include "stages.hpp"

#include <fmt/format.h>

#include <algorithm>

// A value v and what was copied, c, are told from the others by ReLU(v + c − 1), and v with nothing copied by ReLU(v − Σ c):
// coordinates are 0 or 1, of values one is 1, of copies at most one. The feed-forward part has no residual, so that the
// next layer finds the new value and no copies. A head scores 1 where it looks for a value, else 0; if nothing is there that
// it looks for, it copies from some position the default, which is 0 in all coordinates.

namespace attest::build {

namespace {

using exact::AffineMap;
using exact::Matrix;
using exact::Rational;

Matrix zeros(std::size_t rows, std::size_t columns) { return {columns, std::vector<std::vector<Matrix::Entry>>(rows)}; }

/// Hidden units that each turn on one coordinate.
class Units {
  public:
    explicit Units(std::size_t width) : width_(width), in_(zeros(0, width)), out_(zeros(width, 0)) {}

    /// Turns on `to` by ReLU(Σ entries + bias); entries in ascending order of coordinates.
    void add(std::vector<Matrix::Entry> entries, int bias, std::uint32_t to) {
        out_.rows[to].emplace_back(static_cast<std::uint32_t>(in_.rows.size()), 1);
        in_.rows.push_back(std::move(entries));
        bias_.emplace_back(bias);
    }

    network::FeedForward finish() {
        out_.columns = in_.rows.size();
        network::FeedForward part;
        part.maps = {AffineMap{std::move(in_), std::move(bias_)}, AffineMap{std::move(out_), {}}};
        part.residual = false;
        return part;
    }

  private:
    std::size_t width_;
    Matrix in_, out_;
    exact::Vector bias_;
};

class Assembly {
  public:
    explicit Assembly(const StagePlan& plan) : plan_(plan) {
        std::uint32_t values = plan.values, copied = 0;
        if (plan.modulus > 1)
            values = std::max(values, static_cast<std::uint32_t>(plan.alphabet.size() + plan.modulus));
        for (const Stage& stage : plan.stages) {
            values = std::max(values, stage.values);
            copied = std::max(copied, stage.copied);
        }
        first_copy_ = 1 + values;
        width_ = first_copy_ + copied;
    }

    network::Transformer run() {
        network::Transformer t;
        t.name = plan_.name;
        t.alphabet = plan_.alphabet;
        t.begin = begin_symbol();
        t.dimension = width_;
        t.begin_embedding = unit(0);
        for (language::Symbol a = 0; a < plan_.alphabet.size(); ++a)
            t.embedding.push_back(unit(plan_.modulus > 1 ? 1 + a : 1 + plan_.first[a][0]));
        if (plan_.modulus > 1) add_residues(t);
        for (const Stage& stage : plan_.stages) t.layers.push_back(layer(stage));
        t.readout.weight.assign(width_, Rational(0));
        t.readout.weight[0] = plan_.accepts_empty ? 1 : 0;
        for (std::size_t v = 0; v < plan_.accepts.size(); ++v) t.readout.weight[1 + v] = plan_.accepts[v] ? 1 : 0;
        t.readout.bias = 0;
        return t;
    }

  private:
    exact::Vector unit(std::size_t coordinate) const {
        exact::Vector v(width_, Rational(0));
        v[coordinate] = 1;
        return v;
    }

    std::string begin_symbol() const {
        for (const char* symbol : {"^", "$", "#", "@", "~", "_"})
            if (!plan_.alphabet.find(symbol)) return symbol;
        std::string symbol = "^";
        while (plan_.alphabet.find(symbol)) symbol += "^";
        return symbol;
    }

    /// The begin symbol is position 1, so i − 2 symbols come before position i.
    void add_residues(network::Transformer& t) const {
        const std::size_t letters = plan_.alphabet.size();
        t.position.assign(width_, exact::Expression());
        for (std::uint64_t r = 0; r < plan_.modulus; ++r)
            t.position[1 + letters + r] = exact::Expression::parse(fmt::format("[mod(i-2,{})={}]", plan_.modulus, r),
                                                                   "in", false, "the position of a built network");
        Units units(width_);
        units.add({{0, 1}}, 0, 0);
        for (std::uint32_t a = 0; a < letters; ++a)
            for (std::uint32_t r = 0; r < plan_.modulus; ++r)
                units.add({{1 + a, 1}, {static_cast<std::uint32_t>(1 + letters) + r, 1}}, -1, 1 + plan_.first[a][r]);
        t.layers.push_back({{}, units.finish(), {}});
    }

    network::Layer layer(const Stage& stage) const {
        network::Head head;
        head.query = AffineMap{zeros(1, width_), {Rational(1)}};
        head.key = AffineMap{zeros(1, width_), {}};
        head.value = AffineMap{zeros(stage.copied, width_), {}};
        head.output = AffineMap{zeros(width_, stage.copied), {}};
        for (std::uint32_t v = 0; v < stage.keys.size(); ++v) {
            if (stage.keys[v].is_sought) head.key->weight.rows[0].emplace_back(1 + v, 1);
            if (stage.keys[v].copies) head.value.weight.rows[*stage.keys[v].copies].emplace_back(1 + v, 1);
        }
        for (std::uint32_t c = 0; c < stage.copied; ++c) head.output.weight.rows[first_copy_ + c].emplace_back(c, 1);
        network::Attention attention;
        attention.tie = plan_.tie;
        attention.mask = network::Mask::strict;
        attention.heads.push_back(std::move(head));
        Units units(width_);
        units.add({{0, 1}}, 0, 0);
        for (const Stage::Move& move : stage.moves) add_move(units, stage, move);
        return {std::move(attention), units.finish(), {}};
    }

    void add_move(Units& units, const Stage& stage, const Stage::Move& move) const {
        std::vector<Matrix::Entry> entries{{1 + move.from, 1}};
        const auto copy = [&](std::uint32_t c) { return static_cast<std::uint32_t>(first_copy_ + c); };
        if (move.any) return units.add(std::move(entries), 0, 1 + move.to);
        if (move.copied) {
            entries.emplace_back(copy(*move.copied), 1);
            return units.add(std::move(entries), -1, 1 + move.to);
        }
        for (std::uint32_t c = 0; c < stage.copied; ++c) entries.emplace_back(copy(c), -1);
        units.add(std::move(entries), 0, 1 + move.to);
    }

    const StagePlan& plan_;
    std::size_t width_ = 0, first_copy_ = 0;
};

}  // namespace

network::Transformer assemble(const StagePlan& plan) { return Assembly(plan).run(); }

}  // namespace attest::build
