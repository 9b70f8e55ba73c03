#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "program.hpp"

namespace attest::benchmarks {

/// One measurement in a process of its own, which this program starts as `attest-benchmarks --stage …`.
///
/// Each prints one line of JSON with seconds of processor time by stage; `smt` prints what z3 is asked
/// instead.
struct StageArguments {
    std::string what;      ///< prove, exhaustion, pigeons, solve, restrict, restrictions, threshold, trained, smt
    std::string model;     ///< of the zoo; for `solve` a DIMACS file
    std::string language;  ///< as the command line writes it; for `solve` a back end
    std::int64_t length = 0;
    std::uint64_t seed = 0;
    std::string directory;  ///< `prove`: where the certificate goes; `trained`: for how many seconds it is measured
};
void run_stage(const StageArguments& arguments);

/// What came of it.
struct StageResult {
    Run run;
    nlohmann::json found;  ///< what the process printed; null unless it finished in time

    bool done() const { return !found.is_null(); }
    double at(const char* stage) const { return found.at("seconds").at(stage).get<double>(); }
};

/// Throws  InternalError if it fails other than by time or memory: a benchmark that is wrong does not count
StageResult measure_stage(const StageArguments& arguments, double limit);

}  // namespace attest::benchmarks
