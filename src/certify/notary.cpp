#include "notary.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "limited_check.hpp"

namespace attest::certify {

namespace {

using verdict::Verdict;

verdict::Reason reason_of(checker::Stop stop) {
    switch (stop) {
        case checker::Stop::none: break;
        case checker::Stop::deadline: return verdict::Reason::deadline;
        case checker::Stop::memory: return verdict::Reason::memory;
        case checker::Stop::interrupted: return verdict::Reason::interrupted;
    }
    return verdict::Reason::none;
}

/// What the checker has against a certificate, in a line.
std::string objection(const checker::Report& report) {
    return report.readable ? fmt::format("{} at {}: {}", report.obligation, report.place, report.reason)
                           : report.reason;
}

}  // namespace

Verdict Notary::certify(const Finding& finding) const {
    Verdict verdict = look(finding, archive_.keeps() ? Place(archive_.open(part_)) : Place());
    verdict.kept_ = archive_.keeps() && !verdict.is_undecided();
    if (verdict.kept_) archive_.keep(part_, verdict.digest_);
    else if (archive_.keeps()) archive_.discard(part_);
    return verdict;
}

Verdict Notary::look(const Finding& finding, const Place& place) const {
    const std::string digest = finding.write(place);
    if (digest.empty()) {
        const auto limit = limits_.exceeded();
        return Verdict::undecided(finding.lengths, {limit ? verdict::reason_of(*limit) : verdict::Reason::interrupted,
                                                    "while the certificate was written"});
    }
    const checker::Report report = checked(place, options_within(limits_));
    const verdict::Spent spent{report.seconds, report.seconds};
    if (report.stopped != checker::Stop::none)
        return Verdict::undecided(finding.lengths, {reason_of(report.stopped), "while the certificate was checked"},
                                  spent);
    if (report.accepted) {
        if (report.digest != digest) throw base::InternalError("the checker read another certificate than was written");
        return accept(finding, report);
    }
    const std::string why = objection(report);
    if (std::count(finding.certain.begin(), finding.certain.end(), report.obligation) > 0 && report.place != "limits")
        throw base::InternalError("the checker refuses what was found: " + why);
    return Verdict::undecided(finding.lengths,
                              {verdict::Reason::unchecked, "the checker refuses the certificate: " + why}, spent);
}

Verdict Notary::accept(const Finding& finding, const checker::Report& report) {
    Verdict verdict(finding.answer, finding.lengths);
    verdict.evidence_ = finding.evidence;
    verdict.claim_ = report.claim;
    verdict.assumptions_ = report.assumptions;
    verdict.digest_ = report.digest;
    verdict.spent = {report.seconds, report.seconds};
    return verdict;
}

}  // namespace attest::certify
