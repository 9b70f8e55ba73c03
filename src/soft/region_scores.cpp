#include "soft/region_scores.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "attest/soft/words.hpp"
#include "network/blocks.hpp"
#include "network/features.hpp"
#include "soft/affine_form.hpp"
#include "soft/curve.hpp"
#include "soft/layer_matrices.hpp"
#include "words_network.hpp"

namespace attest::soft {

namespace {

using Symbol = language::Symbol;

/// A variance that may be less is not divided by.
constexpr double least_divisor = 0x1p-200;

/// The sizes that rows may have.
std::vector<double> sizes(const Form& form) {
    std::vector<double> result = spread(form);
    for (std::size_t r = 0; r < form.rows(); ++r) result[r] = (result[r] + std::abs(form.middle[r])) * upwards;
    return result;
}

/// A form for each symbol that a position may have.
struct Place {
    std::vector<Form> forms;
    std::vector<Reach> reaches;              ///< of the forms, where asked for
    std::vector<std::vector<double>> sizes;  ///< likewise
};

class Pass {
  public:
    Pass(const words::Network& network, const std::vector<LayerMatrices>& matrices, const Matrix& readout,
         const std::vector<std::vector<bool>>& needed, const Paths& paths)
        : network_(network), matrices_(matrices), readout_(readout), needed_(needed), paths_(paths), layout_(paths) {}

    RegionScore run() {
        embed();
        for (std::size_t l = 0; l < network_.layers.size(); ++l) {
            if (network_.layers[l].attention) attend(l);
            if (network_.layers[l].feedforward)
                for (std::size_t p = 0; p < network_.positions; ++p)
                    if (needed_[l + 1][p])
                        for (std::size_t s = 0; s < at_[p].forms.size(); ++s) feed(l, p, s);
        }
        return read();
    }

  private:
    bool is_letter(std::size_t p) const { return p >= network_.first && p < network_.first + network_.letters; }
    const std::vector<Symbol>& symbols(std::size_t p) const { return paths_.symbols(p - network_.first); }
    std::size_t choices(std::size_t p) const { return is_letter(p) ? symbols(p).size() : 1; }
    std::vector<Given> given(std::size_t p, std::size_t s) const {
        if (choices(p) < 2) return {};
        return {{p - network_.first, symbols(p)[s]}};
    }
    double frequency(std::size_t p, std::size_t s) const {
        if (choices(p) < 2) return 1;
        if (s > 0) return paths_.frequency(p - network_.first, symbols(p)[s]);
        double rest = 1;
        for (std::size_t t = 1; t < choices(p); ++t) rest -= frequency(p, t);
        return rest;
    }

    void embed() {
        at_.resize(network_.positions);
        for (std::size_t p = 0; p < network_.positions; ++p)
            for (std::size_t s = 0; needed_[0][p] && s < choices(p); ++s) {
                const words::Point& point = network_.embedded[p][is_letter(p) ? symbols(p)[s] : 0];
                Form& form = at_[p].forms.emplace_back(point.values.size());
                form.middle = point.values;
                form.error.assign(form.rows(), point.error);
            }
    }

    Form normalise(const words::Norm& norm, const Form& x, const std::vector<Given>& given) const;
    void attend(std::size_t l);
    Form attended(std::size_t l, std::size_t i, std::size_t s, const Place& query,
                  const std::vector<Place>& pairs) const;
    void add_mean(const words::Head& head, std::size_t l, std::size_t i, std::size_t s, const Place& query,
                  const std::vector<Place>& pairs, Form& means) const;

    void feed(std::size_t l, std::size_t p, std::size_t s) {
        const words::FeedForward& part = *network_.layers[l].feedforward;
        const std::vector<Given> known = given(p, s);
        Form& own = at_[p].forms[s];
        Form y = part.norm && part.norm->pre ? normalise(*part.norm, own, known) : own;
        for (std::size_t k = 0; k < part.maps.size(); ++k) {
            if (k > 0) rectify(y, part, known);
            y = apply(matrices_[l].maps[k], y, layout_.columns());
        }
        if (part.residual) add(y, own);
        own = part.norm && !part.norm->pre ? normalise(*part.norm, y, known) : std::move(y);
    }

