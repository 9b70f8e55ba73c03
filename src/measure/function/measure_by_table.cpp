#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "measure/function/block_sensitivity.hpp"
#include "measure/function/subcubes.hpp"
#include "measure/function/threshold_degree.hpp"
#include "measuring.hpp"

namespace attest::measure {

namespace {

using exact::Rational;
using verdict::Measurement;

/// Steps of the packing of blocks, over all inputs.
constexpr std::uint64_t most_packing_steps = 200'000'000;

/// All measures from the truth table.
class TableMeasurer {
  public:
    TableMeasurer(const measure::TruthTable& f, const MeasureOptions& options, const base::Limits& limits, Measures& m)
        : f_(f), n_(f.variables()), options_(options), limits_(limits), m_(m) {}

    void run() {
        count();
        measure_sensitivity();
        m_.shape = measure::shape(f_);
        measure_degree();
        reduced_positions_ = m_.shape->relevant_positions();
        const bool few = reduced_positions_.size() <= options_.most_subcube_variables;
        if (few && !stopped()) {
            const measure::TruthTable g = measure::keep_positions(f_, reduced_positions_);
            measure_subcubes(g);
            if (!m_.shape->by_weight && !stopped()) measure_threshold_degree(g);
        }
        if (m_.shape->by_weight)
            m_.threshold_degree = measure::exactly(m_.shape->sign_changes(), "sign changes of a symmetric function");
    }

  private:
    void tell(const std::string& what) const {
        if (options_.progress) options_.progress(what);
    }
    bool stopped() { return out_of_limits(limits_, m_); }
    void note(verdict::Undecided why) {
        if (!m_.stopped) m_.stopped = std::move(why);
    }
    static Measurement exactly(Rational value) { return measure::exactly(std::move(value), "truth table"); }
    Witnessed at(const measure::Extremum& extremum) const {
        return {exactly(extremum.value), bits(extremum.input, n_)};
    }

    void count() { m_.accepted_words = exactly(rational(mpz_class(static_cast<unsigned long>(f_.count_ones())))); }

    void measure_sensitivity() {
        tell("sensitivity");
        const measure::Sensitivity s = measure::sensitivity(f_, {options_.threads, true});
        m_.sensitivity = at(s.greatest());
        for (std::size_t v = 0; v < 2; ++v)
            if (s.most[v]) m_.sensitivity_of[v] = at(*s.most[v]);
        std::uint64_t sum = 0;
        m_.influences.clear();
        for (const std::uint64_t boundary : s.boundary) {
            m_.influences.push_back(exactly(over_power_of_two(static_cast<unsigned long>(boundary), n_)));
            sum += boundary;
        }
        m_.average_sensitivity = exactly(over_power_of_two(static_cast<unsigned long>(sum), n_));
        m_.profile = s.profile;
    }

    void measure_degree() {
        if (stopped()) return;
        tell("the Fourier spectrum");
        auto spectrum = measure::spectrum(f_, options_.threads, limits_);
        if (auto* why = std::get_if<verdict::Undecided>(&spectrum)) {
            m_.degree.reason = why->detail;
            return;
        }
        const auto& coefficients = std::get<std::vector<std::int32_t>>(spectrum);
        const measure::Levels levels = measure::levels(coefficients, options_.threads);
        mpz_class whole = 0, weighted = 0;
        for (unsigned k = 0; k <= n_; ++k) {
            const mpz_class weight(static_cast<unsigned long>(levels.weight[k]));
            whole += weight;
            weighted += k * weight;
            m_.level_weights.push_back(over_power_of_two(weight, 2 * n_));
        }
        if (whole != mpz_class(1) << (2 * n_) || over_power_of_two(weighted, 2 * n_) != m_.average_sensitivity.lower())
            throw base::InternalError(
                "the Fourier weights do not sum to what Parseval and the average sensitivity say");
        m_.nonzero_coefficients = levels.nonzero;
        if (options_.keep_spectrum) m_.spectrum = coefficients;
        m_.degree = exactly(levels.degree());
        spectrum = verdict::Undecided{};  // gives the memory back
        if (stopped()) return;
        tell("the real degree");
        const auto degree = measure::real_degree(f_, options_.threads, limits_);
        if (const auto* d = std::get_if<unsigned>(&degree); d != nullptr && *d != levels.degree())
            throw base::InternalError(
                fmt::format("the degree is {} by Fourier and {} by Moebius", levels.degree(), *d));
    }

