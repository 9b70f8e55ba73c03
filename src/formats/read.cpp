#include "guhat/read.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/base/text.hpp"
#include "attest/formats/file.hpp"
#include "read_arrays.hpp"
#include "read_symbols.hpp"

// The reader of model files: what a key may hold is checked where it is read, and what keys have to do with one
// another (kinds, norms) right after.

namespace attest::formats {

namespace {

constexpr std::int64_t greatest_dimension = 1 << 20;
constexpr std::int64_t furthest_position = 1'000'000'000;
constexpr std::size_t longest_name = 255;
/// Rows of all matrices of a model together, since a few bytes can ask for many.
constexpr std::size_t most_rows_in_all = 1 << 22;

/// The value that a name stands for.
template <typename T, std::size_t K>
T choose(const base::JsonNode& node, const std::array<std::pair<const char*, T>, K>& choices) {
    const std::string& name = node.as_string();
    std::string expected = "one of";
    for (const auto& [choice, value] : choices) {
        if (name == choice) return value;
        expected += fmt::format(" \"{}\"", choice);
    }
    node.fail(expected);
}

constexpr std::array<std::pair<const char*, network::AttentionKind>, 3> kinds = {
    {{"hard", network::AttentionKind::hard},
     {"average", network::AttentionKind::average},
     {"softmax", network::AttentionKind::softmax}}};
constexpr std::array<std::pair<const char*, network::Tie>, 2> ties = {
    {{"left", network::Tie::left}, {"right", network::Tie::right}}};
constexpr std::array<std::pair<const char*, network::Mask>, 5> masks = {
    {{"none", network::Mask::none},
     {"causal", network::Mask::causal},
     {"strict", network::Mask::strict},
     {"future", network::Mask::future},
     {"strict-future", network::Mask::strict_future}}};
constexpr std::array<std::pair<const char*, network::Norm::Placement>, 2> placements = {
    {{"pre", network::Norm::Placement::pre}, {"post", network::Norm::Placement::post}}};

bool is_guhat(const base::JsonNode& root) {
    return root.value().is_object() && root.has("format") && root.at("format").value().is_string() &&
           root.at("format").as_string() == "attest/guhat";
}

class Reader {
  public:
    Reader(const base::JsonNode& root, Tensors tensors) : root_(root), tensors_(std::move(tensors)) {}

    network::Transformer read(const std::string& default_name) {
        if (is_guhat(root_)) root_.at("format").fail("\"attest/model\"");  // said first: its keys are others
        if (root_.has("version")) tensors_.version = root_.at("version").as_integer(1, 2);  // what is a key, it says
        allow_keys(root_,
                   {"format", "version", "name", "cite", "alphabet", "begin", "end", "dimension", "embedding",
                    "position", "layers", "readout", "tensors"},
                   {"max_length", "norm", "source"});
        check_header();
        softmax_ = is_softmax();
        network::Transformer t;
        t.alphabet = read_alphabet(root_, tensors_.version == 2);
        t.name = root_.has("name") ? root_.at("name").as_string() : default_name;
        if (root_.has("cite"))
            for (const base::JsonNode& key : root_.at("cite").elements()) t.cite.push_back(key.as_string());
        t.begin = read_marker(root_, "begin", t.alphabet);
        t.end = read_marker(root_, "end", t.alphabet);
        d_ = static_cast<std::size_t>(root_.at("dimension").as_integer(1, greatest_dimension));
        t.dimension = d_;
        read_embedding(t);
        if (root_.has("position")) {
            if (root_.at("position").value().is_object()) allow_keys(root_.at("position"), {}, {"table", "first"});
            const std::vector<base::JsonNode> expressions = root_.at("position").elements();
            if (expressions.size() != d_)
                root_.at("position").fail(fmt::format("{} expressions", d_), std::to_string(expressions.size()));
            for (const base::JsonNode& e : expressions) t.position.push_back(read_expression(e, "in"));
        }
        for (const base::JsonNode& layer : root_.at("layers").elements()) t.layers.push_back(read_layer(layer));
        t.readout = read_readout(root_.at("readout"));
        return t;
    }

