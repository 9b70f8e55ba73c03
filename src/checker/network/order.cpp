#include "checker/network/order.hpp"

#include "checker/kernel/defect.hpp"

// FORMAT.md, section 32.1: nothing is evaluated. Each line here is one of the conditions there, and what the induction
// there does not speak of is refused.

namespace attest::checker {
namespace {

void require_without(const Expression& expression, long Bindings::*variable, const char* name,
                     const std::string& place) {
    if (expression.uses(variable)) throw Defect(place, std::string(name) + " occurs in it");
}

void require_no_order_of_heads(const Attention& attention, bool proportions) {
    for (const Head& head : attention.heads) {
        if (head.mask != Mask::none) throw Defect(head.place, "it has a mask");
        require_without(head.bias, &Bindings::i, "i", head.place + ".bias");
        require_without(head.bias, &Bindings::j, "j", head.place + ".bias");
        if (proportions) require_without(head.bias, &Bindings::n, "n", head.place + ".bias");
    }
}

void require_readout_of_all(const Model& model, bool proportions) {
    const Readout& readout = model.readout;
    const std::string place = "model.json: readout";
    switch (readout.where) {
        case Readout::Where::mean: break;
        case Readout::Where::sum:
            if (proportions) throw Defect(place, "a sum grows with the word");
            break;
        case Readout::Where::position: {
            const bool framed = (readout.position == 1 && model.begin) || (readout.position == -1 && model.end);
            if (!framed) throw Defect(place, "the position that is read is one of the word");
            break;
        }
        case Readout::Where::each: throw Defect(place, "each position is read");
    }
    if (!proportions) return;
    for (const Expression& bias : readout.bias) require_without(bias, &Bindings::n, "n", place + ".bias");
}

}  // namespace

void require_no_order(const Layer& layer, bool proportions) {
    if (proportions) require_without(layer.repeat, &Bindings::n, "n", layer.place + ".repeat");
    if (!layer.attention) return;
    const Attention& attention = *layer.attention;
    if (attention.kind == Kind::hard)
        throw Defect(attention.place, "of several positions of greatest score it takes one");
    if (proportions && attention.kind == Kind::sparsemax)
        throw Defect(attention.place, "sparsemax depends on how often a score comes");
    if (attention.rotary) throw Defect(attention.place + ".rotary", "scores depend on positions");
    if (proportions) require_without(attention.scale, &Bindings::n, "n", attention.place + ".scale");
    require_no_order_of_heads(attention, proportions);
}

void require_no_order(const Model& model, bool proportions) {
    if (model.table) throw Defect("model.json: position", "there is a table of positions");
    for (std::size_t c = 0; c < model.position.size(); ++c) {
        const std::string place = "model.json: position[" + std::to_string(c) + "]";
        require_without(model.position[c], &Bindings::i, "i", place);
        if (proportions) require_without(model.position[c], &Bindings::n, "n", place);
    }
    if (proportions && (model.begin || model.end))
        throw Defect("model.json", "a begin or end symbol has a share that depends on the length");
    for (const Layer& layer : model.layers) require_no_order(layer, proportions);
    require_readout_of_all(model, proportions);
}

}  // namespace attest::checker
