#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "session.hpp"

namespace attest::cli {

/// What `attest machine` was asked.
struct MachineOptions {
    std::string action, machine, word, network, format, output, directory, temperature, snap = "1/4";
    std::vector<std::string> accept;
    std::optional<std::uint64_t> steps, length, loops;
    bool all = false, alone = false, trace = false;
};

class Command;
std::unique_ptr<Command> make_machine();

/// With a Turing machine. Gives the exit status.
int run_turing_action(Session& session, const MachineOptions& options);

/// With a SUBLEQ program.
int run_subleq_action(Session& session, const MachineOptions& options);

}  // namespace attest::cli
