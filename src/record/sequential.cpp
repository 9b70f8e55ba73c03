#include "record/sequential.hpp"

#include "circuit/structure.hpp"
#include "fields.hpp"

namespace attest::record {

SequentialCircuit sequential(const circuit::Sequential& circuit) {
    const circuit::Statistics s = statistics(circuit.step);
    SequentialCircuit record;
    record.port = circuit.bad.empty() ? "accept" : "bad";
    record.inputs = circuit.input_count();
    record.latches = circuit.latches.size();
    record.gates = s.size();
    record.wires = s.wires;
    record.depth = s.depth;
    return record;
}

template nlohmann::ordered_json write(const SequentialCircuit&);
template std::optional<SequentialCircuit> read(const base::Json&);

}  // namespace attest::record
