#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace attest::formats::import {

/// What somebody says about a checkpoint that the file does not.
struct Options {
    std::string family;  ///< empty: by the names of the tensors
    std::string config;  ///< path of a JSON file with settings; empty: config.json of a folder, if there is one
    std::vector<std::string> set;  ///< `heads=2`
    std::string member;            ///< which member of the file is the network; empty: the only one
    std::string alphabet;          ///< `()`; with blanks between symbols of several characters; `0..112`
    std::string tokens;            ///< rows of the symbols, `(=3,)=4`; empty: 0, 1, … in the order of the alphabet
    std::string begin, end;        ///< `[start]=0`; empty: none
    std::string read;              ///< first, last, a position, each, mean, sum; empty: as the family does
    std::string accept;            ///< accepted classes, `1`; empty: none is named
    std::string name;              ///< of the model
    std::string tensor_file;       ///< name of the companion file
    std::size_t memory_bytes = std::size_t{8} << 30;  ///< that files and tensors may take
};

/// Something that the file does not say and the model depends on.
struct Assumption {
    std::string key, value, because;
};

/// For each class a document that differs from the model's in the readout only: its score is the logit of that class.
struct Logits {
    std::vector<std::string> documents;
    std::string tensors;  ///< the companion file of all of them
};

/// A checkpoint as a model.
struct Imported {
    std::string document;  ///< of the format attest/model
    std::string tensors;   ///< the companion safetensors file
    std::string family, container;
    std::int64_t version = 1;  ///< of the document
    std::uint64_t layers = 0, heads = 0, dimension = 0, vocabulary = 0, positions = 0, parameters = 0;
    std::vector<std::string> classes;  ///< empty: one score
    std::vector<Assumption> assumed;
    std::vector<std::string> ignored;  ///< names of what the model does not need
    std::vector<std::string> dropped;  ///< prefixes of all names
    std::string file, sha256;          ///< of the source
};

/// Reads a checkpoint of another framework as a transformer. Numbers are those of the file, exactly; what changes the
/// function and is not in the file is asked for, or assumed with a reason.
///
/// `logits`, unless it is null, gets what shows each logit.
/// Throws  InputError (FILE:PLACE) for files that are damaged or hold what a model cannot say; UsageError for what must
///         be told and is not
/// Cost    O(size of the file)
Imported import_model(const std::string& path, const Options& options, Logits* logits = nullptr);

/// One tensor of a checkpoint.
struct Listed {
    std::string name, type, shape;
    std::vector<std::pair<std::string, std::string>> roles;  ///< family, what the tensor is there; for those that fit
};

/// Something that a network depends on beside its tensors.
struct ListedSetting {
    std::string key;                   ///< as --set has it
    std::optional<std::string> value;  ///< none: nothing tells it, and --set must
    std::string because;               ///< who says so; of what is not told: what it is
};

/// Numbers that the tensors of a network tell.
struct ListedNetwork {
    std::uint64_t layers = 0, dimension = 0, vocabulary = 0;
    std::uint64_t positions = 0;                ///< 0: any number
    std::uint64_t classes = 0;                  ///< rows of what is read
    std::optional<std::uint64_t> heads;         ///< of the first layer; none: not told
    std::optional<std::uint64_t> feed_forward;  ///< rows of the first map of the first layer; none: there is none
};

struct Listing {
    std::string container;
    std::vector<std::string> families;  ///< that fit
    std::vector<Listed> tensors;
    std::optional<ListedNetwork> network;      ///< where one family fits and can read it
    std::vector<ListedSetting> settings;       ///< likewise, what is not told first
    std::vector<std::string> hyperparameters;  ///< `model_args.n_head = 2`
    std::vector<std::string> ignored;
};

/// What a checkpoint holds. Throws  InputError as import_model
Listing list_checkpoint(const std::string& path, const Options& options);

/// All families by name.
std::vector<std::string> family_names();

}  // namespace attest::formats::import
