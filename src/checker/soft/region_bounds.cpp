#include "checker/soft/region_bounds.hpp"

#include <algorithm>

#include "checker/kernel/defect.hpp"
#include "checker/soft/curve_line.hpp"

// Each vector of the network as a linear function of the word with an error (linear.hpp), one for each symbol that may stand at
// its position. Affine maps keep that form. What is not affine is replaced by an affine function next to it:
//
// - An activation of a row between low and high: by a line next to it (curve_line.cpp).
// - A norm divides by the root of v = mean of squares + eps: with c the middle of the centred vector and δ the rest,
//   the mean of squares is that of c, plus 2/d Σ c δ, which is linear, plus something between 0 and 1/d Σ max δ². 1/√v is
//   replaced by a line over what v can be.
// - A product of two rows (a + α)(b + β) with middles a, b is ab + aβ + bα, within max |α| max |β|.
// - Softmax: a score s(w) = c + σ(w), e^σ by a line over what σ can be. For one position j with symbol t on the word,
//   Σ_j e^(s_j) (v_j - o) / Σ_j e^(s_j) + o, for any vector o, is the mean. The term of j is one of the terms T_t(w), which are
//   linear; it is Σ_t f_t T_t(w) + Σ_t x_t (middle of T_t) + what is left, which is at most what T_t - Σ f T moves on words with t there.
//   The quotient is a product with 1/Σ, again by a line.

namespace attest::checker {
namespace {

NearNorm near_norm(const SoftNorm& norm) {
    return {norm.pre, norm.rms, near(norm.eps), near_vector(norm.gain), near_vector(norm.bias)};
}
std::optional<NearNorm> near_norm(const std::optional<SoftNorm>& norm) {
    return norm ? std::optional(near_norm(*norm)) : std::nullopt;
}

/// What is divided by, and what a root is taken of, is certainly greater: below, doubles lose what intervals may hold.
constexpr double least_divisor = 0x1p-200;

/// Rows of which nothing is said.
Linear unknown(std::size_t rows, std::size_t columns) {
    Linear x(rows, columns);
    std::fill(x.error.begin(), x.error.end(), HUGE_VAL);
    return x;
}

/// The row times a line of another row: gain is not yet looked at.
struct Factor {
    const Linear* row;  ///< the row that the line is a function of
    std::size_t r;      ///< its number
    NearLine line;      ///< at its middle
    double moved;       ///< how far the function can be from line.value

    Factor(const Linear& x, std::size_t row_number, const NearLine& of, const Extent& extent)
        : row(&x), r(row_number), line(of), moved(upper(std::abs(of.slope) * extent.size(row_number) + of.error)) {}

    /// x's row q times the function, put into row `to` of y, whose columns are as many as those of x or of the function's row.
    void times(const Linear& x, std::size_t q, const Extent& extent, Linear& y, std::size_t to) const {
        const Near value{line.value, 0}, slope{line.slope, 0}, middle{x.middle(q), 0};
        double rest = x.at(q, 0).error;  // of the middle, which `extent` holds
        for (std::size_t k = 1; k <= y.columns; ++k)
            y.at(to, k) = value * at(x, q, k) + middle * slope * at(*row, r, k);
        y.at(to, 0) = value * middle;
        // (middle + α)(value + slope ρ + e): α's and ρ's columns are in; what is left are their errors and the product of moves.
        const double own = upper(x.error[q] + rest);
        const double other = upper(std::abs(line.slope) * (row->error[r] + row->at(r, 0).error) + line.error);
        y.error[to] = upper(std::abs(line.value) * own + std::abs(x.middle(q)) * other + extent.size(q) * moved);
    }

  private:
    static Near at(const Linear& x, std::size_t q, std::size_t k) { return x.at(q, k); }
};

}  // namespace

/// One region, from the embedding to the score.
class RegionPass {
  public:
    RegionPass(const RegionModel& model, const WordGraph& words, Budget& budget)
        : m_(model), x_(model.x_), words_(words), columns_(words, budget), budget_(budget) {}

