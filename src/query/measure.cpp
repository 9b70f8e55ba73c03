#include "attest/query/measure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "attest/analysis/block_sensitivity.hpp"
#include "attest/analysis/subcubes.hpp"
#include "attest/base/error.hpp"

namespace attest::query {

namespace {

using exact::Rational;
using verdict::Measurement;

/// Steps of the packing of blocks, over all inputs.
constexpr std::uint64_t most_packing_steps = 200'000'000;

Rational rational(std::uint64_t value) {
    return Rational(mpz_class(static_cast<unsigned long>(value)));
}

Rational over_power_of_two(std::uint64_t numerator, unsigned exponent) {
    mpz_class denominator;
    mpz_ui_pow_ui(denominator.get_mpz_t(), 2, exponent);
    Rational q(mpz_class(static_cast<unsigned long>(numerator)), denominator);
    q.canonicalize();
    return q;
}

std::vector<bool> bits(analysis::Input x, unsigned n) {
    std::vector<bool> result;
    for (unsigned i = 1; i <= n; ++i) result.push_back((x >> analysis::bit_of(i, n) & 1U) != 0);
    return result;
}

/// What a measurement is before anything is found out.
Measurement unknown(unsigned n) {
    return Measurement::at_most(n, 0);
}

/// All measures from the truth table.
class TableMeasurer {
  public:
    TableMeasurer(const analysis::TruthTable& f, const MeasureOptions& options, const base::Limits& limits, Measures& m)
        : f_(f), n_(f.variables()), options_(options), limits_(limits), m_(m) {}

    void run() {
        count();
        measure_sensitivity();
        m_.shape = analysis::shape(f_);
        measure_degree();
        reduced_positions_ = m_.shape->relevant_positions();
        const bool few = reduced_positions_.size() <= options_.most_subcube_variables;
        if (few && !stopped()) measure_subcubes();
        measure_threshold_degree();
    }

  private:
    void tell(const std::string& what) const {
        if (options_.progress) options_.progress(what);
    }
    bool stopped() {
        if (const auto limit = limits_.exceeded()) note({verdict::reason_of(*limit), "not all measures were begun"});
        return m_.stopped.has_value();
    }
    void note(verdict::Undecided why) {
        if (!m_.stopped) m_.stopped = std::move(why);
    }
    static Measurement exactly(Rational value) {
        Measurement result = Measurement::exactly(std::move(value));
        result.method = "truth table";
        return result;
    }
    Witnessed at(const analysis::Extremum& extremum) const { return {exactly(extremum.value), bits(extremum.input, n_)}; }

    void count() { m_.accepted_words = exactly(rational(f_.count_ones())); }

    void measure_sensitivity() {
        tell("sensitivity");
        const analysis::Sensitivity s = analysis::sensitivity(f_, {options_.threads, true});
        m_.sensitivity = at(s.greatest());
        for (std::size_t v = 0; v < 2; ++v)
            if (s.most[v]) m_.sensitivity_of[v] = at(*s.most[v]);
        std::uint64_t sum = 0;
        m_.influences.clear();
        for (const std::uint64_t boundary : s.boundary) {
            m_.influences.push_back(exactly(over_power_of_two(boundary, n_)));
            sum += boundary;
        }
        m_.average_sensitivity = exactly(over_power_of_two(sum, n_));
        m_.profile = s.profile;
    }

    void measure_degree() {
        if (stopped()) return;
        tell("the Fourier spectrum");
        auto spectrum = analysis::spectrum(f_, options_.threads, limits_);
        if (auto* why = std::get_if<verdict::Undecided>(&spectrum)) return note(std::move(*why));
        const auto& coefficients = std::get<std::vector<std::int32_t>>(spectrum);
        const analysis::Levels levels = analysis::levels(coefficients, options_.threads);
        mpz_class whole = 0, weighted = 0;
        for (unsigned k = 0; k <= n_; ++k) {
            const mpz_class weight(static_cast<unsigned long>(levels.weight[k]));
            whole += weight;
            weighted += k * weight;
            Rational part(weight, mpz_class(1) << (2 * n_));
            part.canonicalize();
            m_.level_weights.push_back(part);
        }
        Rational average(weighted, mpz_class(1) << (2 * n_));
        average.canonicalize();
        if (whole != mpz_class(1) << (2 * n_) || average != m_.average_sensitivity.lower())
            throw base::InternalError("the Fourier weights do not sum to what Parseval and the average sensitivity say");
        m_.nonzero_coefficients = levels.nonzero;
        if (options_.keep_spectrum) m_.spectrum = coefficients;
        m_.degree = exactly(levels.degree());
        spectrum = verdict::Undecided{};  // gives the memory back
        if (stopped()) return;
        tell("the real degree");
        const auto degree = analysis::real_degree(f_, options_.threads, limits_);
        if (const auto* d = std::get_if<unsigned>(&degree); d != nullptr && *d != levels.degree())
            throw base::InternalError(fmt::format("the degree is {} by Fourier and {} by Moebius", levels.degree(), *d));
    }

    /// Inputs and blocks of the function of the relevant positions, as those of the whole.
    analysis::Input spread(analysis::Input y) const {
        const auto m = static_cast<unsigned>(reduced_positions_.size());
        analysis::Input x = 0;
        for (unsigned i = 1; i <= m; ++i) x |= (y >> analysis::bit_of(i, m) & 1U) << analysis::bit_of(reduced_positions_[i - 1], n_);
        return x;
    }
    analysis::Extremum spread(const analysis::Extremum& e) const { return {e.value, spread(e.input)}; }

