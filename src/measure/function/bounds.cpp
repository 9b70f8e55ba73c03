#include "measure/function/bounds.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "attest/network/at_length.hpp"
#include "exact/decimal.hpp"

namespace attest::measure {

namespace {

using exact::Rational;
using verdict::Measurement;

/// A number between two ends; sampled ones may lie outside, and prove nothing.
struct Range {
    Rational lower, upper;
    bool sampled = false;
};

Range range(const Measurement& m) { return {m.lower(), m.upper(), m.confidence.has_value()}; }
Range range(const Rational& value) { return {value, value, false}; }
Range operator*(const Range& a, const Range& b) {
    return {a.lower * b.lower, a.upper * b.upper, a.sampled || b.sampled};
}
Range power(const Range& a, unsigned exponent) {
    Range result = range(Rational(1));
    while (exponent-- > 0) result = result * a;
    return result;
}

std::string text(const Rational& value) {
    const bool short_integer = value.get_den() == 1 && mpz_sizeinbase(value.get_num_mpz_t(), 10) <= 12;
    return short_integer ? value.get_num().get_str() : exact::to_decimal(value);
}
std::string text(const Range& r) {
    return r.lower == r.upper ? text(r.lower) : fmt::format("[{}, {}]", text(r.lower), text(r.upper));
}

class Held {
  public:
    Held(const Measures& m, const Origins& origins) : m_(m), origins_(origins), n_(m.variables) {}

    std::vector<Bound> all() {
        chains();
        products();
        polynomials();
        spectrum();
        shapes();
        models();
        circuits();
        return std::move(bounds_);
    }

  private:
    void below(const char* statement, const Range& left, const Range& right, const char* source) {
        Bound b{statement, fmt::format("{} <= {}", text(left), text(right)), Bound::Status::open, source};
        if (!left.sampled && !right.sampled) {
            if (left.lower > right.upper)
                throw base::InternalError(fmt::format("{} does not hold: {}", statement, b.here));
            if (left.upper <= right.lower) b.status = Bound::Status::holds;
        }
        bounds_.push_back(std::move(b));
    }

    void chains() {
        below("as <= s", as(), s(), "by definition");
        below("s <= bs", s(), bs(), "by definition");
        below("bs <= C", bs(), c(), "nisan1994degree");
        below("C <= D", c(), d(), "nisan1994degree");
        below("D <= N", d(), range(Rational(n_)), "by definition");
        below("deg <= D", deg(), d(), "nisan1994degree");
        below("deg+- <= deg", range(m_.threshold_degree), deg(), "by definition");
        below("as <= deg", as(), deg(), "odonnell2014analysis");
    }

    void products() {
        below("C <= s bs", c(), s() * bs(), "nisan1994degree");
        const auto& sides = m_.certificate_complexity_of;
        if (sides[0] && sides[1]) {
            const Range c0 = range(sides[0]->number), c1 = range(sides[1]->number);
            below("D <= C0 C1", d(), c0 * c1, "blum1987generic");
            below("D <= bs C1", d(), bs() * c1, "beals2001quantum");
            below("deg+- <= C1 (the sum of a DNF's terms)", range(m_.threshold_degree), c1, "by definition");
            below("deg+- <= C0 (the sum of a CNF's clauses)", range(m_.threshold_degree), c0, "by definition");
            below("as <= width of every DNF, so as <= C1", as(), c1, "amano2011tight");
            below("as <= width of every CNF, so as <= C0", as(), c0, "amano2011tight");
        }
        below("D <= bs^3", d(), power(bs(), 3), "beals2001quantum");
    }

    void polynomials() {
        below("deg <= s^2", deg(), power(s(), 2), "huang2019induced");
        below("bs <= deg^2", bs(), power(deg(), 2), "tal2013properties");
        below("bs <= s^4", bs(), power(s(), 4), "huang2019induced");
        below("deg <= bs^3", deg(), power(bs(), 3), "beals2001quantum");
        below("D <= deg^3", d(), power(deg(), 3), "midrijanis2004exact");
    }

    void spectrum() {
        const Range p = range(m_.accepted_words) * range(Rational(mpz_class(1), mpz_class(1) << n_));
        if (p.lower == p.upper) {
            const Rational variance = 4 * p.lower * (1 - p.lower);
            below("variance <= as (Poincare)", range(variance), as(), "odonnell2014analysis");
        }
        Rational sum = 0;
        bool exact = m_.average_sensitivity.is_exact();
        for (const Measurement& influence : m_.influences) {
            exact = exact && influence.is_exact();
            sum += influence.lower();
        }
        if (exact) {
            below("sum of influences <= as", range(sum), as(), "by definition");
            below("as <= sum of influences", as(), range(sum), "by definition");
        }
    }

    void shapes() {
        if (!m_.shape) return;
        const auto relevant = static_cast<unsigned long>(m_.shape->relevant_positions().size());
        const Rational constant(6614, 1000);
        below("D <= relevant positions", d(), range(Rational(relevant)), "by definition");
        if (m_.degree.is_exact() && m_.degree.upper() <= 4096) {
            const auto degree = static_cast<unsigned>(m_.degree.upper().get_num().get_ui());
            below("relevant positions <= 6.614 2^deg", range(Rational(relevant)),
                  range(constant * Rational(mpz_class(1) << degree)), "chiarelli2020asymptotically");
        }
        if (m_.shape->unate() && n_ > 0)
            below("as <= as(majority), unate", as(), range(majority()), "odonnell2014analysis");
    }