    void rectify(Form& x, const words::FeedForward& part, const std::vector<Given>& known) const {
        const Reach bounds = reach(x, layout_, known);
        const std::vector<double> size = sizes(x);
        for (std::size_t r = 0; r < x.rows(); ++r) {
            const double lo = x.middle[r] + bounds.below[r], hi = x.middle[r] + bounds.above[r];
            const bool is_finite = std::abs(lo) < words::greatest && std::abs(hi) < words::greatest;
            const Line line = is_finite ? line_of_curve(part, x.middle[r], lo, hi) : Line{0, 0, exact::infinity};
            x.middle[r] = line.value;
            const double rounded = rounding(4) * (std::abs(line.slope) * size[r] + std::abs(line.value));
            x.error[r] = (std::abs(line.slope) * x.error[r] + line.error + rounded) * upwards;
            for (std::size_t k = r; k < x.slope.size(); k += x.rows()) x.slope[k] *= line.slope;
        }
    }

    RegionScore read() const {
        RegionScore result{{exact::infinity, -exact::infinity}, std::vector<double>(paths_.length(), 0), 0};
        for (std::size_t s = 0; s < at_[network_.read.front()].forms.size(); ++s) add_score(s, result);
        return result;
    }

    /// With this symbol at the position that is read.
    void add_score(std::size_t s, RegionScore& result) const {
        const std::vector<Given> known = given(network_.read.front(), s);
        Form x = at_[network_.read.front()].forms[s];
        if (network_.final_norm) x = normalise(*network_.final_norm, x, known);
        const Form y = apply(readout_, x, layout_.columns());
        const Reach bounds = reach(y, layout_, known);
        const double lo = y.middle[0] + bounds.below[0], hi = y.middle[0] + bounds.above[0];
        const bool is_finite = std::abs(lo) < words::greatest && std::abs(hi) < words::greatest;
        result.score =
            hull(result.score, is_finite ? exact::Interval{exact::below(lo), exact::above(hi)} : exact::everything);
        result.slack = std::max(result.slack, 2 * y.error[0]);
        for (std::size_t p = 0; p < paths_.length(); ++p)
            for (std::size_t k = 0; !y.is_flat() && k < layout_.count(p); ++k)
                result.influence[p] = std::max(result.influence[p], std::abs(y.slope[layout_.first(p) + k]));
    }

