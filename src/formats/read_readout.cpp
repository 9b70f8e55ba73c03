#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "read_choice.hpp"
#include "read_layers.hpp"

namespace attest::formats {

namespace {

using Reading = network::Readout::Reading;

struct Place {
    Reading reading;
    std::int64_t position;
};
constexpr Choices<Place, 5> places = {{{"first", {Reading::one, 1}},
                                       {"last", {Reading::one, -1}},
                                       {"each", {Reading::each, -1}},
                                       {"mean", {Reading::mean, -1}},
                                       {"sum", {Reading::sum, -1}}}};

Place read_place(const base::JsonNode& node, const Document& document) {
    if (node.value().is_string()) return choose(node, places, document.is_version_2() ? places.size() : 2);
    const std::int64_t position = node.as_integer(-furthest_position, furthest_position);
    if (position == 0) node.fail("a position from 1, or from -1 backwards");
    return {Reading::one, position};
}

/// Which classes are accepted: some, and not all.
std::vector<bool> read_accept(const base::JsonNode& node, const std::vector<std::string>& names) {
    std::vector<bool> accept(names.size(), false);
    for (const base::JsonNode& element : node.elements()) {
        const std::string& name = element.as_string();
        const auto at = std::find(names.begin(), names.end(), name);
        if (at == names.end()) element.fail("the name of a class");
        const auto c = static_cast<std::size_t>(at - names.begin());
        if (accept[c]) element.fail("each class once", fmt::format("\"{}\" again", base::printable(name)));
        accept[c] = true;
    }
    const auto count = std::count(accept.begin(), accept.end(), true);
    if (count == 0) node.fail("at least one class");
    if (count == static_cast<std::ptrdiff_t>(names.size())) node.fail("a class that is not accepted", "none");
    return accept;
}

network::Classes read_classes(const base::JsonNode& node, Reading reading, Document& document) {
    network::Classes classes;
    const base::JsonNode list = node.at("classes");
    for (const base::JsonNode& element : list.elements()) {
        const std::string& name = element.as_string();
        if (std::find(classes.names.begin(), classes.names.end(), name) != classes.names.end())
            element.fail("each class once", fmt::format("\"{}\" again", base::printable(name)));
        classes.names.push_back(name);
    }
    const std::size_t count = classes.names.size();
    if (count == 0) list.fail("at least one class");
    classes.logits.weight = read_matrix(node.at("weight"), document.dimension, count, document.tensors);
    document.rows += count;
    if (node.has("bias")) classes.logits.bias = read_vector(node.at("bias"), count, document.tensors);
    if (!node.has("accept")) return classes;
    if (reading == Reading::each) node.at("accept").fail("no accept where each position has a class");
    classes.accept = read_accept(node.at("accept"), classes.names);
    return classes;
}

}  // namespace

network::Readout read_readout(const base::JsonNode& node, Document& document) {
    allow_keys(document, node, {"position", "weight", "bias"}, {"classes", "accept"});
    network::Readout readout;
    const Place place = read_place(node.at("position"), document);
    readout.reading = place.reading;
    readout.position = place.position;
    if (node.has("classes")) {
        readout.classes = read_classes(node, place.reading, document);
        return readout;
    }
    if (node.has("accept")) node.fail("classes beside accept", "none");
    if (place.reading == Reading::each) node.fail("classes where each position is read", "none");
    readout.weight = read_vector(node.at("weight"), document.dimension, document.tensors);
    const base::JsonNode bias = node.at("bias");
    const bool expression = document.is_version_2() && bias.value().is_string();
    if (expression) readout.bias_in_n = read_expression(bias, "n", document);
    else readout.bias = read_number(bias, document.tensors);
    // A quotient of numbers is a number.
    if (expression && !readout.bias_in_n->uses(exact::Operation::variable_n) &&
        !readout.bias_in_n->is_transcendental()) {
        readout.bias = readout.bias_in_n->evaluate({});
        readout.bias_in_n.reset();
    }
    return readout;
}

}  // namespace attest::formats