    std::optional<std::pair<double, double>> run() {
        embed();
        for (std::size_t l = 0; l < x_.stack.size(); ++l) {
            budget_.step(1);
            if (x_.layer(l).attention) attend(l);
            if (x_.layer(l).feedforward) feed(l);
        }
        const std::size_t p = x_.readout.front() - 1;
        std::optional<std::pair<double, double>> result;
        for (std::size_t s = 0; s < at_[p].size(); ++s) {
            const std::vector<Known> given = known(p, s);
            const Linear score = m_.readout_(m_.final_norm_ ? normal(*m_.final_norm_, at_[p][s], given) : at_[p][s]);
            const Extent extent = extent_of(score, columns_, given, budget_);
            const double low = score.middle(0) + extent.low[0], high = score.middle(0) + extent.high[0];
            if (!(std::abs(low) < 0x1p200) || !(std::abs(high) < 0x1p200)) return std::nullopt;
            const std::pair ends(low - 0x1p-52 * std::abs(low), high + 0x1p-52 * std::abs(high));
            result =
                result ? std::pair(std::min(result->first, ends.first), std::max(result->second, ends.second)) : ends;
        }
        return result;
    }

  private:
    using Choices = std::vector<Linear>;  ///< by symbol that may stand there

    bool is_free(std::size_t p) const { return x_.is_word(p + 1) && symbols(p).size() > 1; }
    std::size_t letter(std::size_t p) const { return x_.word_index(p + 1) - 1; }
    const std::vector<std::uint32_t>& symbols(std::size_t p) const { return words_.symbols[letter(p)]; }
    std::vector<Known> known(std::size_t p, std::size_t choice) const {
        if (!is_free(p)) return {};
        return {{letter(p), symbols(p)[choice]}};
    }
    bool is_read(std::size_t l, std::size_t p) const { return x_.needs.reads[l][p].has_value(); }

    void embed() {
        at_.resize(x_.n);
        for (std::size_t p = 0; p < x_.n; ++p) {
            const std::vector<std::vector<Near>>& points = m_.places_[p];
            std::vector<std::uint32_t> choices{0};
            if (x_.is_word(p + 1)) choices = symbols(p);
            for (const std::uint32_t s : choices) {
                Linear& point = at_[p].emplace_back(points[s].size(), 0);
                point.entries = points[s];
            }
        }
    }

    Linear normal(const NearNorm& norm, const Linear& v, const std::vector<Known>& given) const;
    void attend(std::size_t l);
    Linear mean_of(std::size_t l, std::size_t h, std::size_t p, std::size_t choice) const;
    void feed(std::size_t l);
    void bend(std::size_t l, Linear& z, const std::vector<Known>& given) const;

    struct Seen {  ///< one symbol at one position that a head looks at
        std::size_t j, choice;
        double frequency;
        double weight = 0;
        NearLine line{};
        double moved = 0;
    };
    std::vector<Seen> seen_by(Mask mask, std::size_t p, std::size_t choice) const;
    Linear scores_of(const RegionModel::HeadMaps& head, std::size_t p, std::size_t choice,
                     const std::vector<Seen>& seen) const;
    /// Row r < dv: weight · (value - centre); the last row: the weight.
    Linear term_of(const Seen& seen, const Linear& scores, std::size_t row, const std::vector<double>& centre) const;
    void add_choice(const std::vector<Seen>& seen, std::size_t from, const std::vector<Linear>& terms,
                    const std::vector<Known>& given, Linear& sum) const;

    struct Numbers {  ///< of one head, by position and choice
        std::vector<Choices> queries, keys, values;
        std::vector<std::vector<Extent>> query_extents, key_extents, value_extents;
    };

