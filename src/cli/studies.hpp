#pragma once

#include <memory>

namespace attest::cli {

class Command;

// Commands about papers' toy models and training runs; `command.cpp` lists them with the others.

std::unique_ptr<Command> make_emerge();
std::unique_ptr<Command> make_invariance();
std::unique_ptr<Command> make_maxof();
std::unique_ptr<Command> make_progress();

}  // namespace attest::cli