  private:
    void check_header() const {
        if (root_.at("format").as_string() != "attest/model") root_.at("format").fail("\"attest/model\"");
        (void)root_.at("version").as_integer(1, 2);
    }

    /// The keys of an object at this place, and those that version 2 has besides and that are not read yet.
    void allow_keys(const base::JsonNode& node, const std::vector<std::string>& keys,
                    const std::vector<std::string>& later) const {
        for (const std::string& key : later)
            if (tensors_.version == 2 && node.has(key)) not_yet(node, "key", key);
        node.allow_keys(keys);
    }

    [[noreturn]] static void not_yet(const base::JsonNode& node, const std::string& what, const std::string& name) {
        throw base::InputError(node.where(), fmt::format("version 2 {} \"{}\" is not supported yet", what, name));
    }

    /// A value that version 2 has besides and that is not read yet.
    void refuse_later(const base::JsonNode& node, const std::vector<std::string>& later) const {
        if (tensors_.version == 1 || !node.value().is_string()) return;
        const std::string& value = node.as_string();
        if (std::find(later.begin(), later.end(), value) != later.end()) not_yet(node, "value", value);
    }

    exact::Expression read_expression(const base::JsonNode& node, const char* variables) const {
        if (tensors_.version == 2 && node.value().is_object()) return exact::Expression(read_number(node, tensors_));
        return exact::read_expression(node, variables, softmax_);
    }

    /// Whether some layer attends by softmax or normalises; needed before expressions are read.
    bool is_softmax() const {
        bool softmax = false, other = false;
        const base::JsonNode* normed = nullptr;
        std::vector<base::JsonNode> norms;
        for (const base::JsonNode& layer : root_.at("layers").elements())
            for (const char* part : {"attention", "feedforward"}) {
                if (!layer.has(part)) continue;
                const base::JsonNode node = layer.at(part);
                if (node.has("norm") && !node.at("norm").value().is_null()) norms.push_back(node.at("norm"));
                if (std::string_view(part) != "attention") continue;
                refuse_later(node.at("kind"), {"sparsemax"});
                const bool is = choose(node.at("kind"), kinds) == network::AttentionKind::softmax;
                (is ? softmax : other) = true;
                if (softmax && other) node.at("kind").fail("softmax in all layers or in none");
            }
        if (!norms.empty()) normed = &norms.front();
        if (normed != nullptr && other) normed->fail("no norm in a model with hard or average attention");
        return softmax || normed != nullptr;
    }

    void read_embedding(network::Transformer& t) const {
        const base::JsonNode object = root_.at("embedding");
        std::vector<std::string> symbols = t.alphabet.symbols();
        for (const auto& marker : {t.begin, t.end})
            if (marker) symbols.push_back(*marker);
        const bool named =
            std::find(symbols.begin(), symbols.end(), "matrix") != symbols.end();  // a symbol of this name
        allow_keys(object, symbols, named ? std::vector<std::string>{} : std::vector<std::string>{"matrix"});
        const auto read = [&](const std::string& symbol) {
            if (!object.has(symbol))
                object.fail(fmt::format("an embedding of each symbol, also of \"{}\"", base::printable(symbol)),
                            "none");
            return read_vector(object.at(symbol), d_, tensors_);
        };
        for (const std::string& symbol : t.alphabet.symbols()) t.embedding.push_back(read(symbol));
        if (t.begin) t.begin_embedding = read(*t.begin);
        if (t.end) t.end_embedding = read(*t.end);
    }

    network::Layer read_layer(const base::JsonNode& node) const {
        allow_keys(node, {"attention", "feedforward"}, {"repeat"});
        network::Layer layer;
        if (node.has("attention")) layer.attention = read_attention(node.at("attention"));
        if (node.has("feedforward")) layer.feedforward = read_feedforward(node.at("feedforward"));
        return layer;
    }