    /// Inputs and blocks of the function of the relevant positions, as those of the whole.
    measure::Input spread(measure::Input y) const {
        const auto m = static_cast<unsigned>(reduced_positions_.size());
        measure::Input x = 0;
        for (unsigned i = 1; i <= m; ++i)
            x |= (y >> measure::bit_of(i, m) & 1U) << measure::bit_of(reduced_positions_[i - 1], n_);
        return x;
    }
    measure::Extremum spread(const measure::Extremum& e) const { return {e.value, spread(e.input)}; }

    void measure_subcubes(const measure::TruthTable& g) {
        tell("certificates");
        auto found = measure::certificates(g, limits_);
        if (auto* why = std::get_if<verdict::Undecided>(&found)) return note(std::move(*why));
        const auto& c = std::get<measure::Certificates>(found);
        m_.certificate_complexity = at(spread(c.greatest()));
        m_.certificate_minimum = at(spread(c.least));
        for (std::size_t v = 0; v < 2; ++v)
            if (c.most[v]) m_.certificate_complexity_of[v] = at(spread(*c.most[v]));
        if (stopped()) return;
        tell("block sensitivity");
        set_block_sensitivity(measure::block_sensitivity(g, c.by_input, most_packing_steps, limits_));
        if (stopped()) return;
        tell("decision trees");
        auto depth = measure::decision_tree_depth(g, limits_);
        if (auto* why = std::get_if<verdict::Undecided>(&depth)) return note(std::move(*why));
        m_.decision_tree_depth = exactly(std::get<unsigned>(depth));
    }

    void set_block_sensitivity(const measure::BlockSensitivity& b) {
        if (b.unfinished && b.unfinished->reason != verdict::Reason::unsupported) note(*b.unfinished);
        const auto witnessed = [&](const measure::BlockSensitivity::Side& side) {
            Witnessed w{Measurement::between(side.lower, side.upper), bits(spread(side.at), n_), {}};
            w.number.method = "truth table";
            if (b.unfinished && !w.number.is_exact()) w.number.reason = b.unfinished->detail;
            for (const measure::Input block : side.blocks) {
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

    void measure_threshold_degree(const measure::TruthTable& g) {
        if (!m_.degree.is_exact()) return;
        tell("the threshold degree");
        Rational least = m_.degree.upper();
        for (const auto& side :
             m_.certificate_complexity_of)  // the sum of terms that cover what has a value, less a half
            if (side) least = std::min(least, side->number.upper());
        const auto found = measure::threshold_degree(g, static_cast<unsigned>(least.get_num().get_ui()), {}, limits_);
        if (found.unfinished && found.unfinished->reason != verdict::Reason::unsupported) note(*found.unfinished);
        m_.threshold_degree = Measurement::between(found.lower, found.upper);
        m_.threshold_degree.method = "linear programs, exact";
        if (found.unfinished) m_.threshold_degree.reason = found.unfinished->detail;
    }

    const measure::TruthTable& f_;
    unsigned n_;
    const MeasureOptions& options_;
    const base::Limits& limits_;
    Measures& m_;
    std::vector<unsigned> reduced_positions_;
};

}  // namespace

void measure_by_table(const MeasureOptions& options, const base::Limits& limits, Measures& m) {
    TableMeasurer(*m.table, options, limits, m).run();
}

}  // namespace attest::measure
