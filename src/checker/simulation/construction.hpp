#pragma once

#include "checker/simulation/chain.hpp"
#include "checker/simulation/turing.hpp"

namespace attest::checker {

/// Where FORMAT.md, section 28.3, puts the blocks of a vector.
struct Blocks {
    explicit Blocks(const TuringMachine& normal);

    std::size_t q, a;  ///< states, symbols
    std::size_t q1, s1, x1, q2, s2, x2, x3, x4, x5, s3, x6, s4, x7, x8, x9, x10, x11, d;
};

/// The weight w that the network has in the query of the last visit.
///
/// Throws  Defect: it has no such query
Rational last_visit_weight(const Chain& chain, const Blocks& at);

/// The network of section 28.3 for a normal form.
Chain construct(const TuringMachine& normal, const Rational& weight, Budget& budget);

/// Throws  Defect (place) where they are not the same in all that they compute with: the symbols and every number
void require_same(const Chain& found, const Chain& expected, Budget& budget);

/// Obligation `table`: the maps of the first layer and of the output, on all cases (section 28.4).
///
/// Gives   how many cases there are
/// Throws  Defect
std::size_t check_tables(const Chain& chain, const TuringMachine& normal, Budget& budget);

/// Obligation `margin`: the seven polynomials of section 28.5 for this w.
///
/// Gives   how many coefficients they have
/// Throws  Defect
std::size_t check_margins(const Rational& weight, Budget& budget);

/// The output that stands for a configuration.
Vector output_of(const Moment& moment, const Blocks& at, std::size_t dimension);

}  // namespace attest::checker
