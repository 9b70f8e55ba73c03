#pragma once

#include <nlohmann/json.hpp>

namespace attest::benchmarks {

/// What results depend on: processor, compiler, versions of solvers and rivals.
nlohmann::ordered_json describe_machine();

}  // namespace attest::benchmarks
