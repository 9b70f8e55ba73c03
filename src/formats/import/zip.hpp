#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace attest::formats::import {

/// One entry of a zip archive: its name and its bytes, which are stored as they are.
struct ZipEntry {
    std::string name;
    std::string_view bytes;  ///< into the file
};

/// The entries of an archive in the order of its directory.
///
/// Throws  InputError for a directory that is not all in the file, for headers that contradict it, for entries that are
///         deflated, encrypted or whose check sum is another
/// Cost    O(size of the file)
/// Source  the .ZIP File Format Specification of PKWARE, with the ZIP64 records that torch.save writes even in small
///         files
std::vector<ZipEntry> read_zip(std::string_view file, const std::string& name);

}  // namespace attest::formats::import
