#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "attest/network/transformer.hpp"

namespace attest::formats {

/// A model as a document whose arrays are in a safetensors file, in binary64.
struct TorchFiles {
    std::string document;       ///< of the format attest/model, version 2
    std::string tensors;        ///< the safetensors file
    std::uint64_t numbers = 0;  ///< in it
    std::uint64_t rounded = 0;  ///< of them, that are no numbers of binary64
};

struct TorchOptions {
    std::string tensor_file;  ///< the name by which the document knows the tensors
    double perturb = 0;       ///< every number is moved by at most this
    std::uint64_t seed = 0;
    std::size_t memory_bytes = std::size_t{8} << 30;
};

/// The same network for src/formats/export/module.py: every array is a tensor, named by its place in the document.
///
/// Exact   where no number is rounded or moved; a rounded one is the nearest of binary64
/// Throws  Unsupported where the arrays, with all their zeros, take more memory than the options allow
TorchFiles write_torch(const network::Transformer& transformer, const TorchOptions& options);

}  // namespace attest::formats
