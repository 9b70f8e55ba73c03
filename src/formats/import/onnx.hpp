#pragma once

#include <string>
#include <string_view>

namespace attest::formats::import {

/// Says what to do instead of importing an ONNX file, with the operators that it holds as far as they can be read.
/// Throws  InputError, always
[[noreturn]] void refuse_onnx(std::string_view file, const std::string& name);

}  // namespace attest::formats::import
