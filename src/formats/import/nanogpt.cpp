#include "gpt_layers.hpp"

namespace attest::formats::import {

/// karpathy/nanoGPT: torch.nn.Linear, [outputs × inputs].
Family nanogpt() {
    return {"nanogpt", [](const Checkpoint& checkpoint) { return fits_gpt(checkpoint, false); },
            [](Source& source) {
                return read_gpt(source,
                                {false, "gelu", "nanoGPT's nn.GELU(); the file does not say (minGPT has gelu_new)"});
            },
            gpt_roles()};
}

}  // namespace attest::formats::import
