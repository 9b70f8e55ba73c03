#include "checker/network/model.hpp"

#include <algorithm>
#include <set>

#include "checker/core/cursor.hpp"
#include "checker/core/manifest_fields.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/network/alphabet_reader.hpp"
#include "checker/network/array_reader.hpp"

namespace attest::checker {
namespace {

constexpr std::int64_t most_dimension = 1 << 20;
constexpr std::int64_t most_position = 1'000'000'000;

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

template <typename Choice>
Choice choose(const Cursor& at, std::initializer_list<std::pair<std::string_view, Choice>> choices) {
    for (const auto& [name, choice] : choices)
        if (at.string() == name) return choice;
    at.fail("\"" + at.string() + "\" is not known here");
}

class ModelReader {
  public:
    ModelReader(ArrayReader arrays, std::size_t dimension, Budget& budget)
        : arrays_(std::move(arrays)), d_(dimension), budget_(budget) {}

    Layer layer(const Cursor& at) const {
        at.only({"attention", "feedforward"});
        Layer layer;
        if (const auto part = at.find("attention")) layer.attention = attention(*part);
        if (const auto part = at.find("feedforward")) layer.feedforward = feedforward(*part);
        return layer;
    }

    Vector vector(const Cursor& at) const { return arrays_.vector(at, d_); }
    Rational number(const Cursor& at) const { return arrays_.number(at); }

    std::vector<Expression> position(const Cursor& at) const {
        std::vector<Expression> expressions;
        if (at.size() != d_) at.fail(std::to_string(d_) + " expressions were expected");
        for (std::size_t c = 0; c < d_; ++c)
            expressions.push_back(read_expression(at.item(c), arrays_, {"i", "n"}, budget_));
        return expressions;
    }

  private:
    Attention attention(const Cursor& at) const {
        at.only({"kind", "tie", "mask", "scale", "heads", "residual", "norm"});
        Attention attention;
        attention.place = at.place();
        const Cursor kind = at.at("kind");
        attention.kind =
            choose<Kind>(kind, {{"hard", Kind::hard}, {"average", Kind::average}, {"softmax", Kind::softmax}});
        if (const auto tie = at.find("tie"))
            attention.tie = choose<Tie>(*tie, {{"left", Tie::left}, {"right", Tie::right}});
        if (const auto mask = at.find("mask"))
            attention.mask = choose<Mask>(*mask, {{"none", Mask::none},
                                                  {"causal", Mask::causal},
                                                  {"strict", Mask::strict},
                                                  {"future", Mask::future},
                                                  {"strict-future", Mask::strict_future}});
        if (const auto scale = at.find("scale")) {
            attention.scale = read_expression(*scale, arrays_, {"n", "dk"}, budget_);
            if (attention.scale.literal().value_or(1) <= 0) scale->fail("a scale is positive");
        }
        attention.residual = residual(at);
        attention.norm = norm(at);
        const Cursor heads = at.at("heads");
        for (std::size_t h = 0; h < heads.size(); ++h) attention.heads.push_back(head(heads.item(h)));
        return attention;
    }

