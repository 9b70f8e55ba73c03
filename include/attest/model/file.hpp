#pragma once

#include <string>

#include "attest/model/transformer.hpp"

namespace attest::model {

/// A transformer with the bytes it was read from, which certificates keep.
struct ModelFile {
    Transformer transformer;
    std::string bytes;        ///< of the model file
    std::string tensor_name;  ///< of the companion file; empty if there is none
    std::string tensor_bytes;
};

/// Reads and checks a model file and its companion.
/// Throws  InputError with FILE:PLACE, what was expected and what was found.
ModelFile read_model(const std::string& path);

/// The same from memory; `tensors` are the bytes of the companion file if the document names one.
Transformer parse_model(const std::string& json, const std::string& name, const std::string& tensors = {});

/// The model as a document of the format, with all numbers as rationals; reading it gives the same model.
std::string write_model(const Transformer& transformer);

}  // namespace attest::model
