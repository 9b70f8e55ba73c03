#pragma once

namespace attest::base {

/// Removes the temporary files and directories that this process has begun and neither finished nor removed.
/// For a program that ends without waiting for its threads: whoever begins or finishes a file from then on
/// waits for ever, so that nothing new is left behind. Needs   that the process ends soon after
void remove_unfinished() noexcept;

}  // namespace attest::base
