// What happens at one position on its own, for a box y and for the change d that y goes through.
//
// Activations. ReLU(z + dz) − ReLU(z) does not fall in dz; in z it does not fall if dz > 0 and does not rise if dz < 0:
// so over boxes its extremes are at corners. Another activation f moves by f'(ζ) dz for a ζ between (mean value
// theorem), and by f(z + dz) − f(z); both are enclosed.
//
// Two maps with ReLU between. A unit whose input is never negative is the identity, one whose input is never positive
// is 0. Those are multiplied into one affine map exactly, so that what cancels in the weights, as in ReLU(x−1) − 2
// ReLU(x) + ReLU(x+1) far from 0, cancels here; only units of open sign remain as intervals.
//
// Norms. With c the centred vector, S² = ‖c‖²/d + eps, and c' = c + m, S'² = S² + G, where G = Σ m (2 c + m) / d:
//
//     c'/S' − c/S = (m − c G / (S (S + S'))) / S',
//
// since 1/S − 1/S' = (S'² − S²) / (S S' (S + S')). Whatever the box, |c_k| <= √(d−1) S (√d S without centring): a
// coordinate is at most that far from the mean. Where the variance moves much, the difference of both ends is better,
// and both are true.
//
// Source  which units are stable, and their exact part: [wong2018provable], [singh2019abstract]; here for pairs of runs

#include "point_steps.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"

