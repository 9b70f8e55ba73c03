#include "checker/core/maximum_reader.hpp"

#include "checker/core/manifest_fields.hpp"

// FORMAT.md, section 34: the keys and no others.

namespace attest::checker {

void read_maximum(const Cursor& at, Claim& claim) {
    constexpr std::int64_t most_length = 64;
    at.only({"kind", "model", "length", "right"});
    claim.model = at.at("model").string();
    claim.length = static_cast<std::size_t>(at.at("length").integer(1, most_length));
    const std::string& right = at.at("right").string();
    const bool is_number = !right.empty() && right.find_first_not_of("0123456789") == std::string::npos &&
                           (right == "0" || right[0] != '0');
    if (!is_number || right.size() > 1000) at.at("right").fail("a count was expected, written in decimal");
    claim.wrong = right;
}

Evidence read_maximum_evidence(const Cursor& at, const Claim&) {
    at.only({"kind", "cells", "bits"});
    if (at.at("kind").string() != "cells") at.at("kind").fail("evidence of the kind \"cells\" was expected");
    Evidence evidence;
    evidence.kind = Evidence::Kind::enclosure;
    evidence.words = read_natural(at.at("cells"));
    evidence.bits = static_cast<long>(at.at("bits").integer(64, 4096));
    return evidence;
}

}  // namespace attest::checker
