#include "circuit/aiger.hpp"

#include <sstream>

#include "attest/circuit/export.hpp"
#include "refusal.hpp"

// AIGER files, ASCII and binary: a circuit that was read is written in both forms, and read again.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace attest;
    fuzz::reads([&] {
        const circuit::Circuit c = circuit::read_aiger(fuzz::text(data, size), "f.aig", std::size_t{1} << 26);
        std::ostringstream ascii, binary;
        circuit::write_aiger_ascii(c, ascii);
        circuit::write_aiger_binary(c, binary);
        for (const std::string& written : {ascii.str(), binary.str()})
            fuzz::require(fuzz::reads([&] { (void)circuit::read_aiger(written, "g.aig"); }), "our own file is read");
    });
    return 0;
}
