#pragma once

#include <string>

#include "attest/search/synthesiser.hpp"
#include "stages.hpp"

namespace attest::benchmarks {

/// `2,1,2,end`: layers, heads, activations (`-`: unbounded), reading.
search::NetworkClass parse_network_class(const std::string& text);

/// Searches, writes the certificate and has the checker read it, as `attest threshold` does.
///
/// Gives   undecided also where the checker refuses
verdict::Answer certified_answer(const search::Specification& specification, std::uint64_t seed, const base::Limits& limits);

/// The same as a stage: `model` is the class.
nlohmann::ordered_json decide_threshold(const StageArguments& arguments);

/// The formula without symmetry breaks and with all cuts from the start: what a plain encoding gives to a solver.
solve::Cnf eager_formula(const search::Specification& specification);

}  // namespace attest::benchmarks
