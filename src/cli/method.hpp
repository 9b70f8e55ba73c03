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

}  // namespace attest::cli
