#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "attest/certify/archive.hpp"
#include "attest/verdict/certified.hpp"
#include "formats/seq2seq/seq2seq.hpp"
#include "programs/machines/compare.hpp"

namespace attest::certify {

/// A machine with the bytes it was read from, its normal form, and a network that may simulate it.
struct SimulationSubject {
    machines::TuringMachine machine;
    std::string machine_bytes;  ///< of the format attest/turing
    machines::NormalForm normal;
    formats::Seq2seqFile network;
};

/// For how long, on which words.
struct SimulationScope {
    std::optional<std::size_t> length, steps;  ///< both or neither: then on every word, for ever
};

/// A word on which the network is wrong.
struct WrongWord {
    std::vector<std::string> word;
    std::size_t time = 0;
    std::string why;
};

struct Simulated {
    SimulationScope scope;
    std::optional<std::uint64_t> words;  ///< that were gone through
    std::optional<WrongWord> wrong;
    verdict::Verdict verdict;
};

/// Whether the network simulates the machine. For ever on every word it is asked whether the network is the one of FORMAT.md,
/// section 28.3, which the checker rebuilds; if it is not, short words are looked at for one on which it is wrong.
/// Otherwise all words of the length are gone through, exactly.
///
/// Throws  Unsupported for more than 2^22 words, or none; UsageError as machines::compare
Simulated decide_simulation(const SimulationSubject& subject, const SimulationScope& scope, const base::Limits& limits,
                            Archive& archive, const std::function<void(const std::string&)>& progress = {});

}  // namespace attest::certify
