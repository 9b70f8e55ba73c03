#include "timing.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <ctime>
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
            times[run.run_name.function_name].push_back(run.cpu_accumulated_time / static_cast<double>(run.iterations));
        }
    }
    std::map<std::string, std::vector<double>> times;
};

}  // namespace

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

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

double best_of(int times, const std::function<void()>& body) {
    double best = 0;
    for (int k = 0; k < times; ++k) {
        timespec start{}, end{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
        body();
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
        const double took =
            static_cast<double>(end.tv_sec - start.tv_sec) + 1e-9 * static_cast<double>(end.tv_nsec - start.tv_nsec);
        if (k == 0 || took < best) best = took;
    }
    return best;
}

}  // namespace attest::benchmarks
