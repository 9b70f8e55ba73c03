#include "checker/claimed_model.hpp"

#include "checker/kernel/defect.hpp"
#include "checker/kernel/shown.hpp"
#include "checker/network/program.hpp"
#include "checker/network/tables.hpp"
#include "checker/question/file_names.hpp"

namespace attest::checker {

Model read_claimed_model(Examination& at) {
    at.obligation = "question";
    if (!at.files.contains("model.json")) throw Defect("model.json", "the file is missing");
    const Json json = parse_json(at.files.at("model.json"), "model.json", at.budget);
    if (holds_program(json, "model.json") || holds_tables(json, "model.json"))
        throw Defect("model.json: format", "a model file was expected");
    std::vector<std::string> companions;
    if (const auto companion = companion_name(json, "model.json")) companions.push_back(*companion);
    at.obligation = "digest";
    check_file_names(at.manifest, at.files, companions);
    at.obligation = "question";
    Model model = read_model(
        json, "model.json", [&](const std::string& name) -> std::string_view { return at.files.at(name); }, at.budget);
    const Claim& claim = at.manifest.claim;
    if (!model.name.empty() && model.name != claim.model)
        throw Defect("manifest.json: claim.model", "the model calls itself " + quoted(model.name));
    if (model.max_length && claim.length > *model.max_length)
        throw Defect("manifest.json: claim.length",
                     "the model is for words of at most " + std::to_string(*model.max_length) + " symbols");
    return model;
}

}  // namespace attest::checker
