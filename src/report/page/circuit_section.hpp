#pragma once

#include "context.hpp"
#include "subject.hpp"

namespace attest::report {

/// The circuit that the model is at the claim's length: drawn where it is small, else how big it is; nothing for tables.
void write_circuit(Context& page, const Subject& subject);

}  // namespace attest::report
