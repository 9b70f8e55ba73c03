#pragma once

#include <optional>
#include <string>
#include <vector>

#include "attest/measure/function/measure.hpp"
#include "attest/network/transformer.hpp"

namespace attest::measure {

/// What a theorem says, and what it says here.
struct Bound {
    enum class Status {
        holds,    ///< the numbers are sharp enough to see it
        open,     ///< they are not
        vacuous,  ///< it says nothing at this length
        quoted    ///< its constant is not published, so nothing is compared
    };
    std::string statement;  ///< `D <= C0 C1`
    std::string here;       ///< `4 <= 6`
    Status status = Status::open;
    std::string source;  ///< key of the bibliography, or `by definition`
};

const char* to_string(Bound::Status status);

/// Where a function comes from, as far as theorems ask.
struct Origins {
    const network::Transformer* transformer = nullptr;
    std::size_t depth = 0, gates = 0;  ///< of an AND circuit with free complements; 0 gates: none is known
    std::optional<std::size_t> width;  ///< if that circuit is a DNF or CNF: the literals of its longest term or clause
};

/// transformer  the function's, if it is a model's
Origins origins(const Function& function, const network::Transformer* transformer);

/// Each proved inequality between the measures, held against their values.
///
/// Throws  InternalError for one that does not hold: then we, or a proof, are wrong
std::vector<Bound> bounds(const Measures& m, const Origins& origins);

}  // namespace attest::measure