    const RegionModel& m_;
    const SoftInstance& x_;
    const WordGraph& words_;
    PairColumns columns_;
    Budget& budget_;
    std::vector<Choices> at_;
    Numbers numbers_;
};

Linear RegionPass::normal(const NearNorm& norm, const Linear& v, const std::vector<Known>& given) const {
    const std::size_t d = v.rows;
    budget_.step(64 * d, v.columns + 1);
    const Near part = Near{1, 0} * inverse_of(static_cast<double>(d));
    Linear c = v;
    if (!norm.rms) {
        double errors = 0;
        for (const double e : v.error) errors += e;
        for (std::size_t k = 0; k <= c.columns; ++k) {
            Near sum;
            for (std::size_t r = 0; r < d; ++r) sum = sum + v.at(r, k);
            const Near mean = sum * part;
            for (std::size_t r = 0; r < d; ++r) c.at(r, k) = c.at(r, k) - mean;
        }
        for (double& e : c.error) e = upper(e + upper(errors) * part.size());
    }
    const Extent extent = extent_of(c, columns_, given, budget_);
    Linear square(1, c.columns);
    double bend = 0, error = 0;
    square.at(0, 0) = norm.eps;
    for (std::size_t r = 0; r < d; ++r) {
        const Near middle{c.middle(r), 0};
        square.at(0, 0) = square.at(0, 0) + part * middle * middle;
        for (std::size_t k = 1; k <= c.columns; ++k)
            square.at(0, k) = square.at(0, k) + Near{2, 0} * part * middle * c.at(r, k);
        error += 2 * part.size() * std::abs(middle.value) * upper(c.error[r] + c.at(r, 0).error);
        bend += part.size() * extent.size(r) * extent.size(r);
    }
    bend = upper(bend) / 2;
    square.at(0, 0) = square.at(0, 0) + Near{bend, 0};
    square.error[0] = upper(error + bend);
    const Extent of_square = extent_of(square, columns_, given, budget_);
    const double least = (norm.eps.value - norm.eps.error) * (1 - 0x1p-40);
    const double low = std::max(least, (square.middle(0) + of_square.low[0]) * (1 - 0x1p-40));
    if (!(low > least_divisor)) return unknown(d, c.columns);  // it may be 0, and then the norm has no value
    const double high = std::max(low, (square.middle(0) + of_square.high[0]) * (1 + 0x1p-40));
    const Factor factor(square, 0, line_of_inverse_root(square.middle(0), low, high), of_square);
    Linear y(d, c.columns);
    for (std::size_t r = 0; r < d; ++r) {
        factor.times(c, r, extent, y, r);
        for (std::size_t k = 0; k <= y.columns; ++k) y.at(r, k) = norm.gain[r] * y.at(r, k);
        y.at(r, 0) = y.at(r, 0) + norm.bias[r];
        y.error[r] = upper(norm.gain[r].size() * y.error[r]);
    }
    return y;
}

void RegionPass::bend(std::size_t l, Linear& z, const std::vector<Known>& given) const {
    const ActivationFunction activation = x_.layer(l).feedforward->activation;
    const Near& slope = m_.layers_[x_.stack[l]].slope;
    const Extent extent = extent_of(z, columns_, given, budget_);
    budget_.step(2 * curve_values, z.rows);
    for (std::size_t r = 0; r < z.rows; ++r) {
        const double low = z.middle(r) + extent.low[r], high = z.middle(r) + extent.high[r];
        if (!(std::abs(low) < 0x1p200) || !(std::abs(high) < 0x1p200)) {  // says nothing
            z.error[r] = HUGE_VAL;
            continue;
        }
        const double at = z.middle(r), lost = 0x1p-51 * (std::abs(low) + std::abs(high) + std::abs(at));
        const NearLine line = line_of_activation(activation, slope, at, low - lost, high + lost);
        const double middle = z.at(r, 0).error;
        for (std::size_t k = 1; k <= z.columns; ++k) z.at(r, k) = Near{line.slope, 0} * z.at(r, k);
        z.at(r, 0) = {line.value, std::abs(line.slope) * middle * (1 + 0x1p-40)};
        z.error[r] = upper(std::abs(line.slope) * z.error[r] + line.error);
    }
}

void RegionPass::feed(std::size_t l) {
    const FeedForward& part = *x_.layer(l).feedforward;
    const RegionModel::LayerMaps& maps = m_.layers_[x_.stack[l]];
    const auto& norm = maps.feedforward_norm;
    for (std::size_t p = 0; p < x_.n; ++p) {
        if (!is_read(l, p)) continue;
        for (std::size_t s = 0; s < at_[p].size(); ++s) {
            const std::vector<Known> given = known(p, s);
            Linear z = norm && norm->pre ? normal(*norm, at_[p][s], given) : at_[p][s];
            for (std::size_t k = 0; k < maps.maps.size(); ++k) {
                if (k > 0) bend(l, z, given);
                budget_.step(8 * (maps.maps[k].rows.size() + 1), (z.rows + 1) * (z.columns + 1));
                z = maps.maps[k](z);
            }
            if (part.residual) z = sum_of(z, at_[p][s]);
            at_[p][s] = norm && !norm->pre ? normal(*norm, z, given) : std::move(z);
        }
    }
}

void RegionPass::attend(std::size_t l) {
    const Attention& attention = *x_.layer(l).attention;
    const RegionModel::LayerMaps& maps = m_.layers_[x_.stack[l]];
    const auto& norm = maps.attention_norm;
    std::vector<Choices> input = at_, after(x_.n);
    for (std::size_t p = 0; p < x_.n; ++p)
        for (std::size_t s = 0; s < at_[p].size() && x_.needs.need[l][p]; ++s)
            if (norm && norm->pre) input[p][s] = normal(*norm, at_[p][s], known(p, s));
    for (std::size_t p = 0; p < x_.n; ++p)
        for (std::size_t s = 0; s < at_[p].size() && is_read(l, p); ++s)
            after[p].push_back(attention.residual ? at_[p][s] : Linear(at_[p][s].rows, 0));
    for (std::size_t h = 0; h < maps.heads.size(); ++h) {
        const RegionModel::HeadMaps& head = maps.heads[h];
        numbers_ = {};
        const auto make = [&](const std::optional<NearMap>& map, std::vector<Choices>& to,
                              std::vector<std::vector<Extent>>& extents) {
            to.resize(x_.n), extents.resize(x_.n);
            for (std::size_t p = 0; p < x_.n && map; ++p)
                for (std::size_t s = 0; s < input[p].size() && x_.needs.need[l][p]; ++s) {
                    budget_.step(8 * (map->rows.size() + 1), (input[p][s].rows + 1) * (input[p][s].columns + 1));
                    to[p].push_back((*map)(input[p][s]));
                    extents[p].push_back(extent_of(to[p].back(), columns_, known(p, s), budget_));
                }
        };
        make(head.query, numbers_.queries, numbers_.query_extents);
        make(head.key, numbers_.keys, numbers_.key_extents);
        make(head.value, numbers_.values, numbers_.value_extents);
        for (std::size_t p = 0; p < x_.n; ++p) {
            if (!is_read(l, p) || !sees_some(attention.heads[h].mask, p + 1, x_.n)) continue;
            for (std::size_t s = 0; s < after[p].size(); ++s) {
                Linear constant(head.constant.size(), 0);
                constant.entries = head.constant;
                const bool is_live = x_.needs.reads[l][p]->live[h];
                after[p][s] = sum_of(after[p][s], is_live ? head.output(mean_of(l, h, p, s)) : constant);
            }
        }
    }
    for (std::size_t p = 0; p < x_.n; ++p)
        for (std::size_t s = 0; s < after[p].size(); ++s)
            if (norm && !norm->pre) after[p][s] = normal(*norm, after[p][s], known(p, s));
    at_ = std::move(after);
}

std::vector<RegionPass::Seen> RegionPass::seen_by(Mask mask, std::size_t p, std::size_t choice) const {
    std::vector<Seen> seen;
    for (std::size_t j = 0; j < x_.n; ++j) {
        if (!may_see(mask, p + 1, j + 1)) continue;
        if (j == p || !is_free(j)) {
            seen.push_back({j, j == p ? choice : 0, 1});
            continue;
        }
        for (std::size_t t = 0; t < symbols(j).size(); ++t)
            seen.push_back({j, t, words_.frequencies[letter(j)][symbols(j)[t]]});
    }
    return seen;
}

Linear RegionPass::scores_of(const RegionModel::HeadMaps& head, std::size_t p, std::size_t choice,
                             const std::vector<Seen>& seen) const {
    Linear scores(seen.size(), columns_.count());
    for (std::size_t a = 0; a < seen.size(); ++a) {
        const std::size_t j = seen[a].j;
        if (!head.biases.empty()) scores.at(a, 0) = head.biases[p * x_.n + j];
        if (head.query) {
            const Linear &q = numbers_.queries[p][choice], &k = numbers_.keys[j][seen[a].choice];
            const Extent &of_q = numbers_.query_extents[p][choice], &of_k = numbers_.key_extents[j][seen[a].choice];
            double error = 0;
            for (std::size_t r = 0; r < q.rows; ++r) {
                const Near a0{q.middle(r), 0}, b0{k.middle(r), 0};
                scores.at(a, 0) = scores.at(a, 0) + a0 * b0;
                const std::size_t columns = std::max(q.columns, k.columns);
                for (std::size_t c = 1; c <= columns; ++c)
                    scores.at(a, c) = scores.at(a, c) + (a0 * k.at(r, c) + b0 * q.at(r, c));
                error += std::abs(a0.value) * upper(k.error[r] + k.at(r, 0).error) +
                         std::abs(b0.value) * upper(q.error[r] + q.at(r, 0).error) + of_q.size(r) * of_k.size(r);
            }
            scores.error[a] = upper(error);
        }
        for (const Known& each : known(j, seen[a].choice)) settle(scores, columns_, each, a);
    }
    for (const Known& each : known(p, choice)) settle(scores, columns_, each);
    return scores;
}

Linear RegionPass::term_of(const Seen& seen, const Linear& scores, std::size_t row,
                           const std::vector<double>& centre) const {
    const Linear& value = numbers_.values[seen.j][seen.choice];
    const Extent& extent = numbers_.value_extents[seen.j][seen.choice];
    Linear term(value.rows + 1, columns_.count());
    const Near p0 = Near{seen.weight, 0} * Near{seen.line.value, 0},
               p1 = Near{seen.weight, 0} * Near{seen.line.slope, 0};
    const double wrong = upper(p0.error + p1.size() * upper(scores.error[row] + scores.at(row, 0).error) +
                               seen.weight * seen.line.error);
    const double moved = upper(p0.error + seen.weight * seen.moved);
    const Near middle{p0.value, 0};
    term.at(value.rows, 0) = middle;
    term.error[value.rows] = wrong;
    for (std::size_t k = 1; k <= term.columns; ++k) term.at(value.rows, k) = p1 * scores.at(row, k);
    for (std::size_t r = 0; r < value.rows; ++r) {
        const Near away = value.at(r, 0) - Near{centre[r], 0}, from{away.value, 0};
        for (std::size_t k = 1; k <= term.columns; ++k)
            term.at(r, k) = from * term.at(value.rows, k) + middle * value.at(r, k);
        term.at(r, 0) = middle * from;
        term.error[r] = upper(std::abs(middle.value) * upper(value.error[r] + away.error) +
                              std::abs(from.value) * wrong + (extent.size(r) + away.error) * moved);
    }
    return term;
}

/// The terms of one position: one of them counts, that of the symbol that stands there.
void RegionPass::add_choice(const std::vector<Seen>& seen, std::size_t from, const std::vector<Linear>& terms,
                            const std::vector<Known>& given, Linear& sum) const {
    const std::size_t rows = sum.rows;
    Linear mean(rows, columns_.count());
    double others = 0;
    for (std::size_t t = 1; t < terms.size(); ++t) others += seen[from + t].frequency;
    for (std::size_t t = 0; t < terms.size(); ++t) {
        const Near part{t == 0 ? 1 - others : seen[from + t].frequency, t == 0 ? 0x1p-50 : 0};
        for (std::size_t e = 0; e < mean.entries.size(); ++e)
            mean.entries[e] = mean.entries[e] + part * terms[t].entries[e];
    }
    std::vector<double> low(rows, 0), high(rows, 0);
    for (std::size_t t = 0; t < terms.size(); ++t) {
        Linear rest = terms[t];
        for (std::size_t r = 0; r < rows; ++r)
            for (std::size_t k = 0; k <= rest.columns; ++k)
                rest.at(r, k) = k == 0 ? Near{0, terms[t].at(r, 0).error} : rest.at(r, k) - mean.at(r, k);
        std::vector<Known> both = known(seen[from].j, seen[from + t].choice);
        for (const Known& each : both) settle(rest, columns_, each);
        both.insert(both.end(), given.begin(), given.end());
        const Extent extent = extent_of(rest, columns_, both, budget_);
        for (std::size_t r = 0; r < rows; ++r) {
            low[r] = std::min(low[r], rest.middle(r) + extent.low[r]);
            high[r] = std::max(high[r], rest.middle(r) + extent.high[r]);
        }
    }
    const std::size_t column = 1 + columns_.first[letter(seen[from].j)];
    for (std::size_t r = 0; r < rows; ++r) {
        for (std::size_t k = 0; k <= sum.columns; ++k) sum.at(r, k) = sum.at(r, k) + mean.at(r, k);
        for (std::size_t t = 1; t < terms.size(); ++t)
            sum.at(r, column + t - 1) = sum.at(r, column + t - 1) + (terms[t].at(r, 0) - terms[0].at(r, 0));
        const double middle = low[r] / 2 + high[r] / 2;
        sum.at(r, 0) = sum.at(r, 0) + Near{middle, 0};
        sum.error[r] = upper(sum.error[r] + upper(std::max(high[r] - middle, middle - low[r])));
    }
}

Linear RegionPass::mean_of(std::size_t l, std::size_t h, std::size_t p, std::size_t choice) const {
    const RegionModel::HeadMaps& head = m_.layers_[x_.stack[l]].heads[h];
    std::vector<Seen> seen = seen_by(x_.layer(l).attention->heads[h].mask, p, choice);
    const std::vector<Known> given = known(p, choice);
    const std::size_t dv = head.value.rows.size();
    budget_.step(64 * seen.size(), (columns_.count() + 1) * (dv + 1 + (head.query ? head.query->rows.size() : 0)));
    const Linear scores = scores_of(head, p, choice, seen);
    const Extent moved = extent_of(scores, columns_, given, budget_);
    double greatest = scores.middle(0);
    for (std::size_t a = 0; a < seen.size(); ++a) greatest = std::max(greatest, scores.middle(a));
    std::vector<double> centre(dv, 0);
    double total = 0;
    for (std::size_t a = 0; a < seen.size(); ++a) {
        // e^(s - greatest) = weight · e^σ, where σ takes up how far the weight is from e^(middle - greatest).
        const double below = std::max(scores.middle(a) - greatest, -600.0), apart = scores.middle(a) - greatest - below;
        seen[a].weight = exponential_of(below).value;
        const double lost = 0x1p-49 * (2 + std::abs(scores.middle(a)) + std::abs(greatest)) - apart;
        const double low = moved.low[a] - lost, high = moved.high[a] + lost;
        seen[a].line = line_of_exponential(0, low, high);
        seen[a].line.error = upper(seen[a].line.error + std::abs(seen[a].line.slope) * lost);
        seen[a].moved = upper(std::abs(seen[a].line.slope) * std::max(-low, high) + seen[a].line.error);
        const double part = seen[a].weight * seen[a].line.value * seen[a].frequency;
        total += part;
        for (std::size_t r = 0; r < dv; ++r) centre[r] += part * numbers_.values[seen[a].j][seen[a].choice].middle(r);
    }
    for (double& x : centre) x /= total;
    Linear sum(dv + 1, columns_.count());
    for (std::size_t a = 0; a < seen.size();) {
        std::vector<Linear> terms;
        const std::size_t from = a;
        for (; a < seen.size() && seen[a].j == seen[from].j; ++a) terms.push_back(term_of(seen[a], scores, a, centre));
        if (terms.size() == 1) sum = sum_of(sum, terms.front());
        else add_choice(seen, from, terms, given, sum);
    }
    for (const Known& each : given) settle(sum, columns_, each);
    const Extent extent = extent_of(sum, columns_, given, budget_);
    const double low = (sum.middle(dv) + extent.low[dv]) * (1 - 0x1p-40),
                 high = (sum.middle(dv) + extent.high[dv]) * (1 + 0x1p-40);
    if (!(low > least_divisor)) return unknown(dv, columns_.count());
    Linear mean(dv, columns_.count());
    const Factor factor(sum, dv, line_of_inverse(sum.middle(dv), low, std::max(low, high)), extent);
    for (std::size_t r = 0; r < dv; ++r) {
        factor.times(sum, r, extent, mean, r);
        mean.at(r, 0) = mean.at(r, 0) + Near{centre[r], 0};
    }
    return mean;
}

RegionModel::RegionModel(const SoftInstance& instance, Budget& budget) : x_(instance) {
    const Model& model = *instance.model;
    const auto refuse = [](const std::string& what) {
        throw Defect("manifest.json: evidence.by", "regions are not for " + what);
    };
    if (model.readout.where != Readout::Where::position) refuse("a readout of several positions");
    if (model.readout.has_classes() && model.readout.accepted.size() != 2) refuse("more than two classes");
    if (has_blocks(model)) refuse("models with norms that lack edges");
    for (const Layer& layer : model.layers) {
        if (layer.attention && !layer.attention->heads.empty() && layer.attention->kind != Kind::softmax)
            refuse("attention that is not softmax");
        if (layer.attention && layer.attention->rotary) refuse("rotary positions");
        if (layer.feedforward && layer.feedforward->gate) refuse("a gate");
    }
    for (std::size_t p = 0; p < instance.n; ++p) {
        std::vector<Intervals> points;
        if (instance.is_word(p + 1)) points = instance.symbols;
        else points.push_back(p == 0 && !instance.begin.empty() ? instance.begin.front() : instance.end.front());
        auto& place = places_.emplace_back();
        for (Intervals& point : points) {
            for (std::size_t c = 0; c < point.size(); ++c) point[c] += instance.position[p][c];
            if (instance.embedding_norm && instance.needs.need[0][p])
                point = (*instance.embedding_norm)(point, p + 1, budget);
            place.push_back(near_vector(point));
        }
    }
    for (const SoftLayer& layer : instance.layers) {
        LayerMaps& own = layers_.emplace_back();
        for (const SoftHead& head : layer.heads) {
            HeadMaps& maps = own.heads.emplace_back();
            if (head.query) {
                maps.query = near_map(*head.query), maps.key = near_map(*head.key);
                const Near scale = near(head.scale);
                for (auto& row : maps.query->rows)
                    for (auto& [column, weight] : row) weight = weight * scale;
                for (Near& each : maps.query->bias) each = each * scale;
            }
            maps.value = near_map(head.value), maps.output = near_map(head.output);
            maps.constant = near_vector(head.constant);
            if (head.biases) maps.biases = near_vector(*head.biases);
            for (const NearMap* map : {&maps.value, &maps.output})
                most_rows_ = std::max<std::uint64_t>(most_rows_, map->rows.size());
            if (maps.query) most_rows_ = std::max<std::uint64_t>(most_rows_, maps.query->rows.size());
        }
        if (!layer.maps.empty()) own.slope = near(layer.slope);
        for (const SoftMap& map : layer.maps) {
            own.maps.push_back(near_map(map));
            most_rows_ = std::max<std::uint64_t>(most_rows_, map.rows.size());
        }
        own.attention_norm = near_norm(layer.attention_norm), own.feedforward_norm = near_norm(layer.feedforward_norm);
    }
    final_norm_ = near_norm(instance.final_norm);
    readout_ = near_map(instance.logits);
    if (!model.readout.has_classes()) return;
    const std::size_t yes = model.readout.accepted[0] ? 0 : 1;
    NearMap difference;
    difference.rows.push_back(readout_.rows[yes]);
    for (const auto& [column, weight] : readout_.rows[1 - yes]) difference.rows[0].emplace_back(column, -weight);
    difference.bias = {readout_.bias[yes] - readout_.bias[1 - yes]};
    readout_ = difference;
}

std::optional<std::pair<double, double>> RegionModel::bounds(const WordGraph& words, Budget& budget) const {
    constexpr std::uint64_t kept = 8;  // vectors at once for each symbol at each position
    std::uint64_t choices = 2, columns = 0;
    for (const auto& symbols : words.symbols) choices += symbols.size(), columns += symbols.size() - 1;
    Budget::Temporary temporary(budget);
    budget.memory(kept * choices * (columns + 1), most_rows_ * sizeof(Near));
    return RegionPass(*this, words, budget).run();
}

}  // namespace attest::checker
