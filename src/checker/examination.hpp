#pragma once

#include <string>

#include "checker/checker.hpp"
#include "checker/core/files.hpp"
#include "checker/core/manifest.hpp"
#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// One certificate under examination: what has been read of it, and what is known so far.
struct Examination {
    const Source& source;
    const Options& options;
    int depth;  ///< how many collections it lies in
    Budget budget;
    Manifest manifest;
    Files files;
    std::string obligation;  ///< the one that is looked at; a defect breaks it
    Report report;
};

/// Examines the certificate: the loop over obligations that every kind of claim has.
Report examine(const Source& source, const Options& options, int depth);

}  // namespace attest::checker