    const words::Network& network_;
    const std::vector<LayerMatrices>& matrices_;
    const Matrix& readout_;
    const std::vector<std::vector<bool>>& needed_;
    const Paths& paths_;
    Layout layout_;
    std::vector<Place> at_;
};

/// v · 1/√(variance + eps): the variance is the square of the middle, what is linear in the deviations, and their squares.
Form Pass::normalise(const words::Norm& norm, const Form& v, const std::vector<Given>& known) const {
    Form x = v;
    const std::size_t d = x.rows(), columns = x.is_flat() ? 0 : layout_.columns();
    const auto count = static_cast<double>(d);
    if (norm.centred) {
        const std::vector<double> size = sizes(v);
        double all = 0, wrong = 0;
        for (std::size_t r = 0; r < d; ++r) all += size[r], wrong += x.error[r];
        const auto centre = [&](double* row) {
            double mean = 0;
            for (std::size_t r = 0; r < d; ++r) mean += row[r];
            mean /= count;
            for (std::size_t r = 0; r < d; ++r) row[r] -= mean;
        };
        centre(x.middle.data());
        for (std::size_t k = 0; k < columns; ++k) centre(x.slope.data() + k * d);
        const double of_mean = (wrong + rounding(d + columns) * all) / count;
        for (std::size_t r = 0; r < d; ++r)
            x.error[r] = (x.error[r] + of_mean + rounding(2) * (size[r] + all / count)) * upwards;
    }
    const Reach moved = reach(x, layout_, known);
    const std::vector<double> size = sizes(x);
    Form square(1);
    double quadratic = 0, total = 0;
    for (std::size_t r = 0; r < d; ++r) {
        square.middle[0] += x.middle[r] * x.middle[r] / count;
        square.error[0] += 2 * std::abs(x.middle[r]) * x.error[r] / count;
        quadratic += moved.size(r) * moved.size(r) / count;
        total += size[r] * size[r] / count;
    }
    square.slope.assign(columns, 0);
    for (std::size_t k = 0; k < columns; ++k)
        for (std::size_t r = 0; r < d; ++r) square.slope[k] += 2 * x.middle[r] * x.slope[k * d + r] / count;
    const double least = norm.eps * (1 - 0x1p-50);
    square.middle[0] += quadratic / 2 + norm.eps;
    square.error[0] = (square.error[0] + quadratic / 2 + 2 * rounding(d + columns) * (total + norm.eps)) * upwards;
    const Reach spread_of = reach(square, layout_, known);
    const double lo = std::max(least, (square.middle[0] + spread_of.below[0]) * (1 - 0x1p-40));
    Form y(d);
    y.slope.assign(columns * d, 0);
    if (!(lo > least_divisor)) {
        std::fill(y.error.begin(), y.error.end(), std::numeric_limits<double>::infinity());
        return y;
    }
    const double hi = std::max(lo, (square.middle[0] + spread_of.above[0]) * upwards);
    const Line line = line_of_inverse_root(square.middle[0], lo, hi);
    const double turn = (std::abs(line.slope) * spread_of.size(0) + line.error) * upwards;  // 1/σ less its middle
    const double scalar = (line.error + std::abs(line.slope) * square.error[0]) * upwards;
    for (std::size_t k = 0; k < columns; ++k)
        for (std::size_t r = 0; r < d; ++r)
            y.slope[k * d + r] =
                norm.gain[r] * (line.value * x.slope[k * d + r] + x.middle[r] * line.slope * square.slope[k]);
    double slope_size = 0;
    for (std::size_t k = 0; k < columns; ++k) slope_size += std::abs(square.slope[k]);
    for (std::size_t r = 0; r < d; ++r) {
        y.middle[r] = norm.gain[r] * x.middle[r] * line.value + norm.bias[r];
        const double error = std::abs(line.value) * x.error[r] + std::abs(x.middle[r]) * scalar + moved.size(r) * turn;
        const double all = size[r] * (std::abs(line.value) + std::abs(line.slope) * slope_size);
        y.error[r] =
            (std::abs(norm.gain[r]) * (error + rounding(columns + 4) * all) + rounding(2) * std::abs(norm.bias[r])) *
                upwards +
            0x1p-100;
    }
    return y;
}

void Pass::attend(std::size_t l) {
    const words::Attention& attention = *network_.layers[l].attention;
    std::vector<Place> queries(network_.positions), pairs(network_.positions);
    std::vector<bool> seen(network_.positions, false);
    for (std::size_t i = 0; i < network_.positions; ++i)
        if (needed_[l + 1][i])
            for (std::size_t j = network_.seen(l, i).first; j < network_.seen(l, i).second; ++j) seen[j] = true;
    const auto put = [&](Place& place, const Matrix& map, const Form& x, const std::vector<Given>& known) {
        const Form& form = place.forms.emplace_back(apply(map, x, layout_.columns()));
        place.reaches.push_back(reach(form, layout_, known));
        place.sizes.push_back(sizes(form));
    };
    for (std::size_t p = 0; p < network_.positions; ++p) {
        const bool asks = needed_[l + 1][p] && network_.seen(l, p).first < network_.seen(l, p).second;
        if (!asks && !seen[p]) continue;
        for (std::size_t s = 0; s < at_[p].forms.size(); ++s) {
            const std::vector<Given> known = given(p, s);
            const bool pre = attention.norm && attention.norm->pre;
            const Form x = pre ? normalise(*attention.norm, at_[p].forms[s], known) : at_[p].forms[s];
            if (asks) put(queries[p], matrices_[l].query, x, known);
            if (seen[p]) put(pairs[p], matrices_[l].pairs, x, known);
        }
    }
    std::vector<Place> after(network_.positions);
    for (std::size_t i = 0; i < network_.positions; ++i)
        for (std::size_t s = 0; needed_[l + 1][i] && s < at_[i].forms.size(); ++s) {
            Form z = attended(l, i, s, queries[i], pairs);
            if (attention.norm && !attention.norm->pre) z = normalise(*attention.norm, z, given(i, s));
            after[i].forms.push_back(std::move(z));
        }
    at_ = std::move(after);
}

Form Pass::attended(std::size_t l, std::size_t i, std::size_t s, const Place& query,
                    const std::vector<Place>& pairs) const {
    const words::Attention& attention = *network_.layers[l].attention;
    const Form& own = at_[i].forms[s];
    Form z(network_.dimension);
    if (network_.seen(l, i).first < network_.seen(l, i).second) {
        Form means(attention.output.inputs);
        means.slope.assign(layout_.columns() * means.rows(), 0);
        for (const words::Head& head : attention.heads) add_mean(head, l, i, s, query, pairs, means);
        z = apply(matrices_[l].output, means, layout_.columns());
    }
    if (attention.residual) add(z, own);
    return z;
}

void Pass::add_mean(const words::Head& head, std::size_t l, std::size_t i, std::size_t s, const Place& query,
                    const std::vector<Place>& pairs, Form& means) const {
    struct Key {
        std::size_t j, t;
        const Form* form;
        const Reach* reach;
        const std::vector<double>* sizes;
        double weight, frequency;
    };
    const std::size_t columns = layout_.columns(), dv = head.dv, all = head.dv + 1;
    const std::vector<Given> known = given(i, s);
    std::vector<Key> keys;
    const auto [from, to] = network_.seen(l, i);
    for (std::size_t j = from; j < to; ++j)
        for (std::size_t t = 0; t < pairs[j].forms.size(); ++t)
            if (j != i || t == s)
                keys.push_back({j, t, &pairs[j].forms[t], &pairs[j].reaches[t], &pairs[j].sizes[t], 0,
                                j == i ? 1 : frequency(j, t)});
    // Scores.
    const std::size_t count = keys.size();
    Form score(count);
    score.slope.assign(columns * count, 0);
    for (std::size_t a = 0; a < count; ++a) {
        const Key& key = keys[a];
        const double bias = head.bias[i][key.j];
        double size = std::abs(bias);
        score.middle[a] = bias;
        for (std::size_t r = 0; r < head.dk; ++r) {
            const Form& q = query.forms[s];
            const std::size_t rq = head.query + r, rk = head.key + r;
            const double q0 = q.middle[rq], k0 = key.form->middle[rk];
            score.middle[a] += q0 * k0;
            score.error[a] += std::abs(q0) * key.form->error[rk] + std::abs(k0) * q.error[rq] +
                              query.reaches[s].size(rq) * key.reach->size(rk);
            size += query.sizes[s][rq] * (*key.sizes)[rk];
        }
        score.error[a] = (score.error[a] + rounding(2 * head.dk + columns + 4) * 2 * size) * upwards;
    }
    const Form* asks = head.dk > 0 ? &query.forms[s] : nullptr;
    for (std::size_t k = 0; k < columns && asks != nullptr; ++k)
        for (std::size_t a = 0; a < count; ++a) {
            double sum = 0;
            const double* q0 = asks->middle.data() + head.query;
            const double* k0 = keys[a].form->middle.data() + head.key;
            if (!keys[a].form->is_flat()) {
                const double* slope = keys[a].form->slope.data() + k * keys[a].form->rows() + head.key;
                for (std::size_t r = 0; r < head.dk; ++r) sum += q0[r] * slope[r];
            }
            if (!asks->is_flat()) {
                const double* slope = asks->slope.data() + k * asks->rows() + head.query;
                for (std::size_t r = 0; r < head.dk; ++r) sum += k0[r] * slope[r];
            }
            score.slope[k * count + a] = sum;
        }
    for (std::size_t a = 0; a < count; ++a) {
        const std::vector<Given> own = given(keys[a].j, keys[a].t);
        if (own.empty() || keys[a].j == i) continue;
        const std::vector<double>& offset = layout_.offset(own[0].position, own[0].symbol);
        for (std::size_t k = 0; k < offset.size(); ++k) {
            double& slope = score.slope[(layout_.first(own[0].position) + k) * count + a];
            score.error[a] += rounding(2) * (std::abs(score.middle[a]) + std::abs(slope));
            score.middle[a] += offset[k] * slope;
            slope = 0;
        }
    }
    for (const Given& g : known) give(score, layout_, g);
    const double top = *std::max_element(score.middle.begin(), score.middle.end());
    for (std::size_t a = 0; a < count; ++a)
        score.error[a] = (score.error[a] + rounding(8) * (std::abs(score.middle[a]) + std::abs(top) + 8)) * upwards;
    const Reach moved = reach(score, layout_, known);
    // Weights and their sums.
    double total = 0;
    std::vector<Line> lines;
    std::vector<double> centre(dv, 0);
    double least_sum = 0, least_here = 0;
    for (std::size_t a = 0; a < count; ++a) {
        keys[a].weight = std::exp(score.middle[a] - top);
        lines.push_back(line_of_exp(0, moved.below[a], moved.above[a]));
        const double pi = keys[a].weight * lines[a].value * keys[a].frequency;
        total += pi;
        for (std::size_t r = 0; r < dv; ++r) centre[r] += pi * keys[a].form->middle[head.value + r];
        const double least = keys[a].weight * std::exp(moved.below[a]) * (1 - 0x1p-40);
        least_here = a > 0 && keys[a].j == keys[a - 1].j ? std::min(least_here, least) : least;
        if (a + 1 == count || keys[a + 1].j != keys[a].j) least_sum += least_here;
    }
    least_sum *= 1 - 0x1p-40;
    for (double& x : centre) x /= total;
    Form sum(all);
    sum.slope.assign(columns * all, 0);
    std::vector<double> sum_size(all, 0);
    std::vector<Form> terms;
    for (std::size_t a = 0; a < count;) {
        std::size_t end = a + 1;
        while (end < count && keys[end].j == keys[a].j) ++end;
        terms.assign(end - a, Form(all));
        for (std::size_t b = a; b < end; ++b) {
            const Key& key = keys[b];
            Form& term = terms[b - a];
            const double p0 = key.weight * lines[b].value, p1 = key.weight * lines[b].slope;
            const double wrong = key.weight * (lines[b].error + std::abs(lines[b].slope) * score.error[b]) * upwards;
            const double turned =
                key.weight * (lines[b].error + std::abs(lines[b].slope) * std::max(-moved.below[b], moved.above[b])) *
                upwards;
            const double p_size = std::abs(p0) + turned;
            const bool flat = key.form->is_flat();
            term.slope.assign(columns * all, 0);
            std::vector<double> v0(dv);
            for (std::size_t r = 0; r < dv; ++r) {
                const std::size_t rv = head.value + r;
                v0[r] = key.form->middle[rv] - centre[r];
                term.middle[r] = p0 * v0[r];
                term.error[r] = std::abs(p0) * key.form->error[rv] + std::abs(v0[r]) * wrong +
                                turned * key.reach->size(rv) +
                                rounding(columns + 8) * p_size * ((*key.sizes)[rv] + std::abs(centre[r])) * 2;
                term.error[r] *= upwards;
            }
            term.middle[dv] = p0;
            term.error[dv] = (wrong + rounding(columns + 8) * 2 * p_size) * upwards;
            for (std::size_t k = 0; k < columns; ++k) {
                const double p = p1 * score.slope[k * count + b];
                double* slope = term.slope.data() + k * all;
                for (std::size_t r = 0; r < dv; ++r) slope[r] = p * v0[r];
                slope[dv] = p;
                if (flat) continue;
                const double* of_value = key.form->slope.data() + k * key.form->rows() + head.value;
                for (std::size_t r = 0; r < dv; ++r) slope[r] += p0 * of_value[r];
            }
            const std::vector<double> size = sizes(term);
            for (std::size_t r = 0; r < all; ++r) sum_size[r] += size[r];
        }
        if (end == a + 1) {
            for (std::size_t r = 0; r < all; ++r)
                sum.middle[r] += terms[0].middle[r], sum.error[r] += terms[0].error[r];
            for (std::size_t k = 0; k < columns * all; ++k) sum.slope[k] += terms[0].slope[k];
            a = end;
            continue;
        }
        Form mean(all);
        mean.slope.assign(columns * all, 0);
        for (std::size_t b = a; b < end; ++b) {
            for (std::size_t r = 0; r < all; ++r) mean.middle[r] += keys[b].frequency * terms[b - a].middle[r];
            for (std::size_t k = 0; k < columns * all; ++k) mean.slope[k] += keys[b].frequency * terms[b - a].slope[k];
        }
        std::vector<double> low(all, 0), high(all, 0);
        for (std::size_t b = a; b < end; ++b) {
            Form rest = terms[b - a];
            for (std::size_t k = 0; k < columns * all; ++k) rest.slope[k] -= mean.slope[k];
            std::vector<Given> both = given(keys[b].j, keys[b].t);
            give(rest, layout_, both[0]);
            for (std::size_t r = 0; r < all; ++r) rest.middle[r] -= terms[b - a].middle[r];  // what giving added
            for (const Given& g : known) both.push_back(g);
            const Reach far = reach(rest, layout_, both);
            for (std::size_t r = 0; r < all; ++r) {
                low[r] = std::min(low[r], rest.middle[r] + far.below[r]);
                high[r] = std::max(high[r], rest.middle[r] + far.above[r]);
            }
        }
        for (std::size_t r = 0; r < all; ++r) {
            sum.middle[r] += mean.middle[r] + (low[r] + high[r]) / 2;
            sum.error[r] += (high[r] - low[r]) / 2 * upwards;
        }
        for (std::size_t k = 0; k < columns * all; ++k) sum.slope[k] += mean.slope[k];
        const std::size_t first = layout_.first(keys[a].j - network_.first);
        for (std::size_t b = a + 1; b < end; ++b)
            for (std::size_t r = 0; r < all; ++r)
                sum.slope[(first + (b - a - 1)) * all + r] += terms[b - a].middle[r] - terms[0].middle[r];
        a = end;
    }
    for (std::size_t r = 0; r < all; ++r)
        sum.error[r] = (sum.error[r] + rounding(4 * count + 16) * 2 * sum_size[r]) * upwards;
    for (const Given& g : known) give(sum, layout_, g);
    // Divided by the sum of the weights.
    const Reach far = reach(sum, layout_, known);
    const double lo = std::max({(sum.middle[dv] + far.below[dv]) * (1 - 0x1p-40), least_sum, 0x1p-200});
    const double hi = std::max(lo, (sum.middle[dv] + far.above[dv]) * upwards);
    const Line line = line_of_inverse(sum.middle[dv], lo, hi);
    const double turn = (std::abs(line.slope) * far.size(dv) + line.error) * upwards;
    const double scalar = (line.error + std::abs(line.slope) * sum.error[dv]) * upwards;
    const std::vector<double> size = sizes(sum);
    const std::size_t rows = means.rows();
    for (std::size_t r = 0; r < dv; ++r) {
        const std::size_t to_row = head.mean + r;
        const double n0 = sum.middle[r];
        means.middle[to_row] = centre[r] + n0 * line.value;
        const double whole = size[r] * (std::abs(line.value) + std::abs(line.slope) * size[dv]) + std::abs(centre[r]);
        means.error[to_row] = (std::abs(line.value) * sum.error[r] + std::abs(n0) * scalar + far.size(r) * turn +
                               rounding(columns + 8) * whole) *
                              upwards;
        for (std::size_t k = 0; k < columns; ++k)
            means.slope[k * rows + to_row] =
                line.value * sum.slope[k * all + r] + n0 * line.slope * sum.slope[k * all + dv];
    }
}

}  // namespace

class RegionScores::Implementation {
  public:
    Implementation(const network::Transformer& transformer, std::int64_t length)
        : network_(transformer, length),
          needed_(network_.needed),
          readout_(unpack(network_.readout)),
          matrices_(matrices_of(network_)) {
        if (!network_.accept.empty()) subtract_classes();
    }
    RegionScore score(const Paths& paths) const { return Pass(network_, matrices_, readout_, needed_, paths).run(); }

