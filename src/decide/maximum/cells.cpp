#include <algorithm>

#include "attest/exact/affine.hpp"
#include "maximum.hpp"

// One last symbol after the other: then scores are a number for each symbol plus one for each position, and logits are
// sums of tables. FORMAT.md, section 34, has the inequality.

namespace attest::maximum {

namespace {

using exact::Ball;
using exact::BallVector;
using exact::Sign;
using BallMap = exact::Affine<Ball>;

BallVector plus(BallVector a, const BallVector& b) {
    for (std::size_t k = 0; k < a.size(); ++k) a[k] += b[k];
    return a;
}

BallVector without_bias(const BallMap& map, const BallVector& x) {
    BallVector y(map.outputs());
    map.apply_linear(x, y.data());
    return y;
}

Ball product(const BallVector& a, const BallVector& b) {
    Ball sum;
    for (std::size_t k = 0; k < a.size(); ++k) sum.add_product(a[k], b[k]);
    return sum;
}

struct AsBall {
    long bits;
    Ball operator()(const exact::Rational& number) const { return {number, bits}; }
};

/// Numbers of the model at one length and precision.
struct Numbers {
    Numbers(const network::Transformer& model, std::int64_t length, long bits)
        : head(model.layers[0].attention->heads[0]),
          query(*head.query, AsBall{bits}),
          key(*head.key, AsBall{bits}),
          value(head.value, AsBall{bits}),
          output(head.output, AsBall{bits}),
          logits(model.readout.classes->logits, AsBall{bits}),
          scale(network::enclose_scale(*model.layers[0].attention, head, length, bits)) {
        for (const exact::Vector& embedding : model.embedding) {
            BallVector& row = symbols.emplace_back();
            for (const exact::Rational& number : embedding) row.emplace_back(number, bits);
        }
        for (std::int64_t p = 1; p <= length; ++p) {
            positions.push_back(network::enclose_position(model, p, length, bits));
            biases.push_back(head.bias.enclose({length, p, length, 0}, bits));
        }
        for (const BallVector& symbol : symbols)
            of_symbol.push_back(without_bias(logits, without_bias(output, without_bias(value, symbol))));
        for (const BallVector& position : positions)
            of_position.push_back(without_bias(logits, without_bias(output, value.apply(position))));
    }

    const network::Head& head;
    BallMap query, key, value, output, logits;
    Ball scale;
    std::vector<BallVector> symbols, positions;
    BallVector biases;                               ///< of the last position's scores
    std::vector<BallVector> of_symbol, of_position;  ///< what they add to the logits
};

class LastSymbol {
  public:
    LastSymbol(const Numbers& numbers, std::size_t last)
        : q_(last), n_(numbers.positions.size()), of_symbol_(numbers.of_symbol), of_position_(numbers.of_position) {
        const BallVector x = plus(numbers.symbols[q_], numbers.positions.back());
        const BallVector query = numbers.query.apply(x);
        for (const BallVector& symbol : numbers.symbols)
            alpha_.push_back(numbers.scale * product(query, without_bias(numbers.key, symbol)));
        for (std::size_t p = 0; p < n_; ++p)
            weights_.push_back(
                exp(numbers.scale * product(query, numbers.key.apply(numbers.positions[p])) + numbers.biases[p]));
        BallVector bias(x.size());
        for (std::size_t r = 0; r < bias.size(); ++r) bias[r] = numbers.output.row(r).bias;
        own_ = numbers.logits.apply(plus(x, bias));
        // The order by middles is good enough: bounds are taken of the ends.
        earlier_.assign(weights_.begin(), weights_.end() - 1);
        for (const Ball& weight : earlier_) {
            lows_.push_back(weight.is_finite() ? weight.lower() : exact::Rational(0));
            highs_.push_back(weight.is_finite() ? weight.upper() : exact::Rational(0));
        }
        std::sort(lows_.begin(), lows_.end());
        std::sort(highs_.rbegin(), highs_.rend());
        finite_ = std::all_of(earlier_.begin(), earlier_.end(), [](const Ball& b) { return b.is_finite(); });
    }

    void count(Cells& cells) {
        for (std::size_t m = q_; m < alpha_.size(); ++m) {
            begin_maximum(m);
            if (m == q_) add(cells, m, 1, is_right(m, n_, std::nullopt, cells.bits));
            for (std::size_t c = 1; c < n_; ++c)
                for (std::size_t t = m == q_ ? 0 : q_; t < m; ++t) {
                    const mpz_class size = words(m, c, t);
                    if (size != 0) add(cells, m, size, is_right(m, c, t, cells.bits));
                }
        }
    }

  private:
    std::size_t copies(std::size_t m, std::size_t c) const { return m == q_ ? c - 1 : c; }

    static void add(Cells& cells, std::size_t, const mpz_class& size, bool right) {
        ++cells.cells;
        cells.words += size;
        if (!right) return;
        ++cells.certified;
        cells.right += size;
    }

