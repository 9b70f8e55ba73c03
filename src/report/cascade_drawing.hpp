#pragma once

#include <optional>
#include <string>

#include "record/automaton.hpp"
#include "report/svg.hpp"

namespace attest::report {

/// `{0, 3}`, with the residue before it where there is more than one; long sets in part.
std::string set_text(const record::Cascade& cascade, const record::Cascade::Set& set);

/// The cascade of an automaton: a row a register, the first at the top, with the sets of states that it narrows down, and a
/// line to each of the sets that it chooses from, numbered as the register counts them; single states below.
///
/// Gives   nothing for what is no cascade, is one state, or has more sets, or more of them in a row, than fit
std::optional<Svg> draw_cascade(const record::Cascade& cascade, const std::string& title);

}  // namespace attest::report
