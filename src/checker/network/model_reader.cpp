#include <algorithm>
#include <set>

#include "checker/core/cursor.hpp"
#include "checker/core/manifest_fields.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/network/alphabet_reader.hpp"
#include "checker/network/array_reader.hpp"
#include "checker/network/layer_reader.hpp"
#include "checker/network/model.hpp"
#include "checker/network/readout_reader.hpp"

// The top level of a model file (MODEL.md, sections 5, 9.1 and 9.2).

namespace attest::checker {
namespace {

constexpr std::int64_t most_dimension = 1 << 20;
constexpr std::int64_t most_position = 1'000'000'000;
constexpr std::int64_t most_length = 1'000'000'000;

std::vector<std::string> symbols_of(const Model& model) {
    std::vector<std::string> symbols = model.alphabet;
    if (model.begin) symbols.push_back(*model.begin);
    if (model.end) symbols.push_back(*model.end);
    return symbols;
}

/// Needs an object with a member for each symbol of the model and nothing else.
void check_symbols(const Cursor& at, const std::vector<std::string>& symbols) {
    for (const std::string& symbol : symbols) at.at(symbol);
    const std::set<std::string> known(symbols.begin(), symbols.end());
    for (const Json::Member& member : at.json().members())
        if (!known.contains(member.first)) at.fail("\"" + member.first + "\" is not a symbol of the model");
}

/// The entries of a row, zeros included, drawn from the budget: several symbols may name one row.
KeptVector row_of(const Matrix& matrix, std::size_t row, Budget& budget) {
    budget.memory(64, matrix.columns);
    KeptVector entries(matrix.columns);
    for (const Matrix::Entry& entry : matrix.rows[row]) {
        budget.memory(8 * digits_of(entry.value));
        entries[entry.column] = entry.value;
    }
    return entries;
}

void read_embedding_rows(const Cursor& at, const ArrayReader& arrays, Model& model, Budget& budget) {
    at.only({"matrix", "rows"});
    const Matrix matrix = arrays.matrix(at.at("matrix"), model.dimension);
    const Cursor rows = at.at("rows");
    const std::vector<std::string> symbols = symbols_of(model);
    check_symbols(rows, symbols);
    for (const std::string& symbol : symbols) {
        const std::int64_t row = rows.at(symbol).integer(0, static_cast<std::int64_t>(matrix.rows.size()) - 1);
        model.embedding[symbol] = row_of(matrix, static_cast<std::size_t>(row), budget);
    }
}

void read_embedding(const Cursor& at, const ArrayReader& arrays, Model& model, Budget& budget) {
    const std::vector<std::string> symbols = symbols_of(model);
    const bool by_rows = arrays.version() >= 2 && at.has("matrix") &&
                         std::find(symbols.begin(), symbols.end(), "matrix") == symbols.end();
    if (by_rows) return read_embedding_rows(at, arrays, model, budget);
    for (const std::string& symbol : symbols) model.embedding[symbol] = arrays.vector(at.at(symbol), model.dimension);
    check_symbols(at, symbols);
}

PositionTable read_position_table(const Cursor& at, const ArrayReader& arrays, std::size_t dimension, Budget& budget) {
    at.only({"table", "first"});
    const Matrix matrix = arrays.matrix(at.at("table"), dimension);
    PositionTable table;
    for (std::size_t k = 0; k < matrix.rows.size(); ++k) table.rows.push_back(row_of(matrix, k, budget));
    if (const auto first = at.find("first")) table.first = first->integer(-most_position, most_position);
    return table;
}

void read_position(const Cursor& at, const ArrayReader& arrays, Model& model, Budget& budget) {
    if (arrays.version() >= 2 && at.is(Json::Kind::object)) {
        model.table = read_position_table(at, arrays, model.dimension, budget);
        return;
    }
    if (at.size() != model.dimension) at.fail(std::to_string(model.dimension) + " expressions were expected");
    for (std::size_t c = 0; c < model.dimension; ++c)
        model.position.push_back(read_expression(at.item(c), arrays, {"i", "n"}, budget));
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

/// Where the model came from, which is for people.
void check_source(const Cursor& at) {
    at.only({"family", "file", "sha256", "assumed"});
    at.at("family").string();
    at.at("file").string();
    read_digest(at.at("sha256"));
    const auto assumed = at.find("assumed");
    if (!assumed) return;
    if (!assumed->is(Json::Kind::object)) assumed->expected("an object");
    for (const Json::Member& member : assumed->json().members()) {
        const Cursor value = assumed->at(member.first);
        const bool plain = value.is(Json::Kind::string) || value.is(Json::Kind::boolean) ||
                           value.is(Json::Kind::integer) || value.is(Json::Kind::number);
        if (!plain) value.expected("a text, a number, true or false");
    }
}

bool has_transcendental(const Model& model) {
    const auto is_transcendental = [](const Expression& e) { return e.is_transcendental(); };
    const auto some = [&](const std::vector<Expression>& list) {
        return std::any_of(list.begin(), list.end(), is_transcendental);
    };
    if (some(model.position) || some(model.readout.bias)) return true;
    return std::any_of(model.layers.begin(), model.layers.end(), [&](const Layer& layer) {
        if (!layer.attention) return false;
        const std::vector<Head>& heads = layer.attention->heads;
        return is_transcendental(layer.attention->scale) ||
               std::any_of(heads.begin(), heads.end(), [&](const Head& head) { return is_transcendental(head.bias); });
    });
}

/// What is not exact does not mix with hard and average attention, and transcendental numbers stand there alone.
void check_kinds(const Model& model, const Cursor& root) {
    const bool chooses = std::any_of(model.layers.begin(), model.layers.end(), [](const Layer& layer) {
        return layer.attention && (layer.attention->kind == Kind::hard || layer.attention->kind == Kind::average);
    });
    if (model.is_soft() && chooses)
        root.at("layers").fail("softmax attention and norms do not go with hard or average attention");
    if (has_transcendental(model) && !model.is_soft())
        root.fail("an expression is transcendental, and the model is no softmax model");
}

Cursor top_of(const Json& json, const std::string& file) {
    const Cursor root(json, file + ": ");
    const std::string& format = root.at("format").string();
    if (format != "attest/model") root.at("format").fail("\"attest/model\" was expected, \"" + format + "\" was found");
    root.at("version").integer(1, 2);
    return root;
}

void check_keys(const Cursor& root, int version) {
    const std::initializer_list<std::string_view> keys = {"format",   "version", "name",    "cite",      "alphabet",
                                                          "begin",    "end",     "tensors", "dimension", "embedding",
                                                          "position", "layers",  "readout"};
    if (version == 1) root.only(keys);
    else root.only(keys, {"max_length", "source", "norm"});
}

/// What stands beside the layers.
void read_frame(const Cursor& root, int version, Model& model) {
    if (const auto name = root.find("name")) model.name = name->string();
    check_cite(root);
    model.alphabet = read_alphabet(root, version == 2);
    model.begin = read_marker(root, "begin", model.alphabet);
    model.end = read_marker(root, "end", model.alphabet);
    model.dimension = static_cast<std::size_t>(root.at("dimension").integer(1, most_dimension));
    if (const auto length = root.find("max_length"))
        model.max_length = static_cast<std::size_t>(length->integer(0, most_length));
    if (const auto source = root.find("source")) check_source(*source);
}

void read_norms(const Cursor& root, const LayerReader& layers, Model& model) {
    const auto norms = root.find("norm");
    if (!norms) return;
    norms->only({"embedding", "final"});
    model.embedding_norm = layers.norm(*norms, "embedding", false);
    model.final_norm = layers.norm(*norms, "final", false);
}

}  // namespace

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
    const auto version = static_cast<int>(root.at("version").integer(1, 2));
    check_keys(root, version);
    Model model;
    read_frame(root, version, model);
    Tensors tensors;
    if (const auto named = root.find("tensors"))
        tensors = read_safetensors(companion(plain_name(*named)), named->string(), budget);
    const ArrayReader arrays(std::move(tensors), version, budget);
    const LayerReader reader(arrays, model.dimension, budget);
    read_embedding(root.at("embedding"), arrays, model, budget);
    if (const auto position = root.find("position")) read_position(*position, arrays, model, budget);
    read_norms(root, reader, model);
    const Cursor layers = root.at("layers");
    // Layers hold rationals, which a vector that grows would copy.
    budget.memory(layers.size(), sizeof(Layer));
    model.layers.reserve(layers.size());
    for (std::size_t l = 0; l < layers.size(); ++l) model.layers.push_back(reader.layer(layers.item(l)));
    model.readout = read_readout(root.at("readout"), arrays, model.dimension, budget);
    check_kinds(model, root);
    return model;
}

}  // namespace attest::checker
