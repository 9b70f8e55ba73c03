#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace attest::benchmarks {

/// Loops measured by Google Benchmark: the median over repetitions of the processor time of one iteration.
class Loops {
  public:
    /// Registers a loop body under a name of its own. `least`: seconds a repetition at least
    void add(const std::string& name, std::function<void()> body, int repetitions = 5, double least = 0.05);
    /// Runs those added since the last call, in turn.
    void run();
    double seconds(const std::string& name) const { return medians_.at(name); }

  private:
    std::map<std::string, double> medians_;
};

/// The exponent e of the power law y = c xᵉ through the points with the least squared error of log y.
double fitted_exponent(const std::vector<double>& x, const std::vector<double>& y);

}  // namespace attest::benchmarks
