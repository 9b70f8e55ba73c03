#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "array.hpp"

namespace attest::formats::import {

/// What a checkpoint says besides its tensors, as text: `encoder.layers.0.norm_first`, `true`.
struct Hyperparameter {
    std::string name;
    std::string value;
};

/// Tensors by name with what is said beside them.
struct Contents {
    std::map<std::string, Array> tensors;
    std::vector<Hyperparameter> hyperparameters;
    std::vector<std::string> ignored;  ///< names of what is neither
};

/// A checkpoint as its container gives it.
struct Checkpoint : Contents {
    std::string file;                  ///< the path, for messages
    std::string container;             ///< `PyTorch (zip)`, `PyTorch (before 1.6)`, `safetensors`
    std::string sha256;                ///< of the file; of several files that of their digests, one a line
    std::vector<std::string> dropped;  ///< prefixes that all names had
    std::string config;                ///< path of a config.json beside the tensors; empty: there is none
    std::vector<std::unique_ptr<const std::string>> bytes;  ///< of the files, into which the arrays refer
};

/// Reads a checkpoint: a file that torch.save or safetensors wrote, or a folder that holds one (or several with an
/// index) and perhaps a config.json. Nothing that a file names is run; no number is touched before all that describes
/// it holds.
///
/// `member` names the dictionary of tensors within a checkpoint that has several; empty: it has one.
/// Throws  InputError with one line for every file that is not of these kinds, or damaged
/// Cost    O(size of the files), at most `at_most` bytes each
Checkpoint read_checkpoint(const std::string& path, const std::string& member, std::size_t at_most);

/// The same of bytes in memory, which the result keeps.
Checkpoint parse_checkpoint(std::string bytes, const std::string& name, const std::string& member);

}  // namespace attest::formats::import
