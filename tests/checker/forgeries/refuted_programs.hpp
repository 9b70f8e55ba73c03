#pragma once

#include <string>

#include "../checker_support.hpp"
#include "checker/network/program.hpp"
#include "checker/translation/formula_of_miter.hpp"
#include "originals.hpp"

/// Certificates by the circuit of a program, with a proof that the tests find themselves.
namespace forgeries {

inline attest::checker::Program program_of_text(const std::string& text, checker_test::Budget& budget) {
    return attest::checker::read_program(attest::checker::parse_json(text, "model.json", budget), "model.json", budget);
}

/// The claim with the refutation of the miter; `more` are further keys of its evidence.
inline Certificate refuted_by(const Certificate& claim, const checker_test::Miter& miter, const std::string& more) {
    using namespace checker_test;
    Budget budget = ample();
    const Formula formula = formula_of(miter, budget);
    Certificate certificate = claim;
    certificate.evidence = R"({"kind": "refutation", "proof": "lrat", "drops": [])" + more + "}";
    certificate.files["circuit.json"] = circuit_text(miter);
    certificate.files["formula.cnf"] = formula_text(formula);
    certificate.files["proof.lrat"] = Refuter(formula).run().value();
    return certificate;
}

}  // namespace forgeries