    /// ceil(n/2) C(n, floor(n/2)) / 2^(n−1)
    Rational majority() const {
        mpz_class ways;
        mpz_bin_uiui(ways.get_mpz_t(), n_, n_ / 2);
        Rational value((n_ - n_ / 2) * ways, mpz_class(1) << (n_ - 1));
        value.canonicalize();
        return value;
    }

    /// One hard layer that is read at a marker: H positions force the choice of each of H heads.
    void models() {
        const network::Transformer* t = origins_.transformer;
        if (t == nullptr || t->kind() != network::AttentionKind::hard) return;
        if (t->readout.reading != network::Readout::Reading::one) return;
        std::size_t layers = 0, heads = 0;
        const network::AtLength at(*t, n_);
        for (const network::Layer& layer : at->layers)
            if (layer.attention) {
                ++layers;
                heads = layer.attention->heads.size();
            }
        const std::int64_t sequence = t->sequence_length(n_), read = t->readout_position(sequence);
        const bool marker = (t->begin && read == 1) || (t->end && read == sequence);
        if (layers > 1 || !marker) return;
        below("Cmin <= heads (one layer, read at a marker)", range(m_.certificate_minimum.number),
              range(Rational(static_cast<unsigned long>(heads))), "hahn2020theoretical");
    }

    void circuits() {
        if (origins_.width)
            below("as <= w, the circuit is a DNF or CNF of width w", as(),
                  range(Rational(static_cast<unsigned long>(*origins_.width))), "amano2011tight");
        if (origins_.gates == 0 || origins_.depth == 0) return;
        const std::size_t d = origins_.depth, size = origins_.gates;
        bounds_.push_back({"as = O((log size)^(depth-1))",
                           fmt::format("depth {}, {} gates; no constant is published", d, size), Bound::Status::quoted,
                           "boppana1997average"});
        linial_mansour_nisan(d, size);
    }

    /// Weight above level t at most 2 M 2^(−t^(1/d) / 20): less than 1 for some t ≤ n only if n > (20 log2(2 M))^d.
    void linial_mansour_nisan(std::size_t depth, std::size_t size) {
        Bound b{"weight above level t <= 2 M 2^(-t^(1/d) / 20)", fmt::format("d = {}, M = {}", depth, size),
                Bound::Status::open, "linial1993constant"};
        mpz_class least, base = 20 * static_cast<unsigned long>(
                                         mpz_sizeinbase(mpz_class(static_cast<unsigned long>(size)).get_mpz_t(), 2));
        mpz_pow_ui(least.get_mpz_t(), base.get_mpz_t(),
                   std::min<std::size_t>(depth, 64));  // floor(log2 M) + 1 ≤ log2(2 M)
        if (least >= n_) {
            b.status = Bound::Status::vacuous;
            b.here += fmt::format(": more than 1 for all t <= {}", n_);
        } else if (!m_.level_weights.empty()) {
            compare_tails(depth, size, b);
        }
        bounds_.push_back(std::move(b));
    }

    /// To the power of 20, and with the root of t rounded down or up, both sides are rational.
    void compare_tails(std::size_t depth, std::size_t size, Bound& b) const {
        mpz_class bound;
        mpz_ui_pow_ui(bound.get_mpz_t(), 2 * size, 20);
        bool all = true;
        Rational tail = 1;
        for (unsigned t = 0; t <= n_; ++t) {
            tail -= m_.level_weights[t];
            mpz_class root;
            const bool whole = mpz_root(root.get_mpz_t(), mpz_class(t).get_mpz_t(), depth) != 0;
            Range twentieth = power(range(tail), 20);
            const Rational down = twentieth.lower * Rational(mpz_class(1) << root.get_ui());
            if (down > bound) throw base::InternalError(fmt::format("{} does not hold at t = {}", b.statement, t));
            all = all && (whole ? down : 2 * down) <= bound;
        }
        if (all) b.status = Bound::Status::holds;
        b.here += all ? ": for all t" : ": not seen for all t";
    }

    Range as() const { return range(m_.average_sensitivity); }
    Range s() const { return range(m_.sensitivity.number); }
    Range bs() const { return range(m_.block_sensitivity.number); }
    Range c() const { return range(m_.certificate_complexity.number); }
    Range d() const { return range(m_.decision_tree_depth); }
    Range deg() const { return range(m_.degree); }

    const Measures& m_;
    const Origins& origins_;
    unsigned n_;
    std::vector<Bound> bounds_;
};

}  // namespace

const char* to_string(Bound::Status status) {
    switch (status) {
        case Bound::Status::holds: return "holds";
        case Bound::Status::open: return "open";
        case Bound::Status::vacuous: return "vacuous here";
        case Bound::Status::quoted: return "quoted";
    }
    return "";
}

std::vector<Bound> bounds(const Measures& m, const Origins& origins) { return Held(m, origins).all(); }

}  // namespace attest::measure
