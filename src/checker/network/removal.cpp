#include "checker/network/removal.hpp"

#include <algorithm>

#include "checker/kernel/defect.hpp"

// FORMAT.md, section 15: a part is taken away by making the last map that it has 0, bias included, so it adds nothing
// to any vector, or by making it a constant. All that follows sees an ordinary model, so no obligation has a case for it;
// but where the constant depends on the position, the evaluators add it, and no circuit or counting knows of it.

namespace attest::checker {
namespace {

const std::string place = "manifest.json: claim.without";

std::size_t positions_of(const Model& model, std::size_t length) {
    return length + (model.begin ? 1 : 0) + (model.end ? 1 : 0);
}

/// Null where the model has no such part.
Affine* last_map(Model& model, const Removed& part) {
    if (part.layer > model.layers.size()) return nullptr;
    Layer& layer = model.layers[part.layer - 1];
    if (part.head == 0) return layer.feedforward ? &layer.feedforward->maps.back() : nullptr;
    if (!layer.attention || part.head > layer.attention->heads.size()) return nullptr;
    return &layer.attention->heads[part.head - 1].output;
}

void silence(Affine& map, const Vector& constants) {
    if (!constants.empty() && constants.size() != map.outputs())
        throw Defect("manifest.json: claim.instead",
                     std::to_string(map.outputs()) + " numbers were expected for each part");
    for (auto& row : map.weight.rows) row.clear();
    map.bias = kept(constants);
}

/// What the part adds at each position, beside what its layer's others do.
void add_by_position(Model& model, const Removed& part, const std::vector<Vector>& constants, std::size_t positions,
                     Budget& budget) {
    const std::string at = "manifest.json: claim.instead";
    if (constants.size() != positions)
        throw Defect(at, std::to_string(positions) + " positions were expected for each part");
    Layer& layer = model.layers[part.layer - 1];
    std::vector<Vector>& added = part.head == 0 ? layer.feedforward->added : layer.attention->added;
    budget.memory(positions, 32 * model.dimension);
    added.resize(positions, Vector(model.dimension));
    for (std::size_t p = 0; p < positions; ++p) {
        if (constants[p].size() != model.dimension)
            throw Defect(at, std::to_string(model.dimension) + " numbers were expected for each position");
        add_to(added[p], constants[p], budget);
    }
}

}  // namespace

void remove_parts(Model& model, const Claim& claim, Budget& budget) {
    std::vector<Removed> edges;
    for (std::size_t k = 0; k < claim.without.size(); ++k) {
        const Removed& part = claim.without[k];
        if (!part.variable.empty()) throw Defect(place, "a model has no variables");
        Affine* map = last_map(model, part);
        if (map == nullptr || (part.is_edge() && last_map(model, {part.to_layer, part.to_head}) == nullptr))
            throw Defect(place, "the model has no such part");
        if (part.is_edge()) edges.push_back(part);
        else silence(*map, claim.instead && !claim.instead->constants.empty() ? claim.instead->constants[k] : Vector());
        if (claim.instead && !claim.instead->by_position.empty())
            add_by_position(model, part, claim.instead->by_position[k], positions_of(model, claim.length), budget);
    }
    if (!edges.empty()) cut_edges(model, edges, budget);
}

void remove_variables(Program& program, const Claim& claim, Budget& budget) {
    auto step = program.steps.begin();
    for (const Removed& part : claim.without) {
        if (part.variable.empty()) throw Defect(place, "programs have no such parts");
        budget.step(program.steps.size());
        step = std::find_if(step, program.steps.end(), [&](const auto& s) { return s.name == part.variable; });
        if (step == program.steps.end())
            throw Defect(place, "\"" + part.variable + "\" is no variable of the program after those before it");
        if (step->kind == Program::Step::Kind::attend) {
            step->pairs.clear();
        } else {
            if (step->kind != Program::Step::Kind::map || step->of.empty() || !step->otherwise)
                throw Defect(place, "\"" + part.variable + "\" cannot be taken away");
            step->table.clear();
        }
        ++step;
    }
}

}  // namespace attest::checker
