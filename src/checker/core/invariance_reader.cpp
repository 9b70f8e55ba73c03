#include "checker/core/invariance_reader.hpp"

#include "checker/core/evidence_reader.hpp"
#include "checker/core/manifest_fields.hpp"
#include "checker/core/removed_reader.hpp"

// FORMAT.md, section 16: the keys and no others. That positions ascend and lie in the word is settled here, so that who
// goes through words need not ask again.

namespace attest::checker {
namespace {

using Kind = Evidence::Kind;

std::vector<std::size_t> read_positions(const Cursor& at, std::size_t length) {
    std::vector<std::size_t> positions;
    for (std::size_t k = 0; k < at.size(); ++k) {
        const auto position = static_cast<std::size_t>(at.item(k).integer(1, 1'000'000'000));
        if (position > length) at.item(k).fail("the word has no such position");
        if (k > 0 && position <= positions.back()) at.item(k).fail("the positions do not ascend");
        positions.push_back(position);
    }
    if (positions.empty()) at.fail("some position was expected");
    return positions;
}

Evidence read_pair(const Cursor& at) {
    at.only({"kind", "words", "answers"});
    Evidence evidence;
    evidence.kind = Kind::witness;
    const Cursor words = at.at("words"), answers = at.at("answers");
    if (words.size() != 2) words.fail("two words were expected");
    if (answers.size() != 2) answers.fail("two answers were expected");
    evidence.pair = {words.item(0).string(), words.item(1).string()};
    evidence.actual_accept = read_choice(answers.item(0), "accept", "reject");
    evidence.expected_accept = read_choice(answers.item(1), "accept", "reject");
    return evidence;
}

}  // namespace

void read_invariance(const Cursor& at, Claim& claim) {
    at.only({"kind", "model", "length", "positions", "verdict", "without", "instead"});
    claim.model = at.at("model").string();
    claim.length = static_cast<std::size_t>(at.at("length").integer(0, 1'000'000'000));
    claim.invariant = read_positions(at.at("positions"), claim.length);
    claim.verified = read_choice(at.at("verdict"), "verified", "refuted");
    claim.without = read_removed(at);
    claim.instead = read_instead(at, claim.without);
    refuse_constants_by_position(at, claim.instead);
}

Evidence read_invariance_evidence(const Cursor& at, const Claim& claim) {
    const Cursor kind = at.at("kind");
    Evidence evidence;
    if (kind.string() == "witness") evidence = read_pair(at);
    else if (kind.string() == "enclosure") read_enclosure(at, claim, evidence);
    else if (kind.string() != "exhaustion") kind.fail("\"" + kind.string() + "\" is not a kind of evidence");
    if (kind.string() == "exhaustion") {
        at.only({"kind", "words"});
        evidence.kind = Kind::exhaustion;
        evidence.words = read_natural(at.at("words"));
    }
    if (evidence.classes) at.at("classes").fail("each word was expected to be evaluated");
    if (claim.verified == (evidence.kind == Kind::witness)) kind.fail("evidence of this kind does not fit the verdict");
    return evidence;
}

}  // namespace attest::checker
