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

RefutedCubes::RefutedCubes(const std::string& path, const std::string& question, std::size_t count, base::Share share)
    : count_(count) {
    if (path.empty()) return;
    // An assignment is the unit behind all cubes, so that every part finds it.
    records_ = base::Records(path, head(question),
                             [&](std::size_t unit) { return share.part == 0 || share.has(unit) || unit >= count; });
    for (const std::string& record : records_.earlier()) try {
            const json cube = json::parse(record);
            if (cube.contains("assignment")) assignment_ = cube["assignment"].get<std::vector<Literal>>();
            else refuted_[cube.at("number")] = {cube.at("cube"), cube.at("cuts"), cube.at("proof")};
        } catch (const json::exception&) {
            throw base::InputError(path, "a cube a line", "something else");
        }
}

void RefutedCubes::add(std::size_t number, CubeProof proof) {
    records_.add(number,
                 json{{"number", number}, {"cube", proof.cube}, {"cuts", proof.cuts}, {"proof", proof.lrat}}.dump());
    refuted_.emplace(number, std::move(proof));
}

void RefutedCubes::add_assignment(const std::vector<Literal>& literals) {
    records_.add(count_, json{{"assignment", literals}}.dump());
}

}  // namespace attest::threshold
