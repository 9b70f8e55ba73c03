#include "circuit/gates.hpp"

#include <cstdint>

namespace attest::circuit {

namespace {

// By number of the kind. No upper bound on fan-ins: any number.
constexpr std::array<KindRow, 4> rows{{
    {GateKind::constant, "false", "⊥", "box", 0, 0},
    {GateKind::input, "input", "", "ellipse", 0, 0},
    {GateKind::conjunction, "and", "∧", "box", 2, SIZE_MAX},
    {GateKind::exclusive_or, "xor", "⊕", "diamond", 2, 2},
}};

constexpr bool numbered() {
    for (std::size_t k = 0; k < rows.size(); ++k)
        if (rows[k].kind != static_cast<GateKind>(k)) return false;
    return true;
}
static_assert(numbered(), "rows stand in the order of GateKind");

}  // namespace

const KindRow& row_of(GateKind kind) { return rows.at(static_cast<std::size_t>(kind)); }

}  // namespace attest::circuit
