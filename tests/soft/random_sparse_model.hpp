#pragma once

#include <string>
#include <vector>

#include "attest/network/transformer.hpp"
#include "base/random.hpp"

namespace attest::tests {

/// Random softmax models of few entries, so that symbols and positions flow along few ways and the counts of
/// symbols often suffice: any mask, empty rows, biases in every map, norms, markers, position expressions.
class SparseModels {
  public:
    explicit SparseModels(base::Random& random) : random_(random) {}

    network::Transformer make() {
        network::Transformer t;
        t.name = "sparse";
        symbols_ = random_.chance(1, 4) ? 3 : 2;
        t.alphabet = language::Alphabet(symbols_ == 3 ? std::vector<std::string>{"a", "b", "c"}
                                                      : std::vector<std::string>{"0", "1"});
        d_ = t.dimension = 5 + random_.below(2);
        normed_ = random_.chance(1, 3);
        embed(t);
        t.readout.weight = row(d_, 2);
        const std::size_t layers = 1 + random_.below(3);
        for (std::size_t l = 0; l < layers; ++l) t.layers.push_back(layer(l + 1 == layers));
        if (!normed_ && random_.chance(1, 2)) lay_a_way(t);
        if (t.kind() != network::AttentionKind::softmax) return make();
        t.readout.position = t.end || !t.begin ? -1 : 1;
        if (random_.chance(1, 8)) t.readout.position = -t.readout.position;
        t.readout.bias = number();
        return t;
    }

  private:
    exact::Rational number() {
        const std::vector<exact::Rational> numbers = {1, -1, 2, -2, exact::Rational(1, 2), exact::Rational(-3, 2)};
        return numbers[random_.below(numbers.size())];
    }
    exact::Vector row(std::size_t size, std::uint64_t one_in) {
        exact::Vector v(size);
        for (exact::Rational& x : v)
            if (random_.chance(1, one_in)) x = number();
        return v;
    }
    exact::Expression pick(const std::vector<std::string>& texts, const char* allowed) {
        return exact::Expression::parse(texts[random_.below(texts.size())], allowed, true, "random");
    }

    /// In the first coordinates symbols differ, one-hot or anyhow; in the others all are one vector.
    void embed(network::Transformer& t) {
        const bool one_hot = random_.chance(normed_ ? 9 : 4, 10);
        differing_ = one_hot ? symbols_ : 1 + random_.below(2);
        const exact::Vector common = row(d_, 3);
        for (std::size_t s = 0; s < symbols_; ++s) {
            exact::Vector e = common;
            for (std::size_t c = 0; c < differing_; ++c)
                e[c] = one_hot ? exact::Rational(c == s ? 1 : 0) : exact::Rational(static_cast<long>(random_.below(3)));
            t.embedding.push_back(std::move(e));
        }
        if (random_.chance(1, 4)) t.begin = "^", t.begin_embedding = row(d_, 3);
        if (random_.chance(4, 5)) t.end = "$", t.end_embedding = row(d_, 3);
        if (random_.chance(1, 3))
            for (std::size_t c = 0; c < d_; ++c)
                t.position.push_back(random_.chance(c < differing_ ? 1 : 3, 8)
                                         ? pick({"1/n", "i/n", "[i = 1]", "[i > 2]", "sin(i)", "sqrt(n)", "1"}, "in")
                                         : pick({"0"}, "in"));
    }

    /// Three rows in five are empty, the others have one entry or two; `first`: rows before it are empty.
    exact::AffineMap map(std::size_t outputs, std::size_t inputs, std::size_t first = 0) {
        exact::AffineMap m{{inputs, std::vector<std::vector<exact::Matrix::Entry>>(outputs)}, {}};
        const bool biased = random_.chance(1, 3);
        if (biased) m.bias.assign(outputs, 0);
        for (std::size_t r = first; r < outputs; ++r) {
            if (outputs == 1 ? random_.chance(7, 8) : random_.chance(2, 5)) {
                const auto a = static_cast<std::uint32_t>(random_.below(inputs)),
                           b = static_cast<std::uint32_t>(random_.below(inputs));
                m.weight.rows[r].emplace_back(std::min(a, b), number());
                if (a != b && random_.chance(2, 3)) m.weight.rows[r].emplace_back(std::max(a, b), number());
            }
            if (biased && random_.chance(1, 2)) m.bias[r] = number();
        }
        return m;
    }
    /// Most maps that write to the residual stream leave alone what tells symbols apart.
    std::size_t first_written() { return random_.chance(normed_ ? 19 : 16, 20) ? differing_ : 0; }

