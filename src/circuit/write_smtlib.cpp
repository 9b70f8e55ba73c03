#include <algorithm>
#include <set>
#include <vector>

#include "attest/circuit/export.hpp"
#include "circuit/gates.hpp"
#include "write_text.hpp"

namespace attest::circuit {

namespace {

/// Names of inputs as quoted symbols: without `|` and `\`, which no quoting allows, none twice, none that the
/// logic itself defines. (|x| and x are the same symbol.)
class Symbols {
  public:
    explicit Symbols(const Circuit& circuit) {
        for (const char* word : {"true", "false", "not", "and", "or", "xor", "=>", "=", "distinct", "ite", ""}) {
            taken_.insert(word);
        }
        for (std::size_t k = 0; k < circuit.input_count(); ++k) {
            names_.push_back(free_name(safe(circuit.input_name(k))));
            taken_.insert(names_.back());
        }
        while (std::ranges::any_of(names_, [this](const std::string& n) { return n.starts_with(gate_prefix_); })) {
            gate_prefix_ += '_';
        }
    }

    std::string operator()(const Circuit& circuit, Literal l) const {
        const std::string symbol = symbol_of(circuit, l.node());
        return l.complemented() ? fmt::format("(not {})", symbol) : symbol;
    }

  private:
    static std::string safe(const std::string& name) {
        std::string result = one_line(name);
        std::ranges::replace_if(
            result, [](char c) { return c == '|' || c == '\\'; }, '_');
        return result;
    }

    std::string free_name(const std::string& name) const {
        std::string candidate = name;
        for (std::size_t k = 2; taken_.contains(candidate); ++k) candidate = fmt::format("{}#{}", name, k);
        return candidate;
    }

    std::string symbol_of(const Circuit& circuit, Node v) const {
        if (v == 0) return "false";
        if (v < circuit.first_gate()) return fmt::format("|{}|", names_[v - 1]);
        return fmt::format("{}{}", gate_prefix_, v);
    }

    std::set<std::string> taken_;
    std::vector<std::string> names_;
    std::string gate_prefix_ = "g";
};

}  // namespace

void write_smtlib(const Circuit& circuit, std::ostream& out, const ExportOptions& options) {
    const Symbols symbol(circuit);
    Lines lines(out);
    lines("; {}\n(set-logic QF_UF)\n(set-info :status unknown)\n", made_by(options.description));
    for (std::size_t k = 0; k < circuit.input_count(); ++k) {
        lines("(declare-const {} Bool)\n", symbol(circuit, Literal(circuit.input(k), false)));
    }
    for (Node v = circuit.first_gate(); v < circuit.node_count(); ++v) {
        lines("(define-fun {} () Bool ({}", symbol(circuit, Literal(v, false)), row_of(circuit.kind(v)).name);
        for (const Literal l : circuit.fan_ins(v)) lines(" {}", symbol(circuit, l));
        lines("))\n");
    }
    for (const Port& port : circuit.constraints()) {
        lines("(assert {}) ; {}\n", symbol(circuit, port.literal), one_line(port.name));
    }
    if (circuit.outputs().size() == 1) {
        const Port& port = circuit.outputs().front();
        lines("(assert {}) ; {}\n", symbol(circuit, port.literal), one_line(port.name));
    } else if (!circuit.outputs().empty()) {
        lines("(assert (or");
        for (const Port& port : circuit.outputs()) lines(" {}", symbol(circuit, port.literal));
        lines("))\n");
    }
    lines("(check-sat)\n(exit)\n");
}

}  // namespace attest::circuit
