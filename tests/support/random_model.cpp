#include "random_model.hpp"

namespace attest::tests {

namespace {

class Generator {
  public:
    Generator(base::Random& random, const RandomModelOptions& options)
        : random_(random), options_(options), d_(options.dimension) {}

    network::Transformer make() {
        network::Transformer t;
        t.name = "random";
        std::vector<std::string> symbols;
        for (std::size_t s = 0; s < options_.symbols; ++s)
            symbols.push_back(std::string(1, static_cast<char>((options_.symbols == 2 ? '0' : 'a') + s)));
        t.alphabet = language::Alphabet(symbols);
        if (random_.chance(1, 2)) t.begin = "^";
        if (random_.chance(1, 2)) t.end = "$";
        t.dimension = d_;
        for (std::size_t s = 0; s < options_.symbols; ++s) t.embedding.push_back(vector());
        if (t.begin) t.begin_embedding = vector();
        if (t.end) t.end_embedding = vector();
        if (random_.chance(1, 2))
            for (std::size_t c = 0; c < d_; ++c)
                t.position.push_back(pick({"0", "i", "(-1)^i", "i/n", "mod(i,3)", "[i = 1]"}, "in"));
        for (std::size_t l = 0; l < options_.layers; ++l) t.layers.push_back(layer());
        t.readout.position = random_.chance(1, 2) ? -1 : 1;
        t.readout.weight = vector();
        t.readout.bias = number();
        return t;
    }

  private:
    exact::Rational number() {
        if (random_.chance(2, 5)) return 0;
        exact::Rational r(static_cast<long>(random_.below(7)) - 3, 1 + static_cast<long>(random_.below(3)));
        r.canonicalize();
        return r;
    }
    exact::Vector vector() {
        exact::Vector v;
        for (std::size_t c = 0; c < d_; ++c) v.push_back(number());
        return v;
    }
    exact::AffineMap map(std::size_t outputs, std::size_t inputs) {
        exact::AffineMap m{{inputs, {}}, {}};
        for (std::size_t r = 0; r < outputs; ++r) {
            auto& row = m.weight.rows.emplace_back();
            for (std::uint32_t c = 0; c < inputs; ++c)
                if (const exact::Rational x = number(); x != 0) row.emplace_back(c, x);
        }
        if (random_.chance(1, 2))
            for (std::size_t r = 0; r < outputs; ++r) m.bias.push_back(number());
        return m;
    }
    exact::Expression pick(const std::vector<std::string>& texts, const std::string& allowed) {
        return exact::Expression::parse(texts[random_.below(texts.size())], allowed, false, "random");
    }
    network::Layer layer() {
        network::Layer l;
        if (!random_.chance(1, 8)) {
            network::Attention a;
            a.kind = options_.kind;
            a.tie = random_.chance(1, 2) ? network::Tie::left : network::Tie::right;
            a.mask = static_cast<network::Mask>(random_.below(5));
            a.residual = random_.chance(2, 3);
            if (random_.chance(1, 3)) a.scale = pick({"2", "1/3", "n", "dk + 1"}, "nd");
            const std::size_t heads = 1 + random_.below(options_.heads);
            for (std::size_t h = 0; h < heads; ++h) {
                network::Head head;
                const std::size_t dk = 1 + random_.below(2), dv = 1 + random_.below(2);
                if (random_.chance(3, 4)) {
                    head.query = map(dk, d_);
                    head.key = map(dk, d_);
                }
                head.value = map(dv, d_);
                head.output = map(d_, dv);
                if (random_.chance(1, 2))
                    head.bias =
                        pick({"0", "-abs(i-j)", "j/2", "-j", "[i = j]", "mod(i*j,3)", "[j = n+1-i]", "i - j"}, "ijn");
                a.heads.push_back(std::move(head));
            }
            l.attention = std::move(a);
        }
        if (random_.chance(1, 2)) {
            network::FeedForward f;
            const std::size_t width = 1 + random_.below(3);
            if (random_.chance(1, 4)) f.maps = {map(d_, d_)};
            else f.maps = {map(width, d_), map(d_, width)};
            f.residual = random_.chance(2, 3);
            l.feedforward = std::move(f);
        }
        return l;
    }

    base::Random& random_;
    const RandomModelOptions& options_;
    std::size_t d_;
};

}  // namespace

network::Transformer random_model(base::Random& random, const RandomModelOptions& options) {
    return Generator(random, options).make();
}

}  // namespace attest::tests
