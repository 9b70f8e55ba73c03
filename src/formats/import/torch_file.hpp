#pragma once

#include <string>
#include <string_view>

#include "checkpoint.hpp"

namespace attest::formats::import {

/// What torch.save writes since 1.6: a zip archive with `PREFIX/data.pkl` and a storage in each `PREFIX/data/KEY`.
/// Throws  InputError, also for TorchScript archives and numbers that are not little-endian
Contents read_torch_zip(std::string_view file, const std::string& name, const std::string& member);

/// Whether a file begins as torch.save wrote it before 1.6.
bool is_legacy_torch(std::string_view file);

/// That layout: five pickles in a row (a magic number, 1001, the system, the object, the keys of its storages), then
/// for each key a count of 8 bytes and the numbers.
Contents read_legacy_torch(std::string_view file, const std::string& name, const std::string& member);

}  // namespace attest::formats::import
