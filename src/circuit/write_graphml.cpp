#include <boost/graph/graphml.hpp>
#include <boost/property_map/function_property_map.hpp>
#include <string>
#include <vector>

#include "attest/circuit/export.hpp"
#include "circuit/gates.hpp"
#include "circuit/graph.hpp"
#include "write_text.hpp"

namespace attest::circuit {

namespace {

/// By node: the ports that read it, `accept` or `not accept`, separated by a space.
std::vector<std::string> readers(const Circuit& circuit, const std::vector<Port>& ports) {
    std::vector<std::string> names(circuit.node_count());
    for (const Port& port : ports) {
        std::string& text = names[port.literal.node()];
        if (!text.empty()) text += ' ';
        text += (port.literal.complemented() ? "not " : "") + one_line(port.name);
    }
    return names;
}

template <typename Key, typename Function>
auto computed(Function function) {
    return boost::make_function_property_map<Key>(function);
}

}  // namespace

void write_graphml(const Circuit& circuit, std::ostream& out, const ExportOptions& options) {
    const std::vector<std::string> outputs = readers(circuit, circuit.outputs());
    const std::vector<std::string> constraints = readers(circuit, circuit.constraints());
    const std::string description = made_by(options.description);
    boost::dynamic_properties properties;
    properties.property("description", computed<Circuit*>([&](Circuit*) { return description; }));
    properties.property("kind", computed<Node>([&](Node v) { return std::string(row_of(circuit.kind(v)).name); }));
    properties.property("name", computed<Node>([&](Node v) {
                            return circuit.kind(v) == GateKind::input ? one_line(circuit.input_name(v - 1)) : "";
                        }));
    properties.property("origin", computed<Node>([&](Node v) { return describe(circuit.origin(v)); }));
    properties.property("outputs", computed<Node>([&](Node v) { return outputs[v]; }));
    properties.property("constraints", computed<Node>([&](Node v) { return constraints[v]; }));
    properties.property("complemented", computed<Wire>([&](const Wire& w) { return complemented(w, circuit); }));
    boost::write_graphml(out, circuit, get(boost::vertex_index, circuit), properties, true);
}

}  // namespace attest::circuit
