#include "checker/claims.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/lines.hpp"

// FORMAT.md, section 1.1: a collection claims what its parts claim, and nothing of its own. A part is named by the
// digest of its manifest, so that it cannot be exchanged for another certificate that is in order too; what is not
// listed may not be there, since a reader would take it for checked.

namespace attest::checker {
namespace {

constexpr int most_nested_collections = 8;

/// The sub-directories are those that the collection lists.
void check_sub_directories(const Examination& at) {
    const std::vector<Part>& parts = at.manifest.claim.parts;
    std::size_t found = 0;
    for (const DirectoryEntry& entry : at.source.entries()) {
        if (entry.name == "manifest.json") continue;
        bool listed = false;
        for (const Part& part : parts) listed = listed || part.directory == entry.name;
        if (!listed) throw Defect(entry.name, "the collection does not list this");
        if (!entry.is_directory) throw Defect(entry.name, "not a directory");
        ++found;
    }
    if (found != parts.size()) throw Defect("manifest.json: claim.parts", "a directory is missing");
}

/// A part is a certificate of the listed digest. What it breaks, the collection breaks.
Report checked_part(Examination& at, const Part& part) {
    Report report = examine(Source(at.source.directory() + "/" + part.directory), at.options, at.depth + 1);
    if (report.stopped != Stop::none) throw Stopped(report.stopped);
    if (!report.readable) throw Unreadable(report.reason);
    if (report.accepted && report.digest != part.digest)
        throw Defect(part.directory, "the part has another digest than the collection says");
    return report;
}

}  // namespace

void check_collection(Examination& at) {
    if (at.depth == most_nested_collections) throw Defect(at.source.directory(), "collections nested too deeply");
    check_sub_directories(at);
    for (const Part& part : at.manifest.claim.parts) {
        at.report.parts.push_back(checked_part(at, part));
        const Report& report = at.report.parts.back();
        if (report.accepted) continue;
        at.obligation = report.obligation;
        throw Defect(part.directory + "/" + report.place, report.reason);
    }
    const std::size_t count = at.report.parts.size();
    at.report.claim = collection_sentence(at.report.parts);
    at.report.evidence = std::to_string(count) + (count == 1 ? " certificate" : " certificates");
}

}  // namespace attest::checker
