#pragma once

#include <optional>
#include <string>

#include "record/build.hpp"
#include "record/layers.hpp"
#include "report/svg.hpp"

namespace attest::report {

/// How many layers a language needs: a stack of plates for each number of layers that was asked about, with what was found
/// below it, and the network that was built.
/// Gives   nothing where nothing was asked, or more than 40 layers
std::optional<Svg> draw_layers(const record::Layers& layers, const std::string& title);

/// A network as the stack of its layers, from what it reads at the bottom to its answer at the top, as wide as they are.
/// Gives   nothing for no layers, or more than 40
std::optional<Svg> draw_stack(const record::Build& built, const std::string& title);

}  // namespace attest::report
