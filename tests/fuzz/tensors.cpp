#include "formats/tensors.hpp"

#include <algorithm>

#include "refusal.hpp"

// Safetensors files: an array that was accepted has a number, or a refusal, at each of its indices.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace attest;
    fuzz::reads([&] {
        const auto tensors = formats::read_tensors(fuzz::text(data, size), "f.safetensors");
        for (const auto& entry : tensors)
            for (std::uint64_t k = 0; k < std::min<std::uint64_t>(entry.second.count(), 1000); ++k)
                fuzz::reads([&] { (void)entry.second.at(k, "f.safetensors"); });
    });
    return 0;
}
