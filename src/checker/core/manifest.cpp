#include "checker/core/manifest.hpp"

#include <set>

#include "checker/core/claim_kind.hpp"
#include "checker/core/cursor.hpp"
#include "checker/core/manifest_fields.hpp"
#include "checker/core/sha256.hpp"
#include "checker/kernel/defect.hpp"

// FORMAT.md, section 1.1. The manifest's own digest is that of its bytes with the digest replaced by zeros, so it must
// stand there exactly once: if it stood twice, two different manifests could have one digest.

namespace attest::checker {
namespace {

const ClaimKind& find_kind(std::span<const ClaimKind> kinds, const Cursor& name) {
    for (const ClaimKind& kind : kinds)
        if (name.string() == kind.name) return kind;
    name.fail("\"" + name.string() + "\" is not a kind of claim");
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

Manifest read_manifest(std::string_view bytes, std::span<const ClaimKind> kinds, Budget& budget) {
    const Json json = parse_json(bytes, "manifest.json", budget);
    const Cursor all(json, "manifest.json: ");
    all.only({"format", "version", "claim", "evidence", "assumptions", "provenance", "files", "digest"});
    if (all.at("format").string() != "attest/certificate") all.at("format").fail("\"attest/certificate\" was expected");
    all.at("version").integer(1, 1);

    Manifest manifest;
    const ClaimKind& kind = find_kind(kinds, all.at("claim").at("kind"));
    manifest.kind = &kind;
    kind.read_claim(all.at("claim"), manifest.claim);
    if (kind.read_evidence) manifest.evidence = kind.read_evidence(all.at("evidence"), manifest.claim);
    else if (const auto evidence = all.find("evidence")) evidence->fail("a collection has no evidence of its own");
    const Cursor assumptions = all.at("assumptions");
    for (std::size_t k = 0; k < assumptions.size(); ++k) manifest.assumptions.push_back(assumptions.item(k).string());
    check_provenance(all.at("provenance"));
    manifest.files = read_files(all.at("files"));
    if (!kind.files && !manifest.files.empty()) all.at("files").fail("a collection has no files of its own");
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
