#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "attest/base/limits.hpp"
#include "decide/threshold/npn.hpp"
#include "decide/threshold/one_bit_networks.hpp"

namespace attest::threshold {

struct OneBitCensusOptions {
    std::uint64_t seed = 0;
    unsigned threads = 1;
    std::string journal = {};  ///< file or folder that keeps the networks of each share; may be empty
    /// Told how many classes have a network. Calls come from one thread at a time; may be empty.
    std::function<void(std::size_t found)> progress = {};
};

/// For each class of functions of a few bits a network of two layers with one head and two activations, where one was found.
struct OneBitCensus {
    unsigned inputs = 0;
    std::vector<NpnClass> classes;                       ///< all, ascending
    std::vector<std::optional<OneBitNetwork>> networks;  ///< by class
    std::size_t earlier = 0;                             ///< how many were in the journal
    std::optional<base::Limit> stopped;                  ///< before all shares were done

    std::size_t found() const;
    std::uint64_t functions() const;  ///< of all classes
};

/// Looks for a network of each class, shares of the classes side by side; each network found is looked at again.
///
/// Needs   inputs 2 to 5
/// Gives   the same for the same seed, whatever the threads and the journal
/// Exact   yes, of the networks that are there; that a class has none is not found, and then only a limit ends the search
/// Throws  InputError if the journal cannot be read or written, or is of something else
/// Cost    with five inputs 20 s, divided by the threads
OneBitCensus take_one_bit_census(unsigned inputs, const OneBitCensusOptions& options, const base::Limits& limits);

}  // namespace attest::threshold