    std::uint64_t most_regions() const {
        constexpr double worth = 0x1p35;  // multiplications
        const auto forms = static_cast<double>(network_.positions * network_.symbols);
        const auto columns = static_cast<double>(network_.letters * (network_.symbols - 1) + 1);
        double cost = 1;
        for (std::size_t l = 0; l < network_.layers.size(); ++l) {
            double entries = 0;
            for (const Matrix* map : {&matrices_[l].query, &matrices_[l].pairs, &matrices_[l].output})
                entries += static_cast<double>(map->weight.size());
            for (const Matrix& map : matrices_[l].maps) entries += static_cast<double>(map.weight.size());
            const auto rows = static_cast<double>(matrices_[l].pairs.outputs);
            cost += columns * (forms * entries + 2 * forms * forms * rows);
        }
        return static_cast<std::uint64_t>(std::clamp(worth / cost, 64.0, 0x1p18));
    }

  private:
    /// Of two classes the difference of their logits, whose rounding is as that of an entry.
    void subtract_classes() {
        const std::size_t yes = network_.accept[0] ? 0 : 1, no = 1 - yes;
        Matrix one{readout_.inputs, 1, {}, {readout_.bias[yes] - readout_.bias[no]}};
        for (std::size_t i = 0; i < readout_.inputs; ++i)
            one.weight.push_back(readout_.weight[2 * i + yes] - readout_.weight[2 * i + no]);
        readout_ = one;
    }

