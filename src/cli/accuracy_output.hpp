#pragma once

#include <string>
#include <vector>

#include "attest/certify/accuracy.hpp"
#include "subject.hpp"

namespace attest::cli {

/// What `accuracy` was asked, as its output names it.
struct AccuracyAsked {
    std::string model;                   ///< its name, as the file says
    const language::Alphabet& alphabet;  ///< of the model
    std::string language;                ///< as the user named it
    Map map;                             ///< likewise
    accuracy::Options options;
    bool lists = false;  ///< --list was given
};

/// `ACCURACY m is wrong about parity on 21 of 32 words of length 5 …`, or a line a length, and where the mistakes are.
std::string accuracy_text(const AccuracyAsked& asked, const std::vector<certify::Accuracy>& results);

/// Whether some count is not known, or was not checked for a limit.
bool any_open(const std::vector<certify::Accuracy>& results);

}  // namespace attest::cli
