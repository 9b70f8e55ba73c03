#pragma once

#include <optional>
#include <string>
#include <vector>

#include "attest/certify/every_length.hpp"
#include "attest/language/language.hpp"
#include "build/network.hpp"
#include "language/classify/classes.hpp"

namespace attest::certify {

/// A network that was built for a regular language, which shows that it is in classes of transformers.
struct BuiltNetwork {
    build::Construction construction;
    std::vector<classify::Class> shows;
    std::optional<build::Built> built;  ///< nothing where it is too large
    std::string why;                    ///< it is
    std::optional<EveryLength> proved;  ///< that it recognises the language at every length, 0 included
};

/// With which options `attest build` makes it.
std::vector<std::string> build_options(build::Construction construction);

/// A network for each class that has a construction, built and proved. One that shows several classes stands once.
///
/// in      the classes of the language
/// parts   of the archive's collection: those of the networks are added, `network-exits` and so on
/// Throws  InternalError if a network is wrong: then its construction is, or what it builds on
std::vector<BuiltNetwork> build_networks(const language::Language& language, const classify::ClassVector& in,
                                         const base::Limits& limits, Archive& archive, std::vector<std::string>& parts);

}  // namespace attest::certify
