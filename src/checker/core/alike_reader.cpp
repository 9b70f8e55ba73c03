#include "checker/core/alike_reader.hpp"

#include "checker/core/evidence_reader.hpp"
#include "checker/core/manifest_fields.hpp"

// FORMAT.md, section 42. Neither network is the right one, so a witness has an answer of each.

namespace attest::checker {
namespace {

using Kind = Evidence::Kind;

void read_two_texts(const Cursor& at, Evidence& evidence) {
    at.only({"kind", "word", "position", "answers"});
    evidence.kind = Kind::witness;
    evidence.word = at.at("word").string();
    evidence.position = static_cast<std::size_t>(read_natural(at.at("position")));
    const Cursor answers = at.at("answers");
    if (answers.size() != 2) answers.fail("two answers were expected");
    evidence.actual_text = answers.item(0).string();
    evidence.expected_text = answers.item(1).string();
}

}  // namespace

void read_alike(const Cursor& at, Claim& claim) {
    at.only({"kind", "model", "other", "length", "verdict", "map"});
    claim.model = at.at("model").string();
    claim.other = at.at("other").string();
    claim.length = static_cast<std::size_t>(at.at("length").integer(1, 1'000'000'000));
    claim.verified = read_choice(at.at("verdict"), "verified", "refuted");
    claim.map = read_map(at);
}

Evidence read_alike_evidence(const Cursor& at, const Claim& claim) {
    Evidence evidence;
    const Cursor kind = at.at("kind");
    if (kind.string() == "exhaustion") {
        at.only({"kind", "words"});
        evidence.kind = Kind::exhaustion;
        evidence.words = read_natural(at.at("words"));
    } else if (kind.string() == "enclosure") {
        at.only({"kind", "words", "margin", "bits"});
        read_enclosure(at, claim, evidence);
    } else if (kind.string() == "refutation") {
        at.only({"kind", "proof", "drops"});
        read_refuted_programs(at, evidence);
    } else if (kind.string() == "witness") {
        read_two_texts(at, evidence);
    } else {
        kind.fail("\"" + kind.string() + "\" is not a kind of evidence for answers that are the same");
    }
    if (claim.verified == (evidence.kind == Kind::witness)) kind.fail("evidence of this kind does not fit the verdict");
    return evidence;
}

}  // namespace attest::checker
