#include <algorithm>

#include "checker/claims.hpp"
#include "checker/kernel/shown.hpp"
#include "checker/soft/invariance.hpp"

// Claims that a model's answer does not depend on the symbols at some positions: the obligations of FORMAT.md section 16.

namespace attest::checker {
namespace {

std::string positions_text(const std::vector<std::size_t>& positions) {
    constexpr std::size_t most = 12;
    std::string text = positions.size() == 1 ? "position " : "positions ";
    for (std::size_t k = 0; k < std::min(most, positions.size()); ++k)
        text += (k == 0 ? "" : ", ") + std::to_string(positions[k]);
    return text + (positions.size() > most ? " and more" : "");
}

}  // namespace

std::string invariance_title(const Claim& claim) { return claim.verified ? "invariant" : "not invariant"; }

std::string invariance_sentence(const Claim& claim) {
    return quoted(claim.model) + without(claim) + (claim.verified ? " answers" : " does not answer") +
           " the same at length " + std::to_string(claim.length) + " whatever stands at " +
           positions_text(*claim.invariant);
}

void check_invariance(Examination& at) {
    Question question = read_subject(at);
    check_means_of(at, question);
    const Evidence& evidence = at.manifest.evidence;
    const bool is_witness = evidence.kind == Evidence::Kind::witness;
    CertainModel model(question, at.manifest.claim.length, evidence.first_bits(), evidence.margin, at.budget);
    at.obligation = is_witness ? "witness" : evidence.kind == Evidence::Kind::exhaustion ? "exhaustion" : "enclosure";
    if (is_witness) model.expect_one_word();
    else model.expect_many_words();
    if (is_witness) check_pair_of_words(at.manifest, question, model, at.budget);
    else check_invariance(at.manifest, question, model, at.budget);
    at.report.evidence =
        is_witness ? "witness " + quoted(evidence.pair->first, 400) + " and " + quoted(evidence.pair->second, 400)
                   : "all " + std::to_string(evidence.words) + " words evaluated " +
                         (evidence.kind == Evidence::Kind::exhaustion ? "exactly" : "in intervals");
}

}  // namespace attest::checker
