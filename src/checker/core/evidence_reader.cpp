#include "checker/core/evidence_reader.hpp"

#include <algorithm>
#include <set>
#include <span>
#include <string_view>

#include "checker/core/manifest_fields.hpp"
#include "checker/kernel/defect.hpp"

// FORMAT.md, sections 1.1 and 2. Evidence is a kind and its keys; which kinds fit a claim and its verdict is decided
// here, before anything is computed, so that for instance a witness can never support "verified".

namespace attest::checker {
namespace {

using Kind = Evidence::Kind;
using ReadKind = void(const Cursor& at, const Claim& claim, Evidence& evidence);

/// A kind of evidence: its name, and what reads the keys that it has.
struct EvidenceKind {
    std::string_view name;
    ReadKind* read;
};

std::vector<std::vector<std::uint64_t>> read_lists(const Cursor& at) {
    std::vector<std::vector<std::uint64_t>> lists;
    for (std::size_t k = 0; k < at.size(); ++k) {
        auto& list = lists.emplace_back();
        for (std::size_t t = 0; t < at.item(k).size(); ++t) list.push_back(read_natural(at.item(k).item(t)));
    }
    return lists;
}

void read_enclosed(const Cursor& at, Evidence& evidence) {
    evidence.kind = Kind::enclosure;
    evidence.words = read_natural(at.at("words"));
    evidence.margin = read_margin(at.at("margin"));
    if (evidence.margin < 0) at.at("margin").fail("a margin is not negative");
    evidence.bits = static_cast<long>(at.at("bits").integer(64, 4096));
}

/// The keys of some evidence; that of a restriction may have one more.
void only(const Cursor& at, const Claim& claim, std::initializer_list<std::string_view> keys, Evidence& evidence) {
    if (!claim.restriction) return at.only(keys);
    for (const auto& member : at.json().members())
        if (member.first != "open" && std::find(keys.begin(), keys.end(), member.first) == keys.end()) at.only(keys);
    const auto open = at.find("open");
    if (!open) return;
    evidence.open = read_texts(*open);
}

void read_refutation(const Cursor& at, const Claim& claim, Evidence& evidence) {
    only(at, claim, {"kind", "proof", "drops"}, evidence);
    if (claim.from) at.at("kind").fail("evidence of this kind is about one length");
    evidence.kind = read_choice(at.at("proof"), "lrat", "xlrup") ? Kind::lrat : Kind::xlrup;
    evidence.drops = read_drops(at.at("drops"));
}

void read_exhaustion(const Cursor& at, const Claim& claim, Evidence& evidence) {
    only(at, claim, {"kind", "words"}, evidence);
    evidence.kind = Kind::exhaustion;
    evidence.words = read_natural(at.at("words"));
}

/// Of words that are all evaluated; a restriction leaves no counts.
void read_restricted_enclosure(const Cursor& at, const Claim& claim, Evidence& evidence) {
    if (!claim.restriction && !claim.sensitive) return read_enclosure(at, claim, evidence);
    only(at, claim, {"kind", "words", "margin", "bits"}, evidence);
    read_enclosed(at, evidence);
}

void read_witness(const Cursor& at, const Claim&, Evidence& evidence) {
    at.only({"kind", "word", "expected", "actual"});
    evidence.kind = Kind::witness;
    evidence.word = at.at("word").string();
    evidence.expected_accept = read_choice(at.at("expected"), "accept", "reject");
    evidence.actual_accept = read_choice(at.at("actual"), "accept", "reject");
}

void read_closure(const Cursor& at, const Claim& claim, Evidence& evidence) {
    at.only({"kind", "states", "first", "period", "window"});
    if (!claim.has_language() || claim.wrong || !claim.without.empty() || claim.robust)
        at.at("kind").fail("a closure is about whole models and languages");
    evidence.kind = Kind::closure;
    evidence.states = static_cast<std::uint64_t>(at.at("states").integer(1, 1 << 22));
    read_scale(at, evidence.first, evidence.period, evidence.window);
}

/// FORMAT.md section 38.
void read_cutting_planes(const Cursor& at, const Claim& claim, Evidence& evidence) {
    at.only({"kind"});
    if (!claim.has_language() || claim.wrong || !claim.without.empty() || claim.robust)
        at.at("kind").fail("cutting planes are about whole models and languages");
    if (claim.from) at.at("kind").fail("evidence of this kind is about one length");
    evidence.kind = Kind::planes;
}

/// A refutation of a claim about all lengths (FORMAT.md sections 31 and 40).
void read_invariant(const Cursor& at, const Claim& claim, Evidence& evidence) {
    at.only({"kind", "proof", "first", "period", "window"});
    if (!claim.from) at.at("kind").fail("an invariant is about all lengths");
    if (at.at("proof").string() != "lrat") at.at("proof").fail("\"lrat\" was expected");
    evidence.kind = Kind::lrat;
    evidence.has_window = at.has("window");
    if (!evidence.has_window) return read_phases(at, evidence.first, evidence.period);
    read_scale(at, evidence.first, evidence.period, evidence.window);
}

void read_linear_invariant(const Cursor& at, const Claim& claim, Evidence& evidence) {
    at.only({"kind", "symbols"});
    if (!claim.from) at.at("kind").fail("a linear invariant is about all lengths");
    if (const auto symbols = at.find("symbols")) {
        if (!symbols->truth()) symbols->fail("true was expected");
        evidence.counts_symbols = true;
    }
    evidence.kind = Kind::none;  // all of it is in files
}

Rational read_fraction(const Cursor& at) {
    try {
        return quoted_number(at.string());
    } catch (const Defect& defect) {
        at.fail(defect.what());
    }
}

/// A softmax layer that does not see positions (FORMAT.md section 11.3).
void read_counted_network(const Cursor& at, const Claim& claim, Evidence& evidence) {
    at.only({"kind", "by", "counts", "margin"});
    if (claim.softmax_heads == 0) at.at("by").fail("only softmax layers are evaluated by counts");
    if (at.at("by").string() != "counts") at.at("by").fail("\"counts\" was expected");
    evidence.kind = Kind::counted_network;
    evidence.words = read_natural(at.at("counts"));
    evidence.margin = read_fraction(at.at("margin"));
    if (evidence.margin <= 0) at.at("margin").fail("this margin is positive");
}

void read_network(const Cursor& at, const Claim& claim, Evidence& evidence) {
    if (at.has("by")) return read_counted_network(at, claim, evidence);
    at.only({"kind", "words"});
    evidence.kind = Kind::network;
    evidence.words = read_natural(at.at("words"));
}

void read_peelings(const Cursor& at, const Claim& claim, Evidence& evidence) {
    at.only({"kind", "first", "blocks"});
    if (!claim.network_class) at.at("kind").fail("evidence of this kind does not fit the class");
    evidence.kind = Kind::peelings;
    PeeledBlocks& parts = evidence.peeled.emplace();
    parts.first = static_cast<std::size_t>(at.at("first").integer(0, 1'000'000));
    const Cursor blocks = at.at("blocks");
    for (std::size_t k = 0; k < blocks.size(); ++k) {
        const Cursor block = blocks.item(k);
        block.only({"layer", "symbols", "leaders"});
        parts.blocks.push_back({static_cast<std::size_t>(block.at("layer").integer(2, 1'000'000)),
                                static_cast<std::size_t>(block.at("symbols").integer(1, 1'000'000)),
                                static_cast<std::size_t>(block.at("leaders").integer(1, 16))});
    }
}

void read_class_refutation(const Cursor& at, const Claim&, Evidence& evidence) {
    at.only({"kind", "proof", "breaks"});
    if (at.at("proof").string() != "lrat") at.at("proof").fail("\"lrat\" was expected");
    evidence.kind = Kind::lrat;
    const Cursor breaks = at.at("breaks");
    for (std::size_t k = 0; k < breaks.size(); ++k) evidence.breaks.push_back(breaks.item(k).string());
}

void read_faces_bound(const Cursor& at, Evidence& evidence) {
    at.only({"kind", "by", "price", "faces"});
    evidence.kind = Kind::faces;
    FaceWeighing& weighing = evidence.faces.emplace();
    weighing.price = read_fraction(at.at("price"));
    const Cursor faces = at.at("faces");
    for (std::size_t k = 0; k < faces.size(); ++k) {
        const Cursor face = faces.item(k);
        face.only({"dimension", "weight"});
        const auto dimension = static_cast<std::size_t>(face.at("dimension").integer(2, 20));
        const Rational weight = read_fraction(face.at("weight"));
        if (weight < 0) face.at("weight").fail("a weight is not negative");
        if (!weighing.weights.emplace(dimension, weight).second)
            face.at("dimension").fail("the dimension occurs twice");
    }
}

void read_layers_bound(const Cursor& at, Evidence& evidence) {
    at.only({"kind", "by", "probability", "stages"});
    evidence.kind = Kind::restricted_layers;
    evidence.restricted.probability = read_fraction(at.at("probability"));
    const Cursor stages = at.at("stages");
    for (std::size_t l = 0; l < stages.size(); ++l) {
        const Cursor stage = stages.item(l);
        stage.only({"width", "free"});
        evidence.restricted.stages.push_back({static_cast<std::size_t>(stage.at("width").integer(1, 4096)),
                                              static_cast<std::size_t>(stage.at("free").integer(1, 1'000'000))});
    }
}

void read_counting_after_restriction(const Cursor& at, Evidence& evidence) {
    at.only({"kind", "by", "probability", "width"});
    evidence.kind = Kind::restricted_counting;
    evidence.restricted.probability = read_fraction(at.at("probability"));
    evidence.restricted.stages.push_back({static_cast<std::size_t>(at.at("width").integer(1, 4096))});
}

void read_bound(const Cursor& at, const Claim&, Evidence& evidence) {
    const Cursor by = at.at("by");
    if (by.string() == "counting-restriction") return read_counting_after_restriction(at, evidence);
    if (by.string() == "restriction-layers") return read_layers_bound(at, evidence);
    if (by.string() == "faces") return read_faces_bound(at, evidence);
    at.only({"kind", "by"});
    if (by.string() == "restriction") evidence.kind = Kind::restriction;
    else if (by.string() == "peeling") evidence.kind = Kind::peeling;
    else if (by.string() == "alternating-sum") evidence.kind = Kind::sum;
    else if (by.string() == "alternation") evidence.kind = Kind::alternation;
    else if (by.string() == "counting") evidence.kind = Kind::counting;
    else if (by.string() == "orders") evidence.kind = Kind::orders;
    else
        by.fail(
            "\"restriction\", \"peeling\", \"orders\", \"counting\", \"counting-restriction\", "
            "\"restriction-layers\", \"faces\", \"alternating-sum\" or \"alternation\" was expected");
}

constexpr EvidenceKind model_evidence[] = {
    {"refutation", read_refutation},
    {"exhaustion", read_exhaustion},
    {"enclosure", read_restricted_enclosure},
    {"witness", read_witness},
    {"closure", read_closure},
    {"cutting-planes", read_cutting_planes},
    {"invariant", read_invariant},
    {"linear-invariant", read_linear_invariant},
};
constexpr EvidenceKind class_evidence[] = {
    {"network", read_network},
    {"peelings", read_peelings},
    {"refutation", read_class_refutation},
    {"bound", read_bound},
};

Evidence read_one_of(std::span<const EvidenceKind> kinds, const Cursor& at, const Claim& claim, const char* of) {
    const Cursor name = at.at("kind");
    for (const EvidenceKind& kind : kinds) {
        if (name.string() != kind.name) continue;
        Evidence evidence;
        kind.read(at, claim, evidence);
        return evidence;
    }
    name.fail("\"" + name.string() + "\" is not a kind of evidence" + of);
}

}  // namespace

void read_phases(const Cursor& at, std::size_t& first, std::size_t& period) {
    first = static_cast<std::size_t>(at.at("first").integer(0, 64));
    period = static_cast<std::size_t>(at.at("period").integer(1, 1024));
}

void read_scale(const Cursor& at, std::size_t& first, std::size_t& period, std::size_t& window) {
    read_phases(at, first, period);
    window = static_cast<std::size_t>(at.at("window").integer(0, 64));
}

Rational read_margin(const Cursor& at) {
    if (!at.is(Json::Kind::string) || at.string().find('/') != std::string::npos) return at.number();
    try {
        return decimal(at.string());
    } catch (const Defect& defect) {
        at.fail(defect.what());
    }
}

std::vector<Drop> read_drops(const Cursor& at) {
    std::vector<Drop> drops;
    for (std::size_t k = 0; k < at.size(); ++k) {
        const Cursor drop = at.item(k);
        if (drop.size() != 3) drop.fail("a drop is [boundary, position, value]");
        drops.push_back({read_natural(drop.item(0)), read_natural(drop.item(1)), read_natural(drop.item(2))});
    }
    return drops;
}

std::vector<std::string> read_texts(const Cursor& at) {
    std::vector<std::string> texts;
    for (std::size_t k = 0; k < at.size(); ++k) texts.push_back(at.item(k).string());
    return texts;
}

void read_refuted_programs(const Cursor& at, Evidence& evidence) {
    evidence.kind = read_choice(at.at("proof"), "lrat", "xlrup") ? Kind::lrat : Kind::xlrup;
    if (at.at("drops").size() > 0) at.at("drops").fail("a program drops no values");
}

void read_enclosure(const Cursor& at, const Claim& claim, Evidence& evidence) {
    at.only({"kind", "words", "margin", "bits", "classes", "by"});
    read_enclosed(at, evidence);
    if (const auto classes = at.find("classes")) evidence.classes = read_lists(*classes);
    if (const auto by = at.find("by")) {
        if (by->string() != "regions") by->fail("\"" + by->string() + "\" is not a way to enclose scores");
        if (claim.wrong || !claim.has_language()) by->fail("only a claim of the kind recognises is by regions");
        if (evidence.classes) by->fail("words are taken by counts or by regions, not both");
        evidence.by_regions = true;
    }
}

Evidence read_model_evidence(const Cursor& at, const Claim& claim) {
    Evidence evidence = read_one_of(model_evidence, at, claim, "");
    const bool is_about_all = evidence.kind == Kind::closure || evidence.kind == Kind::none ||
                              evidence.kind == Kind::witness || evidence.kind == Kind::lrat;
    if (claim.from && !is_about_all) at.at("kind").fail("evidence of this kind is about one length");
    const bool refuted = claim.has_language() && !claim.verified;
    if (refuted != (evidence.kind == Kind::witness))
        at.at("kind").fail(claim.has_language() ? "evidence of this kind does not fit the verdict"
                                                : "evidence of this kind does not fit the claim");
    return evidence;
}

Evidence read_class_evidence(const Cursor& at, const Claim& claim) {
    Evidence evidence = read_one_of(class_evidence, at, claim, " for a threshold");
    const bool is_network =
        evidence.kind == Kind::network || evidence.kind == Kind::peelings || evidence.kind == Kind::counted_network;
    if (claim.verified != is_network) at.at("kind").fail("evidence of this kind does not fit the verdict");
    const bool is_about_softmax = evidence.kind == Kind::sum || evidence.kind == Kind::alternation;
    if (!claim.verified && (claim.softmax_heads > 0) != is_about_softmax)
        at.at("kind").fail("evidence of this kind does not fit the class");
    return evidence;
}

namespace {

bool lists(const Manifest& manifest, std::string_view name) {
    return std::any_of(manifest.files.begin(), manifest.files.end(),
                       [&](const FileEntry& f) { return f.name == name; });
}

}  // namespace

std::vector<std::string> files_of_model_claim(const Manifest& manifest) {
    if (manifest.claim.from && manifest.evidence.kind == Kind::none) {
        std::vector<std::string> files{"program.crasp", "invariant.json", "steps.txt"};
        if (lists(manifest, "model.json")) files.emplace_back("model.json");
        return files;
    }
    std::string subject = "model.json";
    const bool is_witness = manifest.evidence.kind == Kind::witness;
    if (manifest.claim.from && is_witness && lists(manifest, "program.crasp")) subject = "program.crasp";
    const bool is_closure = manifest.evidence.kind == Kind::closure;
    if (manifest.claim.from && (is_witness || is_closure || manifest.evidence.is_refutation()) &&
        lists(manifest, "program.brasp"))
        subject = "program.brasp";
    std::vector<std::string> files{subject};
    if (manifest.evidence.by_regions) files.push_back("regions.txt");
    if (manifest.evidence.kind == Kind::planes) files.insert(files.end(), {"formula.opb", "proof.pbp"});
    if (!manifest.evidence.is_refutation()) return files;
    if (manifest.claim.from) {
        files.insert(files.end(), {"machine.json", "invariant.json", "formula.cnf", "proof.lrat"});
        return files;
    }
    const bool lrat = manifest.evidence.kind == Kind::lrat;
    files.insert(files.end(), {"circuit.json", "formula.cnf", lrat ? "proof.lrat" : "proof.xlrup"});
    return files;
}

std::string peeling_file(std::size_t leaders) { return "peeling-" + std::to_string(leaders) + ".json"; }

namespace {

std::vector<std::string> files_of_peelings(const PeeledBlocks& parts) {
    std::set<std::string> names;
    for (const PeeledBlock& block : parts.blocks) names.insert(peeling_file(block.leaders));
    return {names.begin(), names.end()};
}

}  // namespace

std::vector<std::string> files_of_class_claim(const Manifest& manifest) {
    const auto& network_class = manifest.claim.network_class;
    switch (manifest.evidence.kind) {
        case Kind::network:
            if (network_class && network_class->one_key_dimension) return {"keys.json", "witness.json"};
            return {"witness.json"};
        case Kind::peelings: return files_of_peelings(*manifest.evidence.peeled);
        case Kind::counted_network: return {"witness.json"};
        case Kind::sum: return {"weights.json"};
        case Kind::alternation: return {"points.json"};
        case Kind::lrat: return {"formula.cnf", "proof.lrat"};
        default: return {};
    }
}

}  // namespace attest::checker
