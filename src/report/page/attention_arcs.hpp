#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "attest/network/evaluate.hpp"
#include "attest/network/guhat.hpp"
#include "attest/soft/evaluate.hpp"
#include "report/svg.hpp"

namespace attest::report {

/// Where the heads of a network looked on one word.
struct Attention {
    std::vector<std::string> symbols;  ///< of the sequence
    std::vector<std::vector<std::vector<std::vector<std::int64_t>>>>
        attended;  ///< [layer][head][position from 0]: positions from 1
    std::vector<std::vector<std::vector<std::vector<double>>>> weights;  ///< of the same; empty where heads choose
    std::vector<std::vector<bool>>
        reached;           ///< [boundary][position from 0]: whether the value there flows to the readout
    std::size_t read = 0;  ///< the position that is read, from 0
};
Attention attention_of(const network::Transformer& transformer, const language::Word& word,
                       const network::Trace& trace);
Attention attention_of(const network::Guhat& tables, const language::Word& word, const network::GuhatTrace& trace);
/// Weights below a hundredth of the greatest are left out.
Attention attention_of(const network::Transformer& transformer, const language::Word& word,
                       const std::vector<soft::HeadSeen>& heads);

/// A panel a layer: positions in a row, and an arc from each asking position to what it attends to, strong where the value
/// flows to the readout on this word.
///
/// marked  positions of the sequence, from 1, that stand out
/// outcome what to write beside the position that is read
/// Gives   nothing where there is too much to see: more than 64 positions, or 600 strong arcs
std::optional<Svg> attention_arcs(const Attention& attention, const std::set<std::int64_t>& marked,
                                  const std::string& title, const std::string& outcome);

}  // namespace attest::report
