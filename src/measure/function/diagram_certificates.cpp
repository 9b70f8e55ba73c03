#include "measure/function/diagram_certificates.hpp"

#include <algorithm>

#include "least_certificate.hpp"
#include "uncovered.hpp"

namespace attest::measure {

namespace {

std::vector<bool> by_position(const Diagram& d, const std::vector<bool>& by_level) {
    std::vector<bool> result(by_level.size());
    for (std::size_t level = 0; level < by_level.size(); ++level) result[d.position[level] - 1] = by_level[level];
    return result;
}

/// The most tests on a path to a constant; none if no path leads there.
std::optional<unsigned> longest_path_to(const Diagram& d, bool value) {
    std::vector<std::optional<unsigned>> tests(d.nodes.size());
    tests[value ? 1 : 0] = 0;
    for (std::size_t v = 2; v < d.nodes.size(); ++v)
        for (const Diagram::Index child : {d.nodes[v].low, d.nodes[v].high})
            if (tests[child]) tests[v] = std::max(tests[v].value_or(0), *tests[child] + 1);
    return tests[d.root];
}

/// The inputs with one value.
class Cover {
  public:
    Cover(const Diagram& d, bool value, unsigned longest, const DiagramCertificateOptions& options)
        : d_(d),
          options_(options),
          longest_(longest),
          steps_(options.most_steps),
          left_(d, value, options.most_nodes) {}

    /// Whether it went on until each input had its certificate.
    bool run(const base::Limits& limits) {
        for (std::size_t k = 0; k < options_.most_certificates; ++k) {
            if (left_.failed() || steps_ == 0) return false;
            if (left_.empty()) return true;
            if (limits.exceeded()) return false;
            const std::vector<bool> input = left_.any();
            LeastCertificate least(d_, input, steps_);
            least.improve(result_.certificate.lower);
            look(least, input);
            left_.remove(input, least.certificate());
        }
        return !left_.failed() && left_.empty();
    }

    DiagramCertificates result(bool complete) {
        result_.certificate.upper = complete ? std::min(used_, longest_) : longest_;
        result_.block_sensitivity.upper = result_.certificate.upper;
        return std::move(result_);
    }

  private:
    void look(const LeastCertificate& least, const std::vector<bool>& input) {
        used_ = std::max(used_, least.upper());
        if (result_.certificate.input.empty() || least.lower() > result_.certificate.lower) {
            result_.certificate.lower = least.lower();
            result_.certificate.input = by_position(d_, input);
        }
        const auto blocks = static_cast<unsigned>(least.disjoint_blocks().size());
        if (!result_.block_sensitivity.input.empty() && blocks <= result_.block_sensitivity.lower) return;
        result_.block_sensitivity.lower = blocks;
        result_.block_sensitivity.input = by_position(d_, input);
        result_.blocks.clear();
        for (const LeastCertificate::Levels& block : least.disjoint_blocks()) {
            auto& positions = result_.blocks.emplace_back();
            for (const std::uint32_t level : block) positions.push_back(d_.position[level]);
            std::sort(positions.begin(), positions.end());
        }
        std::sort(result_.blocks.begin(), result_.blocks.end());
    }

    const Diagram& d_;
    const DiagramCertificateOptions& options_;
    unsigned longest_;
    std::uint64_t steps_;
    Uncovered left_;
    unsigned used_ = 0;  // the greatest certificate that took inputs away
    DiagramCertificates result_;
};

}  // namespace

std::variant<std::array<std::optional<DiagramCertificates>, 2>, verdict::Undecided> certificates(
    const Diagram& d, const DiagramCertificateOptions& options, const base::Limits& limits) {
    std::array<std::optional<DiagramCertificates>, 2> result;
    for (const bool value : {false, true}) {
        const auto longest = longest_path_to(d, value);
        if (!longest) continue;
        Cover cover(d, value, *longest, options);
        const bool complete = cover.run(limits);
        if (const auto limit = limits.exceeded())
            return verdict::Undecided{verdict::reason_of(*limit), "in the middle of the certificates"};
        result[value ? 1 : 0] = cover.result(complete);
    }
    return result;
}

unsigned longest_path(const Diagram& d) {
    return std::max(longest_path_to(d, false).value_or(0), longest_path_to(d, true).value_or(0));
}

}  // namespace attest::measure
