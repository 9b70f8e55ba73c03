#include "checker/core/manifest.hpp"

#include <algorithm>
#include <set>

#include "checker/core/cursor.hpp"
#include "checker/core/sha256.hpp"
#include "checker/kernel/defect.hpp"

namespace attest::checker {
namespace {

std::string read_digest(const Cursor& at) {
    const std::string& digest = at.string();
    if (digest.size() != 64 || digest.find_first_not_of("0123456789abcdef") != std::string::npos)
        at.fail("64 lower-case hexadecimal digits were expected");
    return digest;
}

std::string read_name(const Cursor& at) {
    if (!is_plain_name(at.string())) at.fail("\"" + at.string() + "\" is not a plain name");
    return at.string();
}

bool read_choice(const Cursor& at, const char* yes, const char* no) {
    if (at.string() != yes && at.string() != no) at.fail("\"" + std::string(yes) + "\" or \"" + no + "\" was expected");
    return at.string() == yes;
}

/// A number as in model files, or a decimal in quotation marks.
Rational read_margin(const Cursor& at) {
    if (!at.is(Json::Kind::string) || at.string().find('/') != std::string::npos) return at.number();
    try {
        return decimal(at.string());
    } catch (const Defect& defect) {
        at.fail(defect.what());
    }
}

std::uint64_t read_natural(const Cursor& at) { return static_cast<std::uint64_t>(at.integer(0, INT64_MAX)); }

void read_parts(const Cursor& at, Claim& claim) {
    claim.is_collection = true;
    if (at.size() == 0) at.fail("a collection of nothing claims nothing");
    std::set<std::string> names;
    for (std::size_t k = 0; k < at.size(); ++k) {
        const Cursor part = at.item(k);
        part.only({"directory", "digest"});
        claim.parts.push_back({read_name(part.at("directory")), read_digest(part.at("digest"))});
        if (!names.insert(claim.parts[k].directory).second) part.fail("the directory occurs twice");
    }
}

void read_subject(const Cursor& at, Claim& claim) {
    claim.model = at.at("model").string();
    claim.length = static_cast<std::size_t>(at.at("length").integer(0, 1'000'000'000));
}

RestrictionClaim read_restriction(const Cursor& at) {
    at.only({"kind", "model", "length", "fixed", "answer", "pair", "optimal"});
    RestrictionClaim claim;
    const Cursor fixed = at.at("fixed");
    if (!fixed.is(Json::Kind::object)) fixed.expected("an object");
    for (const auto& member : fixed.json().members()) claim.fixed[member.first] = fixed.at(member.first).string();
    claim.accept = read_choice(at.at("answer"), "accept", "reject");
    claim.optimal = at.at("optimal").truth();
    if (const auto pair = at.find("pair")) {
        if (pair->size() != 2) pair->fail("two words were expected");
        claim.pair = {pair->item(0).string(), pair->item(1).string()};
    }
    return claim;
}

void read_sensitive(const Cursor& at, Claim& claim) {
    at.only({"kind", "model", "length"});
    claim.sensitive = true;
    if (claim.length == 0) at.at("length").fail("the empty word has no position");
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

Claim read_claim(const Cursor& at) {
    Claim claim;
    const Cursor kind = at.at("kind");
    if (kind.string() == "restriction" || kind.string() == "sensitive") {
        read_subject(at, claim);
        if (kind.string() == "sensitive") read_sensitive(at, claim);
        else claim.restriction = read_restriction(at);
        return claim;
    }
    if (kind.string() == "collection") {
        at.only({"kind", "parts"});
        read_parts(at.at("parts"), claim);
        return claim;
    }
    if (kind.string() == "threshold") {
        at.only({"kind", "class", "language", "length", "verdict"});
        read_class(at.at("class"), claim);
        claim.language = at.at("language").string();
        claim.length = static_cast<std::size_t>(at.at("length").integer(0, 1'000'000'000));
        claim.verified = read_choice(at.at("verdict"), "possible", "impossible");
        return claim;
    }
    if (kind.string() != "recognises") kind.fail("\"" + kind.string() + "\" is not a kind of claim");
    at.only({"kind", "model", "language", "length", "verdict", "map"});
    read_subject(at, claim);
    claim.language = at.at("language").string();
    claim.verified = read_choice(at.at("verdict"), "verified", "refuted");
    if (const auto map = at.find("map")) {
        if (!map->is(Json::Kind::object)) map->expected("an object");
        claim.map.emplace();
        for (const auto& member : map->json().members()) (*claim.map)[member.first] = map->at(member.first).string();
    }
    return claim;
}

void read_drops(const Cursor& at, Evidence& evidence) {
    for (std::size_t k = 0; k < at.size(); ++k) {
        const Cursor drop = at.item(k);
        if (drop.size() != 3) drop.fail("a drop is [boundary, position, value]");
        evidence.drops.push_back({read_natural(drop.item(0)), read_natural(drop.item(1)), read_natural(drop.item(2))});
    }
}

std::vector<std::vector<std::uint64_t>> read_lists(const Cursor& at) {
    std::vector<std::vector<std::uint64_t>> lists;
    for (std::size_t k = 0; k < at.size(); ++k) {
        auto& list = lists.emplace_back();
        for (std::size_t t = 0; t < at.item(k).size(); ++t) list.push_back(read_natural(at.item(k).item(t)));
    }
    return lists;
}

/// The keys of some evidence; that of a restriction may have one more.
void only(const Cursor& at, const Claim& claim, std::initializer_list<std::string_view> keys, Evidence& evidence) {
    if (!claim.restriction) return at.only(keys);
    for (const auto& member : at.json().members())
        if (member.first != "open" && std::find(keys.begin(), keys.end(), member.first) == keys.end()) at.only(keys);
    const auto open = at.find("open");
    if (!open) return;
    evidence.open.emplace();
    for (std::size_t k = 0; k < open->size(); ++k) evidence.open->push_back(open->item(k).string());
}

Evidence read_evidence(const Cursor& at, const Claim& claim) {
    Evidence evidence;
    const Cursor kind = at.at("kind");
    if (kind.string() == "refutation") {
        only(at, claim, {"kind", "proof", "drops"}, evidence);
        evidence.kind = read_choice(at.at("proof"), "lrat", "xlrup") ? Evidence::Kind::lrat : Evidence::Kind::xlrup;
        read_drops(at.at("drops"), evidence);
    } else if (kind.string() == "exhaustion") {
        only(at, claim, {"kind", "words"}, evidence);
        evidence.kind = Evidence::Kind::exhaustion;
        evidence.words = read_natural(at.at("words"));
    } else if (kind.string() == "enclosure") {
        at.only({"kind", "words", "margin", "bits", "classes"});
        evidence.kind = Evidence::Kind::enclosure;
        evidence.words = read_natural(at.at("words"));
        evidence.margin = read_margin(at.at("margin"));
        if (evidence.margin < 0) at.at("margin").fail("a margin is not negative");
        evidence.bits = static_cast<long>(at.at("bits").integer(64, 4096));
        if (const auto classes = at.find("classes")) evidence.classes = read_lists(*classes);
    } else if (kind.string() == "witness") {
        at.only({"kind", "word", "expected", "actual"});
        evidence.kind = Evidence::Kind::witness;
        evidence.word = at.at("word").string();
        evidence.expected_accept = read_choice(at.at("expected"), "accept", "reject");
        evidence.actual_accept = read_choice(at.at("actual"), "accept", "reject");
    } else {
        kind.fail("\"" + kind.string() + "\" is not a kind of evidence");
    }
    const bool refuted = claim.has_language() && !claim.verified;
    const bool about_restrictions = !claim.has_language();
    if (refuted != (evidence.kind == Evidence::Kind::witness) ||
        (about_restrictions && evidence.kind == Evidence::Kind::enclosure))
        kind.fail(claim.has_language() ? "evidence of this kind does not fit the verdict"
                                       : "evidence of this kind does not fit the claim");
    return evidence;
}

Evidence::Kind read_bound(const Cursor& by) {
    if (by.string() == "restriction") return Evidence::Kind::restriction;
    if (by.string() == "peeling") return Evidence::Kind::peeling;
    if (by.string() == "alternating-sum") return Evidence::Kind::sum;
    by.fail("\"restriction\", \"peeling\" or \"alternating-sum\" was expected");
}

/// Evidence that a class of networks has, or has not, one that computes a language.
Evidence read_threshold_evidence(const Cursor& at, const Claim& claim) {
    Evidence evidence;
    const Cursor kind = at.at("kind");
    if (kind.string() == "network") {
        at.only({"kind", "words"});
        evidence.kind = Evidence::Kind::network;
        evidence.words = read_natural(at.at("words"));
    } else if (kind.string() == "refutation") {
        at.only({"kind", "proof", "breaks"});
        if (at.at("proof").string() != "lrat") at.at("proof").fail("\"lrat\" was expected");
        evidence.kind = Evidence::Kind::lrat;
        const Cursor breaks = at.at("breaks");
        for (std::size_t k = 0; k < breaks.size(); ++k) evidence.breaks.push_back(breaks.item(k).string());
    } else if (kind.string() == "bound") {
        at.only({"kind", "by"});
        evidence.kind = read_bound(at.at("by"));
    } else {
        kind.fail("\"" + kind.string() + "\" is not a kind of evidence for a threshold");
    }
    if (claim.verified != (evidence.kind == Evidence::Kind::network))
        kind.fail("evidence of this kind does not fit the verdict");
    if (!claim.verified && (claim.softmax_heads > 0) != (evidence.kind == Evidence::Kind::sum))
        kind.fail("evidence of this kind does not fit the class");
    return evidence;
}

std::vector<FileEntry> read_files(const Cursor& at) {
    std::vector<FileEntry> files;
    std::set<std::string> names;
    for (std::size_t k = 0; k < at.size(); ++k) {
        const Cursor entry = at.item(k);
        entry.only({"name", "bytes", "sha256"});
        files.push_back(
            {read_name(entry.at("name")), read_natural(entry.at("bytes")), read_digest(entry.at("sha256"))});
        if (!names.insert(files[k].name).second) entry.fail("the file is listed twice");
    }
    return files;
}

void check_provenance(const Cursor& at) {
    if (!at.is(Json::Kind::object)) at.expected("an object");
    for (const auto& member : at.json().members()) {
        const Cursor value = at.at(member.first);
        const bool big_integer =
            value.is(Json::Kind::number) && value.json().text().find_first_of(".eE") == std::string::npos;
        if (!value.is(Json::Kind::string) && !value.is(Json::Kind::integer) && !big_integer)
            value.expected("a string or an integer");
    }
}

}  // namespace

bool is_plain_name(std::string_view name) {
    return !name.empty() && name.size() <= 255 && name != "." && name != ".." &&
           name.find('/') == std::string_view::npos && name.find('\0') == std::string_view::npos;
}

std::vector<std::string> Manifest::evidence_files() const {
    if (evidence.kind == Evidence::Kind::network) {
        if (claim.network_class && claim.network_class->one_key_dimension) return {"keys.json", "witness.json"};
        return {"witness.json"};
    }
    if (evidence.kind == Evidence::Kind::sum) return {"weights.json"};
    if (claim.is_threshold() && evidence.kind == Evidence::Kind::lrat) return {"formula.cnf", "proof.lrat"};
    if (evidence.kind == Evidence::Kind::lrat) return {"circuit.json", "formula.cnf", "proof.lrat"};
    if (evidence.kind == Evidence::Kind::xlrup) return {"circuit.json", "formula.cnf", "proof.xlrup"};
    return {};
}

Manifest read_manifest(std::string_view bytes, Budget& budget) {
    const Json json = parse_json(bytes, "manifest.json", budget);
    const Cursor all(json, "manifest.json: ");
    all.only({"format", "version", "claim", "evidence", "assumptions", "provenance", "files", "digest"});
    if (all.at("format").string() != "attest/certificate") all.at("format").fail("\"attest/certificate\" was expected");
    all.at("version").integer(1, 1);

    Manifest manifest;
    manifest.claim = read_claim(all.at("claim"));
    if (manifest.claim.is_threshold()) {
        manifest.evidence = read_threshold_evidence(all.at("evidence"), manifest.claim);
    } else if (!manifest.claim.is_collection) {
        manifest.evidence = read_evidence(all.at("evidence"), manifest.claim);
    } else if (const auto evidence = all.find("evidence")) {
        evidence->fail("a collection has no evidence of its own");
    }
    const Cursor assumptions = all.at("assumptions");
    for (std::size_t k = 0; k < assumptions.size(); ++k) manifest.assumptions.push_back(assumptions.item(k).string());
    check_provenance(all.at("provenance"));
    manifest.files = read_files(all.at("files"));
    if (manifest.claim.is_collection && !manifest.files.empty())
        all.at("files").fail("a collection has no files of its own");
    manifest.digest = read_digest(all.at("digest"));
    return manifest;
}

std::string digest_of_manifest(std::string_view bytes, const std::string& digest, Budget& budget) {
    budget.memory(bytes.size());
    budget.step(bytes.size(), 4);
    const std::size_t at = bytes.find(digest);
    if (at == std::string_view::npos || bytes.find(digest, at + 1) != std::string_view::npos)
        throw Defect("manifest.json: digest", "the digest must stand in the manifest exactly once");
    std::string blank(bytes);
    blank.replace(at, digest.size(), digest.size(), '0');
    return sha256(blank, budget);
}

}  // namespace attest::checker
