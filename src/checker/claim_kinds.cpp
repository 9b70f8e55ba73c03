#include "checker/claim_kinds.hpp"

#include "checker/alike_claims.hpp"
#include "checker/census_claims.hpp"
#include "checker/claims.hpp"
#include "checker/classes/threshold.hpp"
#include "checker/core/accuracy_reader.hpp"
#include "checker/core/alike_reader.hpp"
#include "checker/core/census_reader.hpp"
#include "checker/core/claim_reader.hpp"
#include "checker/core/equality_reader.hpp"
#include "checker/core/evidence_reader.hpp"
#include "checker/core/formula_claims.hpp"
#include "checker/core/invariance_reader.hpp"
#include "checker/core/machine_claims.hpp"
#include "checker/core/maximum_reader.hpp"
#include "checker/core/order_reader.hpp"
#include "checker/core/regular_claims.hpp"
#include "checker/core/rounded_reader.hpp"
#include "checker/core/task_reader.hpp"
#include "checker/formula_claims.hpp"
#include "checker/maximum_claims.hpp"
#include "checker/order_claims.hpp"
#include "checker/rounded_claims.hpp"
#include "checker/simulation_claims.hpp"

// The one list of what a certificate can claim. The driver in checker.cpp is a loop over it, so a kind that is not here
// is refused by name, and a kind cannot be half there: its keys, its files, its sentence and its check stand in one
// row.

namespace attest::checker {
namespace {

std::string named_sensitive(const Claim&) { return "sensitive"; }
std::string named_collection(const Claim&) { return "collection"; }

constexpr ClaimKind kinds[] = {
    {"recognises", read_recognition, read_model_evidence, files_of_model_claim, recognition_title, recognition_sentence,
     check_recognition},
    {"restriction", read_restriction, read_model_evidence, files_of_model_claim, restriction_title,
     restriction_sentence, check_restriction},
    {"sensitive", read_sensitive, read_model_evidence, files_of_model_claim, named_sensitive, sensitive_sentence,
     check_sensitive},
    {"threshold", read_threshold, read_class_evidence, files_of_class_claim, threshold_title, threshold_sentence,
     check_threshold},
    {"census", read_census, read_census_evidence, files_of_census, census_title, census_sentence, check_census},
    {"equal", read_equality, read_equality_evidence, files_of_equality, equality_title, equality_sentence,
     check_equality},
    {"alike", read_alike, read_alike_evidence, files_of_equality, alike_title, alike_sentence, check_alike},
    {"accuracy", read_accuracy, read_accuracy_evidence, files_of_accuracy, accuracy_title, accuracy_sentence,
     check_accuracy},
    {"invariant", read_invariance, read_invariance_evidence, files_of_model_claim, invariance_title,
     invariance_sentence, check_invariance},
    {"performs", read_performs, read_task_evidence, files_of_model_claim, performs_title, performs_sentence,
     check_performs},
    {"performance", read_performance, read_task_evidence, files_of_model_claim, performance_title, performance_sentence,
     check_performance},
    {"class", read_outside, read_rule_evidence, files_of_regular_claim, outside_title, outside_sentence, check_outside},
    {"layers", read_layers, read_pair_evidence, files_of_regular_claim, layers_title, layers_sentence, check_layers},
    {"simulates", read_simulates, read_simulation_evidence, files_of_simulation, simulation_title, simulation_sentence,
     check_simulation},
    {"loops", read_loops, read_loops_evidence, files_of_loops, loops_title, loops_sentence, check_loops},
    {"order-invariant", read_order_invariant, read_order_evidence, files_of_order, order_title, order_sentence,
     check_order},
    {"proportion-invariant", read_proportion_invariant, read_order_evidence, files_of_order, order_title,
     order_sentence, check_order},
    {"maximum", read_maximum, read_maximum_evidence, files_of_model_claim, maximum_title, maximum_sentence,
     check_maximum},
    {"defines", read_defines, read_defines_evidence, files_of_defines, defines_title, defines_sentence, check_defines},
    {"classifies", read_classifies, read_rounding_evidence, files_of_model_claim, classifies_title, classifies_sentence,
     check_classifies},
    {"collection", read_collection, nullptr, nullptr, named_collection, nullptr, check_collection},
};

}  // namespace

std::span<const ClaimKind> claim_kinds() { return kinds; }

}  // namespace attest::checker
