#include "checker/core/rounded_reader.hpp"

#include "checker/core/accuracy_reader.hpp"
#include "checker/core/evidence_reader.hpp"
#include "checker/core/manifest_fields.hpp"

// FORMAT.md, section 35: the keys and no others.

namespace attest::checker {

void read_classifies(const Cursor& at, Claim& claim) {
    constexpr std::int64_t most_length = 1'000'000;
    at.only({"kind", "model", "task", "length", "arithmetic", "right"});
    claim.model = at.at("model").string();
    claim.task = at.at("task").string();
    claim.length = static_cast<std::size_t>(at.at("length").integer(1, most_length));
    if (at.at("arithmetic").string() != "binary32") at.at("arithmetic").fail("\"binary32\" was expected");
    claim.wrong = read_count(at.at("right"));
}

Evidence read_rounding_evidence(const Cursor& at, const Claim&) {
    at.only({"kind", "words", "margin"});
    if (at.at("kind").string() != "rounding") at.at("kind").fail("evidence of the kind \"rounding\" was expected");
    Evidence evidence;
    evidence.kind = Evidence::Kind::enclosure;
    evidence.words = read_natural(at.at("words"));
    evidence.margin = read_margin(at.at("margin"));
    if (evidence.margin <= 0) at.at("margin").fail("a margin is positive");
    return evidence;
}

}  // namespace attest::checker
