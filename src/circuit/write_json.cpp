#include "attest/circuit/export.hpp"
#include "base/json_text.hpp"
#include "circuit/gates.hpp"
#include "write_text.hpp"

namespace attest::circuit {

namespace {

// The document is written by hand, one gate a line, since it can be long.

using base::json_string;

void write_ports(Lines& lines, const char* key, const std::vector<Port>& ports) {
    lines(",\n\"{}\": [", key);
    const char* separator = "";
    for (const Port& port : ports) {
        lines("{}\n{{\"name\": {}, \"literal\": {}}}", separator, json_string(port.name), port.literal.code());
        separator = ",";
    }
    lines("]");
}

void write_gates(Lines& lines, const Circuit& circuit) {
    lines(",\n\"gates\": [");
    for (Node v = circuit.first_gate(); v < circuit.node_count(); ++v) {
        lines("{}\n[\"{}\"", v == circuit.first_gate() ? "" : ",", row_of(circuit.kind(v)).name);
        for (const Literal l : circuit.fan_ins(v)) lines(", {}", l.code());
        lines("]");
    }
    lines("]");
}

void write_origins(Lines& lines, const Circuit& circuit) {
    lines(",\n\"origins\": [");
    const char* separator = "";
    std::uint32_t last = 0;
    for (Node v = circuit.first_gate(); v < circuit.node_count(); ++v) {
        if (circuit.origin_index(v) == last) continue;
        last = circuit.origin_index(v);
        lines("{}\n[{}, {}]", separator, v, json_string(describe(circuit.origin(v))));
        separator = ",";
    }
    lines("]");
}

}  // namespace

void write_json(const Circuit& circuit, std::ostream& out, const ExportOptions& options) {
    Lines lines(out);
    lines("{{\"format\": \"attest/circuit\",\n\"version\": 1,\n\"description\": {},\n\"inputs\": {}",
          json_string(made_by(options.description)), circuit.input_count());
    write_gates(lines, circuit);
    lines(",\n\"roots\": [");
    for (std::size_t k = 0; k < circuit.outputs().size(); ++k) {
        lines("{}{}", k == 0 ? "" : ", ", circuit.outputs()[k].literal.code());
    }
    lines("],\n\"input_names\": [");
    for (std::size_t k = 0; k < circuit.input_count(); ++k) {
        lines("{}{}", k == 0 ? "" : ", ", json_string(circuit.input_name(k)));
    }
    lines("]");
    write_ports(lines, "outputs", circuit.outputs());
    write_ports(lines, "constraints", circuit.constraints());
    write_origins(lines, circuit);
    lines("}}\n");
}

}  // namespace attest::circuit
