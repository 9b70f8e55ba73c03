#include "gpt_layers.hpp"

namespace attest::formats::import {

/// Hugging Face's GPT-2: Conv1D, [inputs × outputs].
Family gpt2() {
    return {"gpt2", [](const Checkpoint& checkpoint) { return fits_gpt(checkpoint, true); },
            [](Source& source) {
                return read_gpt(source, {true, "gelu_new", "default of GPT2Config"});
            },
            gpt_roles()};
}

}  // namespace attest::formats::import