    network::Attention read_attention(const base::JsonNode& node) const {
        allow_keys(node, {"kind", "tie", "mask", "scale", "heads", "residual", "norm"}, {"rotary"});
        network::Attention a;
        a.kind = choose(node.at("kind"), kinds);
        if (node.has("tie")) a.tie = choose(node.at("tie"), ties);
        if (node.has("mask")) a.mask = choose(node.at("mask"), masks);
        if (node.has("scale")) a.scale = read_expression(node.at("scale"), "nd");
        if (a.scale.is_constant() && a.scale.steps()[0].constant <= 0) node.at("scale").fail("a positive scale");
        for (const base::JsonNode& head : node.at("heads").elements()) a.heads.push_back(read_head(head));
        if (node.has("residual")) a.residual = node.at("residual").as_bool();
        a.norm = read_norm(node);
        return a;
    }

    exact::AffineMap read_map(const base::JsonNode& node, std::size_t inputs,
                              std::optional<std::size_t> outputs) const {
        exact::AffineMap map = read_affine(node, inputs, outputs, tensors_);
        rows_ += map.outputs();
        if (rows_ > most_rows_in_all)
            node.fail(fmt::format("at most {} rows in all matrices together", most_rows_in_all), "more");
        return map;
    }

    network::Head read_head(const base::JsonNode& node) const {
        allow_keys(node, {"query", "key", "value", "output", "bias"}, {"tie", "mask"});
        network::Head head;
        if (node.has("query") != node.has("key"))
            node.fail("query and key, both or neither", node.has("query") ? "query only" : "key only");
        if (node.has("query")) {
            head.query = read_map(node.at("query"), d_, std::nullopt);
            head.key = read_map(node.at("key"), d_, head.query->outputs());
        }
        head.value = read_map(node.at("value"), d_, std::nullopt);
        head.output = read_map(node.at("output"), head.value.outputs(), d_);
        if (node.has("bias")) head.bias = read_expression(node.at("bias"), "ijn");
        return head;
    }

    network::FeedForward read_feedforward(const base::JsonNode& node) const {
        allow_keys(node, {"maps", "residual", "norm"}, {"activation", "gate"});
        network::FeedForward f;
        const std::vector<base::JsonNode> maps = node.at("maps").elements();
        if (maps.empty()) node.at("maps").fail("at least one map");
        std::size_t inputs = d_;
        for (std::size_t k = 0; k < maps.size(); ++k) {
            const bool last = k + 1 == maps.size();
            f.maps.push_back(read_map(maps[k], inputs, last ? std::optional(d_) : std::nullopt));
            inputs = f.maps.back().outputs();
        }
        if (node.has("residual")) f.residual = node.at("residual").as_bool();
        f.norm = read_norm(node);
        return f;
    }

    std::optional<network::Norm> read_norm(const base::JsonNode& part) const {
        if (!part.has("norm") || part.at("norm").value().is_null()) return std::nullopt;
        const base::JsonNode node = part.at("norm");
        allow_keys(node, {"placement", "eps", "gain", "bias"}, {"kind"});
        network::Norm norm;
        norm.placement = choose(node.at("placement"), placements);
        norm.eps = read_number(node.at("eps"), tensors_);
        if (norm.eps < 0) node.at("eps").fail("a number that is not negative");
        norm.gain =
            node.has("gain") ? read_vector(node.at("gain"), d_, tensors_) : exact::Vector(d_, exact::Rational(1));
        norm.bias = node.has("bias") ? read_vector(node.at("bias"), d_, tensors_) : exact::Vector(d_);
        return norm;
    }

    network::Readout read_readout(const base::JsonNode& node) const {
        allow_keys(node, {"position", "weight", "bias"}, {"classes", "accept"});
        network::Readout readout;
        const base::JsonNode position = node.at("position");
        if (position.value().is_string()) {
            refuse_later(position, {"each", "mean", "sum"});
            constexpr std::array<std::pair<const char*, std::int64_t>, 2> names = {{{"first", 1}, {"last", -1}}};
            readout.position = choose(position, names);
        } else {
            readout.position = position.as_integer(-furthest_position, furthest_position);
            if (readout.position == 0) position.fail("a position from 1, or from -1 backwards");
        }
        readout.weight = read_vector(node.at("weight"), d_, tensors_);
        readout.bias = read_number(node.at("bias"), tensors_);
        return readout;
    }

