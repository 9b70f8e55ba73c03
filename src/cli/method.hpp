#pragma once

#include <fmt/format.h>

#include <string>

#include "attest/base/error.hpp"
#include "attest/decide/recognise/prove.hpp"
#include "base/text.hpp"

namespace attest::cli {

/// The value of --method.
/// Throws  UsageError
inline decide::Method parse_method(const std::string& text) {
    if (text == "automatic") return decide::Method::automatic;
    if (text == "circuit") return decide::Method::circuit;
    if (text == "exhaustion") return decide::Method::exhaustion;
    throw base::UsageError(
        fmt::format("--method: expected automatic, circuit or exhaustion, found '{}'", base::printable(text)));
}

/// The same where a model is proved to recognise a language at a length, which cutting planes can show as well.
inline decide::Method parse_proof_method(const std::string& text) {
    return text == "cutting-planes" ? decide::Method::planes : parse_method(text);
}

}  // namespace attest::cli
