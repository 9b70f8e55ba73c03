#include "record/compile.hpp"

#include "circuit/structure.hpp"
#include "fields.hpp"

namespace attest::record {

Compile compiled(const circuit::Circuit& circuit) {
    const circuit::Statistics s = statistics(circuit);
    Compile record;
    record.inputs = s.inputs;
    record.gates = s.size();
    record.wires = s.wires;
    record.depth = s.depth;
    record.greatest_fan_in = s.greatest_fan_in;
    record.memory_bytes = circuit.memory_bytes();
    return record;
}

Compile compiled(const circuit::Circuit& circuit, const compile::Sizes& sizes) {
    Compile record = compiled(circuit);
    record.positions = sizes.positions;
    record.values = sizes.values;
    record.dropped = sizes.dropped;
    return record;
}

template nlohmann::ordered_json write(const Compile&);
template std::optional<Compile> read(const base::Json&);

}  // namespace attest::record
