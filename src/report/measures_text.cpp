#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "exact/decimal.hpp"
#include "measured_word.hpp"
#include "report/measures.hpp"

namespace attest::report {

namespace {

using exact::Rational;
using verdict::Guarantee;
using verdict::Measurement;

/// More are in the JSON and in the picture.
constexpr std::size_t most_levels = 64;

/// Filled up with spaces, on the right or on the left.
std::string left(std::string text, std::size_t width) {
    text.resize(std::max(text.size(), width), ' ');
    return text;
}
std::string right(const std::string& text, std::size_t width) {
    return std::string(width - std::min(width, text.size()), ' ') + text;
}

struct MeasureLine {
    std::string name, value, parity, detail;
};

/// The rows of the table.
class Rows {
  public:
    Rows(const measure::Measures& m, const std::vector<std::string>& symbols)
        : symbols_(symbols), parity_(std::to_string(m.variables)) {
        add("sensitivity s", m.sensitivity);
        add_sides("  rejected words, s0", "  accepted words, s1", m.sensitivity_of);
        add("average sensitivity as", m.average_sensitivity, parity_);
        add("block sensitivity bs", m.block_sensitivity);
        add("certificates C", m.certificate_complexity);
        add_sides("  rejected words, C0", "  accepted words, C1", m.certificate_complexity_of);
        add("  least, Cmin", m.certificate_minimum);
        add("decision tree depth D", m.decision_tree_depth, parity_);
        add("degree", m.degree, parity_);
        add("threshold degree", m.threshold_degree, parity_);
        const unsigned n = m.variables;
        add("accepted words", m.accepted_words,
            n == 0    ? "0"
            : n <= 40 ? std::to_string(std::uint64_t{1} << (n - 1))
                      : fmt::format("2^{}", n - 1));
    }

    std::string text() const {
        std::size_t wide = 8;
        for (const MeasureLine& line : lines_) wide = std::max(wide, line.value.size());
        std::string text = row({"measure", "value", "PARITY", "how"}, wide);
        for (const MeasureLine& line : lines_) text += row(line, wide);
        return text;
    }

  private:
    static std::string row(const MeasureLine& line, std::size_t wide) {
        return fmt::format("  {}  {}  {}  {}\n", left(line.name, 24), right(line.value, wide), right(line.parity, 8),
                           line.detail);
    }
    void add(const char* name, const Measurement& number, std::string beside) {
        lines_.push_back({name, to_text(number), std::move(beside), detail({number, std::nullopt, {}})});
    }
    void add(const char* name, const measure::Witnessed& w) {
        lines_.push_back({name, to_text(w.number), parity_, detail(w)});
    }
    void add_sides(const char* rejected, const char* accepted, const std::optional<measure::Witnessed> (&sides)[2]) {
        if (sides[0]) add(rejected, *sides[0]);
        if (sides[1]) add(accepted, *sides[1]);
    }
    std::string detail(const measure::Witnessed& w) const {
        std::string text = w.number.method;
        if (w.input) text += fmt::format("{}on {}", text.empty() ? "" : ", ", spell_briefly(*w.input, symbols_));
        if (!w.number.reason.empty()) text += fmt::format("{}{}", text.empty() ? "" : "; ", w.number.reason);
        return text;
    }

