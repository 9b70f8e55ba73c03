#include "checker/soft/maximum.hpp"

#include <algorithm>

#include "checker/kernel/defect.hpp"

// FORMAT.md, section 34: a model of one softmax head answers with the greatest symbol on all words of a cell. Tables of
// scores and logits are made once; a cell costs a few operations for each class.

namespace attest::checker {
namespace {

SoftMap linear_part(SoftMap map) {
    for (Interval& entry : map.bias) entry = Interval(entry.bits());
    return map;
}

Interval inner(const Intervals& a, const Intervals& b, mpfr_prec_t bits, Budget& budget) {
    Interval sum(bits);
    budget.step(a.size());
    for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
    return sum;
}

Intervals sum_of_vectors(Intervals a, const Intervals& b) {
    for (std::size_t k = 0; k < a.size(); ++k) a[k] += b[k];
    return a;
}

Interval least_of(const Intervals& all) {
    Interval least = all.front();
    for (const Interval& x : all) least = min(least, x);
    return least;
}

/// The sum of so many least, or greatest, of numbers, as a number below (above) which it is not.
Interval sum_of_least(const Intervals& all, std::size_t count, mpfr_prec_t bits) {
    Intervals ends;
    for (const Interval& x : all) ends.push_back(x.bottom());
    std::sort(ends.begin(), ends.end(), [](const Interval& a, const Interval& b) { return below(a, b); });
    Interval sum(bits);
    for (std::size_t k = 0; k < count; ++k) sum += ends[k];
    return sum.bottom();
}

Interval sum_of_greatest(const Intervals& all, std::size_t count, mpfr_prec_t bits) {
    Intervals ends;
    for (const Interval& x : all) ends.push_back(x.top());
    std::sort(ends.begin(), ends.end(), [](const Interval& a, const Interval& b) { return below(b, a); });
    Interval sum(bits);
    for (std::size_t k = 0; k < count; ++k) sum += ends[k];
    return sum.top();
}

mpz_class power_of(std::size_t base, std::size_t exponent) {
    mpz_class result;
    mpz_ui_pow_ui(result.get_mpz_t(), base, exponent);
    return result;
}

mpz_class choose(std::size_t n, std::size_t k) {
    mpz_class result;
    mpz_bin_uiui(result.get_mpz_t(), n, k);
    return result;
}

/// What symbols and positions add to the logits, whatever the last symbol is.
struct LogitTables {
    LogitTables(const SoftInstance& at, std::size_t symbols, Budget& budget) {
        const SoftHead& head = at.layers[0].heads[0];
        const SoftMap value = linear_part(head.value), out = linear_part(head.output), logits = linear_part(at.logits);
        for (std::size_t t = 0; t < symbols; ++t)
            of_symbol.push_back(logits(out(value(at.symbols[t], budget), budget), budget));
        for (std::size_t p = 0; p < at.n; ++p)
            of_position.push_back(logits(out(head.value(at.position[p], budget), budget), budget));
    }

    std::vector<Intervals> of_symbol, of_position;
};

/// The words whose last symbol is one, q.
class CellsOfLast {
  public:
    CellsOfLast(const SoftInstance& instance, const LogitTables& tables, std::size_t symbols, std::size_t last,
                Budget& budget)
        : at_(instance),
          of_symbol_(tables.of_symbol),
          of_position_(tables.of_position),
          head_(instance.layers[0].heads[0]),
          symbols_(symbols),
          q_(last),
          n_(instance.n),
          budget_(budget) {
        const Intervals x = sum_of_vectors(at_.symbols[q_], at_.position[n_ - 1]);
        const Intervals query = (*head_.query)(x, budget_);
        const SoftMap key = linear_part(*head_.key);
        for (std::size_t t = 0; t < symbols_; ++t)
            alpha_.push_back(head_.scale * inner(query, key(at_.symbols[t], budget_), at_.bits, budget_));
        for (std::size_t p = 0; p < n_; ++p) {
            Interval score = head_.scale * inner(query, (*head_.key)(at_.position[p], budget_), at_.bits, budget_);
            if (head_.biases) score += (*head_.biases)[(n_ - 1) * n_ + p];
            weights_.push_back(exp(score));
        }
        own_ = at_.logits(sum_of_vectors(x, head_.output.bias), budget_);
        earlier_.assign(weights_.begin(), weights_.end() - 1);
    }

    void go(MaximumCells& result) {
        for (std::size_t m = q_; m < symbols_; ++m) {
            begin_maximum(m);
            if (m == q_) cell(result, m, n_, std::nullopt, 1);
            for (std::size_t c = 1; c < n_; ++c) {
                const std::size_t copies = m == q_ ? c - 1 : c, others = n_ - 1 - copies;
                const mpz_class places = choose(n_ - 1, copies);
                for (std::size_t t = m == q_ ? 0 : q_; t < m; ++t) {
                    const bool is_own = m != q_ && t == q_;
                    const mpz_class fillings = power_of(t + 1, others) - (is_own ? mpz_class(0) : power_of(t, others));
                    if (fillings != 0) cell(result, m, c, t, places * fillings);
                }
            }
        }
    }

