#pragma once

#include <memory>

#include "command.hpp"

namespace attest::cli {

std::unique_ptr<Command> make_export();

}  // namespace attest::cli
