#pragma once

#include <cstdint>

#include "table.hpp"

namespace attest::benchmarks {

/// What the user of the benchmarks may choose.
struct Settings {
    std::uint64_t seed = 0;
    double limit = 10;      ///< seconds of processor time for a rival, and for us where we are slow
    std::string directory;  ///< for files that rivals read
};

Table average_table(const Settings& settings);
Table compile_table(const Settings& settings);
Table counting_table(const Settings& settings);
Table prove_table(const Settings& settings);
Table simulate_table(const Settings& settings);
Table check_table(const Settings& settings);
Table parity_table(const Settings& settings);
Table measure_table(const Settings& settings);
Table restrict_table(const Settings& settings);
Table influence_table(const Settings& settings);
Table threshold_table(const Settings& settings);
Table trained_table(const Settings& settings);
Table modular_table(const Settings& settings);
Table programs_table(const Settings& settings);
Table families_table(const Settings& settings);
Table lengths_table(const Settings& settings);
Table deep_table(const Settings& settings);
Table classify_table(const Settings& settings);
Table machines_table(const Settings& settings);
Table emerge_table(const Settings& settings);
Table reach_table(const Settings& settings);
Table proved_table(const Settings& settings);
Table build_table(const Settings& settings);

}  // namespace attest::benchmarks
