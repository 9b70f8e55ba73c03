// Positions whose symbols can be exchanged, by the form of a model.
//
// Statement. Let the positions of the word be in classes, the position that is read a class of its own, such that every
// sum over positions that the network forms (a head's numerator and denominator, a pooled readout) is, for each class,
// either over none of it, or over the whole class with one function of the symbol, or of summands into which no symbol
// of the class enters. Then the score depends on the word only through the number of each symbol in each class.
//
// Why. By induction from the embedding upwards, every coordinate that the readout needs is, at each position of one
// class, a function of the symbol there and of the counts: for the embedding the position vector settles which; affine
// maps, activations and gates act position by position; and Σ_j f(x_j) over a whole class is Σ_s count(s) f(s). Which
// function it is is told by a *form*, a number for the way in which it was made (symmetry_dependence.hpp). A norm makes
// every coordinate a function of all, so the symbol enters everywhere, except where embeddings are isometric
// (symbol_coordinates.hpp).
//
// Search. Partition refinement, as one minimises automata [hopcroft1971n]: begin with one class; where a sum breaks the
// condition, divide the class by the summands, and begin anew. Each round but the last makes a class more, so it ends;
// it ends with a partition that fulfils the condition, since the last round checked it. Equal forms are equal
// functions, but not conversely: classes may be smaller than need be, never too large.
//
// Source  [perez2021attention] for networks without positions, which read proportions of symbols; the refinement is
//         ours

#include "attest/soft/symmetry.hpp"

#include <algorithm>

#include "attest/network/at_length.hpp"
#include "network/blocks.hpp"
#include "symmetry_refinement.hpp"

namespace attest::soft {

namespace {

Classes each_alone(std::int64_t length) {
    Classes classes;
    for (std::int64_t p = 0; p < length; ++p) classes.push_back({p});
    return classes;
}

/// Classes of one position each fulfil the condition whatever the network is.
bool is_finest(const Partition& partition) {
    const auto classes = partition.classes();
    return std::all_of(classes.begin(), classes.end(), [](const auto& each) { return each.second.size() == 1; });
}

}  // namespace

Classes find_classes(const network::Transformer& model, std::int64_t length) {
    const network::AtLength at(model, length);
    const network::Transformer& transformer = *at;
    require_decision(transformer);
    if (network::has_blocks(transformer)) return each_alone(length);
    const std::int64_t n = transformer.sequence_length(length), first = transformer.begin ? 1 : 0;
    const std::int64_t readout = transformer.readout.pools() ? -1 : transformer.readout_position(n) - 1;
    Partition partition(n, first, length, readout);
    const network::Need need(transformer, n);
    const SymbolCoordinates symbol_coordinates(transformer);
    while (!is_finest(partition) && !Refinement(transformer, symbol_coordinates, n, need, partition).run()) continue;
    Classes result;
    for (const auto& [name, members] : partition.classes()) {
        auto& positions = result.emplace_back();
        for (const std::size_t p : members) positions.push_back(static_cast<std::int64_t>(p) - first);
    }
    std::sort(result.begin(), result.end());
    return result;
}

}  // namespace attest::soft