    const std::vector<std::string>& symbols_;
    std::string parity_;
    std::vector<MeasureLine> lines_;
};

std::string influences_text(const std::vector<Measurement>& influences) {
    std::vector<std::string> all;
    for (const Measurement& influence : influences) all.push_back(to_text(influence));
    const bool alike =
        !all.empty() && std::count(all.begin(), all.end(), all.front()) == static_cast<std::ptrdiff_t>(all.size());
    if (alike && all.size() > 1) return fmt::format("  influences (PARITY: all 1)  {} at each position\n", all.front());
    return fmt::format("  influences (PARITY: all 1)  {}\n", fmt::join(all, " "));
}

std::string spectrum_text(const measure::Measures& m) {
    if (m.level_weights.empty()) return {};
    std::vector<std::string> weights;
    for (const Rational& weight : m.level_weights) {
        if (weights.size() > most_levels) break;
        weights.push_back(exact::to_decimal(weight));
    }
    if (weights.size() < m.level_weights.size()) weights.emplace_back("…");
    std::string text = fmt::format("  Fourier weight by level 0 .. {} (PARITY: all on the last)  {}\n", m.variables,
                                   fmt::join(weights, " "));
    for (const auto& [rho, stability] : m.noise_stability)
        text += fmt::format("  noise stability at rho = {} (PARITY: rho^{})  {}\n", exact::to_string(rho), m.variables,
                            exact::to_decimal(stability));
    for (const auto& [outside, level] : m.concentration)
        text += fmt::format("  at most {} of the Fourier weight lies above level {} (PARITY: {})\n",
                            exact::to_string(outside), level, outside < 1 ? m.variables : 0);
    return text;
}

}  // namespace

std::string to_text(const Measurement& number) {
    const auto one = [](const Rational& value) {
        if (value.get_den() == 1 && mpz_sizeinbase(value.get_num_mpz_t(), 10) <= 12) return value.get_num().get_str();
        return exact::to_decimal(value);
    };
    switch (number.guarantee()) {
        case Guarantee::exact: return one(number.lower());
        case Guarantee::lower: return ">= " + one(number.lower());
        case Guarantee::upper: return "<= " + one(number.upper());
        case Guarantee::interval: return one(number.lower()) + " .. " + one(number.upper());
    }
    return "";
}

std::string to_text(const measure::Measures& m, const std::vector<std::string>& symbols) {
    std::string text = Rows(m, symbols).text() + influences_text(m.influences);
    if (m.shape) {
        const std::size_t relevant = m.shape->relevant_positions().size();
        text += fmt::format("  depends on {} of {}; {}symmetric, {}monotone, {}unate\n", relevant,
                            base::counted(m.variables, "position"), m.shape->by_weight ? "" : "not ",
                            m.shape->monotone() ? "" : "not ", m.shape->unate() ? "" : "not ");
    }
    return text + spectrum_text(m);
}

std::string to_text(const std::vector<OutputMeasures>& outputs) {
    std::vector<std::vector<std::string>> rows{
        {"output", "s", "bs", "C", "Cmin", "D", "degree", "as", "accepted words", "depends on"}};
    for (const auto& [name, m] : outputs)
        rows.push_back({base::printable(name), to_text(m.sensitivity.number), to_text(m.block_sensitivity.number),
                        to_text(m.certificate_complexity.number), to_text(m.certificate_minimum.number),
                        to_text(m.decision_tree_depth), to_text(m.degree), to_text(m.average_sensitivity),
                        to_text(m.accepted_words),
                        m.shape ? std::to_string(m.shape->relevant_positions().size()) : "?"});
    std::vector<std::size_t> wide(rows.front().size());
    for (const auto& row : rows)
        for (std::size_t c = 0; c < row.size(); ++c) wide[c] = std::max(wide[c], row[c].size());
    std::string text;
    for (const auto& row : rows) {
        text += "  " + left(row[0], wide[0]);
        for (std::size_t c = 1; c < row.size(); ++c) text += "  " + right(row[c], wide[c]);
        text += "\n";
    }
    return text;
}

std::string to_text(const std::vector<measure::Bound>& bounds) {
    std::size_t wide = 0, here = 0;
    for (const measure::Bound& b : bounds) {
        wide = std::max(wide, b.statement.size());
        here = std::max(here, b.here.size());
    }
    std::string text = "  bounds held against these values\n";
    for (const measure::Bound& b : bounds)
        text += fmt::format("  {}  {}  {}  {}\n", left(b.statement, wide), left(b.here, here),
                            left(to_string(b.status), 12), b.source);
    return text;
}

}  // namespace attest::report
