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

/// Puts in what version 2 has.
class Second {
  public:
    Second(base::Random& random, network::Transformer t) : random_(random), t_(std::move(t)) {}

    network::Transformer make(std::int64_t longest, bool pools) {
        const bool soft = t_.kind() == network::AttentionKind::softmax;
        if (some()) table(longest);
        if (random_.chance(1, 4)) t_.max_length = longest - 2;
        for (network::Layer& layer : t_.layers) {
            if (layer.attention) attention(*layer.attention, soft);
            if (layer.feedforward) feedforward(*layer.feedforward, soft);
            if (random_.chance(1, 4)) layer.repeat = expression({"2", "0", "mod(n,3)", "1+[n>3]"}, "n");
        }
        if (soft && some()) t_.embedding_norm = norm();
        if (soft && some()) t_.final_norm = norm();
        readout(pools);
        if (soft && t_.kind() != network::AttentionKind::softmax)
            t_.final_norm = norm();  // as expressions may be transcendental
        return std::move(t_);
    }

  private:
    bool some() { return random_.chance(1, 3); }
    exact::Rational number() {
        exact::Rational r(static_cast<long>(random_.below(9)) - 4, 1 + static_cast<long>(random_.below(3)));
        r.canonicalize();
        return r;
    }
    exact::Vector vector(std::size_t size) {
        exact::Vector v;
        for (std::size_t c = 0; c < size; ++c) v.push_back(number());
        return v;
    }
    exact::AffineMap map(std::size_t outputs) {
        exact::AffineMap m{{t_.dimension, std::vector<std::vector<exact::Matrix::Entry>>(outputs)}, vector(outputs)};
        for (auto& row : m.weight.rows)
            for (std::uint32_t c = 0; c < t_.dimension; ++c)
                if (const exact::Rational x = number(); x != 0) row.emplace_back(c, x);
        return m;
    }
    exact::Expression expression(const std::vector<std::string>& texts, const char* allowed) {
        return exact::Expression::parse(texts[random_.below(texts.size())], allowed, false, "random");
    }
    network::Norm norm() {
        network::Norm n;
        n.kind = random_.chance(1, 2) ? network::Norm::Kind::rms : network::Norm::Kind::layer;
        n.eps = exact::Rational(1, 3);
        n.gain = vector(t_.dimension);
        n.bias = vector(t_.dimension);
        return n;
    }
    void table(std::int64_t longest) {
        t_.position.clear();
        t_.position_table.emplace().first = 1 - static_cast<std::int64_t>(random_.below(3));
        for (std::int64_t p = t_.position_table->first; p <= longest; ++p)
            t_.position_table->rows.push_back(vector(t_.dimension));
    }
    void attention(network::Attention& a, bool soft) {
        for (network::Head& head : a.heads) {
            if (some()) head.tie = random_.chance(1, 2) ? network::Tie::left : network::Tie::right;
            if (some()) head.mask = static_cast<network::Mask>(random_.below(5));
        }
        if (a.norm && some()) a.norm->kind = network::Norm::Kind::rms;
        if (soft && some()) rotary(a);
        if (soft && random_.chance(1, 5)) a.kind = network::AttentionKind::sparsemax;
    }
    void rotary(network::Attention& a) {
        network::Rotary& r = a.rotary.emplace();
        r.base = exact::Rational(10 + static_cast<long>(random_.below(90)), 7);
        r.base.canonicalize();
        r.dims = 2;
        for (const network::Head& head : a.heads)
            if (head.query && head.query_rows() < 2) return a.rotary.reset();
        if (random_.chance(1, 2)) r.pairing = network::Rotary::Pairing::interleaved;
        r.first = static_cast<long>(random_.below(5)) - 2;
        if (some()) r.factor = 2;
    }
    void feedforward(network::FeedForward& f, bool soft) {
        using Kind = exact::Activation::Kind;
        if (some()) f.activation = {Kind::leaky_relu, exact::Rational(1, 3)};
        if (soft && random_.chance(1, 2)) f.activation = {static_cast<Kind>(random_.below(5) + 2), {}};
        if (soft && f.maps.size() == 2 && some()) f.gate = map(f.maps[0].outputs());
        if (f.norm && some()) f.norm->kind = network::Norm::Kind::rms;
    }
    void readout(bool pools) {
        if (pools && some())
            t_.readout.reading =
                random_.chance(1, 2) ? network::Readout::Reading::mean : network::Readout::Reading::sum;
        if (random_.chance(1, 2)) {
            if (some()) t_.readout.bias_in_n = expression({"n/3 - 1", "2 - n", "mod(n,2)"}, "n");
            return;
        }
        network::Classes& classes = t_.readout.classes.emplace();
        const std::size_t count = 2 + random_.below(3);
        classes.logits = map(count);
        for (std::size_t c = 0; c < count; ++c) classes.names.push_back("class " + std::to_string(c));
        classes.accept.assign(count, false);
        classes.accept[random_.below(count)] = true;
        classes.accept[random_.below(count - 1)] = true;
        t_.readout.weight.clear();
        if (classes.accept.back() && count == 2 && classes.accept[0]) classes.accept[0] = false;
    }

    base::Random& random_;
    network::Transformer t_;
};

}  // namespace

network::Transformer with_version_2(base::Random& random, network::Transformer transformer, std::int64_t longest,
                                    bool pools) {
    return Second(random, std::move(transformer)).make(longest, pools);
}

network::Transformer random_model(base::Random& random, const RandomModelOptions& options) {
    return Generator(random, options).make();
}

}  // namespace attest::tests