  private:
    /// What all cells with this maximum share: for each other class the parts of the bound, by the greatest other symbol.
    void begin_maximum(std::size_t m) {
        base_.assign(symbols_, Interval(at_.bits));
        of_maximum_ = base_;
        of_others_.assign(symbols_, Intervals());
        for (std::size_t y = 0; y < symbols_; ++y) {
            Intervals by_position;
            for (const Intervals& f : of_position_) by_position.push_back(f[m] - f[y]);
            base_[y] = own_[m] - own_[y] + least_of(by_position);
            of_maximum_[y] = of_symbol_[m][m] - of_symbol_[m][y];
            for (std::size_t t = 0; t < m; ++t) {
                const Interval next = of_symbol_[t][m] - of_symbol_[t][y];
                of_others_[y].push_back(t == 0 ? next : min(of_others_[y].back(), next));
            }
        }
    }

    /// The least share of attention of the positions with the maximum.
    Interval share(std::size_t m, std::size_t c, std::size_t t) const {
        const std::size_t copies = m == q_ ? c - 1 : c;
        Interval with = sum_of_least(earlier_, copies, at_.bits);
        if (m == q_) with += weights_.back();
        with = exp(alpha_[m]) * with;
        Interval greatest = alpha_[0];
        for (std::size_t s = 1; s <= t; ++s) greatest = max(greatest, alpha_[s]);
        Interval others = exp(greatest) * sum_of_greatest(earlier_, n_ - 1 - copies, at_.bits);
        if (m != q_) others += exp(alpha_[q_]) * weights_.back();
        return (with / (with + others)).bottom();
    }

    void cell(MaximumCells& result, std::size_t m, std::size_t c, std::optional<std::size_t> t,
              const mpz_class& words) {
        budget_.step(64 * (symbols_ + n_));
        ++result.cells;
        const Interval one(Rational(1), at_.bits);
        const Interval w = t ? share(m, c, *t) : one;
        for (std::size_t y = 0; y < symbols_; ++y) {
            if (y == m) continue;
            Interval gap = of_maximum_[y];
            if (t) gap = min(gap, w * of_maximum_[y] + (one - w) * of_others_[y][*t]);
            if (!(base_[y] + gap).is_positive()) return;
        }
        ++result.certified;
        result.right += words;
    }

    const SoftInstance& at_;
    const std::vector<Intervals>&of_symbol_, &of_position_;
    const SoftHead& head_;
    std::size_t symbols_, q_, n_;
    Budget& budget_;
    Intervals alpha_, weights_, earlier_, own_;
    Intervals base_, of_maximum_;
    std::vector<Intervals> of_others_;
};

[[noreturn]] void refuse_form(const std::string& where, const std::string& reason) {
    throw Defect("model.json: " + where, reason);
}

}  // namespace

void require_maximum_form(const Model& model) {
    if (model.begin || model.end) refuse_form("begin", "there is a begin or end symbol");
    if (model.embedding_norm || model.final_norm) refuse_form("norm", "there is a norm");
    if (model.readout.classes != model.alphabet) refuse_form("readout.classes", "they are not the alphabet");
    if (model.alphabet.size() < 2) refuse_form("alphabet", "there is one symbol");
    if (model.readout.where != Readout::Where::position || model.readout.position != -1)
        refuse_form("readout.position", "\"last\" was expected");
    if (model.layers.size() != 1) refuse_form("layers", "one layer was expected");
    const Layer& layer = model.layers[0];
    if (layer.repeat.literal() != Rational(1)) refuse_form("layers[0].repeat", "1 was expected");
    if (layer.feedforward) refuse_form("layers[0].feedforward", "there is a feed-forward part");
    if (!layer.attention) refuse_form("layers[0]", "an attention part was expected");
    const Attention& attention = *layer.attention;
    if (attention.kind != Kind::softmax || attention.rotary || attention.norm || !attention.residual)
        refuse_form("layers[0].attention", "softmax with residual was expected, without norm and rotary");
    if (attention.heads.size() != 1 || !attention.heads[0].query)
        refuse_form("layers[0].attention.heads", "one head with query and key was expected");
    const Mask mask = attention.heads[0].mask;
    if (mask != Mask::none && mask != Mask::causal)
        refuse_form("layers[0].attention.heads[0]", "the last position sees not all");
}

MaximumCells maximum_cells(const SoftInstance& instance, std::size_t symbols, Budget& budget) {
    budget.memory(128 * symbols, symbols + instance.n);
    MaximumCells result;
    const LogitTables tables(instance, symbols, budget);
    for (std::size_t q = 0; q < symbols; ++q) CellsOfLast(instance, tables, symbols, q, budget).go(result);
    return result;
}

}  // namespace attest::checker
