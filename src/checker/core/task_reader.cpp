#include "checker/core/task_reader.hpp"

#include "checker/core/accuracy_reader.hpp"
#include "checker/core/evidence_reader.hpp"
#include "checker/core/manifest_fields.hpp"
#include "checker/core/removed_reader.hpp"

// FORMAT.md, sections 18 and 20: the keys of claims about tasks. Whether a mistake is shown or all words are counted follows from
// what is claimed, so evidence of the other kind is refused here.

namespace attest::checker {
namespace {

using Kind = Evidence::Kind;

void read_task_subject(const Cursor& at, Claim& claim) {
    claim.model = at.at("model").string();
    claim.task = at.at("task").string();
    claim.length = static_cast<std::size_t>(at.at("length").integer(0, 1'000'000'000));
}

void read_misstep(const Cursor& at, Evidence& evidence) {
    at.only({"kind", "word", "position", "expected", "actual"});
    evidence.kind = Kind::witness;
    evidence.word = at.at("word").string();
    evidence.position = static_cast<std::size_t>(read_natural(at.at("position")));
    evidence.expected_text = at.at("expected").string();
    evidence.actual_text = at.at("actual").string();
}

/// That there are no mistakes, or no others than those listed.
void read_no_misstep(const Cursor& at, const Claim& claim, Evidence& evidence) {
    if (claim.wrong) at.only({"kind", "proof", "drops", "mistakes"});
    else at.only({"kind", "proof", "drops"});
    read_refuted_programs(at, evidence);
    if (claim.wrong) evidence.mistakes = read_texts(at.at("mistakes"));
}

/// The keys of margins: of an enclosure a bound from below, and for any evidence that has one the word whose margin is the
/// least, and what that is at most.
void read_margins(const Cursor& at, Evidence& evidence) {
    evidence.words = read_natural(at.at("words"));
    const bool soft = evidence.kind == Kind::enclosure, says_least = at.has("least") || (!soft && at.has("margin"));
    if (soft) evidence.bits = static_cast<long>(at.at("bits").integer(64, 4096));
    if (soft || says_least) evidence.margin = read_margin(at.at("margin"));
    if (!says_least) return;
    const Cursor least = at.at("least");
    least.only({"word", "most"});
    evidence.pair = {least.at("word").string(), read_margin(least.at("most")).get_str()};
}

}  // namespace

void read_performs(const Cursor& at, Claim& claim) {
    at.only({"kind", "model", "task", "length", "verdict", "without"});
    claim.without = read_removed(at);
    read_task_subject(at, claim);
    claim.verified = read_choice(at.at("verdict"), "verified", "refuted");
}

void read_performance(const Cursor& at, Claim& claim) {
    at.only({"kind", "model", "task", "length", "wrong", "without"});
    claim.without = read_removed(at);
    read_task_subject(at, claim);
    claim.wrong = read_count(at.at("wrong"));
    claim.verified = true;
}

Evidence read_task_evidence(const Cursor& at, const Claim& claim) {
    Evidence evidence;
    const Cursor kind = at.at("kind");
    if (kind.string() == "witness") {
        read_misstep(at, evidence);
    } else if (kind.string() == "exhaustion") {
        at.only({"kind", "words", "margin", "least"});
        evidence.kind = Kind::exhaustion;
        read_margins(at, evidence);
    } else if (kind.string() == "prefixes") {
        at.only({"kind"});
        evidence.kind = Kind::prefixes;
    } else if (kind.string() == "refutation") {
        read_no_misstep(at, claim, evidence);
    } else if (kind.string() == "enclosure") {
        at.only({"kind", "words", "margin", "bits", "least"});
        evidence.kind = Kind::enclosure;
        read_margins(at, evidence);
    } else {
        kind.fail("\"" + kind.string() + "\" is not a kind of evidence for a task");
    }
    if (claim.verified == (evidence.kind == Kind::witness)) kind.fail("evidence of this kind does not fit the verdict");
    return evidence;
}

}  // namespace attest::checker
