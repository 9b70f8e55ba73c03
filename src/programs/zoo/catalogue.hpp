#pragma once

#include <functional>
#include <string>
#include <vector>

#include "attest/programs/zoo.hpp"

namespace attest::programs::constructions {

/// A number in the name of a family: `K` in `dyck-K-depth-D`.
struct Parameter {
    char letter;
    int least;
    int greatest;
};

using Numbers = std::vector<int>;

/// One row of the zoo. A construction that is no family has no parameters and ignores the numbers.
struct Row {
    ZooEntry entry;
    std::function<network::Transformer(const Numbers&)> build;
    std::vector<Parameter> parameters = {};
    std::function<std::string(const Numbers&)> language = {};  ///< of one member; empty: that of the entry
    std::function<std::string(const Numbers&)> lengths = {};   ///< likewise
    std::function<std::string(const Numbers&)> objection =
        {};  ///< why numbers in their ranges do not go together, or ""
};

/// All rows, in order of their names.
const std::vector<Row>& catalogue();

}  // namespace attest::programs::constructions