    std::optional<network::Norm> norm() {
        if (!random_.chance(normed_ ? 6 : 1, 12)) return std::nullopt;
        network::Norm n;
        n.placement = random_.chance(1, 2) ? network::Norm::Placement::pre : network::Norm::Placement::post;
        n.eps = random_.chance(1, 8) ? exact::Rational(0) : exact::Rational(1, 10);
        n.gain.assign(d_, 1);
        n.bias.assign(d_, 0);
        for (std::size_t c = 0; c < d_; ++c) {
            if (random_.chance(1, c < differing_ ? 8 : 4)) n.gain[c] = number();
            if (random_.chance(1, c < differing_ ? 8 : 4)) n.bias[c] = number();
        }
        return n;
    }

    network::Head head() {
        network::Head h;
        const std::size_t values = 1 + random_.below(2);
        if (random_.chance(1, 3)) h.query = map(1, d_), h.key = map(1, d_);
        h.value = map(values, d_);
        if (random_.chance(1, 4)) h.value.weight.rows[0].clear(), h.value.bias.assign(values, 1);
        h.output = map(d_, values, first_written());
        if (random_.chance(1, 6))
            h.bias = pick({"-j", "i", "[j = i]", "log(j)", "-abs(i-j)", "1/n", "i*j/n", "sin(j)"}, "ijn");
        return h;
    }

    /// The last layer sees all positions more often than not.
    network::Layer layer(bool last) {
        network::Layer l;
        if (last || !random_.chance(1, 8)) {
            network::Attention a;
            a.kind = network::AttentionKind::softmax;
            if (!random_.chance(last ? 4 : 1, 5)) a.mask = static_cast<network::Mask>(random_.below(5));
            a.residual = !random_.chance(1, 8);
            if (random_.chance(1, 8)) a.scale = pick({"2", "log(n+1)", "1/sqrt(dk)"}, "nd");
            for (std::size_t h = 1 + random_.below(2); h > 0; --h) a.heads.push_back(head());
            a.norm = norm();
            l.attention = std::move(a);
        }
        if (random_.chance(last ? 1 : 3, 4)) {
            network::FeedForward f;
            const std::size_t width = 1 + random_.below(2);
            f.maps = {map(width, d_), map(d_, width, first_written())};
            f.residual = !random_.chance(1, 8);
            f.norm = norm();
            l.feedforward = std::move(f);
        }
        return l;
    }

    // What tells the place must not meet what tells the symbol, unless the sum over all positions hides
    // neither. So that this is tried often: something in the first layer writes to one coordinate, a hidden
    // unit reads it and the symbol, and the last layer adds up what comes of them, where it is read.
    void lay_a_way(network::Transformer& t) {
        const auto from = static_cast<std::uint32_t>(d_ - 2), to = static_cast<std::uint32_t>(d_ - 1);
        network::Layer first = layer(true);
        first.attention->mask = static_cast<network::Mask>(random_.below(5));
        first.attention->norm.reset();
        first.attention->residual = true;
        for (network::Head& h : first.attention->heads) {
            h.output.bias.assign(d_, 0);
            h.output.weight.rows[from].clear();
            if (random_.chance(1, 2)) h.output.bias[from] = number();
            if (random_.chance(1, 3)) h.output.weight.rows[from].emplace_back(0, number());
        }
        network::FeedForward meet;
        meet.maps = {
            {{d_, {{{static_cast<std::uint32_t>(random_.below(differing_)), number()}, {from, number()}}}}, {number()}},
            {{1, std::vector<std::vector<exact::Matrix::Entry>>(d_)}, {}}};
        meet.maps[1].weight.rows[to].emplace_back(0, number());
        first.feedforward = std::move(meet);
        network::Layer last = layer(true);
        last.attention->mask = network::Mask::none;
        network::Head sum;
        sum.value = {{d_, {{{to, number()}}}}, {}};
        sum.output = {{1, std::vector<std::vector<exact::Matrix::Entry>>(d_)}, {}};
        sum.output.weight.rows[to].emplace_back(0, number());
        last.attention->heads = {std::move(sum)};
        t.layers = {std::move(first), std::move(last)};
        t.readout.weight[to] = number();
    }

    base::Random& random_;
    std::size_t symbols_ = 2, d_ = 4, differing_ = 1;
    bool normed_ = false;  ///< has many norms, and mostly such that they need not see the symbol
};

}  // namespace attest::tests
