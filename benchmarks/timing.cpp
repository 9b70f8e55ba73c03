#include "timing.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace attest::benchmarks {

namespace {

/// Keeps the repetitions and prints nothing: tables are printed by those who ask.
class Collector : public benchmark::BenchmarkReporter {
  public:
    bool ReportContext(const Context&) override { return true; }
    void ReportRuns(const std::vector<Run>& runs) override {
        for (const Run& run : runs) {
            if (run.run_type != Run::RT_Iteration) continue;
            times[run.run_name.function_name].push_back(run.cpu_accumulated_time /
                                                        static_cast<double>(run.iterations));
        }
    }
    std::map<std::string, std::vector<double>> times;
};

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

}  // namespace

void Loops::add(const std::string& name, std::function<void()> body, int repetitions, double least) {
    benchmark::RegisterBenchmark(name.c_str(),
                                 [body = std::move(body)](benchmark::State& state) {
                                     for (auto _ : state) body();
                                 })
        ->Repetitions(repetitions)
        ->MinTime(least);
}

void Loops::run() {
    Collector collector;
    benchmark::RunSpecifiedBenchmarks(&collector, ".");
    benchmark::ClearRegisteredBenchmarks();
    for (const auto& [name, times] : collector.times) medians_[name] = median(times);
}

double fitted_exponent(const std::vector<double>& x, const std::vector<double>& y) {
    double sum_x = 0, sum_y = 0, sum_xx = 0, sum_xy = 0;
    const auto count = static_cast<double>(x.size());
    for (std::size_t k = 0; k < x.size(); ++k) {
        const double a = std::log(x[k]), b = std::log(y[k]);
        sum_x += a;
        sum_y += b;
        sum_xx += a * a;
        sum_xy += a * b;
    }
    return (count * sum_xy - sum_x * sum_y) / (count * sum_xx - sum_x * sum_x);
}

}  // namespace attest::benchmarks
