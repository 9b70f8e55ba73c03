#pragma once

#include <functional>
#include <string>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/certify/archive.hpp"
#include "attest/certify/place.hpp"
#include "attest/verdict/certified.hpp"
#include "checker/checker.hpp"

namespace attest::certify {

/// What an algorithm found and can show.
struct Finding {
    verdict::Lengths lengths;
    verdict::Answer answer;      ///< holds or fails
    verdict::Evidence evidence;  ///< that the checker is shown
    /// Writes the certificate into an empty place: gives the digest of its manifest, empty if a limit stopped it.
    std::function<std::string(const Place& place)> write;
    /// Obligations that were met by exact evaluation: where the checker refuses one of these, we are wrong.
    std::vector<std::string> certain = {};
};

/// The one place where a certificate is written, closed, read back and checked, and so the one that makes a verdict.
class Notary {
  public:
    /// part  of the archive, where that keeps anything
    Notary(Archive& archive, std::string part, const base::Limits& limits)
        : archive_(archive), part_(std::move(part)), limits_(limits) {}

    /// Gives   the finding, if the checker accepted its certificate, which then is in the archive; else undecided: with the
    ///         limit that stopped writing or check, or `unchecked` with the obligation that was refused. Then nothing of it
    ///         is left behind
    /// Throws  InternalError if a certain obligation is refused, or another certificate was read than was written;
    ///         InputError if a file cannot be written
    verdict::Verdict certify(const Finding& finding) const;

  private:
    verdict::Verdict look(const Finding& finding, const Place& place) const;
    static verdict::Verdict accept(const Finding& finding, const checker::Report& report);

    Archive& archive_;
    std::string part_;
    const base::Limits& limits_;
};

}  // namespace attest::certify
