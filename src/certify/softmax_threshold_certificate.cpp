#include "certify/softmax_threshold_certificate.hpp"

#include "base/json_text.hpp"
#include "manifest.hpp"

namespace attest::certify {

namespace {

using Json = Manifest::Json;

Json token_json(const threshold::SoftmaxLayer::Token& token) {
    return Json::array({exact::to_string(token.weight), exact::to_string(token.value)});
}

Json network_json(const threshold::SoftmaxLayer& layer) {
    Json heads = Json::array();
    for (const auto& head : layer.heads) {
        Json symbols = Json::array();
        for (const auto& token : head.symbols) symbols.push_back(token_json(token));
        heads.push_back({{"query", token_json(head.query)}, {"symbols", std::move(symbols)}});
    }
    return {{"format", "attest/softmax-heads"},
            {"version", 2},
            {"alphabet", layer.alphabet.symbols()},
            {"length", layer.length},
            {"heads", std::move(heads)}};
}

}  // namespace

std::string write_softmax_threshold(const std::string& directory, const language::Language& language,
                                    std::int64_t heads, std::int64_t length, const threshold::SoftmaxAnswer& answer,
                                    const Provenance& provenance, const base::Limits& limits) {
    const bool file = !language.source().empty();
    Json made = Json::object();
    for (const auto& [key, value] : provenance.entries) made[key] = value;
    Manifest manifest(directory,
                      {{"kind", "threshold"},
                       {"class", {{"attention", "softmax"}, {"heads", heads}}},
                       {"language", file ? "dfa:language.json" : language.name()},
                       {"length", length},
                       {"verdict", answer.network ? "possible" : "impossible"}},
                      std::move(made), limits);
    manifest.member("assumptions") = {
        "layers are those of section 11 of the certificate format: attention alone, with any embeddings, scores and "
        "values"};
    if (file) manifest.write("language.json", language.source());
    if (answer.network) {
        mpz_class counts;
        mpz_bin_uiui(counts.get_mpz_t(), static_cast<unsigned long>(length) + language.alphabet().size() - 1,
                     static_cast<unsigned long>(length));
        manifest.member("evidence") = {{"kind", "network"},
                                       {"by", "counts"},
                                       {"counts", counts.get_ui()},
                                       {"margin", exact::to_string(answer.margin)}};
        manifest.write("witness.json", base::json_text(network_json(*answer.network), 1) + "\n");
    } else {
        manifest.member("evidence") = {{"kind", "bound"}, {"by", "alternation"}};
        manifest.write("points.json", base::json_text(Json(answer.points)) + "\n");
    }
    return manifest.finish();
}

}  // namespace attest::certify
