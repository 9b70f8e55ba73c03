#include "certified_search.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/base/version.hpp"
#include "attest/certificate/threshold.hpp"
#include "checker/checker.hpp"

namespace attest::cli {

namespace {

void unchecked(search::Existence& existence, const std::string& why) {
    existence.answer = verdict::Answer::undecided;
    existence.why = {verdict::Reason::unchecked, why};
}

/// Whether there is anything that the checker can read.
bool has_evidence(search::Existence& existence) {
    if (existence.answer == verdict::Answer::undecided) return false;
    if (existence.network || existence.bound) return true;
    if (existence.refutation->proof.empty()) unchecked(existence, existence.refutation->no_proof);
    return !existence.refutation->proof.empty();
}

/// Has the checker read the evidence.
void certify(const Session& session, const search::Specification& specification, const std::string& directory, CertifiedSearch& result) {
    search::Existence& existence = result.existence;
    std::optional<base::DirectoryInProgress> scratch;
    if (directory.empty()) scratch.emplace();
    else std::filesystem::create_directories(directory);
    const std::string place = scratch ? scratch->path() : directory;
    const certificate::Provenance provenance{{{"attest", base::version()}, {"seed", std::to_string(session.options.seed)}, {"how", existence.how}}};
    const std::string digest = certificate::write_threshold(place, specification, existence, provenance);
    const checker::Report report = checker::check(place);
    result.check_seconds = report.seconds;
    if (report.accepted) {
        if (!scratch) result.certificate = digest;
        return;
    }
    const std::string why = fmt::format("the checker refuses the certificate: {} at {}: {}", report.obligation, report.place, report.reason);
    if (existence.network) throw base::InternalError(why);
    unchecked(existence, why);
}

}  // namespace

const char* answer_word(const search::Existence& existence) {
    return existence.answer == verdict::Answer::holds ? "possible" : existence.answer == verdict::Answer::fails ? "impossible" : "undecided";
}

CertifiedSearch certified_search(const Session& session, const search::Specification& specification, const search::SynthesisOptions& options,
                                 const base::Limits& limits, const std::string& directory) {
    CertifiedSearch result;
    search::Existence& existence = result.existence;
    if (const auto limit = limits.exceeded()) {
        existence.why = {verdict::reason_of(*limit), "not begun"};
        return result;
    }
    existence = search::search(specification, options, limits);
    if (!has_evidence(existence)) return result;
    if (options.progress) options.progress("checking the certificate");
    certify(session, specification, directory, result);
    return result;
}

}  // namespace attest::cli
