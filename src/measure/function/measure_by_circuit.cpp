#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "attest/measure/function/sampling.hpp"
#include "measure/function/adders.hpp"
#include "measure/function/diagram.hpp"
#include "measure/function/diagram_counts.hpp"
#include "measure/function/diagram_sensitivity.hpp"
#include "measuring.hpp"

// Beyond truth tables. Circuits that add up their inputs have closed forms, at any length. A decision diagram, where one is small enough, counts exactly: accepted words, influences,
// the weight of each Fourier level and with it the degree, and tells whether closed forms apply. Sensitivity is
// asked of a solver. What neither reaches is sampled, or stays between bounds that hold of every function.

namespace attest::measure {

namespace {

using exact::Rational;
using verdict::Measurement;

constexpr std::size_t most_pairs = 1 << 21;
/// Steps of following flipped copies through a diagram.
constexpr std::size_t most_states = 4'000'000;

class CircuitMeasurer {
  public:
    CircuitMeasurer(const Function& function, const MeasureOptions& options, const base::Limits& limits, Measures& m)
        : function_(function), options_(options), limits_(limits), m_(m), n_(function.variables) {}

    void run() {
        tell("adders");
        if (const auto values = measure::values_of_sum(*function_.circuit, function_.root, limits_))
            return measure_by_sum(*values, m_);
        tell("a decision diagram");
        auto built = measure::diagram(*function_.circuit, function_.root, {options_.most_diagram_nodes}, limits_);
        if (const auto* d = std::get_if<measure::Diagram>(&built)) by_diagram(*d);
        else note(std::get<verdict::Undecided>(built));
        if (!counted_ && !out_of_limits(limits_, m_)) by_samples();
    }

  private:
    void tell(const std::string& what) const {
        if (options_.progress) options_.progress(what);
    }
    /// Limits of the user's end the run; those of our own only leave a question to other means.
    void note(const verdict::Undecided& why) {
        if (limits_.exceeded() && !m_.stopped) m_.stopped = why;
    }

    void by_diagram(const measure::Diagram& d) {
        const std::string method = fmt::format("decision diagram of {} nodes", d.nodes.size());
        auto counted = measure::counts(d, most_pairs, limits_);
        if (const auto* why = std::get_if<verdict::Undecided>(&counted)) return note(*why);
        const auto& c = std::get<measure::DiagramCounts>(counted);
        counted_ = true;
        m_.accepted_words = exactly(rational(c.ones), method);
        mpz_class sum = 0;
        for (unsigned i = 0; i < n_; ++i) {
            m_.influences[i] = exactly(over_power_of_two(c.boundary[i], n_), method);
            sum += c.boundary[i];
        }
        m_.average_sensitivity = exactly(over_power_of_two(sum, n_), method);
        set_sides(c.ones);
        tell("Fourier weights by level");
        measure_weights(d, limits_, m_);
        if (c.balance != 0) {
            if (m_.degree.upper() < n_ || (m_.degree.is_exact() && m_.degree.lower() != n_))
                throw base::InternalError("the degree by the top coefficient and by Fourier weights differ");
            m_.degree = exactly(n_, method);
        }
        auto shape = measure::shape(d, most_pairs, limits_);
        if (auto* found = std::get_if<measure::Shape>(&shape)) m_.shape = std::move(*found);
        else note(std::get<verdict::Undecided>(shape));
        if (m_.shape && m_.shape->by_weight) return by_weight();
        sensitivity_on(d, method);
        measure_certificates(d, limits_, m_);
    }

    void sensitivity_on(const measure::Diagram& d, const std::string& method) {
        tell("sensitivity");
        auto found = measure::most_sensitive(d, most_states, limits_);
        if (const auto* why = std::get_if<verdict::Undecided>(&found)) return note(*why);
        const measure::MostSensitiveInput* most = nullptr;
        for (std::size_t v = 0; v < 2; ++v) {
            const auto& side = std::get<0>(found)[v];
            if (side.has_value() != m_.sensitivity_of[v].has_value())
                throw base::InternalError("counting and sensitivity differ about which values there are");
            if (!side) continue;
            m_.sensitivity_of[v] = Witnessed{exactly(side->count, method), side->input, {}};
            if (most == nullptr || side->count > most->count) most = &*side;
        }
        m_.sensitivity = {exactly(most->count, method), most->input, {}};
    }

    /// Which values the function has at all.
    void set_sides(const mpz_class& ones) {
        const bool has[2] = {ones != mpz_class(1) << n_, ones != 0};
        for (std::size_t v = 0; v < 2; ++v) {
            if (!has[v]) continue;
            m_.sensitivity_of[v] = m_.block_sensitivity_of[v] = m_.certificate_complexity_of[v] =
                Witnessed{unknown(n_), {}, {}};
        }
    }

    /// Closed forms, which must agree with what was counted.
    void by_weight() {
        const Measures counted = m_;
        measure_by_weight(m_);
        if (m_.accepted_words.lower() != counted.accepted_words.lower() ||
            m_.average_sensitivity.lower() != counted.average_sensitivity.lower() ||
            (counted.degree.is_exact() && m_.degree.lower() != counted.degree.lower()))
            throw base::InternalError("a symmetric function is counted in two ways with different results");
    }

    void by_samples() {
        tell("samples");
        auto sampled = measure::sample(*function_.circuit, function_.root,
                                       {options_.trials, options_.seed, mpq_class(1, 100)}, limits_);
        if (const auto* why = std::get_if<verdict::Undecided>(&sampled)) return note(*why);
        const auto& s = std::get<measure::Samples>(sampled);
        const auto enclosed = [&](const measure::Interval& interval, const Rational& scale) {
            Measurement number = Measurement::between(interval.lower * scale, interval.upper * scale);
            number.method = fmt::format("{} samples", options_.trials);
            number.reason = "the decision diagram is too large";
            number.confidence = Rational(99, 100);
            return number;
        };
        m_.accepted_words = enclosed(s.accepted, Rational(mpz_class(1) << n_));
        m_.average_sensitivity = enclosed(s.average_influence, n_);
        for (unsigned i = 0; i < n_; ++i) m_.influences[i] = enclosed(s.influences[i], 1);
    }

    const Function& function_;
    const MeasureOptions& options_;
    const base::Limits& limits_;
    Measures& m_;
    unsigned n_;
    bool counted_ = false;
};

}  // namespace

void measure_by_circuit(const Function& function, const MeasureOptions& options, const base::Limits& limits,
                        Measures& m) {
    CircuitMeasurer(function, options, limits, m).run();
}

}  // namespace attest::measure
