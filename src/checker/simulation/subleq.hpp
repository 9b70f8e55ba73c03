#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checker/core/machine_claims.hpp"
#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// A program: subtract, and branch if the result is not positive (MODEL.md, section 14).
struct SubleqProgram {
    struct Command {
        std::size_t a = 0, b = 0, c = 0;
    };
    std::string name;
    std::size_t scratch = 0, bits = 0;
    std::vector<std::int64_t> memory;
    std::vector<Command> commands;
};

/// Throws  Defect (file and place)
SubleqProgram read_subleq(std::string_view bytes, const std::string& file, Budget& budget);

/// Where a program is.
struct SubleqState {
    std::vector<std::int64_t> memory;
    std::size_t command = 0;
    std::optional<std::size_t> before;  ///< the command before, if there was one
};

/// Needs   state.command is a command
/// Gives   false where it runs off the end of the commands; then `command` is their number
bool step(const SubleqProgram& program, SubleqState& state);

/// Whether some number that a loop of the network (FORMAT.md, section 29.2) leaves behind certainly is another than the
/// step says, which leads to a command.
///
/// Gives   what it is, or nothing where no difference is certain
std::optional<std::string> wrong_after_loop(const SubleqProgram& program, const SubleqState& state,
                                            const LoopsClaim& claim, Budget& budget);

}  // namespace attest::checker
