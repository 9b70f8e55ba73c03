#include "checker/claimed_model.hpp"

#include "checker/core/manifest_fields.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/kernel/shown.hpp"
#include "checker/network/program.hpp"
#include "checker/network/tables.hpp"
#include "checker/question/file_names.hpp"

namespace attest::checker {

ClaimedFile read_claimed_file(Examination& at, bool (*is_other)(const Json& json), const std::string& expected) {
    at.obligation = "question";
    if (!at.files.contains("model.json")) throw Defect("model.json", "the file is missing");
    ClaimedFile file{parse_json(at.files.at("model.json"), "model.json", at.budget)};
    file.is_model = !is_other(file.json);
    if (file.is_model && (holds_program(file.json, "model.json") || holds_tables(file.json, "model.json")))
        throw Defect("model.json: format", expected);
    std::vector<std::string> companions;
    if (file.is_model)
        if (const auto companion = companion_name(file.json, "model.json")) companions.push_back(*companion);
    at.obligation = "digest";
    check_file_names(at.manifest, at.files, companions);
    at.obligation = "question";
    return file;
}

Model model_of_claim(Examination& at, const Json& json) {
    Model model = read_model(
        json, "model.json", [&](const std::string& name) -> std::string_view { return at.files.at(name); }, at.budget);
    const Claim& claim = at.manifest.claim;
    require_claimed_name(claim, model.name);
    if (model.max_length && claim.length > *model.max_length)
        throw Defect("manifest.json: claim.length",
                     "the model is for words of at most " + std::to_string(*model.max_length) + " symbols");
    return model;
}

Model read_claimed_model(Examination& at) {
    const ClaimedFile file = read_claimed_file(
        at, [](const Json&) { return false; }, "a model file was expected");
    return model_of_claim(at, file.json);
}

void require_claimed_name(const Claim& claim, const std::string& own) {
    if (!own.empty() && own != claim.model)
        throw Defect("manifest.json: claim.model", "the model calls itself " + quoted(own));
}

TwoModels read_two_claimed(Examination& at, Asked asked) {
    std::vector<Json> json;
    std::vector<std::string> companions;
    for (const std::string file : {"model.json", "other.json"}) {
        at.obligation = "digest";
        if (!at.files.contains(file)) throw Defect(file, "the file is missing");
        at.obligation = "question";
        json.push_back(parse_json(at.files.at(file), file, at.budget));
        if (holds_tables(json.back(), file) || holds_program(json.back(), file)) continue;
        const auto companion = companion_name(json.back(), file);
        if (companion && !is_plain_name(*companion)) throw Defect(file + ": tensors", "not a plain name");
        if (companion) companions.push_back(file == "model.json" ? *companion : other_prefix + *companion);
    }
    at.obligation = "digest";
    check_file_names(at.manifest, at.files, companions);
    at.obligation = "question";
    return read_two_models(at.manifest, at.files, json[0], json[1], asked, at.budget);
}

}  // namespace attest::checker
