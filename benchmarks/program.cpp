#include "program.hpp"

#include "base/process.hpp"

namespace attest::benchmarks {

/// A program that waits for what never comes uses no processor time: this many times the limit by the clock
/// is over.
constexpr double patience = 10;

Run run_program(const std::vector<std::string>& command, double limit) {
    const base::ProcessResult ran =
        base::run_process(command, {.wall_seconds = patience * limit, .processor_seconds = limit});
    return {ran.finished, ran.late, ran.status, ran.processor_seconds, ran.out + ran.err};
}

}  // namespace attest::benchmarks
