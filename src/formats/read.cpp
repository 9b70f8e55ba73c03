#include "guhat/read.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/formats/file.hpp"
#include "base/text.hpp"
#include "program/read.hpp"
#include "read_arrays.hpp"
#include "read_layers.hpp"
#include "read_source.hpp"
#include "read_symbols.hpp"
#include "told_positions.hpp"

// The reader of model files: what a key may hold is checked where it is read, and what keys have to do with one
// another (kinds, norms) right after. Layers, norms and the readout are read by read_layers and read_readout.

namespace attest::formats {

namespace {

constexpr std::int64_t greatest_dimension = 1 << 20;
constexpr std::size_t longest_name = 255;

bool is_guhat(const base::JsonNode& root) {
    return root.value().is_object() && root.has("format") && root.at("format").value().is_string() &&
           root.at("format").as_string() == "attest/guhat";
}

class Reader {
  public:
    Reader(const base::JsonNode& root, Tensors tensors) : root_(root), document_{std::move(tensors)} {}

    network::Transformer read(const std::string& default_name) {
        if (is_guhat(root_) || is_program(root_))
            root_.at("format").fail("\"attest/model\"");  // said first: its keys are others
        // What is a key, the version says.
        if (root_.has("version")) document_.tensors.version = root_.at("version").as_integer(1, 2);
        allow_keys(document_, root_,
                   {"format", "version", "name", "cite", "alphabet", "begin", "end", "dimension", "embedding",
                    "position", "layers", "readout", "tensors"},
                   {"max_length", "norm", "source"});
        check_header();
        document_.softmax = is_softmax(root_, document_);
        network::Transformer t;
        read_head(t, default_name);
        document_.dimension = static_cast<std::size_t>(root_.at("dimension").as_integer(1, greatest_dimension));
        t.dimension = document_.dimension;
        read_embedding(t);
        if (root_.has("position")) read_position(t);
        if (!t.max_length) t.max_length = told_max_length(t);
        if (root_.has("norm")) read_norms(t);
        for (const base::JsonNode& layer : root_.at("layers").elements())
            t.layers.push_back(read_layer(layer, document_));
        t.readout = read_readout(root_.at("readout"), document_);
        return t;
    }

  private:
    void check_header() const {
        if (root_.at("format").as_string() != "attest/model") root_.at("format").fail("\"attest/model\"");
        (void)root_.at("version").as_integer(1, 2);
    }

    void read_head(network::Transformer& t, const std::string& default_name) const {
        t.alphabet = read_alphabet(root_, document_.is_version_2());
        t.name = root_.has("name") ? root_.at("name").as_string() : default_name;
        if (root_.has("cite"))
            for (const base::JsonNode& key : root_.at("cite").elements()) t.cite.push_back(key.as_string());
        t.begin = read_marker(root_, "begin", t.alphabet);
        t.end = read_marker(root_, "end", t.alphabet);
        if (root_.has("max_length")) t.max_length = root_.at("max_length").as_integer(0, furthest_position);
        if (root_.has("source")) t.source = read_source(root_.at("source"));
    }

    /// Takes what stands at a symbol for its embedding.
    template <typename Read>
    void embed(network::Transformer& t, const base::JsonNode& object, const Read& read) const {
        std::vector<std::string> symbols = t.alphabet.symbols();
        for (const auto& marker : {t.begin, t.end})
            if (marker) symbols.push_back(*marker);
        object.allow_keys(symbols);
        const auto of = [&](const std::string& symbol) {
            if (!object.has(symbol))
                object.fail(fmt::format("an embedding of each symbol, also of \"{}\"", base::printable(symbol)),
                            "none");
            return read(object.at(symbol));
        };
        for (const std::string& symbol : t.alphabet.symbols()) t.embedding.push_back(of(symbol));
        if (t.begin) t.begin_embedding = of(*t.begin);
        if (t.end) t.end_embedding = of(*t.end);
    }

    void read_embedding(network::Transformer& t) {
        const base::JsonNode object = root_.at("embedding");
        const bool symbol = t.alphabet.find("matrix") || t.begin == "matrix" || t.end == "matrix";
        if (document_.is_version_2() && object.has("matrix") && !symbol) {
            read_rows(t, object);
            return;
        }
        embed(t, object, [&](const base::JsonNode& node) { return read_vector(node, t.dimension, document_.tensors); });
    }

    /// Symbols name rows of one matrix.
    void read_rows(network::Transformer& t, const base::JsonNode& object) {
        object.allow_keys({"matrix", "rows"});
        const exact::Matrix matrix = read_matrix(object.at("matrix"), t.dimension, std::nullopt, document_.tensors);
        document_.rows += matrix.row_count();
        if (matrix.row_count() == 0) object.at("matrix").fail("a row for each symbol", "no rows");
        embed(t, object.at("rows"), [&](const base::JsonNode& node) {
            const std::int64_t row = node.as_integer(0, static_cast<std::int64_t>(matrix.row_count()) - 1);
            return exact::dense_row(matrix, static_cast<std::size_t>(row));
        });
    }

    void read_position(network::Transformer& t) {
        const base::JsonNode node = root_.at("position");
        if (document_.is_version_2() && node.value().is_object()) {
            node.allow_keys({"table", "first"});
            const exact::Matrix table = read_matrix(node.at("table"), t.dimension, std::nullopt, document_.tensors);
            document_.rows += table.row_count();
            network::PositionTable& positions = t.position_table.emplace();
            for (std::size_t r = 0; r < table.row_count(); ++r) positions.rows.push_back(exact::dense_row(table, r));
            if (node.has("first")) positions.first = node.at("first").as_integer(-furthest_position, furthest_position);
            return;
        }
        const std::vector<base::JsonNode> expressions = node.elements();
        if (expressions.size() != t.dimension)
            node.fail(fmt::format("{} expressions", t.dimension), std::to_string(expressions.size()));
        for (const base::JsonNode& e : expressions) t.position.push_back(read_expression(e, "in", document_));
    }

    void read_norms(network::Transformer& t) const {
        const base::JsonNode node = root_.at("norm");
        if (node.value().is_null()) return;
        node.allow_keys({"embedding", "final"});
        const auto read = [&](const char* key) -> std::optional<network::Norm> {
            if (!node.has(key) || node.at(key).value().is_null()) return std::nullopt;
            return read_norm(node.at(key), document_, false);
        };
        t.embedding_norm = read("embedding");
        t.final_norm = read("final");
    }

    base::JsonNode root_;
    Document document_;
};

/// A certificate keeps the companion beside files of these names.
bool is_file_of_certificates(const std::string& name) {
    static const std::set<std::string> names = {"manifest.json", "model.json", "language.json", "circuit.json",
                                                "formula.cnf",   "proof.lrat", "proof.xlrup",   "other.json"};
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

NetworkFile read_network(const std::string& path) {
    std::string bytes = base::read_file(path);
    const base::Json document = base::Json::parse(bytes, path);
    const base::JsonNode root(document, path);
    const std::string name = std::filesystem::path(path).stem().string();
    if (is_program(root)) return ProgramFile{read_program(root, name), std::move(bytes)};
    if (is_guhat(root)) return GuhatFile{read_guhat(root, name), std::move(bytes)};
    return model_file(document, path, std::move(bytes));
}

network::Program parse_program(const std::string& json, const std::string& name) {
    const base::Json document = base::Json::parse(json, name);
    return read_program(base::JsonNode(document, name), std::filesystem::path(name).stem().string());
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
