#include <algorithm>

#include "checker/classes/network_formula.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/kernel/line_scanner.hpp"

// Section 9.5. An order is transitive and has no cycle with a strict step, but the base clauses do not say so; a
// formula that did would have a clause for each three elements. Instead the certificate lists the cycles that its proof
// needs.

namespace attest::checker {
namespace {

/// The bytes after some lines.
std::string_view after_lines(std::string_view bytes, std::size_t lines, const std::string& file) {
    for (std::size_t k = 0; k < lines; ++k) {
        const std::size_t end = bytes.find('\n');
        if (end == std::string_view::npos) throw Defect(file, "the file ends before line " + std::to_string(lines));
        bytes.remove_prefix(end + 1);
    }
    return bytes;
}

/// Throws Defect (no place) unless the literals are the complement of a cycle with a strict step.
void check_cycle(const Orders& orders, const std::vector<std::int64_t>& literals) {
    if (literals.size() < 2) throw Defect("", "a cut has at least two literals");
    bool strictly = false;
    for (std::size_t t = 0; t < literals.size(); ++t) {
        const Orders::Step step = orders.step(literals[t]);
        const Orders::Step next = orders.step(literals[(t + 1) % literals.size()]);
        if (step.order != next.order || step.lower != next.upper)
            throw Defect("", "the literals are not the complement of a cycle");
        strictly = strictly || step.strictly;
    }
    if (!strictly) throw Defect("", "no step of the cycle is strict");
}

}  // namespace

void NetworkFormula::add_cuts(std::string_view bytes, const std::string& file) {
    const std::size_t before = 1 + v_.formula.clauses();
    LineScanner lines(after_lines(bytes, before, file), file, v_.budget, before);
    std::vector<std::int64_t> literals;
    while (lines.next_line()) {
        literals.clear();
        lines.until_zero(literals);
        lines.end_line();
        try {
            check_cycle(v_.orders, literals);
        } catch (const Defect& defect) {
            throw Defect(lines.place(), defect.what());
        }
        v_.formula.add(std::vector<std::int32_t>(literals.begin(), literals.end()));
    }
}

}  // namespace attest::checker
