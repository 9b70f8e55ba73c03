#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "measure/function/disjoint.hpp"
#include "measuring.hpp"

// Functions that fall into parts of disjoint positions, where a table of all subcubes or the diagram of the whole left bounds.

namespace attest::measure {

namespace {

using verdict::Measurement;

/// A number that was bounded becomes exact; one that was exact must be the same.
void settle(Measurement& number, unsigned value, const std::string& method) {
    if (!number.confidence && (number.lower() > value || number.upper() < value))
        throw base::InternalError(fmt::format("a measure is {} by disjoint parts, and from {} to {} by other means",
                                              value, number.lower().get_str(), number.upper().get_str()));
    if (!number.is_exact()) number = exactly(value, method);
}

void settle(Witnessed& known, const measure::Reached& found, const std::string& method) {
    const bool was_exact = known.number.is_exact();
    settle(known.number, found.value, method);
    if (was_exact) return;
    known.input = found.input;
    known.blocks = found.blocks;
}

void settle(std::optional<Witnessed> (&sides)[2], Witnessed& all, const measure::DisjointMeasures& found,
            measure::Reached measure::DisjointMeasures::Side::*measure, unsigned n, const std::string& method) {
    const measure::Reached* most = nullptr;
    for (std::size_t v = 0; v < 2; ++v) {
        const measure::Reached& side = (*found.sides[v]).*measure;
        if (!sides[v]) sides[v] = Witnessed{unknown(n), {}, {}};
        settle(*sides[v], side, method);
        if (most == nullptr || side.value > most->value) most = &side;
    }
    settle(all, *most, method);
}

}  // namespace

void measure_by_parts(const Function& function, const base::Limits& limits, Measures& m) {
    const auto found = measure::disjoint_measures(*function.circuit, function.root, {}, limits);
    if (!found) return;
    using Side = measure::DisjointMeasures::Side;
    const std::string method = fmt::format("{} parts of disjoint positions", found->parts);
    settle(m.sensitivity_of, m.sensitivity, *found, &Side::sensitivity, m.variables, method);
    settle(m.block_sensitivity_of, m.block_sensitivity, *found, &Side::block_sensitivity, m.variables, method);
    settle(m.certificate_complexity_of, m.certificate_complexity, *found, &Side::certificate, m.variables, method);
    const measure::Reached &zero = found->sides[0]->least_certificate, &one = found->sides[1]->least_certificate;
    settle(m.certificate_minimum, one.value < zero.value ? one : zero, method);
    settle(m.decision_tree_depth, found->decision_tree_depth, method);
    settle(m.degree, found->degree, method);
}

}  // namespace attest::measure
