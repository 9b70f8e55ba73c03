#pragma once

#include <optional>
#include <string>

#include "attest/formats/file.hpp"
#include "session.hpp"

namespace attest::cli {

/// `prove` and `accuracy` where they are asked about a task and not about a language.
struct TaskCommand {
    std::string task;     ///< --task
    std::string lengths;  ///< --length; empty: that of the task, where it has one
    bool counts = false;  ///< all mistakes are counted
    std::size_t shown = 10;
    std::optional<std::string> directory;  ///< --certificate
    std::string method = "automatic";      ///< --method

    /// Gives   the exit status
    /// Throws  UsageError for a network that is neither a program nor a model, an unknown method
    int run(Session& session, const formats::NetworkFile& file) const;

  private:
    std::vector<std::int64_t> parse_task_lengths() const;
};

/// The network that an operand names, for a question about a task: as load_network, and besides a checkpoint, if the task says
/// what its rows mean. Then row k of the embedding is the number k, row P, if there is one, the end symbol `=`, and the
/// answer is read at the last position; what else was assumed is noted.
formats::NetworkFile load_performer(Session& session, const std::string& operand, const std::string& eps,
                                    const std::string& task);

}  // namespace attest::cli
