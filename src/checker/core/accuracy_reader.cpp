#include "checker/core/accuracy_reader.hpp"

#include "checker/core/evidence_reader.hpp"
#include "checker/core/manifest_fields.hpp"
#include "checker/core/removed_reader.hpp"

// FORMAT.md, section 14: the keys of the claim "wrong on W words". W is a text, since it may have more digits than a
// JSON number is read with; the listed words are evidence and no part of the claim.

namespace attest::checker {
namespace {

using Kind = Evidence::Kind;

/// A list of mistakes, or none: then a diagram has them, and the evidence says so.
Evidence read_refuted_others(const Cursor& at) {
    Evidence evidence;
    const auto by = at.find("by");
    if (by) at.only({"kind", "proof", "drops", "by"});
    else at.only({"kind", "proof", "drops", "mistakes"});
    if (by && by->string() != "diagram") by->fail("\"diagram\" was expected");
    evidence.kind = read_choice(at.at("proof"), "lrat", "xlrup") ? Kind::lrat : Kind::xlrup;
    evidence.drops = read_drops(at.at("drops"));
    if (!by) evidence.mistakes = read_texts(at.at("mistakes"));
    return evidence;
}

}  // namespace

std::string read_count(const Cursor& at) {
    const std::string& text = at.string();
    const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
    if (!digits || (text.size() > 1 && text[0] == '0')) at.fail("a natural number without leading zeros was expected");
    return text;
}

void read_accuracy(const Cursor& at, Claim& claim) {
    at.only({"kind", "model", "language", "length", "wrong", "map", "without", "instead"});
    claim.model = at.at("model").string();
    claim.length = static_cast<std::size_t>(at.at("length").integer(0, 1'000'000'000));
    claim.language = at.at("language").string();
    claim.wrong = read_count(at.at("wrong"));
    claim.verified = true;
    claim.without = read_removed(at);
    claim.instead = read_instead(at, claim.without);
    refuse_constants_by_position(at, claim.instead);
    claim.map = read_map(at);
}

Evidence read_accuracy_evidence(const Cursor& at, const Claim& claim) {
    return at.at("kind").string() == "refutation" ? read_refuted_others(at) : read_model_evidence(at, claim);
}

std::vector<std::string> files_of_accuracy(const Manifest& manifest) {
    std::vector<std::string> files = files_of_model_claim(manifest);
    if (manifest.evidence.is_refutation() && !manifest.evidence.mistakes) files.push_back("diagram.txt");
    return files;
}

}  // namespace attest::checker
