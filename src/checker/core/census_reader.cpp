#include "checker/core/census_reader.hpp"

#include "checker/core/manifest_fields.hpp"

// FORMAT.md, section 9.16: the keys and no others, and the one class of networks that the theorem is about.

namespace attest::checker {

void read_census(const Cursor& at, Claim& claim) {
    at.only({"kind", "class", "length"});
    const Cursor of = at.at("class");
    const NetworkClass c = read_network_class(of);
    if (c.layers != 2 || c.heads != 1 || c.activations != std::size_t{2} || !c.reads_end || c.strict_mask ||
        !c.has_strict_orders())
        of.fail("all functions are about two layers of one head with two activations, read at an end symbol");
    claim.network_class = c;
    claim.length = static_cast<std::size_t>(at.at("length").integer(2, 5));
}

Evidence read_census_evidence(const Cursor& at, const Claim&) {
    at.only({"kind", "classes"});
    if (at.at("kind").string() != "networks") at.at("kind").fail("evidence of the kind \"networks\" was expected");
    Evidence evidence;
    evidence.kind = Evidence::Kind::network;
    evidence.words = read_natural(at.at("classes"));
    return evidence;
}

std::vector<std::string> files_of_census(const Manifest&) { return {"networks.txt"}; }

}  // namespace attest::checker
