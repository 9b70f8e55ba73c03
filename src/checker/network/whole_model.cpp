#include "checker/network/whole_model.hpp"

#include <algorithm>

// A rational model without a fraction. If all vectors of one place in the stack are numerators over a denominator D, a map
// W x + b gives numerators over D w, where w makes the entries of W and D b whole; a mean of m of them over D L, where L is a
// multiple of each m that may occur; and a sum is taken over a common multiple. Scores of one head are only compared, so
// they may be multiplied by what makes them whole, since that is positive. What decides is a comparison, or a sign.
//
// How great numbers get is known beforehand. Let B[c] be at least the size of coordinate c, at all positions and on all words:
// then row r of a map is at most Σ |W[r, c]| B[c] + |b[r]|, and so is each sum of some of its terms; a mean, over D L, is
// at most L B, and so on. `greatest` is the greatest of all these. Whoever computes in numbers that hold it need not look
// for overflow.

namespace attest::checker {
namespace {

using Numbers = std::vector<mpz_class>;

constexpr std::size_t most_positions = 256;
constexpr std::size_t most_denominator_bits = 4096;

mpz_class common(const mpz_class& a, const mpz_class& b) {
    mpz_class result;
    mpz_lcm(result.get_mpz_t(), a.get_mpz_t(), b.get_mpz_t());
    return result;
}

/// Vectors of numerators over one denominator, and how great they get.
struct Unit {
    mpz_class denominator{1};
    Numbers most;  ///< by coordinate
};

class WholeBuilder {
  public:
    WholeBuilder(const Instance& instance, Budget& budget) : x_(instance), model_(*instance.model), budget_(budget) {}

    std::optional<WholeModel> run() {
        if (x_.n > most_positions || !fits()) return std::nullopt;
        result_.symbols = model_.alphabet.size();
        result_.letters = x_.length;
        result_.positions = x_.n;
        result_.dimension = model_.dimension;
        result_.first = model_.begin ? 1 : 0;
        for (const std::size_t p : x_.readout) result_.read.push_back(p - 1);
        find_needed();
        Unit unit = embed();
        for (std::size_t l = 0; l < x_.stack.size(); ++l) {
            budget_.step(x_.n * x_.n, 16);
            WholeLayer& layer = result_.layers.emplace_back();
            if (x_.layer(l).attention) unit = attention(l, layer, unit);
            if (x_.layer(l).feedforward) unit = feedforward(*x_.layer(l).feedforward, layer, unit);
            if (mpz_sizeinbase(unit.denominator.get_mpz_t(), 2) > most_denominator_bits) return std::nullopt;
        }
        readout(unit);
        return std::move(result_);
    }

  private:
    bool fits() const {
        return std::all_of(model_.layers.begin(), model_.layers.end(), [](const Layer& layer) {
            return (!layer.attention || (layer.attention->added.empty() &&
                                         (layer.attention->heads.empty() || layer.attention->kind == Kind::hard ||
                                          layer.attention->kind == Kind::average))) &&
                   (!layer.feedforward || layer.feedforward->added.empty());
        });
    }

    /// Backward from the readout, by masks.
    void find_needed() {
        result_.needed.assign(x_.stack.size() + 1, std::vector<bool>(x_.n, false));
        for (const std::size_t p : result_.read) result_.needed.back()[p] = true;
        for (std::size_t l = x_.stack.size(); l-- > 0;) {
            result_.needed[l] = result_.needed[l + 1];
            if (!x_.layer(l).attention) continue;
            for (const Head& head : x_.layer(l).attention->heads)
                for (std::size_t p = 0; p < x_.n; ++p)
                    for (std::size_t j = 0; result_.needed[l + 1][p] && j < x_.n; ++j)
                        if (may_see(head.mask, p + 1, j + 1)) result_.needed[l][j] = true;
        }
    }

    /// A number that occurs is at most so great.
    const mpz_class& note(const mpz_class& size) {
        if (size > result_.greatest) result_.greatest = size;
        return size;
    }

    Unit embed() {
        std::vector<std::vector<Vector>> points(x_.n);
        Unit unit;
        for (std::size_t p = 0; p < x_.n; ++p) {
            const bool is_begin = model_.begin && p == 0, is_end = model_.end && p + 1 == x_.n;
            std::vector<Symbol> possible = model_.alphabet;
            if (is_begin) possible = {*model_.begin};
            else if (is_end) possible = {*model_.end};
            budget_.memory(possible.size() * model_.dimension, 64);
            for (const Symbol& symbol : possible) points[p].push_back(x_.embed(symbol, p + 1, budget_));
            for (const Vector& point : points[p])
                for (const Rational& entry : point) unit.denominator = common(unit.denominator, entry.get_den());
        }
        unit.most.resize(model_.dimension);
        for (const std::vector<Vector>& possible : points) {
            result_.embedded.emplace_back();
            for (const Vector& point : possible) {
                Numbers& numbers = result_.embedded.back().emplace_back();
                for (std::size_t c = 0; c < point.size(); ++c) {
                    numbers.push_back(point[c].get_num() * (unit.denominator / point[c].get_den()));
                    unit.most[c] = std::max(unit.most[c], mpz_class(note(abs(numbers.back()))));
                }
            }
        }
        return unit;
    }

