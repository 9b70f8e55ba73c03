#include "checker/translation/value_set.hpp"

#include "checker/kernel/defect.hpp"

// Values of a position are numbered by their views; the last one's literal is "none of the others", which holds since
// some value is there, and saves a gate and the proof that they exclude each other (FORMAT.md section 6.1). A drop
// claims that a value never occurs; it is not believed, but asserted in the formula.

namespace attest::checker {
namespace {

std::string name(const Drop& drop) {
    return "[" + std::to_string(drop[0]) + ", " + std::to_string(drop[1]) + ", " + std::to_string(drop[2]) + "]";
}

struct Group {
    const Vector* vector;
    Literals literals;
};

std::vector<Group> groups_of(const Values& cases, const Views& views, std::size_t p) {
    std::map<Vector, std::size_t, VectorLess> number;
    std::vector<Group> groups;
    for (const Value& value : cases) {
        if (value.literal == bottom) continue;
        const auto [entry, fresh] = number.emplace(views.view(p, value.vector), groups.size());
        if (fresh) groups.push_back({&value.vector, {}});
        groups[entry->second].literals.push_back(value.literal);
    }
    return groups;
}

}  // namespace

Drops::Drops(const std::vector<Drop>& drops) {
    for (const Drop& drop : drops)
        if (!taken_.emplace(drop, false).second)
            throw Defect("manifest.json: evidence.drops", "the drop " + name(drop) + " occurs twice");
}

bool Drops::take(std::size_t b, std::size_t p, std::size_t v) {
    const auto found = taken_.find(Drop{b, p, v});
    if (found == taken_.end()) return false;
    found->second = true;
    return true;
}

void Drops::check_all_taken() const {
    for (const auto& [drop, taken] : taken_)
        if (!taken) throw Defect("manifest.json: evidence.drops", "the drop " + name(drop) + " names no value");
}

Values group_cases(Circuit& circuit, const Values& cases, const Views& views, std::size_t b, std::size_t p,
                   Drops& drops, Literals& dropped) {
    std::vector<Group> kept;
    std::size_t v = 0;
    for (Group& group : groups_of(cases, views, p)) {
        if (drops.take(b, p, v++)) {
            dropped.push_back(circuit.disjunction(std::move(group.literals)));
        } else {
            kept.push_back(std::move(group));
        }
    }
    if (kept.empty())
        throw Defect("boundary " + std::to_string(b) + ", position " + std::to_string(p), "no value is left");
    Values values;
    Literals others;
    for (std::size_t k = 0; k + 1 < kept.size(); ++k) {
        const Literal literal = circuit.disjunction(std::move(kept[k].literals));
        values.push_back({*kept[k].vector, literal});
        others.push_back(negated(literal));
    }
    values.push_back({*kept.back().vector, circuit.conjunction(std::move(others))});
    return values;
}

}  // namespace attest::checker
