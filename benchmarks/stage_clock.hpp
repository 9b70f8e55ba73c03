#pragma once

#include <ctime>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace attest::benchmarks {

/// Adds up the processor time of this thread, which does all the work, by the name of what is under way. (Under a
/// processor limit the clock of the process only ticks.)
class StageClock {
  public:
    explicit StageClock(const std::vector<std::string>& stages) {
        for (const std::string& stage : stages) spent_[stage] = 0.0;
    }

    void enter(const std::string& stage) {
        const double now = processor_seconds();
        if (!stage_.empty()) spent_[stage_] = spent_.value(stage_, 0.0) + now - since_;
        stage_ = stage;
        since_ = now;
    }
    nlohmann::ordered_json finish() {
        enter({});
        return spent_;
    }

  private:
    static double processor_seconds() {
        timespec now{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
    }

    std::string stage_;
    double since_ = 0;
    nlohmann::ordered_json spent_;
};

}  // namespace attest::benchmarks
