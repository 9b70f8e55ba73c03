#pragma once

#include <string>

#include "attention_arcs.hpp"

namespace attest::report {

/// The same drawing as `attention_arcs` in LaTeX's own `picture`, which needs no package: a row of positions a layer, framed where the
/// value flows to the readout, and arcs from those to what they attend to, dotted by head.
///
/// Gives   as wide as a line; empty where there is too much to see, as there
std::string attention_latex(const Attention& attention, const std::string& outcome);

}  // namespace attest::report
