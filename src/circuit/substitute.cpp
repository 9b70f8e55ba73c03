#include "circuit/substitute.hpp"

#include "attest/base/error.hpp"
#include "circuit/gates.hpp"
#include "circuit/structure.hpp"

namespace attest::circuit {

std::vector<Literal> substitute(Builder& to, const Circuit& from, std::span<const Literal> inputs,
                                std::span<const Literal> roots) {
    if (inputs.size() != from.input_count())
        throw base::InternalError("substitute: one literal for each input is needed");
    const std::vector<bool> needed = cone_of(from, roots);
    std::vector<Literal> images(from.node_count(), bottom);
    for (std::size_t k = 0; k < inputs.size(); ++k) images[from.input(k)] = inputs[k];
    const auto image = [&images](Literal l) { return images[l.node()] ^ l.complemented(); };
    for (Node v = from.first_gate(); v < from.node_count(); ++v)
        if (needed[v]) images[v] = form_again(to, from, v, image);
    std::vector<Literal> result;
    for (const Literal root : roots) result.push_back(image(root));
    return result;
}

}  // namespace attest::circuit
