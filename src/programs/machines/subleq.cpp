#include "programs/machines/subleq.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "attest/base/error.hpp"

namespace attest::machines {

namespace {

constexpr std::size_t most_columns = 1 << 16, most_bits = 62;

/// The word that a difference becomes in so many bits.
std::int64_t wrapped(std::int64_t value, std::size_t bits) {
    const std::size_t unused = 64 - bits;
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(value) << unused) >> unused;
}

SubleqCommand read_command(const base::JsonNode& node, const SubleqShape& shape) {
    const std::vector<base::JsonNode> parts = node.elements();
    if (parts.size() != 3) node.fail("two cells and a command");
    const auto number = [&](std::size_t k, std::size_t count) {
        return static_cast<std::size_t>(parts[k].as_integer(0, static_cast<std::int64_t>(count) - 1));
    };
    return {number(0, shape.memory), number(1, shape.memory), number(2, shape.commands)};
}

}  // namespace

std::size_t SubleqShape::code_bits() const { return static_cast<std::size_t>(std::bit_width(columns() - 1)); }

std::size_t SubleqShape::rows() const {
    const std::size_t l = code_bits();
    return 8 * l + 3 * bits + std::max(3 * l, 2 * bits) + 1;
}

SubleqProgram read_subleq(const base::JsonNode& root, const std::string& default_name) {
    root.allow_keys({"format", "version", "name", "cite", "scratch", "bits", "memory", "commands"});
    if (root.at("format").as_string() != "attest/subleq") root.at("format").fail("\"attest/subleq\"");
    (void)root.at("version").as_integer(1, 1);
    SubleqProgram program;
    program.name = root.has("name") ? root.at("name").as_string() : default_name;
    program.shape.scratch = static_cast<std::size_t>(root.at("scratch").as_integer(2, most_columns));
    program.shape.bits = static_cast<std::size_t>(root.at("bits").as_integer(2, most_bits));
    const std::int64_t half = std::int64_t{1} << (program.shape.bits - 1);
    for (const base::JsonNode& cell : root.at("memory").elements())
        program.memory.push_back(cell.as_integer(-half, half - 1));
    program.shape.memory = program.memory.size();
    const std::vector<base::JsonNode> commands = root.at("commands").elements();
    program.shape.commands = commands.size();
    if (program.memory.empty()) root.at("memory").fail("at least one cell");
    if (commands.empty()) root.at("commands").fail("at least one command");
    if (program.shape.columns() > most_columns)
        root.fail(fmt::format("at most {} columns: scratch, cells and commands", most_columns),
                  std::to_string(program.shape.columns()));
    for (const base::JsonNode& command : commands) program.commands.push_back(read_command(command, program.shape));
    return program;
}

std::int64_t SubleqRun::difference() const {
    const SubleqCommand& c = program_->commands[command_];
    return wrapped(memory_[c.b] - memory_[c.a], program_->shape.bits);
}

bool SubleqRun::halts() const {
    if (ran_off()) return true;
    const SubleqCommand& c = program_->commands[command_];
    const std::int64_t value = difference();
    return c.c == command_ && value <= 0 && value == memory_[c.b];
}

SubleqStep SubleqRun::step() {
    const SubleqCommand& c = program_->commands[command_];
    SubleqStep step{command_, difference(), false, 0};
    memory_[c.b] = step.written;
    step.jumps = step.written <= 0;
    step.next = step.jumps ? c.c : command_ + 1;
    before_ = command_;
    command_ = step.next;
    ++loops_;
    return step;
}

std::string trace_line(const SubleqProgram& program, const SubleqStep& step) {
    const SubleqCommand& c = program.commands[step.command];
    const std::size_t cells = program.shape.scratch, first = cells + program.shape.memory;
    return fmt::format("{} {} {} {} {} {} {}\n", first + step.command, cells + c.a, cells + c.b, first + c.c,
                       step.written, step.jumps ? 1 : 0, first + step.next);
}

}  // namespace attest::machines
