#include "checker/translation/circuit_file.hpp"

#include <algorithm>

#include "checker/core/cursor.hpp"

// FORMAT.md, section 6: circuit.json is for readers of the certificate. It is compared with the circuit that the
// checker builds, and never used.

namespace attest::checker {
namespace {

bool same_literals(const Json* begin, const Json* end, std::span<const Literal> literals) {
    return std::equal(begin, end, literals.begin(), literals.end(), [](const Json& json, Literal literal) {
        return json.is(Json::Kind::integer) && json.small() == static_cast<std::int64_t>(literal);
    });
}

std::string describe(Circuit::Gate kind, std::span<const Literal> literals) {
    std::string text = kind == Circuit::Gate::parity ? "[\"xor\"" : "[\"and\"";
    for (const Literal l : literals) text += ", " + std::to_string(l);
    return text + "]";
}

bool same_gate(const Json& json, Circuit::Gate kind, std::span<const Literal> fanin) {
    if (!json.is(Json::Kind::array) || json.items().empty()) return false;
    const std::vector<Json>& items = json.items();
    if (!items[0].is(Json::Kind::string)) return false;
    if (items[0].text() != (kind == Circuit::Gate::parity ? "xor" : "and")) return false;
    return same_literals(items.data() + 1, items.data() + items.size(), fanin);
}

}  // namespace

void check_circuit_file(const Miter& miter, std::string_view bytes, const std::string& file, Budget& budget) {
    const Circuit& circuit = miter.circuit;
    const Budget::Temporary here(budget);
    const Json json = parse_json(bytes, file, budget);
    const Cursor all(json, file + ": ");
    if (all.at("format").string() != "attest/circuit") all.at("format").fail("\"attest/circuit\" was expected");
    all.at("version").integer(1, 1);
    const auto inputs = static_cast<std::int64_t>(circuit.inputs());
    all.at("inputs").integer(inputs, inputs);

    const Cursor gates = all.at("gates");
    const std::size_t common = std::min(gates.size(), circuit.gates());
    for (std::size_t gate = 0; gate < common; ++gate) {
        if (same_gate(gates.json().items()[gate], circuit.kind(gate), circuit.fanin(gate))) continue;
        gates.item(gate).fail(describe(circuit.kind(gate), circuit.fanin(gate)) + " was expected");
    }
    if (gates.size() != circuit.gates())
        gates.fail(std::to_string(circuit.gates()) + " gates were expected, " + std::to_string(gates.size()) +
                   " were found");
    const Cursor roots = all.at("roots");
    roots.size();
    const std::vector<Json>& items = roots.json().items();
    if (!same_literals(items.data(), items.data() + items.size(), miter.roots))
        roots.fail("other roots were expected (" + std::to_string(miter.roots.size()) + " of them, the miter being " +
                   std::to_string(miter.roots[0]) + ")");
}

}  // namespace attest::checker
