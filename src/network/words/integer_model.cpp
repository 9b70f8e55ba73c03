#include "network/words/integer_model.hpp"

#include <algorithm>

namespace attest::network::words {

namespace {

using exact::AffineMap;
using exact::Rational;

constexpr std::size_t most_positions = 256, most_bits = 4096;

mpz_class common(const mpz_class& a, const mpz_class& b) {
    mpz_class result;
    mpz_lcm(result.get_mpz_t(), a.get_mpz_t(), b.get_mpz_t());
    return result;
}
mpz_class common(const mpz_class& a, const Rational& b) { return common(a, b.get_den()); }

/// Needs   a multiple of the number's denominator
mpz_class whole(const Rational& number, const mpz_class& denominator) {
    return number.get_num() * (denominator / number.get_den());
}

/// factor · map; `denominator` is that of its input, and becomes that of its output.
IntegerMap whole(const AffineMap& map, const Rational& factor, mpz_class& denominator) {
    const auto bias = [&](std::size_t r) -> Rational {
        return map.bias.empty() ? Rational() : Rational(factor * map.bias[r] * denominator);
    };
    mpz_class makes_whole = 1;
    for (std::size_t r = 0; r < map.outputs(); ++r) {
        for (const auto& entry : map.weight.rows[r]) makes_whole = common(makes_whole, Rational(factor * entry.second));
        makes_whole = common(makes_whole, bias(r));
    }
    IntegerMap result{map.inputs(), {}, {}};
    for (std::size_t r = 0; r < map.outputs(); ++r) {
        auto& row = result.rows.emplace_back();
        for (const auto& [column, value] : map.weight.rows[r])
            row.emplace_back(column, whole(Rational(factor * value), makes_whole));
        result.bias.push_back(whole(bias(r), makes_whole));
    }
    denominator *= makes_whole;
    return result;
}

void multiply(IntegerMap& map, const mpz_class& factor) {
    for (auto& row : map.rows)
        for (auto& entry : row) entry.second *= factor;
    for (mpz_class& bias : map.bias) bias *= factor;
}

double entries(const IntegerMap& map) {
    auto count = static_cast<double>(map.rows.size());
    for (const auto& row : map.rows) count += static_cast<double>(row.size());
    return count;
}

class Maker {
  public:
    Maker(const Transformer& transformer, std::int64_t length) : t_(transformer) {
        n_ = static_cast<std::size_t>(t_.sequence_length(length));
        m_.symbols = t_.alphabet.size();
        m_.letters = static_cast<std::size_t>(length);
        m_.positions = n_;
        m_.first = t_.begin ? 1 : 0;
        m_.dimension = t_.dimension;
    }

    std::optional<IntegerModel> make() {
        if (n_ > most_positions) return std::nullopt;
        find_needed();
        embed();
        for (std::size_t l = 0; l < t_.layers.size(); ++l) {
            const Layer& from = t_.layers[l];
            IntegerLayer& to = m_.layers.emplace_back();
            if (from.attention) attend(*from.attention, l, to);
            if (from.feedforward) feed_forward(*from.feedforward, to);
            if (mpz_sizeinbase(denominator_.get_mpz_t(), 2) > most_bits) return std::nullopt;
        }
        read_out();
        return std::move(m_);
    }

  private:
    std::int64_t n() const { return static_cast<std::int64_t>(n_); }

    void find_needed() {
        const std::size_t layers = t_.layers.size();
        m_.needed.assign(layers + 1, std::vector<bool>(n_, false));
        for (const std::int64_t p : t_.read_positions(n())) {
            m_.read.push_back(static_cast<std::size_t>(p - 1));
            m_.needed[layers][m_.read.back()] = true;
        }
        for (std::size_t l = layers; l-- > 0;) {
            m_.needed[l] = m_.needed[l + 1];
            const auto& attention = t_.layers[l].attention;
            if (!attention) continue;
            for (const Head& head : attention->heads)
                for (std::int64_t i = 1; i <= n(); ++i)
                    if (m_.needed[l + 1][static_cast<std::size_t>(i - 1)])
                        see(seen(attention->mask_of(head), i, n()), m_.needed[l]);
        }
    }
    static void see(const Span& span, std::vector<bool>& needed) {
        for (std::int64_t j = span.first; j <= span.last; ++j) needed[static_cast<std::size_t>(j - 1)] = true;
    }

