#pragma once

#include <vector>

#include "blueprint.hpp"
#include "family.hpp"
#include "source.hpp"

namespace attest::formats::import {

/// In what nanoGPT and Hugging Face's GPT-2 differ.
struct GptVariant {
    bool inputs_first;                ///< matrices are [inputs × outputs]
    std::string activation, because;  ///< where nothing tells another
};

/// The network that both lay out: `h.L.attn.c_attn` …, norms before the parts and one at the end.
Blueprint read_gpt(Source& source, const GptVariant& variant);

/// What the tensors of both are.
std::vector<Role> gpt_roles();

/// Whether there is a `h.0.attn.c_attn.weight` with `inputs_first` as said: [d × 3d], else [3d × d].
bool fits_gpt(const Checkpoint& checkpoint, bool inputs_first);

}  // namespace attest::formats::import
