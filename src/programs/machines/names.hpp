#pragma once

#include <string>

namespace attest::machines {

/// What a machine may have, so that its network can be written down.
constexpr std::size_t most_states = 1000, most_symbols = 200;

/// One character, no control character.
bool is_tape_symbol(const std::string& text);

/// What is expected of the name of a state, if this is none: not empty, no control character, and none of the names that
/// the states of a normal form have.
std::string fault_of_state(const std::string& name);

}  // namespace attest::machines
