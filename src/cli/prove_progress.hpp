#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "prove_output.hpp"
#include "session.hpp"

namespace attest::cli {

/// Told each result as soon as it is there, with its place among the lengths; calls come from one thread at a time.
using ProveProgress = std::function<void(std::size_t place, const certify::Recognition& result)>;

/// Has the session say, if it is ended, what `prove` knows by then: what it was told of, and that the other lengths are
/// undecided.
ProveProgress say_when_ended(Session& session, const ProveAsked& asked, const std::vector<std::int64_t>& lengths);

/// The same of all lengths at once, from one on: there is nothing to be told of.
void say_when_ended(Session& session, const ProveAsked& asked, std::int64_t from);

}  // namespace attest::cli
