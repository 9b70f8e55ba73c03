#pragma once

#include "context.hpp"
#include "record_table.hpp"

namespace attest::report {

// What one output of a command shows beyond its plain members: tables and drawings. Members that are missing, or of
// another kind than the command writes, show nothing.

/// The member `certificate`, a digest: a link to the claim if the checker accepted a certificate of this digest for this page.
Column certificate_column(const Context& page);

void write_prove_output(Context& page, const base::Json& document);
void write_measure_output(Context& page, const base::Json& document);
void write_restrict_output(Context& page, const base::Json& document);
void write_influence_output(Context& page, const base::Json& document);
void write_threshold_output(Context& page, const base::Json& document);

}  // namespace attest::report
