#pragma once

#include <optional>
#include <string>

#include "attest/formats/file.hpp"
#include "session.hpp"

namespace attest::cli {

/// `prove` and `accuracy` where they are asked about a task and not about a language.
struct TaskCommand {
    std::string task;     ///< --task
    std::string lengths;  ///< --length
    bool counts = false;  ///< all mistakes are counted
    std::size_t shown = 10;
    std::optional<std::string> directory;  ///< --certificate
    std::string method = "automatic";      ///< --method

    /// Gives   the exit status
    /// Throws  UsageError for a network that is no program, an unknown method
    int run(Session& session, const formats::NetworkFile& file) const;
};

}  // namespace attest::cli
