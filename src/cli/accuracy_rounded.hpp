#pragma once

#include <optional>
#include <string>

#include "attest/formats/file.hpp"
#include "session.hpp"

namespace attest::cli {

/// `accuracy --task … --arithmetic binary32`: on how many words every evaluation is right. Gives the exit status.
/// Throws  UsageError for what is no model with classes, and for more than one length
int run_rounded(Session& session, const formats::NetworkFile& file, const std::string& task, const std::string& lengths,
                const std::optional<std::string>& directory);

}  // namespace attest::cli
