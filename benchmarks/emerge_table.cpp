#include <cmath>

#include "studies/sample.hpp"
#include "studies/toy_model.hpp"
#include "tables.hpp"
#include "timing.hpp"

// The toy model of emergence: exact curves against samples. The exact ones cost O(n²) balls and O(n³) doubles a recall and
// have the digits that they have; the error of samples falls with the root of their number, so that what they would take for
// an error follows from what some of them took.

namespace attest::benchmarks {

namespace {

constexpr std::uint64_t trials = 4000;
constexpr double wanted = 1e-6;  ///< half of an interval's width, for which the time of samples is told

double half_width(const studies::Frequency& frequency) {
    return (frequency.interval.upper.get_d() - frequency.interval.lower.get_d()) / 2;
}

}  // namespace

Table emerge_table(const Settings& settings) {
    Table table(
        "emerge", "the toy model of emergence at mean degree 3, recall 0.6, hallucination 0.5: exact beside samples",
        {"vertices", "exact", "reach", "error", "4000 samples", "sampled", "half width", "samples for 1e-6", "ratio"});
    table.begin();
    for (const std::size_t nodes : {30, 100, 300, 1000}) {
        const studies::ToyModel model{nodes, 3, exact::Rational(1, 2)};
        const exact::Rational recall(3, 5);
        std::optional<studies::ToyPoint> point;
        const double exact = best_of(nodes > 500 ? 1 : 3, [&] { point = studies::at_recall(model, recall, {}); });
        std::optional<studies::ToySample> sample;
        const double sampled = best_of(1, [&] { sample = studies::sample(model, recall, trials, settings.seed, {}); });
        const double half = half_width(sample->reach_true);
        const double needed = sampled * (half / wanted) * (half / wanted);
        const exact::Rational spread = point->reach_true.upper() - point->reach_true.lower();
        table.add({count(nodes), seconds(exact), number(point->reach_true.middle(), 6), number(spread.get_d(), 2),
                   seconds(sampled),
                   number(static_cast<double>(sample->reach_true.successes) / static_cast<double>(trials), 4),
                   number(half, 2), seconds(needed), ratio(needed / exact)});
    }
    table.note("samples: Clopper and Pearson at 95 %; time for 1e-6 by the square of the ratio of errors");
    return table;
}

}  // namespace attest::benchmarks
