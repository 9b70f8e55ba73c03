#pragma once

#include <string>
#include <vector>

#include "attest/certify/certificate.hpp"
#include "attest/soft/symmetry.hpp"
#include "manifest.hpp"

namespace attest::certify {

/// Parts that certificates of several kinds have.
Manifest::Json provenance_json(const Provenance& provenance);
Manifest::Json lists_from_one(const soft::Classes& classes);  ///< positions as the format counts them
Manifest::Json drops_json(const std::vector<compile::Drop>& drops);
Manifest::Json map_json(const std::vector<std::pair<std::string, std::string>>& map);
/// What a claim says of what its model lacks; that constants are means is said only of claims that are verified.
void add_removal(Manifest::Json& claim, const ablate::Removal& removal, bool verified);
const char* name_of(bool accepts);  ///< `accept`, `reject`

/// Writes circuit, formula and proof, and says so in the evidence.
/// Needs   a proof
void write_refutation(Manifest& manifest, const decide::Refutation& refutation, const std::string& description);

/// Writes the model and its companion, and states what claims about models assume.
///
/// file    its name in the certificate
/// prefix  before the companion's own name
void write_model(Manifest& manifest, const formats::ModelFile& model, const std::string& file = "model.json",
                 const std::string& prefix = "");
void write_model(Manifest& manifest, const formats::GuhatFile& tables, const std::string& file = "model.json",
                 const std::string& prefix = "");
void write_model(Manifest& manifest, const formats::ProgramFile& program, const std::string& file = "model.json",
                 const std::string& prefix = "");

}  // namespace attest::certify
