#include "refuted_cubes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "attest/base/error.hpp"
#include "base/json_text.hpp"

namespace attest::threshold {

namespace {

using nlohmann::json;

base::Journal::Head head(const std::string& question) {
    return {base::json_text(json{{"format", "attest/cubes"}, {"version", 1}, {"question", question}}),
            "a journal of the same question, class, breaks and cubes"};
}

}  // namespace

std::vector<Literal> CubesAsked::cube(std::size_t number) const {
    std::vector<Literal> literals;
    for (std::size_t t = 0; t < split.size(); ++t) literals.push_back(number >> t & 1 ? split[t] : -split[t]);
    return literals;
}

RefutedCubes::RefutedCubes(const std::string& path, CubesAsked asked, base::Share share) : asked_(std::move(asked)) {
    if (path.empty()) return;
    // An assignment is the unit behind all cubes, so that every part finds it.
    records_ = base::Records(path, head(asked_.digest), [&](std::size_t unit) {
        return share.part == 0 || share.has(unit) || unit >= asked_.count();
    });
    for (std::size_t k = 0; k < records_.earlier().size(); ++k) take_up(records_.earlier()[k], records_.places()[k]);
}

/// Anybody may have written it: proofs are joined by the numbers of their cubes, and solvers index by variables.
void RefutedCubes::take_up(const std::string& record, const std::string& place) {
    try {
        const json document = base::document_of(record);
        if (document.contains("assignment")) {
            assignment_ = document["assignment"].get<std::vector<Literal>>();
            if (!are_literals(*assignment_)) throw base::InputError(place, "literals of the formula", "others");
            return;
        }
        const std::size_t number = document.at("number");
        CubeProof proof{document.at("cube"), document.at("cuts"), document.at("proof")};
        if (number >= asked_.count() || proof.cube != asked_.cube(number))
            throw base::InputError(place, fmt::format("one of the {} cubes, by its number", asked_.count()), "another");
        for (const std::vector<Literal>& cut : proof.cuts)
            if (!are_literals(cut)) throw base::InputError(place, "literals of the formula", "others");
        refuted_[number] = std::move(proof);
    } catch (const json::exception&) {
        throw base::InputError(place, "a cube a line", "something else");
    }
}

bool RefutedCubes::are_literals(const std::vector<Literal>& literals) const {
    return std::all_of(literals.begin(), literals.end(),
                       [&](Literal l) { return l != 0 && l >= -asked_.variables && l <= asked_.variables; });
}

void RefutedCubes::add(std::size_t number, CubeProof proof) {
    records_.add(number, base::json_text(json{
                             {"number", number}, {"cube", proof.cube}, {"cuts", proof.cuts}, {"proof", proof.lrat}}));
    refuted_.emplace(number, std::move(proof));
}

void RefutedCubes::add_assignment(const std::vector<Literal>& literals) {
    records_.add(asked_.count(), base::json_text(json{{"assignment", literals}}));
}

}  // namespace attest::threshold
