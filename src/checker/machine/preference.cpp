#include "checker/machine/preference.hpp"

#include <algorithm>

#include "checker/kernel/defect.hpp"

// FORMAT.md, section 21, "Kinds" and "Preference". A head's choice between two positions is decided once for all positions that
// lie so, or the certificate is refused.

namespace attest::checker {
namespace {

Polynomial whole(long x) { return Polynomial::of(Rational(x)); }

}  // namespace

long Preference::find_window(bool grows) const {
    const bool near = bias_has(&Bindings::j) || (grows && head_.query);
    return sees_left() && near ? static_cast<long>(scale_.window) : 0;
}

Phase Preference::phase_of(std::size_t kind) const {
    return has_phases() ? scale_.phase(kinds_[kind].phase) : Phase{1, 1};
}

std::size_t Preference::query_of(const Line& y) {
    Line q = head_.query ? image(*head_.query, y, budget_) : Line{};
    const auto [at, is_new] = query_numbers_.try_emplace(q, queries_.size());
    if (is_new) queries_.push_back(std::move(q));
    return at->second;
}

std::size_t Preference::kind_of(std::size_t query, const Line& y, std::size_t phase) {
    Kind kind;
    if (has_phases()) kind.phase = phase;
    if (head_.query) {
        const Line k = image(*head_.key, y, budget_);
        const Line& q = queries_[query];
        kind.product = {dot(q.fixed, k.fixed, budget_), dot(q.slope, k.fixed, budget_), dot(q.fixed, k.slope, budget_),
                        dot(q.slope, k.slope, budget_)};
    }
    const Line brought = image(head_.output, image(head_.value, y, budget_), budget_);
    if (brought.depends()) throw Defect(head_.place, "what is brought depends on the position it comes from");
    kind.brings = brought.fixed;
    const auto [at, is_new] = kind_numbers_.try_emplace(kind, kinds_.size());
    if (is_new) {
        store_.keep(256 + 64 * kind.brings.size());
        kinds_.push_back(std::move(kind));
    }
    return at->second;
}

/// i, n and both positions as polynomials in u, v, w, x; nothing where no two positions lie so.
std::optional<Preference::Both> Preference::together(Spot where_a, std::size_t a, Spot where_b, std::size_t b) {
    const Polynomial u = Polynomial::variable(0), v = Polynomial::variable(1), w = Polynomial::variable(2);
    const auto plus = [&](const Polynomial& p, const Polynomial& q) { return sum(p, q, budget_); };
    const auto times = [&](long m, const Polynomial& p) { return product(whole(m), p, budget_); };
    const long beyond = window() + 1;
    const Phase pa = phase_of(a), pb = phase_of(b);
    Polynomial i, ja, jb;
    if (where_a == is_right) {
        i = plus(whole(1), u);
        ja = plus(plus(i, whole(1)), v);
        jb = plus(plus(ja, whole(1)), w);
    } else {
        ja = plus(whole(pa.first), times(pa.step, u));
        if (where_b == is_right) {
            i = where_a == is_far ? plus(plus(ja, whole(beyond)), v) : plus(ja, whole(where_a));
            jb = plus(plus(i, whole(1)), w);
        } else {
            if (where_a != is_far) {
                jb = plus(ja, whole(where_a - where_b));
            } else {
                const long gap = where_b == is_far ? 1 : beyond - where_b;
                if (pa.step > 0 && pb.step == 0) return std::nullopt;
                long least = pb.first;
                while (pb.step > 0 && least < pa.first + gap) least += pb.step;
                // Where a is at first + step u, so is b: their difference does not depend on u.
                if (pa.step > 0)
                    while (least - pb.step >= pa.first + gap) least -= pb.step;
                if (least < pa.first + gap) return std::nullopt;
                jb = plus(plus(whole(least), times(pa.step, u)), times(pb.step, v));
            }
            i = where_b == is_far ? plus(plus(jb, whole(beyond)), w) : plus(jb, whole(where_b));
        }
    }
    Polynomial n = where_b == is_right ? jb : i;
    if (!only_last_) n = plus(n, Polynomial::variable(3));
    return Both{{i, ja, n, 0}, {i, jb, n, 0}};
}

std::optional<Quotient> Preference::score(const Kind& kind, const Region& at) {
    Polynomial p = Polynomial::of(kind.product[0]);
    const auto add = [&](const Rational& factor, const Polynomial& by) {
        if (factor != 0) p = sum(p, product(Polynomial::of(factor), by, budget_), budget_);
    };
    add(kind.product[1], at.i);
    add(kind.product[2], at.j);
    if (kind.product[3] != 0) add(kind.product[3], product(at.i, at.j, budget_));
    if (!bias_has(&Bindings::j)) return Quotient{p};
    Region region = at;
    region.dk = head_.query ? static_cast<long>(head_.query->outputs()) : 0;
    const auto bias = in_region(head_.bias, region, budget_);
    if (!bias || !head_.query) return bias;
    const auto scale = in_region(attention_.scale, region, budget_);
    if (!scale) return std::nullopt;
    return sum(product(*scale, Quotient{p}, budget_), *bias, budget_);
}

/// Whether its score is a number.
bool Preference::is_fixed(const Kind& kind) const {
    const auto is_zero = [](const Rational& x) { return x == 0; };
    return !bias_has(&Bindings::j) && std::all_of(kind.product.begin() + 1, kind.product.end(), is_zero);
}

std::optional<bool> Preference::decide(Spot where_a, std::size_t a, Spot where_b, std::size_t b) {
    if (is_fixed(kinds_[a]) && is_fixed(kinds_[b])) {  // such kinds have no phase, so that any two may lie so
        const int order = cmp(kinds_[b].product[0], kinds_[a].product[0]);
        return order != 0 ? order > 0 : head_.tie == Tie::right;
    }
    const auto both = together(where_a, a, where_b, b);
    if (!both) return false;
    const auto of_a = score(kinds_[a], both->a), of_b = score(kinds_[b], both->b);
    if (!of_a || !of_b) return std::nullopt;
    const Polynomial ahead = difference(*of_b, *of_a, budget_).above;
    if (ahead.never_zero()) return ahead.never_negative();
    if (ahead.never_negative() && head_.tie == Tie::right) return true;
    if (ahead.never_positive() && head_.tie == Tie::left) return false;
    return std::nullopt;
}

std::optional<bool> Preference::later(Spot where_a, std::size_t a, Spot where_b, std::size_t b) {
    budget_.step(16);
    const std::array<long, 4> key{where_a, static_cast<long>(a), where_b, static_cast<long>(b)};
    const auto found = known_.find(key);
    if (found != known_.end()) return found->second;
    store_.keep(128);
    return known_.emplace(key, decide(where_a, a, where_b, b)).first->second;
}

bool Preference::certainly_later(Spot where_a, std::size_t a, Spot where_b, std::size_t b) {
    if (const auto result = later(where_a, a, where_b, b)) return *result;
    throw Defect(head_.place, "which of two positions is preferred depends on where they are");
}

/// Kinds of which each score is that of one: what is brought does not decide.
std::vector<std::size_t> Preference::one_of_each_score(const std::set<std::size_t>& kinds) const {
    std::map<std::pair<std::array<Rational, 4>, std::size_t>, std::size_t> scores;
    for (const std::size_t k : kinds) scores.try_emplace({kinds_[k].product, kinds_[k].phase}, k);
    std::vector<std::size_t> result;
    for (const auto& [score, kind] : scores) result.push_back(kind);
    return result;
}

/// Whether each that lies so is less preferred than each that is near at the distance; what does not occur together says nothing.
bool Preference::each_loses(Spot spot, const std::vector<std::size_t>& there, long distance,
                            const std::vector<std::size_t>& near) {
    for (const std::size_t k : there)
        for (const std::size_t n : near) {
            const bool is_left = spot == is_far;
            const std::optional<bool> right_one = is_left ? later(spot, k, distance, n) : later(distance, n, spot, k);
            if (right_one.has_value() && *right_one == is_left) continue;
            if (is_left ? together(spot, k, distance, n) : together(distance, n, spot, k)) return false;
        }
    return true;
}

bool Preference::out_of_reach(Spot spot, const std::set<std::size_t>& there, const std::set<std::size_t>& asking,
                              const std::set<std::size_t>& left) {
    const std::vector<std::size_t> losers = one_of_each_score(there), winners = one_of_each_score(left);
    if (sees_itself() && each_loses(spot, losers, 0, one_of_each_score(asking))) return true;
    if (spot != is_far) return false;
    for (long distance = 1; distance <= window(); ++distance)
        if (each_loses(spot, losers, distance, winners)) return true;
    return false;
}

}  // namespace attest::checker
