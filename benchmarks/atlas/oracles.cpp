#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "lines.hpp"

// What was counted elsewhere, by other programs: languages by class, by least modulus, by layers.

namespace attest::atlas {

namespace {

using classify::Class;
using Size = std::pair<std::size_t, std::size_t>;  ///< states, letters
using Counts = std::map<std::size_t, std::size_t>;

/// Languages; in J1, J, R, L, DA, C-RASP, R-omega, star-free, FOC, AC0, solvable, stutter, star-free and stutter.
const std::map<Size, std::vector<std::size_t>>& by_class() {
    static const std::map<Size, std::vector<std::size_t>> all{
        {{1, 2}, {2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2}},
        {{2, 2}, {24, 6, 6, 6, 10, 10, 6, 6, 10, 12, 20, 24, 10, 10}},
        {{3, 2}, {1028, 4, 56, 60, 104, 108, 72, 72, 162, 120, 560, 1028, 20, 20}},
        {{4, 2}, {56014, 4, 784, 864, 1580, 1692, 1282, 1366, 3924, 1114, 19162, 56014, 104, 80}},
        {{1, 3}, {2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2}},
        {{2, 3}, {112, 14, 14, 14, 38, 38, 14, 14, 38, 28, 76, 112, 38, 38}}};
    return all;
}
constexpr Class in_order[] = {Class::j1,       Class::j_trivial, Class::r_trivial, Class::l_trivial, Class::da,
                              Class::c_rasp,   Class::r_omega,   Class::star_free, Class::foc,       Class::ac0,
                              Class::solvable, Class::stutter,   Class::non_strict};

/// Layers that star-free languages need.
const std::map<Size, Counts>& by_depth() {
    static const std::map<Size, Counts> all{{{1, 2}, {{0, 2}}},
                                            {{2, 2}, {{0, 6}, {1, 4}}},
                                            {{3, 2}, {{1, 72}, {2, 90}}},
                                            {{4, 2}, {{1, 136}, {2, 1862}, {3, 1926}}}};
    return all;
}

const std::map<Size, Counts>& by_modulus() {
    static const std::map<Size, Counts> all{{{3, 2}, {{1, 162}, {2, 320}, {3, 42}, {4, 36}}},
                                            {{4, 2}, {{1, 3924}, {2, 10392}, {3, 1802}, {4, 2612}, {6, 432}}}};
    return all;
}

/// How many different sets of classes there are, counted with commutativity in the place of R-groups.
const std::map<Size, Counts>& by_vectors() {
    static const std::map<Size, Counts> all{
        {{1, 2}, {{0, 1}}}, {{2, 2}, {{0, 5}}}, {{3, 2}, {{0, 15}}}, {{4, 2}, {{0, 22}}}};
    return all;
}

/// Of two letters: whether exchanging neighbours changes nothing.
bool is_commutative(const std::string& automaton) {
    const auto to = [&](std::size_t state, std::size_t letter) {
        return static_cast<std::size_t>(automaton[3 * state + letter] - '0');
    };
    for (std::size_t q = 0; 3 * q < automaton.size(); ++q)
        if (to(to(q, 0), 1) != to(to(q, 1), 0)) return false;
    return true;
}

/// Layers of the networks that the cascade makes.
const std::map<Size, Counts>& by_layers() {
    static const std::map<Size, Counts> all{
        {{4, 2}, {{0, 12}, {1, 782}, {2, 3142}, {3, 9954}, {4, 4136}, {5, 1104}, {6, 32}}}};
    return all;
}

std::string spelt(const Counts& counts) {
    std::string text;
    for (const auto& [key, count] : counts) text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", key, count);
    return text;
}

}  // namespace

std::vector<std::string> against_oracles(const std::vector<Line>& lines, std::size_t states, std::size_t letters) {
    std::vector<std::string> wrong;
    const Size size(states, letters);
    const auto hold = [&](const char* what, const std::map<Size, Counts>& oracle, const Counts& found) {
        const auto known = oracle.find(size);
        if (known != oracle.end() && known->second != found)
            wrong.push_back(fmt::format("{} of {} states over {} letters: expected {}, found {}", what, states, letters,
                                        spelt(known->second), spelt(found)));
    };
    std::vector<std::size_t> in(1 + std::size(in_order), 0);
    std::set<std::vector<bool>> vectors;
    Counts depth, modulus, layers;
    for (const Line& line : lines) {
        ++in[0];
        for (std::size_t c = 0; c < std::size(in_order); ++c) in[c + 1] += line.in[in_order[c]] ? 1 : 0;
        std::vector<bool> vector;
        for (const Class c : in_order) vector.push_back(line.in[c]);
        if (letters == 2) vector.push_back(is_commutative(line.automaton));
        vectors.insert(vector);
        if (line.in[Class::star_free]) ++depth[line.least == line.most ? line.least : 99];
        if (line.modulus == 0) continue;
        ++modulus[line.modulus];
        ++layers[line.layers];
        if (line.least > line.most || line.most > line.layers)
            wrong.push_back(fmt::format("{} {}: the bounds of layers cross", line.automaton, line.accepting));
    }
    if (const auto known = by_class().find(size); known != by_class().end() && known->second != in)
        wrong.push_back(fmt::format("classes of {} states over {} letters: expected {}, found {}", states, letters,
                                    fmt::join(known->second, ", "), fmt::join(in, ", ")));
    hold("sets of classes", by_vectors(), {{0, vectors.size()}});
    hold("layers", by_depth(), depth);
    hold("least moduli", by_modulus(), modulus);
    hold("layers of networks", by_layers(), layers);
    return wrong;
}

}  // namespace attest::atlas
