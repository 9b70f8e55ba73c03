#include "formats/import/checkpoint.hpp"

#include <algorithm>

#include "refusal.hpp"

// Checkpoints of any kind: an array that was accepted has a number, or a refusal, at each of its indices.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace attest;
    fuzz::reads([&] {
        const auto checkpoint = formats::import::parse_checkpoint(std::string(fuzz::text(data, size)), "f", "");
        for (const auto& entry : checkpoint.tensors)
            for (std::uint64_t k = 0; k < std::min<std::uint64_t>(entry.second.count(), 1000); ++k)
                fuzz::reads([&] { (void)entry.second.at(k, "f"); });
    });
    return 0;
}
