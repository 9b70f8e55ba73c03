#include "checker/core/order_reader.hpp"

#include <map>
#include <memory>

#include "checker/core/manifest_fields.hpp"
#include "checker/core/regular_claims.hpp"

// FORMAT.md, section 32: the keys and no others, and which evidence goes with which claim.

namespace attest::checker {
namespace {

constexpr std::int64_t most_time = 1'000'000;

const char* const of_proportions = "proportions";
const char* const of_counts = "counts";

void read_order(const Cursor& at, Claim& claim, const char* what) {
    std::vector<Symbol> alphabet;
    if (at.has("language")) {
        at.only({"kind", "language", "alphabet", "verdict"});
        claim.language = at.at("language").string();
        alphabet = read_language_alphabet(at.at("alphabet"));
    } else {
        at.only({"kind", "model", "verdict"});
        claim.model = at.at("model").string();
    }
    claim.verified = read_choice(at.at("verdict"), "verified", "refuted");
    claim.outside = std::make_shared<const OutsideClaim>(OutsideClaim{std::move(alphabet), what});
}

void read_two_words(const Cursor& at, Evidence& evidence) {
    const Cursor words = at.at("words");
    if (words.size() != 2) words.fail("two words were expected");
    evidence.pair = {words.item(0).string(), words.item(1).string()};
}

Evidence read_order_witness(const Cursor& at, bool of_language) {
    Evidence evidence;
    evidence.kind = Evidence::Kind::witness;
    const bool has_time = !of_language && at.has("time");
    if (has_time) at.only({"kind", "words", "time"});
    else at.only({"kind", "words", "answers"});
    read_two_words(at, evidence);
    RuleEvidence rule;
    rule.rule = has_time ? "vectors" : "answers";
    if (has_time) evidence.position = static_cast<std::size_t>(at.at("time").integer(0, most_time));
    if (!has_time) {
        const Cursor answers = at.at("answers");
        if (answers.size() != 2) answers.fail("two answers were expected");
        evidence.actual_accept = read_choice(answers.item(0), "accept", "reject");
        evidence.expected_accept = read_choice(answers.item(1), "accept", "reject");
    }
    evidence.rule = std::make_shared<const RuleEvidence>(std::move(rule));
    return evidence;
}

}  // namespace

void read_order_invariant(const Cursor& at, Claim& claim) { read_order(at, claim, of_counts); }
void read_proportion_invariant(const Cursor& at, Claim& claim) { read_order(at, claim, of_proportions); }

OrderClaim order_of(const Claim& claim) {
    return {claim.outside->name == of_proportions, !claim.outside->alphabet.empty(), claim.outside->alphabet};
}

OrderEvidence order_evidence_of(const Evidence& evidence) {
    static const std::map<std::string, OrderEvidence> kinds = {{"syntax", OrderEvidence::syntax},
                                                               {"automaton", OrderEvidence::automaton},
                                                               {"definition", OrderEvidence::definition},
                                                               {"answers", OrderEvidence::answers},
                                                               {"vectors", OrderEvidence::vectors}};
    return kinds.at(evidence.rule->rule);
}

Evidence read_order_evidence(const Cursor& at, const Claim& claim) {
    const bool of_language = order_of(claim).of_language;
    const Cursor kind = at.at("kind");
    const std::string& name = kind.string();
    const bool known = name == "witness" ? !claim.verified
                       : of_language     ? claim.verified && (name == "automaton" || name == "definition")
                                         : claim.verified && name == "syntax";
    if (!known) kind.fail("evidence of this kind does not fit the claim");
    if (name == "witness") return read_order_witness(at, of_language);
    at.only({"kind"});
    Evidence evidence;
    evidence.kind = Evidence::Kind::words;
    RuleEvidence rule;
    rule.rule = name;
    evidence.rule = std::make_shared<const RuleEvidence>(std::move(rule));
    return evidence;
}

std::vector<std::string> files_of_order(const Manifest& manifest) {
    if (order_of(manifest.claim).of_language) return {};
    return {"model.json"};
}

}  // namespace attest::checker
