#include "checker/maximum_claims.hpp"

#include "checker/kernel/defect.hpp"
#include "checker/kernel/shown.hpp"
#include "checker/network/program.hpp"
#include "checker/network/tables.hpp"
#include "checker/question/file_names.hpp"
#include "checker/soft/maximum.hpp"

// Claims that a model finds the greatest symbol of at least so many words. The obligations of FORMAT.md section 34.

namespace attest::checker {
namespace {

Model read_model_of_maximum(Examination& at) {
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
    require_maximum_form(model);
    return model;
}

}  // namespace

std::string maximum_title(const Claim&) { return "maximum"; }

std::string maximum_sentence(const Claim& claim) {
    return "the answer of " + quoted(claim.model) + " is the greatest symbol on at least " + *claim.wrong +
           " words of length " + std::to_string(claim.length);
}

void check_maximum(Examination& at) {
    const Model model = read_model_of_maximum(at);
    at.obligation = "cells";
    const SoftInstance instance = instantiate(model, at.manifest.claim.length, at.manifest.evidence.bits, at.budget);
    const MaximumCells found = maximum_cells(instance, model.alphabet.size(), at.budget);
    if (found.cells != at.manifest.evidence.words)
        throw Defect("manifest.json: evidence.cells", "there are " + std::to_string(found.cells) + " cells");
    if (found.right < mpz_class(*at.manifest.claim.wrong))
        throw Defect("manifest.json: claim.right",
                     "the cells in which it is certainly right have " + found.right.get_str() + " words");
    at.report.evidence =
        std::to_string(found.certified) + " of " + std::to_string(found.cells) + " cells bounded in intervals";
}

}  // namespace attest::checker
