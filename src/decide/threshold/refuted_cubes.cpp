#include "refuted_cubes.hpp"

#include <nlohmann/json.hpp>

#include "attest/base/error.hpp"

namespace attest::threshold {

namespace {

using nlohmann::json;

base::Journal::Head head(const std::string& question) {
    return {json{{"format", "attest/cubes"}, {"version", 1}, {"question", question}}.dump(),
            "a journal of the same question, class, breaks and cubes"};
}

}  // namespace

RefutedCubes::RefutedCubes(const std::string& path, const std::string& question) {
    if (path.empty()) return;
    journal_.emplace(path, head(question));
    for (const std::string& record : journal_->earlier()) try {
            const json cube = json::parse(record);
            refuted_[cube.at("number")] = {cube.at("cube"), cube.at("cuts"), cube.at("proof")};
        } catch (const json::exception&) {
            throw base::InputError(path, "a refuted cube a line", "something else");
        }
}

void RefutedCubes::add(std::size_t number, CubeProof proof) {
    if (journal_)
        journal_->append(
            json{{"number", number}, {"cube", proof.cube}, {"cuts", proof.cuts}, {"proof", proof.lrat}}.dump());
    refuted_.emplace(number, std::move(proof));
}

}  // namespace attest::threshold
