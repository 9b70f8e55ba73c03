#include "certify/threshold_certificate.hpp"

#include <cstdint>

#include "attest/base/error.hpp"
#include "attest/formats/file.hpp"
#include "attest/network/guhat_keys.hpp"
#include "manifest.hpp"

namespace attest::certify {

namespace {

using Json = Manifest::Json;

Json class_json(const threshold::NetworkClass& c) {
    return {{"layers", c.layers},
            {"heads", c.heads},
            {"activations", c.activations ? Json(*c.activations) : Json(nullptr)},
            {"read", c.read == threshold::Reading::end ? "end" : "last"},
            {"mask", c.mask == threshold::Mask::none ? "none" : "strict"},
            {"positions", c.positions_visible ? "visible" : "none"},
            {"key_dimension", c.key_dimension_one ? Json(1) : Json(nullptr)}};
}

Json names(const std::vector<threshold::Break>& breaks) {
    Json list = Json::array();
    for (const threshold::Break b : breaks) list.push_back(threshold::to_string(b));
    return list;
}

void write_network(Manifest& manifest, const threshold::Specification& s, const threshold::Existence& existence) {
    const bool positions = s.network.positions_visible;
    std::uint64_t words = 0;
    for (std::int64_t n = positions ? s.length : 0; n <= s.length; ++n)
        words += *language::count_words(s.language.alphabet(), static_cast<std::uint64_t>(n), UINT64_MAX);
    manifest.member("evidence") = {{"kind", "network"}, {"words", words}};
    manifest.write("witness.json",
                   positions ? formats::write_guhat(*existence.network) : existence.scores->position_free);
    if (s.network.key_dimension_one)
        manifest.write("keys.json", formats::write_keys(*existence.network, existence.scores->keys));
}

void write_parts(Manifest& manifest, const threshold::Composition& parts) {
    Json blocks = Json::array();
    for (const threshold::PeeledBlock& block : parts.blocks)
        blocks.push_back({{"layer", block.layer}, {"symbols", block.symbols}, {"leaders", block.leaders}});
    manifest.member("evidence") = {{"kind", "peelings"}, {"first", parts.first}, {"blocks", std::move(blocks)}};
    for (const auto& [symbols, peeling] : parts.peelings)
        if (manifest.goes_on())
            manifest.write("peeling-" + std::to_string(symbols) + ".json", formats::write_guhat(peeling));
}

const char* theorem(threshold::Bound bound) {
    switch (bound) {
        case threshold::Bound::restriction:
            return "the theorem of section 9.6: what any network of the class computes is settled by so few symbols";
        case threshold::Bound::peeling:
            return "the theorem of section 9.9: no network of the class tells so many pairs of words apart";
        case threshold::Bound::orders:
            return "the theorem of section 9.15: no order in which the reader can prefer what positions hold takes all "
                   "words";
        case threshold::Bound::counting:
            return "the theorem of section 9.10: no network of the class tells so many pairs of words apart";
        case threshold::Bound::restricted_counting:
            return "the theorem of section 9.14: what any network of the class computes is constant where symbols are "
                   "free";
        case threshold::Bound::layers:
            return "the theorem of section 9.11: what any network of the class computes is constant where symbols are "
                   "free";
        case threshold::Bound::faces:
            return "the theorem of section 9.12: no network of the class tells the words of so many faces apart";
    }
    throw base::InternalError("a bound without a theorem");
}

Json faces_json(const threshold::FaceWeights& weights) {
    Json faces = Json::array();
    for (const auto& [dimension, weight] : weights.weights)
        faces.push_back({{"dimension", dimension}, {"weight", weight.get_str()}});
    return {{"kind", "bound"}, {"by", "faces"}, {"price", weights.price.get_str()}, {"faces", std::move(faces)}};
}

Json bound_json(const threshold::Existence& existence) {
    switch (*existence.bound) {
        case threshold::Bound::restriction: return {{"kind", "bound"}, {"by", "restriction"}};
        case threshold::Bound::peeling: return {{"kind", "bound"}, {"by", "peeling"}};
        case threshold::Bound::orders: return {{"kind", "bound"}, {"by", "orders"}};
        case threshold::Bound::counting: return {{"kind", "bound"}, {"by", "counting"}};
        case threshold::Bound::faces: return faces_json(existence.faces);
        case threshold::Bound::restricted_counting:
            return {{"kind", "bound"},
                    {"by", "counting-restriction"},
                    {"probability", existence.counting.probability.get_str()},
                    {"width", existence.counting.width}};
        case threshold::Bound::layers: break;
    }
    Json stages = Json::array();
    for (const threshold::LayerStage& stage : existence.layers.stages)
        stages.push_back({{"width", stage.width}, {"free", stage.free}});
    return {{"kind", "bound"},
            {"by", "restriction-layers"},
            {"probability", existence.layers.probability.get_str()},
            {"stages", std::move(stages)}};
}

}  // namespace

std::string write_threshold(const std::string& directory, const threshold::Specification& specification,
                            const threshold::Existence& existence, const Provenance& provenance,
                            const base::Limits& limits) {
    const language::Language& language = specification.language;
    const bool file = !language.source().empty();
    Json made = Json::object();
    for (const auto& [key, value] : provenance.entries) made[key] = value;
    Manifest manifest(directory,
                      {{"kind", "threshold"},
                       {"class", class_json(specification.network)},
                       {"language", file ? "dfa:language.json" : language.name()},
                       {"length", specification.length},
                       {"verdict", existence.network || existence.parts ? "possible" : "impossible"}},
                      std::move(made), limits);
    Json assumptions = {
        "networks are those of the class in section 9 of the certificate format, with any attention and activation "
        "functions"};
    if (file) manifest.write("language.json", language.source());
    if (existence.network) {
        write_network(manifest, specification, existence);
    } else if (existence.parts) {
        assumptions.push_back("the theorem of section 9.13: a network of the class is put together from these parts");
        write_parts(manifest, *existence.parts);
    } else if (existence.bound) {
        assumptions.push_back(theorem(*existence.bound));
        manifest.member("evidence") = bound_json(existence);
    } else {
        const threshold::Refutation& r = *existence.refutation;
        if (r.proof.empty()) throw base::InternalError("a refutation without proof cannot be certified");
        for (const threshold::Break b : r.breaks)
            assumptions.push_back(std::string("without loss: symmetry break ") + threshold::to_string(b) +
                                  " (section 9.4)");
        manifest.member("evidence") = {{"kind", "refutation"}, {"proof", "lrat"}, {"breaks", names(r.breaks)}};
        if (manifest.goes_on()) manifest.write("formula.cnf", to_dimacs(r.formula));
        manifest.write("proof.lrat", r.proof);
    }
    manifest.member("assumptions") = std::move(assumptions);
    return manifest.finish();
}

}  // namespace attest::certify
