#pragma once

#include "stages.hpp"

namespace attest::benchmarks {

/// Proves that a model of the table `trained` accepts all words, writes the certificate, and checks it.
///
/// a.model     `encoder-16`, `decoder-64`: with its dimension
/// a.language  its heads
nlohmann::ordered_json check_trained(const StageArguments& a);

}  // namespace attest::benchmarks
