#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace attest::benchmarks {

/// Of an even number the upper of the two in the middle. Needs one at least.
double median(std::vector<double> values);

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

/// Processor time of one call; the best of some. For bodies that take too long to be a loop.
double best_of(int times, const std::function<void()>& body);

}  // namespace attest::benchmarks