    void embed() {
        std::vector<std::vector<exact::Vector>> points(n_);
        denominator_ = 1;
        for (std::size_t p = 0; p < n_; ++p) {
            const exact::Vector here = position_vector(t_, static_cast<std::int64_t>(p) + 1, n());
            const bool letter = p >= m_.first && p < m_.first + m_.letters;
            if (letter) points[p] = t_.embedding;
            else points[p] = {p < m_.first ? t_.begin_embedding : t_.end_embedding};
            for (exact::Vector& point : points[p]) {
                exact::add_to(point, here);
                for (const Rational& x : point) denominator_ = common(denominator_, x);
            }
        }
        for (const auto& position : points) {
            auto& to = m_.embedded.emplace_back();
            for (const exact::Vector& point : position) {
                auto& numerators = to.emplace_back();
                for (const Rational& x : point) numerators.push_back(whole(x, denominator_));
            }
        }
    }

    void attend(const Attention& attention, std::size_t layer, IntegerLayer& to) {
        to.attends = true;
        to.kind = attention.kind;
        std::vector<mpz_class> denominators;
        mpz_class all = attention.residual ? denominator_ : mpz_class(1);
        for (const Head& head : attention.heads) {
            to.heads.push_back(make_head(attention, head, layer, denominators.emplace_back(denominator_)));
            all = common(all, denominators.back());
        }
        for (std::size_t h = 0; h < to.heads.size(); ++h) multiply(to.heads[h].output, all / denominators[h]);
        to.kept = attention.residual ? mpz_class(all / denominator_) : mpz_class(0);
        denominator_ = all;
    }

    /// denominator   of what the head reads; becomes that of what it adds
    IntegerHead make_head(const Attention& attention, const Head& head, std::size_t layer, mpz_class& denominator) {
        IntegerHead to;
        to.tie = attention.tie_of(head);
        for (std::int64_t i = 1; i <= n(); ++i) to.seen.push_back(seen(attention.mask_of(head), i, n()));
        make_scores(attention, head, layer, to);
        if (!head.query && attention.kind != AttentionKind::sparsemax) choose(attention.kind, to);
        to.value = whole(head.value, 1, denominator);
        const mpz_class shares = shares_of(attention.kind, layer, to);
        for (std::size_t m = 0; m <= n_; ++m)
            to.share.push_back(m > 0 && shares % static_cast<unsigned long>(m) == 0
                                   ? mpz_class(shares / static_cast<unsigned long>(m))
                                   : mpz_class(0));
        denominator *= shares;
        if (attention.kind == AttentionKind::sparsemax) denominator *= to.unit;
        to.output = whole(head.output, 1, denominator);
        const auto count = static_cast<double>(n_);
        m_.numbers += count * (entries(to.value) + entries(to.output)) +
                      count * count * static_cast<double>(1 + head.query_rows() + head.value.outputs());
        return to;
    }

    void make_scores(const Attention& attention, const Head& head, std::size_t layer, IntegerHead& to) {
        const bool varies = !head.bias.is_constant(), sparse = attention.kind == AttentionKind::sparsemax;
        to.unit = 1;
        if (head.query) {
            // A factor of all scores changes no choice of the greatest.
            const Rational scale = varies || sparse ? scale_at(attention, head, n()) : Rational(1);
            mpz_class query = denominator_, key = denominator_;
            to.query = whole(*head.query, scale, query);
            to.key = whole(*head.key, 1, key);
            to.unit = query * key;
        }
        if (!varies) return;
        exact::Vector biases(n_ * n_);
        mpz_class makes_whole = 1;
        for (std::size_t i = 0; i < n_; ++i)
            for (std::int64_t j = to.seen[i].first; m_.needed[layer + 1][i] && j <= to.seen[i].last; ++j) {
                Rational& bias = biases[i * n_ + static_cast<std::size_t>(j - 1)];
                bias = to.unit * head.bias.evaluate({.i = static_cast<std::int64_t>(i) + 1, .j = j, .n = n()});
                makes_whole = common(makes_whole, bias);
            }
        for (const Rational& bias : biases) to.bias.push_back(whole(bias, makes_whole));
        if (to.query) multiply(*to.query, makes_whole);
        to.unit *= makes_whole;
    }