    /// What makes a map whole whose input is over the denominator.
    static mpz_class factor_of(const Affine& map, const mpz_class& denominator) {
        mpz_class factor = 1;
        for (const auto& row : map.weight.rows)
            for (const Matrix::Entry& entry : row) factor = common(factor, entry.value.rational().get_den());
        for (const KeptRational& entry : map.bias)
            factor = common(factor, Rational(entry.rational() * denominator).get_den());
        return factor;
    }

    /// The map's result times `factor`, over the input's denominator; `unit` becomes that of the result.
    WholeMap whole(const Affine& map, const mpz_class& factor, Unit& unit) {
        WholeMap result;
        Numbers most;
        for (std::size_t r = 0; r < map.outputs(); ++r) {
            auto& terms = result.rows.emplace_back();
            budget_.memory(map.weight.rows[r].size() + 1, 64);
            for (const Matrix::Entry& entry : map.weight.rows[r])
                terms.push_back({entry.column, Rational(entry.value.rational() * factor).get_num()});
            result.shift.push_back(map.bias.empty()
                                       ? mpz_class(0)
                                       : Rational(map.bias[r].rational() * factor * unit.denominator).get_num());
            mpz_class size = abs(result.shift.back());
            for (const WholeMap::Term& term : terms) size += note(abs(term.factor)) * unit.most[term.column];
            most.push_back(note(size));
        }
        unit.denominator *= factor;
        unit.most = std::move(most);
        return result;
    }

    Unit attention(std::size_t l, WholeLayer& layer, const Unit& before) {
        const Attention& part = *x_.layer(l).attention;
        layer.attends = true;
        layer.hard = part.kind == Kind::hard;
        std::vector<Unit> found;  // of what each head finds
        mpz_class all = part.residual ? before.denominator : mpz_class(1);
        for (std::size_t h = 0; h < part.heads.size(); ++h) {
            WholeHead& head = layer.heads.emplace_back();
            look(l, h, head);
            if (part.heads[h].query) compare(l, h, before, head);
            choose_fixed(layer.hard, head);
            found.push_back(before);
            head.value = whole(part.heads[h].value, factor_of(part.heads[h].value, before.denominator), found[h]);
            average(layer.hard, l, head, found[h]);
            all = common(all, found[h].denominator * factor_of(part.heads[h].output, found[h].denominator));
        }
        Unit after{all, Numbers(model_.dimension)};
        layer.kept = part.residual ? mpz_class(all / before.denominator) : mpz_class(0);
        for (std::size_t c = 0; c < model_.dimension; ++c) after.most[c] = note(layer.kept) * before.most[c];
        for (std::size_t h = 0; h < part.heads.size(); ++h) {
            layer.heads[h].output = whole(part.heads[h].output, all / found[h].denominator, found[h]);
            for (std::size_t c = 0; c < model_.dimension; ++c) after.most[c] += found[h].most[c];
        }
        for (const mpz_class& size : after.most) note(size);
        return after;
    }

    /// What is seen, and biases as they are, which are compared among themselves where there is no query.
    void look(std::size_t l, std::size_t h, WholeHead& head) {
        const Head& from = x_.layer(l).attention->heads[h];
        head.tie = from.tie;
        for (std::size_t p = 0; p < x_.n; ++p) {
            auto& seen = head.seen.emplace_back();
            for (std::size_t j = 0; j < x_.n; ++j)
                if (may_see(from.mask, p + 1, j + 1)) seen.push_back(j);
        }
        set_biases(l, h, 1, head);
    }

    /// Biases times `factor` and what makes them whole, which is given.
    mpz_class set_biases(std::size_t l, std::size_t h, const mpz_class& factor, WholeHead& head) {
        const BiasTable& table = x_.heads_of(l)[h].bias;
        mpz_class whole = 1;
        if (table.is_constant()) return whole;
        budget_.memory(x_.n * x_.n, 64);
        for (std::size_t p = 0; p < x_.n; ++p)
            for (const std::size_t j : head.seen[p])
                whole = common(whole, Rational(table.at(p + 1, j + 1) * factor).get_den());
        head.bias.assign(x_.n * x_.n, 0);
        for (std::size_t p = 0; p < x_.n; ++p)
            for (const std::size_t j : head.seen[p]) {
                mpz_class& bias = head.bias[p * x_.n + j];
                bias = Rational(table.at(p + 1, j + 1) * factor * whole).get_num();
                note(abs(bias));
            }
        return whole;
    }

