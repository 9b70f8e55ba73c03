#include <fmt/format.h>

#include <algorithm>

#include "measure/function/diagram_certificates.hpp"
#include "measure/function/diagram_counts.hpp"
#include "measuring.hpp"

// Certificates, block sensitivity and decision trees where there are too many subcubes for a table of them.

namespace attest::measure {

namespace {

using measure::DiagramCertificates;
using verdict::Measurement;

/// Steps of the search for certificates that are smaller than a path.
constexpr double most_steps = 2e8;

class CertificateMeasurer {
  public:
    CertificateMeasurer(const measure::Diagram& d, const base::Limits& limits, Measures& m)
        : d_(d),
          limits_(limits),
          m_(m),
          n_(d.variables()),
          method_(fmt::format("decision diagram of {} nodes", d.nodes.size())) {}

    void run() {
        m_.decision_tree_depth.reduce_upper(measure::longest_path(d_));
        if (m_.decision_tree_depth.method.empty()) m_.decision_tree_depth.method = method_;
        least();
        auto found = measure::certificates(d_, {}, limits_);
        if (auto* why = std::get_if<verdict::Undecided>(&found)) {
            if (!m_.stopped) m_.stopped = std::move(*why);
            return;
        }
        const auto& sides = std::get<0>(found);
        for (std::size_t v = 0; v < 2; ++v) {
            if (!sides[v]) continue;
            m_.certificate_complexity_of[v] = witnessed(sides[v]->certificate);
            m_.block_sensitivity_of[v] = witnessed(sides[v]->block_sensitivity);
            m_.block_sensitivity_of[v]->blocks = sides[v]->blocks;
        }
        m_.certificate_complexity = greater(m_.certificate_complexity_of);
        m_.block_sensitivity = greater(m_.block_sensitivity_of);
    }

  private:
    Witnessed witnessed(const DiagramCertificates::Greatest& greatest) const {
        Witnessed w{Measurement::between(greatest.lower, greatest.upper), std::nullopt, {}};
        if (!greatest.input.empty()) w.input = greatest.input;
        w.number.method = method_;
        if (!w.number.is_exact()) w.number.reason = "certificates and blocks were not looked for on all words";
        return w;
    }

    /// Of both sides: the input and the blocks of the greater one.
    static Witnessed greater(const std::optional<Witnessed> (&sides)[2]) {
        if (!sides[0] || !sides[1]) return sides[0] ? *sides[0] : *sides[1];
        Witnessed w = sides[1]->number.lower() > sides[0]->number.lower() ? *sides[1] : *sides[0];
        const std::string method = w.number.method;
        std::string reason = sides[0]->number.reason.empty() ? sides[1]->number.reason : sides[0]->number.reason;
        w.number = Measurement::between(w.number.lower(), std::max(sides[0]->number.upper(), sides[1]->number.upper()));
        w.number.method = method;
        if (!w.number.is_exact()) w.number.reason = std::move(reason);
        return w;
    }

    /// From above by a path of the diagram without the tests that it can do without; from below by all partial
    /// inputs of so few positions, as long as these are few.
    void least() {
        std::vector<std::optional<bool>> fixed = measure::shortest_path(d_);
        for (auto& value : fixed) {
            const auto kept = value;
            value.reset();
            if (!measure::constant_on(d_, fixed)) value = kept;
        }
        unsigned size = 0;
        std::vector<bool> input;
        for (const auto& value : fixed) {
            size += value ? 1 : 0;
            input.push_back(value.value_or(false));
        }
        unsigned none = 0;  // no certificate is smaller than this
        while (none < size && !exists_certificate(none)) ++none;
        m_.certificate_minimum = {Measurement::between(std::min(none, size), size), std::move(input), {}};
        m_.certificate_minimum.number.method = method_;
        if (!m_.certificate_minimum.number.is_exact())
            m_.certificate_minimum.number.reason = "not all smaller partial inputs were tried";
    }

    /// Whether some certificate has this size or there is no time to tell.
    bool exists_certificate(unsigned size) const {
        double tries = 1;
        for (unsigned k = 0; k < size; ++k) tries *= 2.0 * (n_ - k) / (k + 1);
        if (tries * static_cast<double>(d_.nodes.size()) > most_steps) return true;
        std::vector<std::optional<bool>> fixed(n_);
        return constant_with(fixed, 0, size);
    }
    bool constant_with(std::vector<std::optional<bool>>& fixed, unsigned from, unsigned more) const {
        if (more == 0) return limits_.exceeded() || measure::constant_on(d_, fixed);
        for (unsigned i = from; i + more <= n_; ++i) {
            for (const bool value : {false, true}) {
                fixed[i] = value;
                if (constant_with(fixed, i + 1, more - 1)) return true;
            }
            fixed[i].reset();
        }
        return false;
    }

    const measure::Diagram& d_;
    const base::Limits& limits_;
    Measures& m_;
    unsigned n_;
    std::string method_;
};

}  // namespace

void measure_certificates(const measure::Diagram& d, const base::Limits& limits, Measures& m) {
    CertificateMeasurer(d, limits, m).run();
}

}  // namespace attest::measure
