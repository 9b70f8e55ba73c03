#include <vector>

#include "attest/circuit/export.hpp"
#include "circuit/and_inverter.hpp"
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

}  // namespace

void write_aiger_ascii(const Circuit& circuit, std::ostream& out, const ExportOptions& options) {
    const Circuit c = and_inverter(circuit).circuit;
    Lines lines(out);
    write_header(lines, "aag", c);
    for (std::size_t k = 0; k < c.input_count(); ++k) lines("{}\n", Literal(c.input(k), false).code());
    write_ports(lines, c);
    for (Node v = c.first_gate(); v < c.node_count(); ++v) {
        lines("{} {} {}\n", Literal(v, false).code(), c.fan_ins(v)[1].code(), c.fan_ins(v)[0].code());
    }
    write_symbols_and_comment(lines, c, options.description);
}

void write_aiger_binary(const Circuit& circuit, std::ostream& out, const ExportOptions& options) {
    const Circuit c = and_inverter(circuit).circuit;
    Lines lines(out);
    write_header(lines, "aig", c);
    write_ports(lines, c);
    for (Node v = c.first_gate(); v < c.node_count(); ++v) {
        const std::uint32_t high = c.fan_ins(v)[1].code();
        write_delta(lines, Literal(v, false).code() - high);
        write_delta(lines, high - c.fan_ins(v)[0].code());
    }
    write_symbols_and_comment(lines, c, options.description);
}

}  // namespace attest::circuit
