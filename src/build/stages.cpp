#include "stages.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "units.hpp"
#include "unused_symbol.hpp"

// A value v and what was copied, c, are told from the others by ReLU(v + c − 1), and v with nothing copied by ReLU(v − Σ c):
// coordinates are 0 or 1, of values one is 1, of copies at most one. The feed-forward part has no residual, so that the
// next layer finds the new value and no copies. A head scores 1 where it looks for a value, else 0; if nothing is there that
// it looks for, it copies from some position the default, which is 0 in all coordinates. A value that looks for what differs from
// it has a row of query and key of its own.

namespace attest::build {

namespace {

using exact::AffineMap;
using exact::Matrix;
using exact::Rational;

Matrix zeros(std::size_t rows, std::size_t columns) { return {columns, std::vector<std::vector<Matrix::Entry>>(rows)}; }

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
        const bool looks_right = plan_.mask == network::Mask::future || plan_.mask == network::Mask::strict_future;
        (looks_right ? t.end : t.begin) = unused_symbol(plan_.alphabet);
        t.dimension = width_;
        (looks_right ? t.end_embedding : t.begin_embedding) = unit(0);
        for (language::Symbol a = 0; a < plan_.alphabet.size(); ++a)
            t.embedding.push_back(unit(plan_.modulus > 1 ? 1 + a : 1 + plan_.first[a][0]));
        if (plan_.modulus > 1) add_residues(t);
        for (const Stage& stage : plan_.stages) t.layers.push_back(layer(stage));
        exact::Vector answer(width_, Rational(0));
        answer[0] = plan_.accepts_empty ? 1 : 0;
        for (std::size_t v = 0; v < plan_.accepts.size(); ++v) answer[1 + v] = plan_.accepts[v] ? 1 : 0;
        t.readout.bias = 0;
        if (looks_right) {
            t.layers.push_back(copy_from_first(answer));
            t.readout.weight = unit(0);
        } else {
            t.readout.weight = std::move(answer);
        }
        return t;
    }

  private:
    exact::Vector unit(std::size_t coordinate) const {
        exact::Vector v(width_, Rational(0));
        v[coordinate] = 1;
        return v;
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

    /// The last position, which is read, finds out what the first one answers, and nothing else is left there.
    network::Layer copy_from_first(const exact::Vector& answer) const {
        network::Head head;
        head.value = AffineMap{zeros(1, width_), {}};
        head.output = AffineMap{zeros(width_, 1), {}};
        for (std::uint32_t c = 0; c < width_; ++c)
            if (answer[c] != 0) head.value.weight.rows[0].emplace_back(c, answer[c]);
        head.output.weight.rows[0].emplace_back(0, 1);
        network::Attention attention;
        attention.tie = network::Tie::left;
        attention.mask = network::Mask::none;
        attention.residual = false;
        attention.heads.push_back(std::move(head));
        return {std::move(attention), {}, {}};
    }

    /// What a head looks for: values, or what differs from the value at the position that asks.
    void add_scores(network::Head& head, const Stage& stage) const {
        if (stage.differing.empty()) {
            head.query = AffineMap{zeros(1, width_), {Rational(1)}};
            head.key = AffineMap{zeros(1, width_), {}};
            for (std::uint32_t v = 0; v < stage.keys.size(); ++v)
                if (stage.keys[v].is_sought) head.key->weight.rows[0].emplace_back(1 + v, 1);
            return;
        }
        head.query = AffineMap{zeros(stage.differing.size(), width_), {}};
        head.key = AffineMap{zeros(stage.differing.size(), width_), {}};
        for (std::size_t k = 0; k < stage.differing.size(); ++k) {
            head.query->weight.rows[k].emplace_back(1 + stage.differing[k], 1);
            for (std::uint32_t c = 0; c <= stage.keys.size(); ++c)
                if (c != 1 + stage.differing[k]) head.key->weight.rows[k].emplace_back(c, 1);
        }
    }

    network::Layer layer(const Stage& stage) const {
        network::Head head;
        add_scores(head, stage);
        head.value = AffineMap{zeros(stage.copied, width_), {}};
        head.output = AffineMap{zeros(width_, stage.copied), {}};
        for (std::uint32_t v = 0; v < stage.keys.size(); ++v)
            if (stage.keys[v].copies) head.value.weight.rows[*stage.keys[v].copies].emplace_back(1 + v, 1);
        for (std::uint32_t c = 0; c < stage.copied; ++c) head.output.weight.rows[first_copy_ + c].emplace_back(c, 1);
        network::Attention attention;
        attention.tie = plan_.tie;
        attention.mask = plan_.mask;
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
