#include <vector>

#include "attest/circuit/export.hpp"
#include "circuit/and_inverter.hpp"
#include "circuit/sequential.hpp"
#include "write_text.hpp"

namespace attest::circuit {

namespace {

// Our numbering is AIGER's: constant, inputs, gates in order; literals are 2 · node + complement.

void write_header(Lines& lines, const char* magic, const Circuit& c) {
    lines("{} {} {} 0 {} {}", magic, c.node_count() - 1, c.input_count(), c.outputs().size(), c.gate_count());
    if (!c.constraints().empty()) lines(" 0 {}", c.constraints().size());
    lines("\n");
}

void write_ports(Lines& lines, const Circuit& c) {
    for (const Port& port : c.outputs()) lines("{}\n", port.literal.code());
    for (const Port& port : c.constraints()) lines("{}\n", port.literal.code());
}

void write_symbol(Lines& lines, char kind, std::size_t number, const std::string& name) {
    if (!name.empty()) lines("{}{} {}\n", kind, number, one_line(name));
}

void write_symbols_and_comment(Lines& lines, const Circuit& c, const std::string& description) {
    for (std::size_t k = 0; k < c.input_count(); ++k) write_symbol(lines, 'i', k, c.input_name(k));
    for (std::size_t k = 0; k < c.outputs().size(); ++k) write_symbol(lines, 'o', k, c.outputs()[k].name);
    for (std::size_t k = 0; k < c.constraints().size(); ++k) write_symbol(lines, 'c', k, c.constraints()[k].name);
    lines("c\nattest {}\n", base::version());
    if (!description.empty()) lines("{}\n", one_line(description));
}

/// Seven bits a byte, least significant first; the eighth says that more follow.
void write_delta(Lines& lines, std::uint32_t delta) {
    for (; delta >= 0x80U; delta >>= 7) lines.byte(static_cast<std::uint8_t>(delta | 0x80U));
    lines.byte(static_cast<std::uint8_t>(delta));
}

/// What a sequential circuit is in 2-input ANDs: its ports, and what its latches are next, are outputs.
class Written {
  public:
    explicit Written(const Sequential& s) : of_(s), circuit_(and_inverter(with_all(s)).circuit) {}

    const Circuit& circuit() const { return circuit_; }

    void header(Lines& lines, const char* magic) const {
        lines("{} {} {} {} {} {} {} {}\n", magic, circuit_.node_count() - 1, of_.input_count(), of_.latches.size(),
              outputs(), circuit_.gate_count(), of_.bad.size(), circuit_.constraints().size());
    }
    void latches(Lines& lines, bool ascii) const {
        for (std::size_t k = 0; k < of_.latches.size(); ++k) {
            if (ascii) lines("{} ", Literal(of_.latch(k), false).code());
            lines("{}{}\n", circuit_.outputs()[outputs() + of_.bad.size() + k].literal.code(),
                  of_.latches[k].initial ? " 1" : "");
        }
    }
    void ports(Lines& lines) const {
        for (std::size_t k = 0; k < outputs() + of_.bad.size(); ++k)
            lines("{}\n", circuit_.outputs()[k].literal.code());
        for (const Port& port : circuit_.constraints()) lines("{}\n", port.literal.code());
    }
    void symbols(Lines& lines, const std::string& description) const {
        for (std::size_t k = 0; k < of_.input_count(); ++k) write_symbol(lines, 'i', k, circuit_.input_name(k));
        for (std::size_t k = 0; k < of_.latches.size(); ++k) write_symbol(lines, 'l', k, of_.latches[k].name);
        for (std::size_t k = 0; k < outputs(); ++k) write_symbol(lines, 'o', k, circuit_.outputs()[k].name);
        for (std::size_t k = 0; k < of_.bad.size(); ++k) write_symbol(lines, 'b', k, of_.bad[k].name);
        for (std::size_t k = 0; k < circuit_.constraints().size(); ++k)
            write_symbol(lines, 'c', k, circuit_.constraints()[k].name);
        lines("c\nattest {}\n", base::version());
        if (!description.empty()) lines("{}\n", one_line(description));
    }

  private:
    static Circuit with_all(const Sequential& s) {
        Circuit all = s.step;
        for (const Port& port : s.bad) all.add_output(port.name, port.literal);
        for (const Latch& latch : s.latches) all.add_output(latch.name, latch.next);
        return all;
    }
    std::size_t outputs() const { return of_.step.outputs().size(); }

    const Sequential& of_;
    Circuit circuit_;
};

void write_ascii_gates(Lines& lines, const Circuit& c) {
    for (Node v = c.first_gate(); v < c.node_count(); ++v)
        lines("{} {} {}\n", Literal(v, false).code(), c.fan_ins(v)[1].code(), c.fan_ins(v)[0].code());
}

void write_binary_gates(Lines& lines, const Circuit& c) {
    for (Node v = c.first_gate(); v < c.node_count(); ++v) {
        const std::uint32_t high = c.fan_ins(v)[1].code();
        write_delta(lines, Literal(v, false).code() - high);
        write_delta(lines, high - c.fan_ins(v)[0].code());
    }
}

}  // namespace

void write_aiger_ascii(const Circuit& circuit, std::ostream& out, const ExportOptions& options) {
    const Circuit c = and_inverter(circuit).circuit;
    Lines lines(out);
    write_header(lines, "aag", c);
    for (std::size_t k = 0; k < c.input_count(); ++k) lines("{}\n", Literal(c.input(k), false).code());
    write_ports(lines, c);
    write_ascii_gates(lines, c);
    write_symbols_and_comment(lines, c, options.description);
}

void write_aiger_binary(const Circuit& circuit, std::ostream& out, const ExportOptions& options) {
    const Circuit c = and_inverter(circuit).circuit;
    Lines lines(out);
    write_header(lines, "aig", c);
    write_ports(lines, c);
    write_binary_gates(lines, c);
    write_symbols_and_comment(lines, c, options.description);
}

void write_aiger_ascii(const Sequential& circuit, std::ostream& out, const ExportOptions& options) {
    const Written written(circuit);
    Lines lines(out);
    written.header(lines, "aag");
    for (std::size_t k = 0; k < circuit.input_count(); ++k)
        lines("{}\n", Literal(written.circuit().input(k), false).code());
    written.latches(lines, true);
    written.ports(lines);
    write_ascii_gates(lines, written.circuit());
    written.symbols(lines, options.description);
}

void write_aiger_binary(const Sequential& circuit, std::ostream& out, const ExportOptions& options) {
    const Written written(circuit);
    Lines lines(out);
    written.header(lines, "aig");
    written.latches(lines, false);
    written.ports(lines);
    write_binary_gates(lines, written.circuit());
    written.symbols(lines, options.description);
}

}  // namespace attest::circuit
