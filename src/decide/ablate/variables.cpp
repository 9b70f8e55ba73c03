#include "decide/ablate/variables.hpp"

#include <algorithm>

#include "attest/base/error.hpp"

namespace attest::ablate {

namespace {

using network::Program;

bool can_be_taken_away(const Program::Variable& variable) {
    if (const auto* map = std::get_if<Program::Map>(&variable.step)) return !map->of.empty() && map->otherwise;
    return std::holds_alternative<Program::Attend>(variable.step);
}

/// What a step reads.
std::vector<std::size_t> read_by(const Program::Variable& variable) {
    if (const auto* map = std::get_if<Program::Map>(&variable.step)) return map->of;
    const auto* attend = std::get_if<Program::Attend>(&variable.step);
    if (attend == nullptr) return {};
    std::vector<std::size_t> read = {attend->query, attend->key};
    if (attend->take != Program::Take::count) read.push_back(attend->value);
    return read;
}

/// Whether the answers may depend on a variable, by variable.
std::vector<bool> variables_read(const Program& program) {
    std::vector<bool> is_read(program.variables.size(), false);
    if (program.output.classes.empty()) is_read[program.output.value] = true;
    for (const Program::Score& score : program.output.scores) is_read[score.of] = true;
    for (std::size_t v = is_read.size(); v-- > 0;)
        if (is_read[v])
            for (const std::size_t u : read_by(program.variables[v])) is_read[u] = true;
    return is_read;
}

}  // namespace

std::vector<Part> parts_of(const Program& program) {
    const std::vector<bool> is_read = variables_read(program);
    std::vector<Part> parts;
    for (std::size_t v = 0; v < program.variables.size(); ++v)
        if (is_read[v] && can_be_taken_away(program.variables[v]))
            parts.push_back({0, 0, 0, 0, program.variables[v].name});
    return parts;
}

Program without(const Program& program, const std::vector<Part>& variables) {
    Program changed = program;
    for (const Part& part : variables) {
        const auto found = std::find_if(changed.variables.begin(), changed.variables.end(),
                                        [&](const Program::Variable& v) { return v.name == part.variable; });
        if (found == changed.variables.end() || !can_be_taken_away(*found))
            throw base::InternalError("a variable is taken away that cannot be");
        if (auto* map = std::get_if<Program::Map>(&found->step)) map->table.clear();
        else std::get<Program::Attend>(found->step).pairs.clear();
    }
    return changed;
}

}  // namespace attest::ablate
