#pragma once

#include <optional>
#include <string>
#include <vector>

#include "attest/formats/import.hpp"
#include "blueprint.hpp"
#include "vocabulary.hpp"

namespace attest::formats::import {

/// Where and how the answer is read.
struct Answer {
    std::string position;              ///< first, last, a whole number, each, mean, sum
    std::vector<std::string> classes;  ///< names, one a row of the readout; empty: one score
    std::vector<std::string> accept;   ///< among them
};

/// What goes into a document besides the network.
struct Provenance {
    std::string name, tensor_file, family, file, sha256;
    std::vector<Assumption> assumed;
};

struct Document {
    std::int64_t version = 1;
    std::string text;
    std::string tensors;
};

/// Version 1 where that says it all and there are at most 64 positions, else version 2. What version 1 has no key for
/// (the source and what was assumed) stands in the metadata of the companion in either case.
///
/// `logits`, unless it is null, gets a document for each class.
/// Throws  InputError beyond `at_most` bytes of tensors
Document write_document(const Blueprint& plan, const Vocabulary& vocabulary, const Answer& answer,
                        const Provenance& provenance, std::size_t at_most, Logits* logits);

}  // namespace attest::formats::import
