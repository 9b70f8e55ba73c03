#pragma once

#include "context.hpp"
#include "subject.hpp"

namespace attest::report {

/// The counterexample of an accepted certificate: evaluated again by us, drawn, and which single symbols the model
/// does not notice there.
///
/// Throws  InternalError if our evaluation differs from what the checker accepted
void write_counterexample(Context& page, const Certificate& certificate, const Subject& subject);

}  // namespace attest::report