    base::JsonNode root_;
    Tensors tensors_;
    bool softmax_ = false;
    std::size_t d_ = 0;
    mutable std::size_t rows_ = 0;
};

/// A certificate keeps the companion beside files of these names.
bool is_file_of_certificates(const std::string& name) {
    static const std::set<std::string> names = {"manifest.json", "model.json", "language.json", "circuit.json",
                                                "formula.cnf",   "proof.lrat", "proof.xlrup"};
    return names.contains(name);
}

/// The name of the companion file, empty if there is none.
std::string companion(const base::JsonNode& root) {
    if (!root.has("tensors")) return {};
    const base::JsonNode node = root.at("tensors");
    const std::string& name = node.as_string();
    if (name.empty() || name.size() > longest_name || name == "." || name == ".." ||
        name.find('/') != std::string::npos || name.find('\0') != std::string::npos)
        node.fail("the plain name of a file beside the model file, since a certificate keeps both in one directory");
    if (is_file_of_certificates(name)) node.fail("a name that no other file of a certificate has");
    return name;
}

network::Transformer parse(const base::Json& document, const std::string& name, const std::string& tensor_name,
                           const std::string& tensor_bytes) {
    Tensors tensors;
    if (!tensor_name.empty()) tensors.file = read_tensors(tensor_bytes, tensor_name);
    return Reader(base::JsonNode(document, name), std::move(tensors)).read(std::filesystem::path(name).stem().string());
}

/// The bytes of a safetensors file; one whose header makes no sense is not read whole.
std::string read_tensor_file(const std::string& path) {
    constexpr std::size_t most = std::size_t{1} << 34;
    if (const std::string beginning = base::read_beginning(path, 9); beginning.size() == 9 && beginning[8] != '{')
        throw base::InputError(path,
                               "a safetensors file (8 bytes of header length, then a header that starts with '{')",
                               base::printable(beginning.substr(8)));
    return base::read_file(path, most);
}

/// The model of a document that was read from this path, with its companion.
ModelFile model_file(const base::Json& document, const std::string& path, std::string bytes) {
    const std::string tensor_name = companion(base::JsonNode(document, path));
    std::string tensor_bytes, tensor_path;
    if (!tensor_name.empty()) {
        tensor_path = (std::filesystem::path(path).parent_path() / tensor_name).string();
        tensor_bytes = read_tensor_file(tensor_path);
    }
    network::Transformer transformer = parse(document, path, tensor_path, tensor_bytes);
    return {std::move(transformer), std::move(bytes), tensor_name, std::move(tensor_bytes)};
}

}  // namespace

ModelFile read_model(const std::string& path) {
    std::string bytes = base::read_file(path);
    const base::Json document = base::Json::parse(bytes, path);
    return model_file(document, path, std::move(bytes));
}

std::variant<ModelFile, GuhatFile> read_model_or_guhat(const std::string& path) {
    std::string bytes = base::read_file(path);
    const base::Json document = base::Json::parse(bytes, path);
    const base::JsonNode root(document, path);
    if (!is_guhat(root)) return model_file(document, path, std::move(bytes));
    return GuhatFile{read_guhat(root, std::filesystem::path(path).stem().string()), std::move(bytes)};
}

network::Transformer parse_model(const std::string& json, const std::string& name, const std::string& tensors) {
    const base::Json document = base::Json::parse(json, name);
    return parse(document, name, companion(base::JsonNode(document, name)), tensors);
}

network::Guhat parse_guhat(const std::string& json, const std::string& name) {
    const base::Json document = base::Json::parse(json, name);
    return read_guhat(base::JsonNode(document, name), std::filesystem::path(name).stem().string());
}

}  // namespace attest::formats
