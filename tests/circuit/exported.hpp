#pragma once

#include <catch2/catch.hpp>
#include <sstream>
#include <string>

#include "attest/base/file.hpp"
#include "attest/circuit/export.hpp"
#include "outside.hpp"

namespace attest::tests {

/// The circuit as the format of this ending.
inline std::string exported(const circuit::Circuit& circuit, const std::string& ending,
                            const circuit::ExportOptions& options = {}) {
    const circuit::ExportFormat* format = circuit::export_format("file" + ending);
    REQUIRE(format != nullptr);
    std::ostringstream out;
    format->write(circuit, out, options);
    return out.str();
}

/// Writes it as a file and gives the path.
inline std::string export_to(const base::DirectoryInProgress& directory, const std::string& name,
                             const circuit::Circuit& circuit, const std::string& ending) {
    std::string path = directory.path() + "/" + name + ending;
    base::write_file(path, exported(circuit, ending));
    return path;
}

}  // namespace attest::tests
