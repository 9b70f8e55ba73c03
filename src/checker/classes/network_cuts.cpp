#include <algorithm>

#include "checker/classes/network_formula.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/kernel/line_scanner.hpp"

// Section 9.5: clauses that hold because an order has no cycle.

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

}  // namespace

void NetworkFormula::add_cuts(std::string_view bytes, const std::string& file) {
    const std::size_t before = 1 + formula_.clauses();
    LineScanner lines(after_lines(bytes, before, file), file, budget_, before);
    std::vector<std::int64_t> literals;
    while (lines.next_line()) {
        literals.clear();
        lines.until_zero(literals);
        lines.end_line();
        const std::string place = lines.place();
        if (literals.size() < 2) throw Defect(place, "a cut has at least two literals");
        try {
            bool strictly = false;
            for (std::size_t t = 0; t < literals.size(); ++t) {
                const Orders::Step step = orders_.step(literals[t]);
                const Orders::Step next = orders_.step(literals[(t + 1) % literals.size()]);
                if (step.order != next.order || step.lower != next.upper)
                    throw Defect(place, "the literals are not the complement of a cycle");
                strictly = strictly || step.strictly;
            }
            if (!strictly) throw Defect(place, "no step of the cycle is strict");
        } catch (const Defect& defect) {
            throw Defect(place, defect.what());
        }
        formula_.add(std::vector<std::int32_t>(literals.begin(), literals.end()));
    }
}

}  // namespace attest::checker
