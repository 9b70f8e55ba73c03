// From the first attention layer, in which one summand was exchanged (exchanged_head.cpp), to the logit.
//
// After the first attention every position has another vector. What follows depends on how many layers attend:
//
// - one: nothing follows it but the readout position, which takes its mean again (`from_first`);
// - two: positions go block by block through the layers between, and into the sums of the last attention, whose keys
//   and values are never formed (last_attention.cpp, `by_last_attention`). Where the last map of a feed-forward part
//   between them is dense, it need not be applied either: scores and sums are linear in its units (`by_last_units`);
// - more: the layers between are computed whole (`by_layers`).

#include "exchange.hpp"

#include <algorithm>

namespace attest::influence {

using network::Norm;

Exchange::Exchange(const ForwardPass& net, const language::Word& word)
    : net_(net),
      word_(word),
      first_(net, word, net.attentions.size() > 1),
      last_(net.attentions.back()),
      sums_units_(sums_units()),
      unchanged_(influence::logit(net, word)) {}

double Exchange::logit(std::size_t p, language::Symbol to) {
    first_.exchange(p + net_.first, to);
    const double logit = net_.attentions.size() == 1  ? from_first()
                         : net_.attentions.size() > 2 ? by_layers()
                         : sums_units_                ? by_last_units()
                                                      : by_last_attention();
    if (first_.keeps_digits()) return logit;
    language::Word other = word_;
    other[p] = to;
    return influence::logit(net_, other);
}

double Exchange::from_first() {
    const std::size_t block = net_.readout_position / lanes;
    Block room;
    LastAttention readout(net_, first_.layer(), first_.inputs(block, room));
    for (std::size_t b = 0; b < net_.blocks; ++b) readout.add(b, first_.inputs(b, room));
    return readout.finish(first_.vectors(block).data());
}

double Exchange::by_layers() {
    ForwardPass::Sequence y(net_.blocks * net_.d * lanes);
    for (std::size_t b = 0; b < net_.blocks; ++b) before_next_attention(b, net_.block(y, b));
    for (std::size_t l = net_.attentions[1]; l < last_; ++l) net_.step(l, y);
    return read(net_, last_, y);
}

double Exchange::by_last_attention() {
    const std::size_t readout_block = net_.readout_position / lanes;
    const FloatLayer& layer = net_.layers[last_];
    const auto norm = [&](Block& block) {
        if (is(layer.attention_norm, Norm::Placement::pre)) net_.normalise_block(*layer.attention_norm, block.data());
    };
    Block own(net_.d * lanes), y(net_.d * lanes);
    before_next_attention(readout_block, own.data());
    Block own_normed = own;
    norm(own_normed);
    LastAttention readout(net_, last_, own_normed.data());
    for (std::size_t b = 0; b < net_.blocks; ++b) {
        if (b == readout_block) {
            readout.add(b, own_normed.data());
            continue;
        }
        before_next_attention(b, y.data());
        norm(y);
        readout.add(b, y.data());
    }
    return readout.finish(own.data());
}

/// Whether only a feed-forward part, whose last map need not be applied, is between two attentions. A sparse map is
/// applied sooner than its units are summed, and what cancels in it is better gone before sums are formed.
bool Exchange::sums_units() const {
    const std::size_t first = first_.layer();
    const FloatLayer &layer = net_.layers[first], &next = net_.layers[last_];
    if (last_ != first + 1 || !layer.feeds || layer.maps.size() < 2 ||
        is(layer.feedforward_norm, Norm::Placement::post) || is(next.attention_norm, Norm::Placement::pre))
        return false;
    std::size_t products = 0, units = 0;
    for (const FloatMap::Row& row : layer.maps.back().rows) {
        products += row.columns.size();
        for (const std::uint32_t u : row.columns) units = std::max<std::size_t>(units, u + 1);
    }
    return products > 2 * next.heads.size() * units;
}

double Exchange::by_last_units() {
    const FloatLayer& layer = net_.layers[first_.layer()];
    Block own(net_.d * lanes), y(net_.d * lanes), units;
    before_next_attention(net_.readout_position / lanes, own.data());
    LastAttention readout(net_, last_, own.data(), &layer.maps.back());
    for (std::size_t b = 0; b < net_.blocks; ++b) {
        first_.after(b, y.data());
        net_.units(layer, y.data(), units);
        readout.add_units(b, layer.feedforward_residual ? y.data() : nullptr, units.data());
    }
    return readout.finish(own.data());
}

/// Block b after the first attention layer and those up to the next one.
void Exchange::before_next_attention(std::size_t b, double* y) {
    first_.after(b, y);
    const std::size_t first = first_.layer();
    net_.feed(net_.layers[first], y);
    for (std::size_t l = first + 1; l < last_ && net_.layers[l].heads.empty(); ++l) net_.step_block(net_.layers[l], y);
}

}  // namespace attest::influence
