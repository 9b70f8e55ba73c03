#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "attest/measure/function/measure.hpp"
#include "measure/function/diagram.hpp"

namespace attest::measure {

exact::Rational rational(const mpz_class& value);
/// numerator / 2^exponent
exact::Rational over_power_of_two(const mpz_class& numerator, unsigned exponent);
/// A number in 0 … n of which nothing is known.
verdict::Measurement unknown(unsigned n);
verdict::Measurement exactly(exact::Rational value, const std::string& method);
/// By position from 0.
std::vector<bool> bits(measure::Input x, unsigned n);

/// All measures from the truth table `m.table`.
void measure_by_table(const MeasureOptions& options, const base::Limits& limits, Measures& m);
/// What decision diagrams, solvers and samples can tell of a function without a truth table.
void measure_by_circuit(const Function& function, const MeasureOptions& options, const base::Limits& limits,
                        Measures& m);
/// Sensitivity by a solver: where it is not known, else to be compared.
void measure_by_solver(const Function& function, const MeasureOptions& options, const base::Limits& limits,
                       Measures& m);
/// Fourier weights by level, and the degree, if the diagram is small enough. Needs  the average sensitivity, exactly
void measure_weights(const measure::Diagram& d, const base::Limits& limits, Measures& m);
/// Certificates, block sensitivity and decision trees, exact or between bounds.
void measure_certificates(const measure::Diagram& d, const base::Limits& limits, Measures& m);
/// What is known in closed form of a symmetric function. Needs  m.shape->by_weight
void measure_by_weight(Measures& m);
/// Fourier weights by level of a symmetric function, and all that a shape tells. Needs  values by number of ones
void measure_by_sum(const std::vector<bool>& values, Measures& m);
/// What is still between bounds, where the circuit falls into parts of disjoint positions. Needs  a circuit
void measure_by_parts(const Function& function, const base::Limits& limits, Measures& m);
/// Takes the measure of what is left where the limits are reached.
bool out_of_limits(const base::Limits& limits, Measures& m);

}  // namespace attest::measure