    words::Network network_;
    std::vector<std::vector<bool>> needed_;
    Matrix readout_;
    std::vector<LayerMatrices> matrices_;
};

bool supports_regions(const network::Transformer& transformer) {
    using network::Feature;
    constexpr Feature unknown[] = {Feature::head_mask, Feature::rotary, Feature::gate, Feature::pooled_readout};
    if (!supports_words(transformer) || network::has_blocks(transformer)) return false;
    for (const network::Layer& layer : transformer.layers)
        if (layer.attention && layer.attention->kind != network::AttentionKind::softmax) return false;
    for (const network::FeatureUse& use : network::features(transformer))
        if (std::find(std::begin(unknown), std::end(unknown), use.feature) != std::end(unknown)) return false;
    if (transformer.readout.classes && transformer.readout.classes->accept.size() != 2) return false;
    return true;
}

RegionScores::RegionScores(const network::Transformer& transformer, std::int64_t length)
    : implementation_(std::make_unique<Implementation>(transformer, length)) {}
RegionScores::~RegionScores() = default;
RegionScores::RegionScores(RegionScores&&) noexcept = default;
std::uint64_t RegionScores::most_regions() const { return implementation_->most_regions(); }
RegionScore RegionScores::score(const Paths& paths) const { return implementation_->score(paths); }

}  // namespace attest::soft
