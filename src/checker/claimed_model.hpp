#pragma once

#include <string>

#include "checker/core/json.hpp"
#include "checker/examination.hpp"
#include "checker/network/model.hpp"
#include "checker/question/two_models.hpp"

namespace attest::checker {

/// What `model.json` of a claim about one model holds.
struct ClaimedFile {
    Json json;
    bool is_model = true;  ///< else the other form that the claim may be about
};

/// Reads model.json, which is a model file or, by `is_other`, of another form that has no companions: obligations `digest`, for
/// names, and `question`, which stands afterwards.
///
/// Throws Defect: no such file, files that the claim does not need, a program or tables that `is_other` does not take (`expected`)
ClaimedFile read_claimed_file(Examination& at, bool (*is_other)(const Json& json), const std::string& expected);

/// The model of a model file that has been read.
/// Throws Defect: another name than the claim's, a length that the model is not made for
Model model_of_claim(Examination& at, const Json& json);

/// The model file of a claim about one model at one length, which may be neither a program nor tables.
/// Throws Defect: as both of these
Model read_claimed_model(Examination& at);

/// Throws Defect if what was read has another name than the claim says; without a name of its own it may have any.
void require_claimed_name(const Claim& claim, const std::string& own);

/// The same of two models, `model.json` and `other.json`.
TwoModels read_two_claimed(Examination& at, Asked asked);

}  // namespace attest::checker
