#pragma once

#include <optional>
#include <string>

#include "attest/base/limits.hpp"
#include "attest/formats/import.hpp"

namespace attest::cli {

/// Which kind of program a source is: told by --from, else by the ending of its name. None: a checkpoint.
std::optional<std::string> program_family(const std::string& source, const std::string& told);
/// Names of all kinds of programs.
std::vector<std::string> program_families();

/// A program as a model: its document, and no tensors.
/// Throws  InputError by line and column; UsageError for options that programs do not have
formats::import::Imported import_program(const std::string& source, const std::string& family,
                                         const formats::import::Options& options, const base::Limits& limits);

/// What `attest import --list` shows of a program: its steps in the place of tensors, or heads and feed-forward parts of the
/// network that it becomes.
/// Throws  as import_program
formats::import::Listing list_program(const std::string& source, const std::string& family,
                                      const formats::import::Options& options, const base::Limits& limits);

}  // namespace attest::cli
