#pragma once

#include <string>

#include "checker/examination.hpp"
#include "checker/question/question.hpp"
#include "checker/translation/miter.hpp"

namespace attest::checker {

/// What the rows of `claim_kinds.cpp` name: what a claim of each kind is called, its sentence, and its obligations
/// after `digest`. Checks throw Defect at the first obligation that fails; `at.obligation` is its name.

std::string recognition_title(const Claim& claim);
std::string recognition_sentence(const Claim& claim);
void check_recognition(Examination& at);

/// The same of a C-RASP program at every length: FORMAT.md section 30.
void check_counting_program(Examination& at);
/// The same of a B-RASP program at every length: FORMAT.md section 36.
void check_straight_program(Examination& at);

std::string restriction_title(const Claim& claim);
std::string restriction_sentence(const Claim& claim);
void check_restriction(Examination& at);

std::string sensitive_sentence(const Claim& claim);
void check_sensitive(Examination& at);

std::string threshold_title(const Claim& claim);
void check_threshold(Examination& at);

std::string equality_title(const Claim& claim);
std::string equality_sentence(const Claim& claim);
void check_equality(Examination& at);

std::string accuracy_title(const Claim& claim);
std::string accuracy_sentence(const Claim& claim);
void check_accuracy(Examination& at);

std::string invariance_title(const Claim& claim);
std::string invariance_sentence(const Claim& claim);
void check_invariance(Examination& at);

std::string performs_title(const Claim& claim);
std::string performs_sentence(const Claim& claim);
void check_performs(Examination& at);

std::string performance_title(const Claim& claim);
std::string performance_sentence(const Claim& claim);
void check_performance(Examination& at);

std::string outside_title(const Claim& claim);
std::string outside_sentence(const Claim& claim);
void check_outside(Examination& at);

std::string layers_title(const Claim& claim);
std::string layers_sentence(const Claim& claim);
void check_layers(Examination& at);

void check_collection(Examination& at);

// What several kinds have in common.

/// The model and what the claim says of it: obligations `digest`, for names, and `question`.
Question read_subject(Examination& at);

/// ` without head 2 of layer 1`, where parts are taken away.
std::string without(const Claim& claim);

/// `, however the vector that is read moves by at most 1/2`, where the claim says how far.
std::string wherever_moved(const Claim& claim);

/// Obligation `mean`, where the claim says that constants are means (FORMAT.md section 15).
void check_means_of(Examination& at, const Question& question);

/// `, read by the map "…"`
std::string said_of(const std::map<std::string, std::string>& map);

/// Obligations `translation`, for the files, and `refutation`:
/// circuit.json = miter, formula.cnf = cnf(miter), proof: formula.cnf ⊢ ⊥
void check_refuted(Examination& at, const Miter& miter);

}  // namespace attest::checker
