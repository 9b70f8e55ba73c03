#pragma once

#include "stages.hpp"

namespace attest::benchmarks {

/// The same steps as `attest restrict --depends 0 --certificate`.
nlohmann::ordered_json restrict_optimum(const StageArguments& arguments);

/// The same optimum by definition, as a rival: all words, 64 at a time, then the restrictions in order of how many
/// positions they fix, each until both answers were seen.
nlohmann::ordered_json enumerate_restrictions(const StageArguments& arguments);

}  // namespace attest::benchmarks
