#pragma once

#include <memory>

namespace attest::cli {

class Command;

/// Certificates as what a reviewer opens; `command.cpp` lists it with the others.
std::unique_ptr<Command> make_archive();

}  // namespace attest::cli
