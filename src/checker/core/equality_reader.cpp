#include "checker/core/equality_reader.hpp"

#include "checker/core/evidence_reader.hpp"
#include "checker/core/manifest_fields.hpp"
#include "checker/core/regular_claims.hpp"
#include "checker/core/removed_reader.hpp"

// FORMAT.md, sections 13 and 27. Of two models neither is the right one, so a witness has an answer of each, under the keys
// that a witness against a language has.

namespace attest::checker {
namespace {

using Kind = Evidence::Kind;

void read_two_refuted(const Cursor& at, Evidence& evidence) {
    at.only({"kind", "proof", "drops", "other_drops"});
    evidence.kind = read_choice(at.at("proof"), "lrat", "xlrup") ? Kind::lrat : Kind::xlrup;
    evidence.drops = read_drops(at.at("drops"));
    evidence.other_drops = read_drops(at.at("other_drops"));
}

void read_two_answers(const Cursor& at, Evidence& evidence) {
    at.only({"kind", "word", "answers"});
    evidence.kind = Kind::witness;
    evidence.word = at.at("word").string();
    const Cursor answers = at.at("answers");
    if (answers.size() != 2) answers.fail("two answers were expected");
    evidence.actual_accept = read_choice(answers.item(0), "accept", "reject");
    evidence.expected_accept = read_choice(answers.item(1), "accept", "reject");
}

void read_all_words(const Cursor& at, Evidence& evidence) {
    at.only({"kind", "words"});
    evidence.kind = Kind::exhaustion;
    evidence.words = read_natural(at.at("words"));
}

void read_joint_closure(const Cursor& at, const Claim& claim, Evidence& evidence) {
    at.only({"kind", "states", "first", "period", "window", "other"});
    if (!claim.from) at.at("kind").fail("a closure is about all lengths");
    evidence.kind = Kind::closure;
    evidence.states = static_cast<std::uint64_t>(at.at("states").integer(1, 1 << 22));
    read_scale(at, evidence.first, evidence.period, evidence.window);
    const Cursor other = at.at("other");
    other.only({"first", "period", "window"});
    std::size_t first = 0, period = 0, window = 0;
    read_scale(other, first, period, window);
    const auto numbers = std::make_shared<RuleEvidence>();
    numbers->numbers = {{"first", first}, {"period", period}, {"window", window}};
    evidence.rule = numbers;
}

/// One length, or all from one on.
void read_length_of_two(const Cursor& at, Claim& claim) {
    const auto lengths = at.find("lengths");
    if (!lengths) {
        at.only({"kind", "model", "other", "length", "verdict", "map", "without", "instead", "robust"});
        claim.length = static_cast<std::size_t>(at.at("length").integer(0, 1'000'000'000));
        return;
    }
    at.only({"kind", "model", "other", "lengths", "verdict", "map"});
    lengths->only({"from"});
    claim.from = static_cast<std::uint64_t>(lengths->at("from").integer(0, 1));
    claim.length = *claim.from;
}

}  // namespace

void read_equality(const Cursor& at, Claim& claim) {
    read_length_of_two(at, claim);
    claim.without = read_removed(at);
    claim.instead = read_instead(at, claim.without);
    claim.model = at.at("model").string();
    claim.other = at.at("other").string();
    claim.verified = read_choice(at.at("verdict"), "verified", "refuted");
    claim.map = read_map(at);
    claim.robust = read_robust(at);
}

Evidence read_equality_evidence(const Cursor& at, const Claim& claim) {
    Evidence evidence;
    const Cursor kind = at.at("kind");
    if (kind.string() == "refutation") read_two_refuted(at, evidence);
    else if (kind.string() == "exhaustion") read_all_words(at, evidence);
    else if (kind.string() == "enclosure") read_enclosure(at, claim, evidence);
    else if (kind.string() == "witness") read_two_answers(at, evidence);
    else if (kind.string() == "closure") read_joint_closure(at, claim, evidence);
    else kind.fail("\"" + kind.string() + "\" is not a kind of evidence");
    if (claim.verified == (evidence.kind == Kind::witness)) kind.fail("evidence of this kind does not fit the verdict");
    if (claim.from && evidence.kind != Kind::witness && evidence.kind != Kind::closure)
        kind.fail("evidence of this kind is about one length");
    return evidence;
}

std::vector<std::string> files_of_equality(const Manifest& manifest) {
    std::vector<std::string> files = files_of_model_claim(manifest);
    files.push_back("other.json");
    return files;
}

}  // namespace attest::checker
