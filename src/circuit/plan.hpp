#pragma once

#include <array>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <vector>

#include "circuit/simulate.hpp"

namespace attest::circuit {

constexpr std::size_t lane_words = 8;    // 512 bits, the widest register there is
constexpr std::size_t block_words = 32;  // a block where many words are asked for: four lanes

/// One step of a plan. Its operands (2 · slot + complemented) follow in order in Plan::operands.
struct Step {
    enum class Kind : std::uint8_t { load, conjunction_of_two, conjunction, exclusive_or, store };
    Kind kind;
    bool flip = false;       ///< exclusive_or, store: complement the result
    std::uint32_t slot = 0;  ///< written; store: read
    /// load: the input; store: the root; conjunction: how many operands.
    std::uint32_t number = 0;
};

struct Simulator::Plan {
    std::size_t inputs = 0;
    std::size_t roots = 0;
    std::size_t gates = 0;
    std::size_t slots = 0;
    std::vector<Step> steps;
    std::vector<std::uint32_t> operands;

    struct Free {
        void operator()(void* p) const { std::free(p); }
    };
    std::unique_ptr<std::uint64_t, Free> blocks;  // [slots × words of a block], aligned to a lane
    std::size_t block_size = 0;                   // words of a block for which `blocks` was made

    std::uint64_t* room(std::size_t block);
};

/// Where a block of a run lies in the caller's flat arrays.
struct Window {
    const std::uint64_t* inputs;
    std::uint64_t* outputs;
    std::size_t stride;  ///< words of the run
    std::size_t first;   ///< word of the run
    std::size_t count;   ///< words: at most a block
};

/// Runs all steps of a plan on one block. Chosen once by what the processor offers.
using Kernel = void (*)(const Simulator::Plan&, std::uint64_t* blocks, const Window&);
struct Kernels {
    Kernel one_lane;
    Kernel four_lanes;
};
const Kernels& kernels();

}  // namespace attest::circuit
