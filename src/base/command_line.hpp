#pragma once

#include <string>
#include <vector>

namespace attest::base {

/// A word as a shell reads it: quoted where a character could mean something else.
std::string shell_word(const std::string& word);

/// The words of a command without some of its options: `flags`, and those with a value, whether it follows (`--on slurm`)
/// or is joined (`--on=slurm`).
std::vector<std::string> without_options(const std::vector<std::string>& words, const std::vector<std::string>& flags,
                                         const std::vector<std::string>& with_value);

}  // namespace attest::base
