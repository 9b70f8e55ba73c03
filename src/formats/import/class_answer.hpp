#pragma once

#include <string>
#include <vector>

#include "attest/formats/import.hpp"
#include "attest/network/transformer.hpp"

// --accept, and --read for compilers whose output is a value at every position (tracr, alta).

namespace attest::formats::import {

/// What --accept names, with commas: of all classes some, each once, in the order that was told.
/// Throws  UsageError
std::vector<std::string> read_accepted(const std::string& told, const std::vector<std::string>& classes);

/// Where the answer is read: as told, else as usual, which is an assumption.
/// Throws  UsageError
void read_place(const Options& options, const std::string& usual, const std::string& because, network::Readout& readout,
                std::vector<Assumption>& assumed);

/// Which classes are accepted: as told, else none, which is an assumption where one answer is read.
/// Throws  UsageError
void read_accepted(const Options& options, const network::Readout& readout, network::Classes& classes,
                   std::vector<Assumption>& assumed);

}  // namespace attest::formats::import
