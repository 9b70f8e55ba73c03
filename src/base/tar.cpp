#include "base/tar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "attest/base/error.hpp"
#include "base/text.hpp"

namespace attest::base {

namespace {

constexpr std::size_t block = 512, name_size = 100, prefix_size = 155;
constexpr std::size_t largest = std::size_t{8} << 30;  // what eleven octal digits can say

/// Puts a text at a place of the header; what is left of the field stays 0.
void put(std::string& header, std::size_t at, const std::string& text) { header.replace(at, text.size(), text); }

/// Where a long path is divided into prefix and name: at a slash that leaves both short enough.
std::size_t division_of(const std::string& path) {
    if (path.size() <= name_size) return 0;
    const std::size_t slash = path.find('/', path.size() - name_size - 1);
    if (slash == std::string::npos || slash > prefix_size || slash + 1 == path.size())
        throw UsageError("a path is too long for an archive: " + printable(path, 400));
    return slash;
}

std::string header_of(const TarFile& file) {
    std::string header(block, '\0');
    const std::size_t slash = division_of(file.path);
    put(header, 0, slash == 0 ? file.path : file.path.substr(slash + 1));
    put(header, 100, file.executable ? "0000755" : "0000644");
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    put(header, 124, fmt::format("{:011o}", file.bytes.size()));
    put(header, 136, "00000000000");
    put(header, 148, "        ");  // the checksum counts itself as blanks
    header[156] = '0';             // a file
    put(header, 257,
        std::string("ustar\0"
                    "00",
                    8));
    if (slash > 0) put(header, 345, file.path.substr(0, slash));
    const unsigned sum = std::accumulate(header.begin(), header.end(), 0U,
                                         [](unsigned all, char c) { return all + static_cast<unsigned char>(c); });
    put(header, 148, fmt::format("{:06o}", sum) + std::string("\0 ", 2));
    return header;
}

}  // namespace

std::string write_tar(std::vector<TarFile> files) {
    std::sort(files.begin(), files.end(), [](const TarFile& a, const TarFile& b) { return a.path < b.path; });
    std::string archive;
    for (std::size_t k = 0; k < files.size(); ++k) {
        const TarFile& file = files[k];
        if (file.path.empty() || file.path.front() == '/' || ("/" + file.path + "/").find("/../") != std::string::npos)
            throw UsageError("expected a relative path in an archive, found " + printable(file.path, 400));
        if (k > 0 && files[k - 1].path == file.path)
            throw UsageError("a path comes twice in an archive: " + printable(file.path, 400));
        if (file.bytes.size() >= largest) throw UsageError("too large for an archive: " + printable(file.path, 400));
        archive += header_of(file) + file.bytes;
        archive.resize((archive.size() + block - 1) / block * block, '\0');
    }
    archive.append(2 * block, '\0');
    return archive;
}

}  // namespace attest::base