    /// Which positions a head takes that has no query.
    void choose(AttentionKind kind, IntegerHead& head) const {
        for (std::size_t i = 0; i < n_; ++i) {
            auto& chosen = head.fixed.emplace_back();
            const auto bias = [&](std::size_t j) { return head.bias.empty() ? mpz_class(0) : head.bias[i * n_ + j]; };
            for (std::int64_t p = head.seen[i].first; p <= head.seen[i].last; ++p) {
                const auto j = static_cast<std::size_t>(p - 1);
                if (!chosen.empty() && bias(j) < bias(chosen.front())) continue;
                if (!chosen.empty() && bias(j) > bias(chosen.front())) chosen.clear();
                chosen.push_back(j);
            }
            if (kind == AttentionKind::hard && chosen.size() > 1)
                chosen = {head.tie == Tie::left ? chosen.front() : chosen.back()};
        }
    }

    /// The least number that all possible numbers of chosen positions divide.
    mpz_class shares_of(AttentionKind kind, std::size_t layer, const IntegerHead& head) const {
        mpz_class shares = 1;
        if (kind == AttentionKind::hard) return shares;
        const auto divide = [&](std::size_t m) { shares = common(shares, mpz_class(static_cast<unsigned long>(m))); };
        for (std::size_t i = 0; i < n_; ++i) {
            if (!m_.needed[layer + 1][i] || head.seen[i].empty()) continue;
            if (!head.fixed.empty()) divide(head.fixed[i].size());
            else
                for (std::int64_t m = 1; m <= head.seen[i].last - head.seen[i].first + 1; ++m)
                    divide(static_cast<std::size_t>(m));
        }
        return shares;
    }

    void feed_forward(const FeedForward& part, IntegerLayer& to) {
        const Rational slope =
            part.activation.kind == exact::Activation::Kind::leaky_relu ? part.activation.slope : Rational(0);
        to.leaky = slope != 0;
        to.above = slope.get_den();
        to.below = slope.get_num();
        mpz_class denominator = denominator_;
        for (std::size_t k = 0; k < part.maps.size(); ++k) {
            if (k > 0) denominator *= to.above;
            to.maps.push_back(whole(part.maps[k], 1, denominator));
            m_.numbers += static_cast<double>(n_) * entries(to.maps.back());
        }
        const mpz_class all = part.residual ? common(denominator, denominator_) : denominator;
        multiply(to.maps.back(), all / denominator);
        to.kept_after = part.residual ? mpz_class(all / denominator_) : mpz_class(0);
        denominator_ = all;
    }

    void read_out() {
        const Readout& readout = t_.readout;
        AffineMap one;
        if (!readout.classes) {
            one.weight.columns = t_.dimension;
            auto& row = one.weight.rows.emplace_back();
            for (std::size_t c = 0; c < readout.weight.size(); ++c)
                if (readout.weight[c] != 0) row.emplace_back(static_cast<std::uint32_t>(c), readout.weight[c]);
            one.bias = {readout.bias};
        } else {
            m_.accept = readout.classes->accept;
        }
        if (readout.reading == Readout::Reading::mean) denominator_ *= static_cast<unsigned long>(n_);
        m_.logits = whole(readout.classes ? readout.classes->logits : one, 1, denominator_);
        m_.denominator = denominator_;
    }

    const Transformer& t_;
    std::size_t n_ = 0;
    IntegerModel m_;
    mpz_class denominator_;  // of the boundary so far
};

}  // namespace

std::optional<IntegerModel> integer_model(const Transformer& transformer, std::int64_t length) {
    return Maker(transformer, length).make();
}

}  // namespace attest::network::words
