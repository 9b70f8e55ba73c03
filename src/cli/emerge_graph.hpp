#pragma once

#include <string>

#include "attest/exact/rational.hpp"
#include "session.hpp"

namespace attest::cli {

/// `attest emerge --graph FILE [--model FILE]`. Gives the exit status.
/// way: `automatic`, `enumeration` or `diagram`
int emerge_on_graph(Session& session, const std::string& graph, const std::string& model, const exact::Rational& recall,
                    const std::string& way);

/// `attest emerge --thresholds FILE`. Gives the exit status.
int count_thresholds(Session& session, const std::string& file);

}  // namespace attest::cli
