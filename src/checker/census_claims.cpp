#include "checker/census_claims.hpp"

#include "checker/classes/every_function.hpp"
#include "checker/classes/threshold.hpp"
#include "checker/question/file_names.hpp"

// Claims that networks of a class compute all functions of a few bits. The obligations of FORMAT.md section 9.16.

namespace attest::checker {

std::string census_title(const Claim&) { return "census"; }

std::string census_sentence(const Claim& claim) {
    return "each function of " + std::to_string(claim.length) + " bits is computed by some hard-attention network of " +
           described_class(*claim.network_class);
}

void check_census(Examination& at) {
    check_file_names(at.manifest, at.files, {});
    at.obligation = "network";
    const std::uint64_t classes = at.manifest.evidence.words;
    const std::uint64_t functions =
        check_every_function(at.files.at("networks.txt"), at.manifest.claim.length, classes, at.budget);
    at.report.evidence = std::to_string(classes) + " networks, whose functions are all " + std::to_string(functions) +
                         " up to permutations and complements";
}

}  // namespace attest::checker
