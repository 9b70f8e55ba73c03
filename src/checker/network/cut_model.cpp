#include "checker/network/cut_model.hpp"

#include "checker/kernel/defect.hpp"

// FORMAT.md, section 15: what a part adds is what is read of a model that ends behind it, so the evaluators give it as they
// are, and no step of theirs is told twice.

namespace attest::checker {
namespace {

/// The residual, and a norm of the sum, are no part of what is added.
template <typename Part>
void keep_what_is_added(Part& part) {
    part.residual = false;
    if (part.norm && !part.norm->pre) part.norm.reset();
}

Readout of_all_coordinates(const Model& model, bool is_last) {
    Readout readout;
    const bool one = is_last && model.readout.where == Readout::Where::position;
    readout.where = one ? Readout::Where::position : Readout::Where::mean;
    readout.position = model.readout.position;
    readout.weight.columns = model.dimension;
    for (std::size_t c = 0; c < model.dimension; ++c) {
        readout.weight.rows.push_back({{c, Rational(1)}});
        readout.bias.emplace_back();
        readout.classes.push_back(std::to_string(c));
    }
    return readout;
}

}  // namespace

Model cut_behind(const Model& model, const Removed& part, bool everywhere) {
    Model cut = model;
    cut.layers.resize(part.layer);
    Layer& layer = cut.layers.back();
    if (layer.repeat.literal() != Rational(1))
        throw Defect("manifest.json: claim.instead", "the layer of a part whose mean is claimed has a repeat");
    if (part.head == 0) {
        keep_what_is_added(*layer.feedforward);
    } else {
        layer.attention->heads = {layer.attention->heads[part.head - 1]};
        keep_what_is_added(*layer.attention);
        layer.feedforward.reset();
    }
    cut.final_norm.reset();
    cut.readout = of_all_coordinates(model, !everywhere && part.layer == model.layers.size());
    return cut;
}

}  // namespace attest::checker
