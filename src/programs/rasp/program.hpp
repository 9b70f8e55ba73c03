#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "attest/base/limits.hpp"
#include "graph.hpp"
#include "lower.hpp"
#include "syntax.hpp"

// RASP: the language of Weiss et al. [weiss2021thinking], as its interpreter (tech-srl/RASP) reads it. A program is evaluated
// where no word is needed - functions, lists, loops - and what is left is a graph of s-operators.

namespace attest::programs::rasp {

/// The text of another file, by the path that `load` makes. Throws as the reader of files does.
using Load = std::function<std::string(const std::string& path)>;

struct Program {
    Graph graph;
    Graph::Sop output = 0;
    std::string output_name;
    Directives directives;
    /// What was read and has no part in the function: `draw, line 3`.
    std::vector<std::string> ignored;
    std::vector<std::string> loaded;  ///< texts of the files that were loaded, in order
};

/// Reads and evaluates a program. `file` is its path, which messages name; `output`, unless it is empty, names what is put out.
/// Files are loaded beside it.
///
/// Throws  InputError `FILE:line N, column M`; Unsupported beyond the limits
/// Cost    what the program computes; no recursion, so that nothing nests too deep
Program evaluate(std::string_view text, const std::string& file, const std::string& output, const Load& load,
                 const base::Limits& limits);

}  // namespace attest::programs::rasp
