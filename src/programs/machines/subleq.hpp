#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attest/base/json.hpp"

// The computer of one instruction: subtract, and branch if the result is not positive.

namespace attest::machines {

/// What a looped network is built for: how many columns there are, and how long words are.
struct SubleqShape {
    std::size_t scratch = 2;  ///< columns before the memory, at least 2
    std::size_t memory = 0;   ///< cells
    std::size_t commands = 0;
    std::size_t bits = 0;  ///< of a word, in two's complement

    std::size_t columns() const { return scratch + memory + commands; }
    /// Bits of a column's number.
    std::size_t code_bits() const;
    /// Of the network: 8 L + 3 N + max(3 L, 2 N) + 1.
    std::size_t rows() const;
};

/// mem[b] −= mem[a]; if mem[b] <= 0 goto c. Cells and commands count from 0.
struct SubleqCommand {
    std::size_t a = 0, b = 0, c = 0;
};

struct SubleqProgram {
    std::string name;
    SubleqShape shape;
    std::vector<std::int64_t> memory;
    std::vector<SubleqCommand> commands;
};

/// A program of the format attest/subleq (MODEL.md, section 14).
/// Throws  InputError with FILE:PLACE, what was expected and what was found
SubleqProgram read_subleq(const base::JsonNode& root, const std::string& default_name);

/// The program of a short text: scratch and bits, cells, commands, such as `2,4:-1,0,3:2,1,0_1,0,1`.
/// Throws  InputError (`subleq`, with the part)
SubleqProgram parse_subleq_text(const std::string& text);

/// The program as a document of the format: reading it gives the same program.
std::string write_subleq(const SubleqProgram& program);

/// What one step did.
struct SubleqStep {
    std::size_t command = 0;
    std::int64_t written = 0;  ///< to the cell b
    bool jumps = false;
    std::size_t next = 0;  ///< command; the number of commands where it runs off their end
};

/// A program as it runs. Needs  the program to outlive it
class SubleqRun {
  public:
    explicit SubleqRun(const SubleqProgram& program) : program_(&program), memory_(program.memory) {}

    const std::vector<std::int64_t>& memory() const { return memory_; }
    std::size_t command() const { return command_; }
    std::size_t loops() const { return loops_; }
    /// The command before, if there was one.
    std::optional<std::size_t> before() const { return before_; }
    /// Whether the next step changes nothing, so that nothing ever will.
    bool halts() const;
    bool ran_off() const { return command_ == program_->commands.size(); }
    /// Needs   !ran_off()
    SubleqStep step();

  private:
    std::int64_t difference() const;

    const SubleqProgram* program_;
    std::vector<std::int64_t> memory_;
    std::size_t command_ = 0, loops_ = 0;
    std::optional<std::size_t> before_;
};

/// `12 4 7 22 -1 1 22`: command, a, b, c, what was written, whether it jumps, next; all but the third last as columns.
std::string trace_line(const SubleqProgram& program, const SubleqStep& step);

/// The bit of a column's number, as −1 or 1; bit 0 is the last.
inline int code_bit(std::size_t column, std::size_t bit) { return ((column >> bit) & 1) != 0 ? 1 : -1; }
/// The bit of a word.
inline int word_bit(std::int64_t word, std::size_t bit) {
    return ((static_cast<std::uint64_t>(word) >> bit) & 1) != 0 ? 1 : -1;
}

}  // namespace attest::machines