    mpz_class words(std::size_t m, std::size_t c, std::size_t t) const {
        const std::size_t free = n_ - 1 - copies(m, c);
        mpz_class places, up_to, below;
        mpz_bin_uiui(places.get_mpz_t(), n_ - 1, copies(m, c));
        mpz_ui_pow_ui(up_to.get_mpz_t(), t + 1, free);
        if (m == q_ || t > q_) mpz_ui_pow_ui(below.get_mpz_t(), t, free);
        return places * (up_to - below);
    }

    void begin_maximum(std::size_t m) {
        const std::size_t classes = own_.size();
        base_.assign(classes, Ball());
        gain_.assign(classes, Ball());
        worst_.assign(classes, {});
        for (std::size_t y = 0; y < classes; ++y) {
            Ball least = of_position_[0][m] - of_position_[0][y];
            for (const BallVector& f : of_position_) least = min(least, f[m] - f[y]);
            base_[y] = own_[m] - own_[y] + least;
            gain_[y] = of_symbol_[m][m] - of_symbol_[m][y];
            for (std::size_t t = 0; t < m; ++t) {
                const Ball next = of_symbol_[t][m] - of_symbol_[t][y];
                worst_[y].push_back(t == 0 ? next : min(worst_[y].back(), next));
            }
        }
    }

    /// What the positions with the greatest symbol get of the attention at least.
    Ball share(std::size_t m, std::size_t c, std::size_t t, long bits) const {
        exact::Rational least = 0, greatest = 0;
        for (std::size_t k = 0; k < copies(m, c); ++k) least += lows_[k];
        for (std::size_t k = 0; k < n_ - 1 - copies(m, c); ++k) greatest += highs_[k];
        Ball with(least, bits), strongest = alpha_[0];
        if (m == q_) with += weights_.back();
        with *= exp(alpha_[m]);
        for (std::size_t s = 1; s <= t; ++s) strongest = max(strongest, alpha_[s]);
        Ball others = exp(strongest) * Ball(greatest, bits);
        if (m != q_) others += exp(alpha_[q_]) * weights_.back();
        const Ball share = with / (with + others);
        return share.is_finite() ? Ball(share.lower(), bits) : share;
    }

    bool is_right(std::size_t m, std::size_t c, std::optional<std::size_t> t, long bits) const {
        if (!finite_) return false;
        const Ball w = t ? share(m, c, *t, bits) : Ball(1);
        for (std::size_t y = 0; y < own_.size(); ++y) {
            if (y == m) continue;
            Ball gap = gain_[y];
            if (t) gap = min(gap, w * gain_[y] + (Ball(1) - w) * worst_[y][*t]);
            if ((base_[y] + gap).sign() != Sign::positive) return false;
        }
        return true;
    }

    std::size_t q_, n_;
    const std::vector<BallVector>&of_symbol_, &of_position_;
    BallVector alpha_, weights_, earlier_, own_;
    std::vector<exact::Rational> lows_, highs_;
    bool finite_ = true;
    BallVector base_, gain_;
    std::vector<BallVector> worst_;
};

}  // namespace

std::optional<std::string> unfit(const network::Transformer& model) {
    using network::AttentionKind;
    using network::Mask;
    if (model.begin || model.end) return "it has a begin or end symbol";
    if (model.embedding_norm || model.final_norm) return "it has a norm";
    if (!model.readout.classes || model.readout.classes->names != model.alphabet.symbols() || model.alphabet.size() < 2)
        return "its classes are not its symbols";
    if (model.readout.reading != network::Readout::Reading::one || model.readout.position != -1)
        return "it is not read at the last position";
    if (model.layers.size() != 1 || model.layers[0].repeat || model.layers[0].feedforward || !model.layers[0].attention)
        return "it is not one layer of attention alone";
    const network::Attention& attention = *model.layers[0].attention;
    if (attention.kind != AttentionKind::softmax || attention.rotary || attention.norm || !attention.residual)
        return "its attention is not softmax with a residual, without norm and rotary";
    if (attention.heads.size() != 1 || !attention.heads[0].query) return "it has not one head with query and key";
    const Mask mask = attention.mask_of(attention.heads[0]);
    if (mask != Mask::none && mask != Mask::causal) return "its last position does not see all";
    return std::nullopt;
}

Cells count_cells(const network::Transformer& model, std::int64_t length, long bits, const base::Limits& limits) {
    Cells cells;
    cells.bits = bits;
    const Numbers numbers(model, model.sequence_length(length), bits);
    for (std::size_t q = 0; q < model.alphabet.size(); ++q) {
        if ((cells.stopped = limits.exceeded())) return cells;
        LastSymbol(numbers, q).count(cells);
    }
    return cells;
}

}  // namespace attest::maximum
