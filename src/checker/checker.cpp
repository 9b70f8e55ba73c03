#include "checker/checker.hpp"

#include <algorithm>
#include <chrono>
#include <new>

#include "checker/claim_kinds.hpp"
#include "checker/examination.hpp"
#include "checker/kernel/defect.hpp"

// The obligations of FORMAT.md section 2 in order; the first that fails ends the check. What all certificates have is
// looked at here; the rest is what the claim's row of `claim_kinds.cpp` says.

namespace attest::checker {
namespace {

void go_through(Examination& at) {
    at.obligation = "digest";
    const std::string bytes = at.source.read("manifest.json", std::nullopt, at.budget);
    at.obligation = "question";
    at.manifest = read_manifest(bytes, claim_kinds(), at.budget);
    const ClaimKind& kind = *at.manifest.kind;
    at.report.kind = kind.title(at.manifest.claim);
    if (kind.sentence) at.report.claim = kind.sentence(at.manifest.claim);
    at.report.assumptions = at.manifest.assumptions;
    at.report.digest = at.manifest.digest;

    at.obligation = "digest";
    if (digest_of_manifest(bytes, at.manifest.digest, at.budget) != at.manifest.digest)
        throw Defect("manifest.json: digest", "the manifest has another digest");
    if (kind.files) at.files = read_files(at.source, at.manifest, at.budget);
    kind.check(at);
}

void refuse(Examination& at, const Defect& defect) {
    at.report.obligation = at.obligation;
    at.report.place = defect.place().empty() ? at.source.directory() : defect.place();
    at.report.reason = defect.what();
}

}  // namespace

Report examine(const Source& source, const Options& options, int depth) {
    const auto start = std::chrono::steady_clock::now();
    Examination at{source, options, depth, Budget(options), {}, {}, {}, {}};
    at.report.directory = source.directory();
    try {
        go_through(at);
        at.report.accepted = true;
    } catch (const Stopped& stopped) {
        at.report.stopped = stopped.by();
        at.report.reason = stopped.what();
    } catch (const Unreadable& error) {
        at.report.readable = false;
        at.report.reason = error.what();
    } catch (const Defect& defect) {
        refuse(at, defect);
    } catch (const std::bad_alloc&) {
        at.report.stopped = Stop::memory;
        at.report.reason = "the machine gives no more memory";
    }
    at.report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return std::move(at.report);
}

int exit_status(std::span<const Report> reports) {
    const auto some = [&](auto is) { return std::any_of(reports.begin(), reports.end(), is); };
    if (some([](const Report& r) { return !r.readable || (!r.accepted && r.stopped == Stop::none); })) return 2;
    return some([](const Report& r) { return r.stopped != Stop::none; }) ? 3 : 0;
}

Report check(const std::string& directory, const Options& options) { return examine(Source(directory), options, 0); }

Report check(const Files& files, const Options& options) { return examine(Source(files), options, 0); }

}  // namespace attest::checker
