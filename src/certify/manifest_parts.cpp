#include "manifest_parts.hpp"

#include <sstream>

#include "attest/base/error.hpp"
#include "attest/circuit/export.hpp"

namespace attest::certify {

using Json = Manifest::Json;

namespace {

void state_assumptions(Manifest& manifest) {
    manifest.member("assumptions") = {"words are those over the model's alphabet",
                                      "arithmetic is exact, as the model format defines it"};
}

}  // namespace

Json provenance_json(const Provenance& provenance) {
    Json object = Json::object();
    for (const auto& [key, value] : provenance.entries) object[key] = value;
    return object;
}

Json lists_from_one(const soft::Classes& classes) {
    Json lists = Json::array();
    for (const auto& positions : classes) {
        Json list = Json::array();
        for (const std::int64_t p : positions) list.push_back(p + 1);
        lists.push_back(std::move(list));
    }
    return lists;
}

const char* name_of(bool accepts) { return accepts ? "accept" : "reject"; }

Json drops_json(const std::vector<compile::Drop>& drops) {
    Json list = Json::array();
    for (const compile::Drop& d : drops) list.push_back({d.boundary, d.position, d.value});
    return list;
}

namespace {

Json part_json(const ablate::Part& part) {
    if (!part.variable.empty()) return part.variable;
    if (part.is_edge()) return {part.layer, part.head, part.to_layer, part.to_head};
    return {part.layer, part.head == 0 ? Json("feedforward") : Json(part.head)};
}

Json numbers_json(const exact::Vector& vector) {
    Json numbers = Json::array();
    for (const exact::Rational& number : vector) numbers.push_back(exact::to_string(number));
    return numbers;
}

}  // namespace

void add_removal(Json& claim, const ablate::Removal& removal, bool verified) {
    if (removal.empty()) return;
    claim["without"] = Json::array();
    for (const ablate::Part& part : removal.parts) claim["without"].push_back(part_json(part));
    if (removal.constants.empty() && removal.by_position.empty()) return;
    Json& instead = claim["instead"];
    instead["constants"] = Json::array();
    for (const exact::Vector& constant : removal.constants) instead["constants"].push_back(numbers_json(constant));
    for (const std::vector<exact::Vector>& positions : removal.by_position) {
        Json lists = Json::array();
        for (const exact::Vector& constant : positions) lists.push_back(numbers_json(constant));
        instead["constants"].push_back(std::move(lists));
    }
    if (!removal.by_position.empty()) instead["by"] = "position";
    if (removal.within && verified) instead["within"] = exact::to_string(*removal.within);
}

Json map_json(const std::vector<std::pair<std::string, std::string>>& map) {
    Json object = Json::object();
    for (const auto& [symbol, meaning] : map) object[symbol] = meaning;
    return object;
}

void write_refutation(Manifest& manifest, const decide::Refutation& refutation, const std::string& description) {
    if (refutation.proof.empty()) throw base::InternalError("a refutation without proof cannot be certified");
    manifest.member("evidence") = {
        {"kind", "refutation"}, {"proof", refutation.proof_format}, {"drops", drops_json(refutation.drops)}};
    if (manifest.goes_on()) {
        std::ostringstream circuit;
        circuit::write_json(refutation.circuit, circuit, {.description = description});
        manifest.write("circuit.json", circuit.view());
    }
    if (manifest.goes_on()) manifest.write("formula.cnf", to_dimacs(refutation.formula));
    manifest.write("proof." + refutation.proof_format, refutation.proof);
}

void write_model(Manifest& manifest, const formats::ModelFile& model, const std::string& file,
                 const std::string& prefix) {
    state_assumptions(manifest);
    manifest.write(file, model.bytes);
    if (!model.tensor_name.empty()) manifest.write(prefix + model.tensor_name, model.tensor_bytes);
}

void write_model(Manifest& manifest, const formats::GuhatFile& tables, const std::string& file, const std::string&) {
    state_assumptions(manifest);
    manifest.write(file, tables.bytes);
}

void write_model(Manifest& manifest, const formats::ProgramFile& program, const std::string& file, const std::string&) {
    state_assumptions(manifest);
    manifest.write(file, program.bytes);
}

}  // namespace attest::certify
