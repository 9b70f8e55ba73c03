#pragma once

#include <string>

#include "attest/base/error.hpp"

namespace attest::tests {

/// The message with which the action refuses its input.
template <typename Action>
std::string refused(Action action) {
    try {
        action();
    } catch (const base::InputError& e) {
        return e.what();
    }
    return "accepted";
}

}  // namespace attest::tests
