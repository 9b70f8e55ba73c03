#include "restriction_smt.hpp"

#include <fmt/format.h>

#include "circuit/gates.hpp"

namespace attest::benchmarks {

namespace {

/// The circuit as nested definitions over the symbols that are read.
class Body {
  public:
    explicit Body(const restriction::Function& function) : circuit_(function.circuit) {
        for (std::size_t k = 0; k < circuit_.input_count(); ++k)
            define(circuit_.input(k), fmt::format("(ite f{0} v{0} x{0})", k + 1));
        for (circuit::Node v = circuit_.first_gate(); v < circuit_.node_count(); ++v) define(v, gate(v));
        text_ += fmt::format("(= answer {})", literal(function.accept)) + std::string(definitions_, ')');
    }
    const std::string& text() const { return text_; }

  private:
    static std::string literal(circuit::Literal l) {
        if (l.node() == 0) return l == circuit::top ? "true" : "false";
        return l.complemented() ? fmt::format("(not g{})", l.node()) : fmt::format("g{}", l.node());
    }
    std::string gate(circuit::Node v) const {
        std::string terms;
        for (const circuit::Literal l : circuit_.fan_ins(v)) terms += " " + literal(l);
        return fmt::format("({}{})", circuit::row_of(circuit_.kind(v)).name, terms);
    }
    void define(circuit::Node v, const std::string& term) {
        text_ += fmt::format("(let ((g{} {})) ", v, term);
        ++definitions_;
    }

    const circuit::Circuit& circuit_;
    std::size_t definitions_ = 0;
    std::string text_;
};

}  // namespace

std::string restriction_smt(const restriction::Function& function, std::size_t fixed) {
    std::string script = "(declare-const answer Bool)\n", flags, words;
    for (std::size_t i = 1; i <= function.length(); ++i) {
        script += fmt::format("(declare-const f{0} Bool)\n(declare-const v{0} Bool)\n", i);
        flags += fmt::format(" f{}", i);
        words += fmt::format(" (x{} Bool)", i);
    }
    if (fixed < function.length()) script += fmt::format("(assert ((_ at-most {}){}))\n", fixed, flags);
    return script + fmt::format("(assert (forall ({}) {}))\n(check-sat)\n", words, Body(function).text());
}

}  // namespace attest::benchmarks
