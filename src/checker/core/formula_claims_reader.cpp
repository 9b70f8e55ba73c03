#include "checker/core/formula_claims.hpp"
#include "checker/core/manifest_fields.hpp"

// FORMAT.md, section 33: the keys and no others.

namespace attest::checker {

void read_defines(const Cursor& at, Claim& claim) {
    constexpr std::int64_t most_length = 1'000'000;
    claim.model = at.at("formula").string();
    claim.language = at.at("language").string();
    if (const auto lengths = at.find("lengths")) {
        at.only({"kind", "formula", "language", "lengths", "verdict"});
        lengths->only({"from"});
        claim.from = static_cast<std::uint64_t>(lengths->at("from").integer(0, 1));
        claim.length = *claim.from;
    } else {
        at.only({"kind", "formula", "language", "length", "verdict"});
        claim.length = static_cast<std::size_t>(at.at("length").integer(0, most_length));
    }
    claim.verified = read_choice(at.at("verdict"), "verified", "refuted");
}

Evidence read_defines_evidence(const Cursor& at, const Claim& claim) {
    Evidence evidence;
    const Cursor kind = at.at("kind");
    const std::string expected = !claim.verified ? "witness" : claim.from ? "closure" : "exhaustion";
    if (kind.string() == "elimination" && claim.verified && claim.from) {
        at.only({"kind", "formulas"});
        evidence.kind = Evidence::Kind::pair;
        evidence.words = static_cast<std::uint64_t>(at.at("formulas").integer(1, 2));
        return evidence;
    }
    if (kind.string() != expected) kind.fail("evidence of the kind \"" + expected + "\" was expected");
    if (expected == "witness") {
        at.only({"kind", "word", "expected", "actual"});
        evidence.kind = Evidence::Kind::witness;
        evidence.word = at.at("word").string();
        evidence.expected_accept = read_choice(at.at("expected"), "accept", "reject");
        evidence.actual_accept = read_choice(at.at("actual"), "accept", "reject");
    } else if (expected == "closure") {
        at.only({"kind"});
        evidence.kind = Evidence::Kind::closure;
    } else {
        at.only({"kind", "vectors"});
        evidence.kind = Evidence::Kind::exhaustion;
        evidence.words = read_natural(at.at("vectors"));
    }
    return evidence;
}

std::vector<std::string> files_of_defines(const Manifest& manifest) {
    std::vector<std::string> files{"formula.json"};
    if (manifest.evidence.kind == Evidence::Kind::pair && manifest.evidence.words == 2) files.push_back("other.json");
    return files;
}

}  // namespace attest::checker
