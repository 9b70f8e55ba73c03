#include <algorithm>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/filtered_graph.hpp>
#include <boost/graph/graphviz.hpp>
#include <string>
#include <vector>

#include "attest/circuit/export.hpp"
#include "circuit/gates.hpp"
#include "circuit/graph.hpp"
#include "write_text.hpp"

namespace attest::circuit {

namespace {

/// Text between double quotes of DOT; a backslash would begin an escape of Graphviz.
std::string dot_string(const std::string& text) {
    std::string result = "\"";
    for (const char c : one_line(text)) {
        if (c == '"' || c == '\\') result += '\\';
        result += c;
    }
    return result + '"';
}

/// Lists nodes in the order of their discovery.
struct Recorder : boost::default_bfs_visitor {
    std::vector<Node>* order;
    template <typename Graph>
    void discover_vertex(Node v, const Graph&) const {
        order->push_back(v);
    }
};

/// The nodes to draw: breadth first from outputs and constraints, then what these do not reach, up to a
/// number.
std::vector<bool> drawn_nodes(const Circuit& circuit, std::size_t most) {
    std::vector<Node> sources;
    for (const Port& port : circuit.outputs()) sources.push_back(port.literal.node());
    for (const Port& port : circuit.constraints()) sources.push_back(port.literal.node());
    std::ranges::sort(sources);
    sources.erase(std::unique(sources.begin(), sources.end()), sources.end());
    std::vector<Node> order;
    Recorder recorder;
    recorder.order = &order;
    std::vector<boost::default_color_type> colours(circuit.node_count(), boost::white_color);
    boost::queue<Node> queue;
    boost::breadth_first_visit(circuit, sources.begin(), sources.end(), queue, recorder,
                               boost::make_iterator_property_map(colours.begin(), get(boost::vertex_index, circuit)));
    for (Node v = 1; v < circuit.node_count(); ++v) {
        if (colours[v] == boost::white_color) order.push_back(v);
    }
    std::vector<bool> drawn(circuit.node_count(), false);
    for (std::size_t i = 0; i < std::min(most, order.size()); ++i) drawn[order[i]] = true;
    return drawn;
}

struct IsDrawn {
    const std::vector<bool>* drawn = nullptr;
    bool operator()(Node v) const { return (*drawn)[v]; }
};

struct NodeStyle {
    const Circuit& circuit;
    void operator()(std::ostream& out, Node v) const {
        const KindRow& row = row_of(circuit.kind(v));
        out << "[shape=" << row.dot_shape;
        if (row.kind == GateKind::constant) out << ",style=dotted";
        out << ",label=" << dot_string(label(v, row));
        if (const std::string origin = describe(circuit.origin(v)); row.is_gate() && !origin.empty())
            out << ",tooltip=" << dot_string(origin);
        out << "]";
    }

    std::string label(Node v, const KindRow& row) const {
        if (row.kind == GateKind::input) return circuit.input_name(v - 1);
        return row.is_gate() ? fmt::format("{} {}", row.name, v) : row.name;
    }
};

constexpr const char* complemented_style = "[style=dashed,arrowtail=odot]";

struct WireStyle {
    const Circuit& circuit;
    void operator()(std::ostream& out, const Wire& wire) const {
        if (complemented(wire, circuit)) out << complemented_style;
    }
};

/// The head of the drawing: what it is, what was cut, and the ports, which are no nodes of the circuit.
struct Head {
    const Circuit& circuit;
    const std::vector<bool>& drawn;
    const ExportOptions& options;

    void operator()(std::ostream& out) const {
        const auto shown = static_cast<std::size_t>(std::ranges::count(drawn, true));
        const std::size_t all = std::max(shown, circuit.node_count() - 1);
        std::string label = one_line(options.description);
        if (shown < all) {
            label += fmt::format("{}{} of {} nodes are drawn, {} were cut", label.empty() ? "" : "; ", shown, all,
                                 all - shown);
        }
        out << "edge [dir=back];\n";
        if (!label.empty()) out << "label=" << dot_string(label) << ";\n";
        ports(out, "output", circuit.outputs());
        ports(out, "constraint", circuit.constraints());
    }

    void ports(std::ostream& out, const std::string& what, const std::vector<Port>& list) const {
        for (std::size_t k = 0; k < list.size(); ++k) {
            const std::string id = '"' + what + ' ' + std::to_string(k) + '"';
            if (!drawn[list[k].literal.node()]) continue;
            out << id << " [shape=plaintext,label=" << dot_string(list[k].name) << "];\n";
            out << id << " -> " << list[k].literal.node();
            out << (list[k].literal.complemented() ? complemented_style : "") << ";\n";
        }
    }
};

}  // namespace

void write_dot(const Circuit& circuit, std::ostream& out, const ExportOptions& options) {
    const std::vector<bool> drawn = drawn_nodes(circuit, options.most_drawn_nodes);
    const boost::filtered_graph<Circuit, boost::keep_all, IsDrawn> view(circuit, {}, IsDrawn{&drawn});
    boost::write_graphviz(out, view, NodeStyle{circuit}, WireStyle{circuit}, Head{circuit, drawn, options},
                          get(boost::vertex_index, circuit));
}

}  // namespace attest::circuit