    /// Scores times what makes them whole: with q over D and k over E, scale s/t and biases that u makes whole times D E t, a
    /// score times D E t u is (s u q) k + bias.
    void compare(std::size_t l, std::size_t h, const Unit& before, WholeHead& head) {
        const Head& from = x_.layer(l).attention->heads[h];
        const Rational& scale = x_.heads_of(l)[h].scale;
        Unit query = before, key = before;
        head.key = whole(*from.key, factor_of(*from.key, before.denominator), key);
        const mpz_class factor = factor_of(*from.query, before.denominator);
        const mpz_class unit =
            set_biases(l, h, mpz_class(before.denominator * factor * key.denominator * scale.get_den()), head);
        head.query = whole(*from.query, mpz_class(factor * scale.get_num() * unit), query);
        mpz_class size;
        for (const mpz_class& bias : head.bias) size = std::max(size, mpz_class(abs(bias)));
        for (std::size_t r = 0; r < query.most.size(); ++r) size += query.most[r] * key.most[r];
        note(size);
    }

    void choose_fixed(bool hard, WholeHead& head) const {
        if (head.query) return;
        for (std::size_t p = 0; p < x_.n; ++p) {
            auto& chosen = head.fixed.emplace_back();
            const auto bias = [&](std::size_t j) -> const mpz_class& { return head.bias[p * x_.n + j]; };
            for (const std::size_t j : head.seen[p]) {
                if (!head.bias.empty() && !chosen.empty() && bias(j) < bias(chosen.front())) continue;
                if (!head.bias.empty() && !chosen.empty() && bias(j) > bias(chosen.front())) chosen.clear();
                chosen.push_back(j);
            }
            if (hard && !chosen.empty()) chosen = {head.tie == Tie::left ? chosen.front() : chosen.back()};
        }
    }

    /// The unit of values becomes that of means.
    void average(bool hard, std::size_t l, WholeHead& head, Unit& unit) {
        mpz_class all = 1;
        std::size_t most = hard ? 1 : 0;
        for (std::size_t p = 0; !hard && p < x_.n; ++p) {
            if (!result_.needed[l + 1][p]) continue;
            const std::size_t count = head.query ? head.seen[p].size() : head.fixed[p].size();
            most = std::max(most, count);
            for (std::size_t m = head.query ? 1 : count; m > 0 && m <= count; ++m)
                all = common(all, mpz_class(static_cast<unsigned long>(m)));
        }
        head.share.resize(most + 1);
        for (std::size_t m = 1; m <= most; ++m) {
            // A number that cannot be, does not divide.
            const auto count = static_cast<unsigned long>(m);
            if (mpz_divisible_ui_p(all.get_mpz_t(), count) != 0) head.share[m] = all / count;
        }
        note(all);
        for (mpz_class& size : unit.most) {
            note(size * static_cast<unsigned long>(std::max<std::size_t>(most, 1)));
            size = note(size * all);
        }
        unit.denominator *= all;
    }

    Unit feedforward(const FeedForward& part, WholeLayer& layer, const Unit& before) {
        Unit unit = before;
        const bool leaky = part.activation == ActivationFunction::leaky_relu;
        layer.above = leaky ? part.slope.get_den() : mpz_class(1);
        layer.below = leaky ? part.slope.get_num() : mpz_class(0);
        mpz_class all;
        for (std::size_t m = 0; m < part.maps.size(); ++m) {
            mpz_class factor = factor_of(part.maps[m], unit.denominator);
            if (m + 1 == part.maps.size()) {
                all = unit.denominator * factor;
                if (part.residual) all = common(all, before.denominator);
                factor = all / unit.denominator;
            }
            layer.maps.push_back(whole(part.maps[m], factor, unit));
            if (m + 1 == part.maps.size()) break;
            unit.denominator *= layer.above;  // slopes are from 0 to 1
            for (mpz_class& size : unit.most) size = note(size * layer.above);
        }
        layer.kept_after = part.residual ? mpz_class(all / before.denominator) : mpz_class(0);
        for (std::size_t c = 0; c < model_.dimension; ++c)
            unit.most[c] = note(unit.most[c] + note(layer.kept_after) * before.most[c]);
        return unit;
    }

    void readout(Unit unit) {
        const auto count = static_cast<unsigned long>(x_.readout.size());
        for (mpz_class& size : unit.most) size = note(size * count);
        if (model_.readout.where == Readout::Where::mean) unit.denominator *= static_cast<unsigned long>(x_.n);
        const Affine map{model_.readout.weight, x_.readout_bias};
        result_.logits = whole(map, factor_of(map, unit.denominator), unit);
        result_.denominator = unit.denominator;
        result_.accepted = model_.readout.accepted;
    }

    const Instance& x_;
    const Model& model_;
    Budget& budget_;
    WholeModel result_;
};

}  // namespace

std::optional<WholeModel> whole_model(const Instance& instance, Budget& budget) {
    return WholeBuilder(instance, budget).run();
}

}  // namespace attest::checker
