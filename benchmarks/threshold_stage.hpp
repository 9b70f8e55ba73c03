#pragma once

#include <string>

#include "attest/decide/threshold/synthesiser.hpp"
#include "stages.hpp"

namespace attest::benchmarks {

/// `2,1,2,end`: layers, heads, activations (`-`: unbounded), reading.
threshold::NetworkClass parse_network_class(const std::string& text);

struct Certified {
    verdict::Answer answer = verdict::Answer::undecided;  ///< undecided also where the checker refuses
    std::string how;        ///< which search or construction, or what says that there is none
    bool extended = false;  ///< a network that was built from smaller ones
    std::string digest;     ///< of the certificate
};

/// Searches, writes the certificate and has the checker read it, as `attest threshold` does.
Certified certified_answer(const threshold::Specification& specification, const threshold::SynthesisOptions& options,
                           const base::Limits& limits);

/// Seconds by the clock from now on, and as much memory as a search may have here.
base::Limits seconds_from_now(double seconds);

/// The same as a stage: `model` is the class.
nlohmann::ordered_json decide_threshold(const StageArguments& arguments);

/// The formula without symmetry breaks and with all cuts from the start: what a plain encoding gives to a solver.
logic::Cnf eager_formula(const threshold::Specification& specification);

}  // namespace attest::benchmarks
