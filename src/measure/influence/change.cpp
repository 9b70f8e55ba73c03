// What one replacement does to the output, over all words of a set: two runs of the network, before and after, followed
// together through all positions up to the last attention (propagation.cpp), and from there on at the readout position
// (readout_change.cpp). How a head's mean moves is the heart of it (mean_change.cpp).
//
// Source  [hahn2020theoretical, Lemma 5], whose induction over layers this is, with intervals for its constants

#include "attest/measure/influence/change.hpp"

#include "propagation.hpp"
#include "readout_change.hpp"

namespace attest::influence {

namespace {

/// The class that is the readout position; behind all classes if there is none.
std::size_t readout_class(const Network& net, const std::vector<std::int32_t>& partition) {
    for (std::size_t k = 0; k < partition.size(); ++k) {
        const PositionClass& c = net.classes[static_cast<std::size_t>(partition[k])];
        if (c.members.size() == 1 && c.members[0] == net.readout) return k;
    }
    return partition.size();
}

}  // namespace

Change enclose_change(const Network& network, const std::vector<std::int32_t>& partition, const Counts& words,
                      Replacement replacement) {
    const TwoRuns runs{network,
                       partition,
                       words,
                       replacement,
                       network.symbols,
                       network.dimension,
                       partition.size(),
                       readout_class(network, partition)};
    Propagation vectors(runs);
    for (std::size_t l = 0; l < network.last_attention; ++l) vectors.step(network.layers[l]);
    Change result = change_at_readout(runs, vectors, network.last_attention);
    result.work += vectors.work() + runs.classes * runs.symbols * runs.dimension * network.layers.size() * 8;
    return result;
}

}  // namespace attest::influence
