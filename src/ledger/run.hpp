#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "attest/base/share.hpp"
#include "ledger/outcome.hpp"

namespace attest::ledger {

/// How to prove claims again.
struct RunSettings {
    std::string program;                 ///< path of attest
    std::string directory;               ///< for results and certificates
    std::string data = ".";              ///< the folder in which the files are that claims need
    unsigned jobs = 1;                   ///< claims that are worked on at a time
    std::string journal = {};            ///< folder of outcomes that several runs share; empty: none
    base::Share share = {};              ///< the claims that are proved here, by their number
    std::optional<double> timeout = {};  ///< seconds for one claim
    const std::atomic<bool>* interrupted = nullptr;
    /// Called after each claim, never twice at a time: the outcome, how many are done, of how many.
    std::function<void(const Outcome&, std::size_t, std::size_t)> progress = {};
};

/// What a run came to.
struct RunResult {
    std::vector<Outcome> outcomes;  ///< in the order of the claims; those not reached are missing
    std::size_t resumed = 0;        ///< of these, how many an earlier, unfinished run had
    bool interrupted = false;
};

/// Proves each claim in a process of its own. Results go to `DIR/unfinished.jsonl` one by one, so that a run that was
/// killed goes on where it was, if claims and program are the same; a whole run leaves `DIR/results.jsonl`, and each
/// claim's certificate in `DIR/ID`. With a journal outcomes are kept there instead, and those that others left are taken. A claim that needs a file which is not in the folder, or is another one there, is skipped.
/// Throws  InputError if the directory cannot be used
RunResult run(const std::vector<Claim>& claims, const RunSettings& settings);

}  // namespace attest::ledger
