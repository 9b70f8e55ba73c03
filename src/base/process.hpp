#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attest::base {

/// What another program is given.
struct ProcessSettings {
    std::string directory = {};               ///< to start in; empty: this one
    std::optional<double> wall_seconds = {};  ///< ended after so long by the clock
    std::optional<double> processor_seconds =
        {};  ///< killed after so much processor time; the system counts whole seconds
    const std::atomic<bool>* interrupted = nullptr;  ///< ended once this is set; may be null
    /// Told what it writes on stderr, as it comes; may be empty. If it is not, stderr is a terminal for the program where the
    /// machine gives one, so that it shows its progress.
    std::function<void(std::string_view)> heard = {};
};

/// What became of it.
struct ProcessResult {
    bool finished = false;  ///< by itself, with a status; else it was killed, or died
    bool late = false;      ///< killed at a limit of time, or of the machine's memory
    int status = -1;        ///< exit status; −1 if it did not finish; 127 if it could not be started
    double wall_seconds = 0;
    double processor_seconds = 0;  ///< user and system: other load does not count
    std::size_t peak_kib = 0;      ///< greatest resident memory
    std::string out, err;
};

/// Runs a program (looked up in PATH) to its end or to a limit; arguments are not given to a shell. At a limit it is asked
/// to end (SIGTERM), so that it can take away what it had begun, and killed soon after with its children. It
/// ends with us.
/// Throws  InternalError if the machine gives no pipe or process
ProcessResult run_process(const std::vector<std::string>& command, const ProcessSettings& settings);

/// Whether PATH has such a program.
bool has_program(const std::string& name);

/// The path of the running program.
std::string own_path();

}  // namespace attest::base
