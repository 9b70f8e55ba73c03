#include "checker/core/claim_reader.hpp"

#include <set>

#include "checker/core/manifest_fields.hpp"
#include "checker/core/removed_reader.hpp"

// FORMAT.md, sections 1.1, 9 and 10. Each kind of claim has its keys and no others: an unknown key could be a condition
// that the reader of a certificate believes and nobody checks.

namespace attest::checker {
namespace {

void read_subject(const Cursor& at, Claim& claim) {
    claim.model = at.at("model").string();
    claim.length = static_cast<std::size_t>(at.at("length").integer(0, 1'000'000'000));
}

/// One class of networks or the other.
void read_class(const Cursor& at, Claim& claim) {
    if (const auto attention = at.find("attention")) {
        at.only({"attention", "heads"});
        if (attention->string() != "softmax") attention->fail("\"softmax\" was expected");
        claim.softmax_heads = static_cast<std::size_t>(at.at("heads").integer(1, 1'000'000));
    } else {
        claim.network_class = read_network_class(at);
    }
}

/// All lengths from one on.
void read_lengths(const Cursor& at, const Cursor& lengths, Claim& claim) {
    at.only({"kind", "model", "language", "lengths", "verdict", "map"});
    lengths.only({"from"});
    claim.model = at.at("model").string();
    claim.from = static_cast<std::uint64_t>(lengths.at("from").integer(0, 1));
    claim.length = *claim.from;
}

}  // namespace

void read_recognition(const Cursor& at, Claim& claim) {
    if (const auto lengths = at.find("lengths")) {
        read_lengths(at, *lengths, claim);
    } else {
        at.only({"kind", "model", "language", "length", "verdict", "map", "without", "instead", "robust"});
        read_subject(at, claim);
    }
    claim.without = read_removed(at);
    claim.instead = read_instead(at, claim.without);
    claim.language = at.at("language").string();
    claim.verified = read_choice(at.at("verdict"), "verified", "refuted");
    claim.map = read_map(at);
    claim.robust = read_robust(at);
}

void read_restriction(const Cursor& at, Claim& claim) {
    read_subject(at, claim);
    at.only({"kind", "model", "length", "fixed", "answer", "pair", "optimal"});
    RestrictionClaim& restriction = claim.restriction.emplace();
    const Cursor fixed = at.at("fixed");
    if (!fixed.is(Json::Kind::object)) fixed.expected("an object");
    for (const auto& member : fixed.json().members()) restriction.fixed[member.first] = fixed.at(member.first).string();
    restriction.accept = read_choice(at.at("answer"), "accept", "reject");
    restriction.optimal = at.at("optimal").truth();
    const auto pair = at.find("pair");
    if (!pair) return;
    if (pair->size() != 2) pair->fail("two words were expected");
    restriction.pair = {pair->item(0).string(), pair->item(1).string()};
}

void read_sensitive(const Cursor& at, Claim& claim) {
    read_subject(at, claim);
    at.only({"kind", "model", "length"});
    claim.sensitive = true;
    if (claim.length == 0) at.at("length").fail("the empty word has no position");
}

void read_threshold(const Cursor& at, Claim& claim) {
    at.only({"kind", "class", "language", "length", "verdict"});
    read_class(at.at("class"), claim);
    claim.language = at.at("language").string();
    claim.length = static_cast<std::size_t>(at.at("length").integer(0, 1'000'000'000));
    claim.verified = read_choice(at.at("verdict"), "possible", "impossible");
}

void read_collection(const Cursor& at, Claim& claim) {
    at.only({"kind", "parts"});
    const Cursor parts = at.at("parts");
    if (parts.size() == 0) parts.fail("a collection of nothing claims nothing");
    std::set<std::string> names;
    for (std::size_t k = 0; k < parts.size(); ++k) {
        const Cursor part = parts.item(k);
        part.only({"directory", "digest"});
        claim.parts.push_back({read_name(part.at("directory")), read_digest(part.at("digest"))});
        if (!names.insert(claim.parts[k].directory).second) part.fail("the directory occurs twice");
    }
}

}  // namespace attest::checker
