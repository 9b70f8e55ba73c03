#pragma once

#include <string>
#include <variant>

#include "attest/network/guhat_keys.hpp"
#include "attest/network/program.hpp"
#include "attest/network/transformer.hpp"

namespace attest::formats {

/// A transformer with the bytes it was read from, which certificates keep.
struct ModelFile {
    network::Transformer transformer;
    std::string bytes;        ///< of the model file
    std::string tensor_name;  ///< of the companion file; empty if there is none
    std::string tensor_bytes;
};

/// Tables with the bytes they were read from.
struct GuhatFile {
    network::Guhat guhat;
    std::string bytes;
};

/// A program with the bytes it was read from.
struct ProgramFile {
    network::Program program;
    std::string bytes;
};

/// A network of any kind with the bytes it was read from.
using NetworkFile = std::variant<ModelFile, GuhatFile, ProgramFile>;

/// Reads and checks a model file and its companion.
/// Throws  InputError with FILE:PLACE, what was expected and what was found.
ModelFile read_model(const std::string& path);

/// The same from memory; `tensors` are the bytes of the companion file if the document names one.
network::Transformer parse_model(const std::string& json, const std::string& name, const std::string& tensors = {});

/// Reads a file of either format: which one, its member `format` says.
/// Throws  as read_model
std::variant<ModelFile, GuhatFile> read_model_or_guhat(const std::string& path);

/// The same where programs are welcome, too.
NetworkFile read_network(const std::string& path);

/// A program from memory; it takes its name from the file's where it has none.
network::Program parse_program(const std::string& json, const std::string& name);

/// Tables from memory; they take their name from the file's.
network::Guhat parse_guhat(const std::string& json, const std::string& name);

/// The model as a document of the format, with all numbers as rationals; reading it gives the same model.
std::string write_model(const network::Transformer& transformer);

/// The tables as a document of the format: entries in the order of layer, head, position and value, without those that
/// say no more than their absence. Equal tables give the same bytes.
std::string write_guhat(const network::Guhat& guhat);

/// A value as the format writes it: `"1"`, `0`, `["$",[2,"1"]]`.
std::string spell(const network::Guhat& guhat, network::ValueId value);

/// The document of the certificate format for them (FORMAT.md, section 9.7).
std::string write_keys(const network::Guhat& guhat, const network::GuhatKeys& keys);

}  // namespace attest::formats
