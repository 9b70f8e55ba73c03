#pragma once

namespace attest::base {

/// Several functions as one that takes what any of them takes.
template <typename... Functions>
struct Overloaded : Functions... {
    using Functions::operator()...;
};
template <typename... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

}  // namespace attest::base
