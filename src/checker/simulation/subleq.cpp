#include "checker/simulation/subleq.hpp"

#include "checker/core/cursor.hpp"
#include "checker/kernel/defect.hpp"

// MODEL.md, section 14.

namespace attest::checker {

SubleqProgram read_subleq(std::string_view bytes, const std::string& file, Budget& budget) {
    constexpr std::int64_t most_columns = 65'536, most_bits = 62;
    const Json json = parse_json(bytes, file, budget);
    const Cursor root(json, file + ": ");
    root.only({"format", "version", "name", "cite", "scratch", "bits", "memory", "commands"});
    if (root.at("format").string() != "attest/subleq") root.at("format").fail("\"attest/subleq\" was expected");
    root.at("version").integer(1, 1);
    SubleqProgram program;
    if (const auto name = root.find("name")) program.name = name->string();
    const auto cite = root.find("cite");
    for (std::size_t k = 0; cite && k < cite->size(); ++k) cite->item(k).string();
    program.scratch = static_cast<std::size_t>(root.at("scratch").integer(2, most_columns));
    program.bits = static_cast<std::size_t>(root.at("bits").integer(2, most_bits));
    const std::int64_t half = std::int64_t{1} << (program.bits - 1);
    const Cursor memory = root.at("memory"), commands = root.at("commands");
    for (std::size_t k = 0; k < memory.size(); ++k) program.memory.push_back(memory.item(k).integer(-half, half - 1));
    if (program.memory.empty()) memory.fail("at least one cell was expected");
    if (commands.size() == 0) commands.fail("at least one command was expected");
    if (program.scratch + memory.size() + commands.size() > most_columns)
        root.fail("there are more than 65536 columns");
    const auto cells = static_cast<std::int64_t>(memory.size()), last = static_cast<std::int64_t>(commands.size()) - 1;
    for (std::size_t k = 0; k < commands.size(); ++k) {
        const Cursor command = commands.item(k);
        if (command.size() != 3) command.fail("three numbers were expected");
        const auto number = [&](std::size_t i, std::int64_t most) {
            return static_cast<std::size_t>(command.item(i).integer(0, most));
        };
        program.commands.push_back({number(0, cells - 1), number(1, cells - 1), number(2, last)});
    }
    return program;
}

bool step(const SubleqProgram& program, SubleqState& state) {
    const SubleqProgram::Command& c = program.commands[state.command];
    // Modulo 2^bits, from -2^(bits-1) on: at most 62 bits, so that nothing here is beyond 64.
    const std::int64_t size = std::int64_t{1} << program.bits;
    std::int64_t value = (state.memory[c.b] - state.memory[c.a]) % size;
    if (value >= size / 2) value -= size;
    if (value < -size / 2) value += size;
    state.memory[c.b] = value;
    state.before = state.command;
    state.command = value <= 0 ? c.c : state.command + 1;
    return state.command < program.commands.size();
}

}  // namespace attest::checker
