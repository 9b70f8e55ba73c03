#pragma once

#include <string>
#include <vector>

#include "attest/formats/import.hpp"
#include "attest/network/transformer.hpp"

namespace attest::formats::import {

/// What Tracr compiled, as examples/python/export_tracr.py writes it (attest/tracr): positions, the constant direction and
/// hexadecimal numbers as they are. Attention becomes that of the limit of cold softmax, or stays softmax.
///
/// `options`  read (default each; last for numbers), accept, and `set`: attention=average (default) or softmax
/// Throws  InputError with the place in the document; UsageError for what is told and does not fit
network::Transformer read_tracr(const std::string& text, const std::string& file, const Options& options,
                                std::vector<Assumption>& assumed);

}  // namespace attest::formats::import