    void measure_subcubes() {
        tell("certificates");
        const analysis::TruthTable g = analysis::keep_positions(f_, reduced_positions_);
        auto found = analysis::certificates(g, limits_);
        if (auto* why = std::get_if<verdict::Undecided>(&found)) return note(std::move(*why));
        const auto& c = std::get<analysis::Certificates>(found);
        m_.certificate_complexity = at(spread(c.greatest()));
        m_.certificate_minimum = at(spread(c.least));
        for (std::size_t v = 0; v < 2; ++v)
            if (c.most[v]) m_.certificate_complexity_of[v] = at(spread(*c.most[v]));
        if (stopped()) return;
        tell("block sensitivity");
        set_block_sensitivity(analysis::block_sensitivity(g, c.by_input, most_packing_steps, limits_));
        if (stopped()) return;
        tell("decision trees");
        auto depth = analysis::decision_tree_depth(g, limits_);
        if (auto* why = std::get_if<verdict::Undecided>(&depth)) return note(std::move(*why));
        m_.decision_tree_depth = exactly(std::get<unsigned>(depth));
    }

    void set_block_sensitivity(const analysis::BlockSensitivity& b) {
        if (b.unfinished && b.unfinished->reason != verdict::Reason::unsupported) note(*b.unfinished);
        const auto witnessed = [&](const analysis::BlockSensitivity::Side& side) {
            Witnessed w{Measurement::between(side.lower, side.upper), bits(spread(side.at), n_), {}};
            w.number.method = "truth table";
            if (b.unfinished && !w.number.is_exact()) w.number.reason = b.unfinished->detail;
            for (const analysis::Input block : side.blocks) {
                const std::vector<bool> member = bits(spread(block), n_);
                auto& positions = w.blocks.emplace_back();
                for (unsigned i = 1; i <= n_; ++i)
                    if (member[i - 1]) positions.push_back(i);
            }
            std::sort(w.blocks.begin(), w.blocks.end());
            return w;
        };
        std::size_t better = b.sides[0] ? 0 : 1;
        if (b.sides[0] && b.sides[1] && b.sides[1]->lower > b.sides[0]->lower) better = 1;
        for (std::size_t v = 0; v < 2; ++v)
            if (b.sides[v]) m_.block_sensitivity_of[v] = witnessed(*b.sides[v]);
        m_.block_sensitivity = *m_.block_sensitivity_of[better];
        Measurement both = Measurement::between(b.lower(), b.upper());
        both.method = "truth table";
        both.reason = m_.block_sensitivity.number.reason;
        m_.block_sensitivity.number = both;
    }

    void measure_threshold_degree() {
        if (m_.shape->by_weight) {
            m_.threshold_degree = Measurement::exactly(m_.shape->sign_changes());
            m_.threshold_degree.method = "sign changes of a symmetric function";
        }
    }

    const analysis::TruthTable& f_;
    unsigned n_;
    const MeasureOptions& options_;
    const base::Limits& limits_;
    Measures& m_;
    std::vector<unsigned> reduced_positions_;
};

/// Lets each number bound its neighbours: as ≤ s ≤ bs ≤ C ≤ D, deg ≤ D, deg± ≤ deg, D ≤ relevant positions.
void draw_together(Measures& m) {
    const auto inferred = [](Measurement& number) {
        if (number.method.empty() || number.is_exact()) number.method = "from the others, by inequalities";
    };
    const auto below = [&](Measurement& small, Measurement& great) {
        if (small.lower() > great.lower()) {
            great.raise_lower(small.lower());
            inferred(great);
        }
        if (great.upper() < small.upper()) {
            small.reduce_upper(great.upper());
            inferred(small);
        }
    };
    if (m.shape) m.decision_tree_depth.reduce_upper(rational(m.shape->relevant_positions().size()));
    for (int again = 0; again < 2; ++again) {
        below(m.sensitivity.number, m.block_sensitivity.number);
        below(m.block_sensitivity.number, m.certificate_complexity.number);
        below(m.certificate_complexity.number, m.decision_tree_depth);
        below(m.certificate_minimum.number, m.certificate_complexity.number);
        below(m.degree, m.decision_tree_depth);
        below(m.threshold_degree, m.degree);
    }
}

}  // namespace

Measures measure(const Function& function, const MeasureOptions& options, const base::Limits& limits) {
    Measures m;
    const unsigned n = m.variables = function.variables;
    for (Witnessed* w : {&m.sensitivity, &m.block_sensitivity, &m.certificate_complexity, &m.certificate_minimum}) w->number = unknown(n);
    for (Measurement* number : {&m.average_sensitivity, &m.decision_tree_depth, &m.degree, &m.threshold_degree}) *number = unknown(n);
    m.influences.assign(n, Measurement::at_most(1, 0));
    mpz_class words;
    mpz_ui_pow_ui(words.get_mpz_t(), 2, n);
    m.accepted_words = Measurement::at_most(Rational(words), 0);

    m.table = function.table;
    if (!m.table && function.circuit && n <= options.most_table_variables) {
        if (options.progress) options.progress("the truth table");
        auto table = analysis::tabulate(*function.circuit, function.root, options.threads, limits);
        if (auto* why = std::get_if<verdict::Undecided>(&table)) m.stopped = std::move(*why);
        else m.table = std::move(std::get<analysis::TruthTable>(table));
    }
    if (m.table) TableMeasurer(*m.table, options, limits, m).run();
    draw_together(m);
    return m;
}

}  // namespace attest::query