namespace attest::influence {

Interval rectify_change(Interval z, Interval dz) {
    // It rises with dz; in z it rises where dz > 0 and falls where dz < 0.
    const auto at = [](double z0, double dz0) {
        const Interval start{z0, z0};
        const Interval through = start + Interval{dz0, dz0};
        if (z0 >= 0 && through.lo >= 0) return Interval{dz0, dz0};
        return rectify(through) - rectify(start);
    };
    if (dz.is_zero()) return {};
    return {at(dz.lo >= 0 ? z.lo : z.hi, dz.lo).lo, at(dz.hi >= 0 ? z.hi : z.lo, dz.hi).hi};
}

Interval activate_change(const exact::Activation& activation, Interval z, Interval dz) {
    if (activation.kind == exact::Activation::Kind::relu) return rectify_change(z, dz);
    if (dz.is_zero()) return {};
    // The mean value theorem, and the difference of the two ends.
    const double steepest = exact::lipschitz(activation);
    using Kind = exact::Activation::Kind;
    const bool rises = activation.kind == Kind::tanh || activation.kind == Kind::sigmoid;
    const Interval slope{rises ? 0 : -steepest, steepest};
    return intersect(slope * dz, exact::activate(activation, z + dz) - exact::activate(activation, z));
}

FeedForwardStep::FeedForwardStep(const network::FeedForward& part) : part_(part) {
    for (const exact::AffineMap& map : part.maps) maps_.push_back(enclose_map(map));
}

const IntervalMap& FeedForwardStep::merged(const std::vector<Unit>& units) {
    const std::lock_guard lock(mutex_);
    const auto [place, is_new] = merged_.try_emplace(units);
    if (!is_new) return place->second;
    const exact::AffineMap& first = part_.maps[0];
    const exact::AffineMap& second = part_.maps[1];
    exact::AffineMap product{{first.inputs(), {}}, {}};
    for (std::size_t r = 0; r < second.outputs(); ++r) {
        std::map<std::uint32_t, exact::Rational> sum;  // by column
        exact::Rational constant = second.bias.empty() ? exact::Rational() : second.bias[r];
        for (const auto& [unit, weight] : second.weight.rows[r]) {
            if (units[unit] != Unit::on) continue;
            for (const auto& [column, inner] : first.weight.rows[unit]) sum[column] += weight * inner;
            if (!first.bias.empty()) constant += weight * first.bias[unit];
        }
        auto& row = product.weight.rows.emplace_back();
        for (const auto& [column, total] : sum)
            if (total != 0) row.emplace_back(column, total);
        product.bias.push_back(constant);
    }
    return place->second = enclose_map(product);
}

Box FeedForwardStep::chain(const Interval* y) const {
    Box x(y, y + part_.maps[0].inputs());
    for (std::size_t k = 0; k < maps_.size(); ++k) {
        if (k > 0)
            for (Interval& v : x) v = exact::activate(part_.activation, v);
        Box next(maps_[k].outputs());
        maps_[k].apply_to(x.data(), next.data());
        x = std::move(next);
    }
    return x;
}

Box FeedForwardStep::chain_change(const Interval* y, const Interval* d) const {
    Box x(y, y + part_.maps[0].inputs()), dx(d, d + x.size());
    for (std::size_t k = 0; k < maps_.size(); ++k) {
        if (k > 0)
            for (std::size_t c = 0; c < x.size(); ++c) {
                dx[c] = activate_change(part_.activation, x[c], dx[c]);
                x[c] = exact::activate(part_.activation, x[c]);
            }
        Box next(maps_[k].outputs()), dnext(maps_[k].outputs());
        maps_[k].apply_to(x.data(), next.data());
        maps_[k].apply_linear(dx.data(), dnext.data());
        x = std::move(next);
        dx = std::move(dnext);
    }
    return dx;
}

Box FeedForwardStep::apply(const Interval* y) {
    Box out;
    if (!merges()) {
        out = chain(y);
    } else {
        Box z(maps_[0].outputs());
        maps_[0].apply_to(y, z.data());
        std::vector<Unit> units(z.size());
        for (std::size_t r = 0; r < z.size(); ++r)
            units[r] = z[r].lo >= 0 ? Unit::on : z[r].hi <= 0 ? Unit::off : Unit::open;
        out.resize(maps_[1].outputs());
        merged(units).apply_to(y, out.data());
        for (std::size_t c = 0; c < out.size(); ++c)
            for (const auto& [unit, weight] : maps_[1].row(c).entries)
                if (units[unit] == Unit::open) out[c] += weight * rectify(z[unit]);
    }
    return out;
}

Box FeedForwardStep::apply_change(const Interval* y, const Interval* d) {
    Box out;
    if (!merges()) {
        out = chain_change(y, d);
    } else {
        Box z(maps_[0].outputs()), dz(z.size());
        maps_[0].apply_to(y, z.data());
        maps_[0].apply_linear(d, dz.data());
        std::vector<Unit> units(z.size());
        for (std::size_t r = 0; r < z.size(); ++r) {
            const Interval after = z[r] + dz[r];
            units[r] = z[r].lo >= 0 && after.lo >= 0   ? Unit::on
                       : z[r].hi <= 0 && after.hi <= 0 ? Unit::off
                                                       : Unit::open;
        }
        out.resize(maps_[1].outputs());
        merged(units).apply_linear(d, out.data());
        for (std::size_t c = 0; c < out.size(); ++c)
            for (const auto& [unit, weight] : maps_[1].row(c).entries)
                if (units[unit] == Unit::open) out[c] += weight * rectify_change(z[unit], dz[unit]);
    }
    return out;
}

namespace {

Interval sum_of(const Interval* x, std::size_t size) {
    Interval sum;
    for (std::size_t c = 0; c < size; ++c) sum += x[c];
    return sum;
}

Interval point(double x) { return {x, x}; }

/// The mean of the first coordinates, by themselves and by their total.
Interval mean_of_all(const Interval* y, std::size_t size) {
    return intersect(sum_of(y, size), y[size]) / point(static_cast<double>(size));
}

/// |v_c − mean| <= sqrt(d − 1) deviations, and |v_c| <= sqrt(d) roots of the mean square, whatever the vector.
Interval most_deviations(std::size_t dimension, network::Norm::Kind kind) {
    const bool centred = kind == network::Norm::Kind::layer;
    const double most = sqrt(point(static_cast<double>(centred ? dimension - 1 : dimension))).hi;
    return {-most, most};
}

}  // namespace

Normed::Normed(const IntervalNorm& norm, const Interval* y, std::size_t dimension_and_total, std::int64_t position)
    : norm_(norm), position_(position), centred_(dimension_and_total - 1) {
    const std::size_t d = centred_.size();
    const Interval mean = norm.kind == network::Norm::Kind::layer ? mean_of_all(y, d) : Interval{};
    Interval squares;
    for (std::size_t c = 0; c < d; ++c) {
        centred_[c] = y[c] - mean;
        squares += square(centred_[c]);
    }
    radicand_ = squares / point(static_cast<double>(d)) + norm.eps;
    if (!(radicand_.hi > 0))
        throw base::InputError(norm.place, "a variance other than 0 where eps is 0",
                               fmt::format("0 at position {}", position));
    deviation_ = sqrt(radicand_);
}

Box Normed::value() const {
    const std::size_t d = centred_.size();
    const bool certain = deviation_.lo > 0;
    const Interval most = most_deviations(d, norm_.kind), factor = certain ? reciprocal(deviation_) : Interval{};
    Box out(d);
    for (std::size_t c = 0; c < d; ++c) {
        const Interval x = certain ? intersect(most, centred_[c] * factor) : most;
        out[c] = norm_.gain[c] * x + norm_.bias[c];
    }
    out.push_back(norm_.even_gain ? norm_.total_bias : sum_of(out.data(), d));
    return out;
}

/// c'/S' − c/S = (m − c G / (S (S + S'))) / S', times the gain.
Box Normed::change_by_growth(const Box& moved, const Interval& growth) const {
    const std::size_t size = centred_.size();
    Interval after = radicand_ + growth;
    after.lo = std::max({0.0, after.lo, norm_.eps.lo});
    after.hi = std::max(after.hi, after.lo);
    const Interval deviation = sqrt(after);
    const bool certain = deviation_.lo > 0 && deviation.lo > 0;
    const Interval factor = certain ? reciprocal(deviation) : Interval{};
    const Interval fall = certain ? growth / (deviation_ * (deviation_ + deviation)) : Interval{};
    const Interval widest = point(2) * most_deviations(size, norm_.kind);
    Box out(size);
    for (std::size_t c = 0; c < size; ++c) {
        const Interval x = certain ? intersect(widest, (moved[c] - centred_[c] * fall) * factor) : widest;
        out[c] = norm_.gain[c] * x;
    }
    return out;
}

Box Normed::change(const Interval* d) const {
    const std::size_t size = centred_.size();
    const Interval shift = norm_.kind == network::Norm::Kind::layer ? mean_of_all(d, size) : Interval{};
    Box moved(size);
    Interval sum;
    for (std::size_t c = 0; c < size; ++c) {
        moved[c] = d[c] - shift;
        sum += moved[c] * (point(2) * centred_[c] + moved[c]);
    }
    const Interval growth = sum / point(static_cast<double>(size));  // of the variance
    Box out = change_by_growth(moved, growth);
    // Where the variance moves much, the two ends say more than their difference.
    if (growth.magnitude() > 0.1 * radicand_.hi) {
        Box ends(size + 1);
        for (std::size_t c = 0; c < size; ++c) ends[c] = centred_[c] + moved[c];  // the mean is 0 already
        const Box before = value(), later = Normed(norm_, ends.data(), size + 1, position_).value();
        for (std::size_t c = 0; c < size; ++c) out[c] = intersect(out[c], later[c] - before[c]);
    }
    out.push_back(norm_.even_gain ? Interval{} : sum_of(out.data(), size));
    return out;
}

}  // namespace attest::influence
