#pragma once

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <string>
#include <type_traits>

#include "base/text.hpp"

namespace attest::cli {

/// A value of an option that is a number from `least` to `greatest`, in decimal. The parser's own checks let
/// NaN pass, wrap -1 around, print bounds of 300 digits, and read 010 as eight: it is given the number as it
/// was understood here, so this is a transformation and no mere check.
template <typename Number>
CLI::Validator within(Number least, Number greatest) {
    const auto check = [=](std::string& text) {
        Number value{};
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        const bool fits =
            error == std::errc() && end == text.data() + text.size() && value >= least && value <= greatest;
        if (!fits)
            return fmt::format("expected a {} from {} to {}, found '{}'",
                               std::is_integral_v<Number> ? "whole number" : "number", least, greatest,
                               base::printable(text));
        text = fmt::format("{}", value);
        return std::string();
    };
    return CLI::Validator(check, "");
}

}  // namespace attest::cli
