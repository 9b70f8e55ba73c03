#pragma once

#include <string>
#include <vector>

#include "attest/network/program.hpp"
#include "value_sets.hpp"

namespace attest::programs::rasp {

/// How the output is read.
struct Reading {
    bool every = true;                ///< at each position of the word; else at the last of the sequence
    std::vector<std::string> accept;  ///< answers that accept; empty: T, if the output is of truths
};

struct Lowered {
    network::Program program;
    /// Where Python stops with an error and the program goes on, in words.
    std::vector<std::string> beyond;
};

/// The operator as a program over finite values, for words of the frame: tables of what each step gives for the values that it
/// may meet there. Truths that are put out are the texts T and F.
///
/// Throws  Unsupported where values are too many; InputError where there is none
/// Cost    O(lengths · operators · positions² · values²)
Lowered lower(const Graph& graph, Graph::Sop output, const Frame& frame, const Reading& reading,
              const std::string& name);

}  // namespace attest::programs::rasp
