#include "checker/network/layer_reader.hpp"

#include "checker/kernel/defect.hpp"

// MODEL.md, sections 6, 7 and 9.3 to 9.6. A key of version 2 in a model of version 1 is refused as unknown: a reader of
// version 1 would have passed over it, and the two would mean different models.

namespace attest::checker {
namespace {

constexpr std::int64_t most_first = 1'000'000'000;
constexpr std::int64_t most_repeats = 65'536;

bool read_residual(const Cursor& at) {
    const auto residual = at.find("residual");
    return residual ? residual->truth() : true;
}

/// What a head says of ties and mask, or else the attention part.
void read_tie_and_mask(const Cursor& at, Head& head) {
    if (const auto tie = at.find("tie")) head.tie = choose<Tie>(*tie, {{"left", Tie::left}, {"right", Tie::right}});
    if (const auto mask = at.find("mask"))
        head.mask = choose<Mask>(*mask, {{"none", Mask::none},
                                         {"causal", Mask::causal},
                                         {"strict", Mask::strict},
                                         {"future", Mask::future},
                                         {"strict-future", Mask::strict_future}});
}

Kind read_kind(const Cursor& at, bool later) {
    if (later && at.string() == "sparsemax") return Kind::sparsemax;
    return choose<Kind>(at, {{"hard", Kind::hard}, {"average", Kind::average}, {"softmax", Kind::softmax}});
}

}  // namespace

Expression read_expression(const Cursor& at, const ArrayReader& arrays, const std::vector<std::string>& variables,
                           Budget& budget) {
    budget.memory(256);
    if (!at.is(Json::Kind::string)) return Expression(arrays.number(at));
    try {
        return Expression(at.string(), variables, budget);
    } catch (const Defect& defect) {
        at.fail(defect.what());
    }
}

void LayerReader::only(const Cursor& at, std::initializer_list<std::string_view> keys,
                       std::initializer_list<std::string_view> later) const {
    if (is_later()) at.only(keys, later);
    else at.only(keys);
}

Layer LayerReader::layer(const Cursor& at) const {
    only(at, {"attention", "feedforward"}, {"repeat"});
    Layer layer;
    layer.place = at.place();
    if (const auto times = at.find("repeat")) layer.repeat = repeat(*times);
    if (const auto part = at.find("attention")) layer.attention = attention(*part);
    if (const auto part = at.find("feedforward")) layer.feedforward = feedforward(*part);
    return layer;
}

Expression LayerReader::repeat(const Cursor& at) const {
    Expression times = read_expression(at, arrays_, {"n"}, budget_);
    if (times.is_transcendental()) at.fail("how often a layer stands is not transcendental");
    const Rational number = times.literal().value_or(1);
    if (number.get_den() != 1 || number < 0 || number > most_repeats)
        at.fail("a layer stands a whole number of times, at most " + std::to_string(most_repeats));
    return times;
}

Attention LayerReader::attention(const Cursor& at) const {
    only(at, {"kind", "tie", "mask", "scale", "heads", "residual", "norm"}, {"rotary"});
    Attention attention;
    attention.place = at.place();
    attention.kind = read_kind(at.at("kind"), is_later());
    Head defaults;
    read_tie_and_mask(at, defaults);
    if (const auto scale = at.find("scale")) {
        attention.scale = read_expression(*scale, arrays_, {"n", "dk"}, budget_);
        if (attention.scale.literal().value_or(1) <= 0) scale->fail("a scale is positive");
    }
    attention.residual = read_residual(at);
    attention.norm = norm(at, "norm", true);
    const Cursor heads = at.at("heads");
    for (std::size_t h = 0; h < heads.size(); ++h) attention.heads.push_back(head(heads.item(h), defaults));
    if (const auto turned = at.find("rotary")) attention.rotary = rotary(*turned, attention);
    return attention;
}

Head LayerReader::head(const Cursor& at, const Head& defaults) const {
    only(at, {"query", "key", "value", "output", "bias"}, {"tie", "mask"});
    Head head = defaults;
    head.place = at.place();
    read_tie_and_mask(at, head);
    if (at.has("query") != at.has("key")) at.fail("query and key are both there or both absent");
    if (const auto query = at.find("query")) {
        head.query = arrays_.affine(*query, d_);
        head.key = arrays_.affine(at.at("key"), d_);
        if (head.query->outputs() != head.key->outputs()) at.fail("query and key differ in rows");
    }
    head.value = arrays_.affine(at.at("value"), d_);
    head.output = arrays_.affine(at.at("output"), head.value.outputs());
    if (head.output.outputs() != d_) at.at("output").fail(std::to_string(d_) + " rows were expected");
    if (const auto bias = at.find("bias")) head.bias = read_expression(*bias, arrays_, {"i", "j", "n"}, budget_);
    return head;
}

Rotary LayerReader::rotary(const Cursor& at, const Attention& attention) const {
    at.only({"base", "dims", "pairing", "first", "factor"});
    if (attention.kind != Kind::softmax && attention.kind != Kind::sparsemax)
        at.fail("only softmax and sparsemax attention turns queries and keys");
    Rotary rotary;
    rotary.base = arrays_.number(at.at("base"));
    if (rotary.base <= 0) at.at("base").fail("a base is positive");
    rotary.dims = static_cast<std::size_t>(at.at("dims").integer(2, std::int64_t{1} << 20));
    if (rotary.dims % 2 != 0) at.at("dims").fail("an even number was expected");
    rotary.halves = choose<bool>(at.at("pairing"), {{"half", true}, {"interleaved", false}});
    if (const auto first = at.find("first")) rotary.first = first->integer(-most_first, most_first);
    rotary.factor = at.has("factor") ? arrays_.number(at.at("factor")) : Rational(1);
    if (rotary.factor <= 0) at.at("factor").fail("a factor is positive");
    for (const Head& head : attention.heads)
        if (head.query && head.query->outputs() < rotary.dims)
            at.at("dims").fail("a query has only " + std::to_string(head.query->outputs()) + " rows");
    return rotary;
}

FeedForward LayerReader::feedforward(const Cursor& at) const {
    only(at, {"maps", "residual", "norm"}, {"activation", "slope", "gate"});
    FeedForward part;
    part.residual = read_residual(at);
    part.norm = norm(at, "norm", true);
    const Cursor maps = at.at("maps");
    if (maps.size() == 0) maps.fail("at least one map was expected");
    for (std::size_t m = 0; m < maps.size(); ++m)
        part.maps.push_back(arrays_.affine(maps.item(m), m == 0 ? d_ : part.maps.back().outputs()));
    if (part.maps.back().outputs() != d_) maps.fail("the last map must have " + std::to_string(d_) + " rows");
    read_activation(at, part);
    if (const auto gate = at.find("gate")) read_gate(*gate, part);
    return part;
}

void LayerReader::read_activation(const Cursor& at, FeedForward& part) const {
    if (const auto name = at.find("activation"))
        part.activation = choose<ActivationFunction>(*name, {{"relu", ActivationFunction::relu},
                                                             {"leaky-relu", ActivationFunction::leaky_relu},
                                                             {"gelu", ActivationFunction::gelu},
                                                             {"gelu-tanh", ActivationFunction::gelu_tanh},
                                                             {"silu", ActivationFunction::silu},
                                                             {"tanh", ActivationFunction::tanh},
                                                             {"sigmoid", ActivationFunction::sigmoid}});
    const bool leaky = part.activation == ActivationFunction::leaky_relu;
    if (!leaky && at.has("slope")) at.at("slope").fail("only leaky-relu has a slope");
    if (!leaky) return;
    part.slope = arrays_.number(at.at("slope"));
    if (part.slope < 0 || part.slope > 1) at.at("slope").fail("a slope is a number from 0 to 1");
}

void LayerReader::read_gate(const Cursor& at, FeedForward& part) const {
    part.gate = arrays_.affine(at, d_);
    if (part.maps.size() != 2) at.fail("with a gate there are two maps");
    if (part.gate->outputs() != part.maps[0].outputs()) at.fail("a gate has as many rows as the first map");
}

std::optional<Norm> LayerReader::norm(const Cursor& at, const char* key, bool placement) const {
    const auto found = at.find(key);
    if (!found || found->is(Json::Kind::null)) return std::nullopt;
    if (placement) only(*found, {"placement", "eps", "gain", "bias"}, {"kind"});
    else found->only({"kind", "eps", "gain", "bias"});
    Norm norm;
    if (placement) norm.pre = choose<bool>(found->at("placement"), {{"pre", true}, {"post", false}});
    if (const auto kind = found->find("kind")) norm.rms = choose<bool>(*kind, {{"layer", false}, {"rms", true}});
    norm.eps = arrays_.number(found->at("eps"));
    if (norm.eps < 0) found->at("eps").fail("eps is negative");
    budget_.memory(128, d_);
    const auto gain = found->find("gain"), bias = found->find("bias");
    norm.gain = gain ? arrays_.vector(*gain, d_) : KeptVector(d_, Rational(1));
    norm.bias = bias ? arrays_.vector(*bias, d_) : KeptVector(d_);
    return norm;
}

}  // namespace attest::checker
