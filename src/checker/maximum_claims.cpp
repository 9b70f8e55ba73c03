#include "checker/maximum_claims.hpp"

#include "checker/claimed_model.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/kernel/shown.hpp"
#include "checker/soft/maximum.hpp"

// Claims that a model finds the greatest symbol of at least so many words. The obligations of FORMAT.md section 34.

namespace attest::checker {

std::string maximum_title(const Claim&) { return "maximum"; }

std::string maximum_sentence(const Claim& claim) {
    return "the answer of " + quoted(claim.model) + " is the greatest symbol on at least " + *claim.wrong +
           " words of length " + std::to_string(claim.length);
}

void check_maximum(Examination& at) {
    const Model model = read_claimed_model(at);
    require_maximum_form(model);
    at.obligation = "cells";
    const SoftInstance instance = instantiate(model, at.manifest.claim.length, at.manifest.evidence.bits, at.budget);
    const MaximumCells found = maximum_cells(instance, model.alphabet.size(), at.budget);
    if (found.cells != at.manifest.evidence.words)
        throw Defect("manifest.json: evidence.cells", "there are " + std::to_string(found.cells) + " cells");
    if (found.right < mpz_class(*at.manifest.claim.wrong))
        throw Defect("manifest.json: claim.right",
                     "the cells in which it is certainly right have " + found.right.get_str() + " words");
    at.report.evidence =
        std::to_string(found.certified) + " of " + std::to_string(found.cells) + " cells bounded in intervals";
}

}  // namespace attest::checker