    Head head(const Cursor& at) const {
        at.only({"query", "key", "value", "output", "bias"});
        Head head;
        head.place = at.place();
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

    FeedForward feedforward(const Cursor& at) const {
        at.only({"maps", "residual", "norm"});
        FeedForward part;
        part.residual = residual(at);
        part.norm = norm(at);
        const Cursor maps = at.at("maps");
        if (maps.size() == 0) maps.fail("at least one map was expected");
        for (std::size_t m = 0; m < maps.size(); ++m)
            part.maps.push_back(arrays_.affine(maps.item(m), m == 0 ? d_ : part.maps.back().outputs()));
        if (part.maps.back().outputs() != d_) maps.fail("the last map must have " + std::to_string(d_) + " rows");
        return part;
    }

    /// Both parts have these two keys.
    std::optional<Norm> norm(const Cursor& at) const {
        const auto found = at.find("norm");
        if (!found || found->is(Json::Kind::null)) return std::nullopt;
        found->only({"placement", "eps", "gain", "bias"});
        Norm norm;
        norm.pre = choose<bool>(found->at("placement"), {{"pre", true}, {"post", false}});
        norm.eps = number(found->at("eps"));
        if (norm.eps < 0) found->at("eps").fail("eps is negative");
        budget_.memory(128, d_);
        norm.gain = Vector(d_, Rational(1));
        norm.bias = Vector(d_);
        if (const auto gain = found->find("gain")) norm.gain = vector(*gain);
        if (const auto bias = found->find("bias")) norm.bias = vector(*bias);
        return norm;
    }

    static bool residual(const Cursor& at) {
        const auto residual = at.find("residual");
        return residual ? residual->truth() : true;
    }

    ArrayReader arrays_;
    std::size_t d_;
    Budget& budget_;
};

void read_embedding(const Cursor& at, const ModelReader& reader, Model& model) {
    std::vector<std::string> symbols = model.alphabet;
    if (model.begin) symbols.push_back(*model.begin);
    if (model.end) symbols.push_back(*model.end);
    for (const std::string& symbol : symbols) model.embedding[symbol] = reader.vector(at.at(symbol));
    for (const Json::Member& member : at.json().members())
        if (!model.embedding.contains(member.first)) at.fail("\"" + member.first + "\" is not a symbol of the model");
}

void read_readout(const Cursor& at, const ModelReader& reader, Model& model) {
    at.only({"position", "weight", "bias"});
    const Cursor position = at.at("position");
    if (position.is(Json::Kind::string)) {
        model.readout_position = choose<long>(position, {{"first", 1}, {"last", -1}});
    } else {
        model.readout_position = position.integer(-most_position, most_position);
        if (model.readout_position == 0) position.fail("positions count from 1, or from -1 backwards");
    }
    model.readout_weight = reader.vector(at.at("weight"));
    model.readout_bias = reader.number(at.at("bias"));
}

/// The name of the companion, which lies in the directory of the certificate.
std::string plain_name(const Cursor& at) {
    constexpr std::string_view taken[] = {"manifest.json", "model.json", "language.json", "circuit.json",
                                          "formula.cnf",   "proof.lrat", "proof.xlrup"};
    if (!is_plain_name(at.string())) at.fail("\"" + at.string() + "\" is not a plain name");
    for (const std::string_view name : taken)
        if (at.string() == name) at.fail("another file of certificates has this name");
    return at.string();
}

void check_cite(const Cursor& root) {
    const auto cite = root.find("cite");
    for (std::size_t k = 0; cite && k < cite->size(); ++k) cite->item(k).string();
}

bool has_norm(const Layer& layer) {
    return (layer.attention && layer.attention->norm) || (layer.feedforward && layer.feedforward->norm);
}

/// Softmax does not mix with the other kinds, which have no norms and no transcendental numbers.
void check_kinds(const Model& model, const Cursor& root) {
    bool exact = false;
    bool transcendental = std::any_of(model.position.begin(), model.position.end(),
                                      [](const Expression& e) { return e.is_transcendental(); });
    for (const Layer& layer : model.layers) {
        if (!layer.attention) continue;
        exact = exact || layer.attention->kind != Kind::softmax;
        transcendental = transcendental || layer.attention->scale.is_transcendental();
        for (const Head& head : layer.attention->heads)
            transcendental = transcendental || head.bias.is_transcendental();
    }
    const Cursor layers = root.at("layers");
    if (model.is_soft() && exact) layers.fail("softmax attention and norms do not go with hard or average attention");
    if (transcendental && !model.is_soft())
        root.fail("an expression is transcendental, and the model is no softmax model");
}

Cursor top_of(const Json& json, const std::string& file) {
    const Cursor root(json, file + ": ");
    const std::string& format = root.at("format").string();
    if (format != "attest/model") root.at("format").fail("\"attest/model\" was expected, \"" + format + "\" was found");
    root.at("version").integer(1, 2);
    return root;
}

}  // namespace

Vector FeedForward::operator()(const Vector& x, Budget& budget) const {
    Vector y = x;
    for (std::size_t m = 0; m < maps.size(); ++m) {
        y = maps[m](y, budget);
        if (m + 1 == maps.size()) break;
        for (Rational& entry : y)
            if (entry < 0) entry = 0;
    }
    return y;
}

bool Model::is_soft() const {
    return std::any_of(layers.begin(), layers.end(), [](const Layer& layer) {
        return has_norm(layer) || (layer.attention && layer.attention->kind == Kind::softmax);
    });
}

bool Model::is_hard() const {
    return !is_soft() && std::all_of(layers.begin(), layers.end(), [](const Layer& layer) {
        return !layer.attention || layer.attention->kind == Kind::hard;
    });
}

std::optional<std::string> companion_name(const Json& json, const std::string& file) {
    const auto tensors = top_of(json, file).find("tensors");
    if (!tensors) return std::nullopt;
    return tensors->string();
}

Model read_model(std::string_view bytes, const std::string& file, const Companion& companion, Budget& budget) {
    return read_model(parse_json(bytes, file, budget), file, companion, budget);
}

Model read_model(const Json& json, const std::string& file, const Companion& companion, Budget& budget) {
    const Cursor root = top_of(json, file);
    root.only({"format", "version", "name", "cite", "alphabet", "begin", "end", "tensors", "dimension", "embedding",
               "position", "layers", "readout"});
    const auto version = static_cast<int>(root.at("version").integer(1, 2));
    Model model;
    if (const auto name = root.find("name")) model.name = name->string();
    check_cite(root);
    model.alphabet = read_alphabet(root, version == 2);
    model.begin = read_marker(root, "begin", model.alphabet);
    model.end = read_marker(root, "end", model.alphabet);
    model.dimension = static_cast<std::size_t>(root.at("dimension").integer(1, most_dimension));

    Tensors tensors;
    if (const auto named = root.find("tensors"))
        tensors = read_safetensors(companion(plain_name(*named)), named->string(), budget);
    const ModelReader reader(ArrayReader(std::move(tensors), version, budget), model.dimension, budget);
    read_embedding(root.at("embedding"), reader, model);
    if (const auto position = root.find("position")) model.position = reader.position(*position);
    const Cursor layers = root.at("layers");
    for (std::size_t l = 0; l < layers.size(); ++l) model.layers.push_back(reader.layer(layers.item(l)));
    read_readout(root.at("readout"), reader, model);
    check_kinds(model, root);
    return model;
}

}  // namespace attest::checker
