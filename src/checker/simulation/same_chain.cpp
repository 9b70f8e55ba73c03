#include "checker/kernel/defect.hpp"
#include "checker/simulation/construction.hpp"

// Obligation `translation`: two networks have the same numbers everywhere. Zeros that are written and those that are not are
// the same; names are not looked at, nor how a number is written.

namespace attest::checker {
namespace {

[[noreturn]] void differ(const std::string& place, const std::string& found, const std::string& expected) {
    throw Defect("network.json: " + place, expected + " was expected, " + found + " was found");
}

void same(const Rational& found, const Rational& expected, const std::string& place) {
    if (found != expected) differ(place, found.get_str(), expected.get_str());
}

void same(std::size_t found, std::size_t expected, const std::string& place, const char* what) {
    if (found != expected) differ(place, std::to_string(found) + " " + what, std::to_string(expected) + " " + what);
}

void same(const Vector& found, const Vector& expected, const std::string& place, Budget& budget) {
    same(found.size(), expected.size(), place, "numbers");
    budget.step(found.size());
    for (std::size_t k = 0; k < found.size(); ++k) same(found[k], expected[k], place + "[" + std::to_string(k) + "]");
}

Vector dense(const Matrix& matrix, std::size_t row) {
    Vector x(matrix.columns);
    for (const Matrix::Entry& entry : matrix.rows[row]) x[entry.column] = entry.value.rational();
    return x;
}

void same(const Affine& found, const Affine& expected, const std::string& place, Budget& budget) {
    same(found.outputs(), expected.outputs(), place, "rows");
    same(found.inputs(), expected.inputs(), place, "columns");
    for (std::size_t r = 0; r < found.outputs(); ++r)
        same(dense(found.weight, r), dense(expected.weight, r), place + ": row " + std::to_string(r) + " ", budget);
    const auto bias = [&](const Affine& map) { return map.bias.empty() ? Vector(map.outputs()) : rationals(map.bias); };
    same(bias(found), bias(expected), place + ".bias", budget);
}

void same(const std::optional<Affine>& found, const std::optional<Affine>& expected, const std::string& place,
          Budget& budget) {
    if (found.has_value() != expected.has_value()) differ(place, found ? "a map" : "none", expected ? "a map" : "none");
    if (found) same(*found, *expected, place, budget);
}

void same(const std::vector<Affine>& found, const std::vector<Affine>& expected, const std::string& place,
          Budget& budget) {
    same(found.size(), expected.size(), place, "maps");
    for (std::size_t m = 0; m < found.size(); ++m)
        same(found[m], expected[m], place + "[" + std::to_string(m) + "]", budget);
}

void same(const std::optional<ChainAttention>& found, const std::optional<ChainAttention>& expected,
          const std::string& place, Budget& budget) {
    if (found.has_value() != expected.has_value())
        differ(place, found ? "a part" : "none", expected ? "a part" : "none");
    if (!found) return;
    if (found->kind != expected->kind) differ(place + ".kind", "another", "\"average\"");
    if (found->negative_absolute != expected->negative_absolute)
        differ(place + ".score", "another", "\"negative-absolute\"");
    same(found->heads.size(), expected->heads.size(), place, "heads");
    for (std::size_t h = 0; h < found->heads.size(); ++h) {
        const ChainHead &f = found->heads[h], &e = expected->heads[h];
        const std::string head = place + ".heads[" + std::to_string(h) + "]";
        same(f.query, e.query, head + ".query", budget);
        same(f.key, e.key, head + ".key", budget);
        same(f.value, e.value, head + ".value", budget);
        same(f.output, e.output, head + ".output", budget);
    }
}

void same(const std::vector<std::string>& found, const std::vector<std::string>& expected, const std::string& place) {
    same(found.size(), expected.size(), place, "entries");
    for (std::size_t k = 0; k < found.size(); ++k)
        if (found[k] != expected[k])
            differ(place + "[" + std::to_string(k) + "]", "\"" + found[k] + "\"", "\"" + expected[k] + "\"");
}

}  // namespace

void require_same(const Chain& found, const Chain& expected, Budget& budget) {
    same(found.alphabet, expected.alphabet, "alphabet");
    if (found.blank != expected.blank) differ("blank", found.blank ? "another" : "none", "\"" + *expected.blank + "\"");
    same(found.dimension, expected.dimension, "dimension", "coordinates");
    for (std::size_t s = 0; s < found.embedding.size(); ++s)
        same(found.embedding[s], expected.embedding[s], "encoder.embedding", budget);
    same(found.encoder_texts, expected.encoder_texts, "encoder.position");
    same(found.encoder_layers.size(), 0, "encoder.layers", "layers");
    same(found.start, expected.start, "decoder.start", budget);
    same(found.decoder_texts, expected.decoder_texts, "decoder.position");
    same(found.layers.size(), expected.layers.size(), "decoder.layers", "layers");
    for (std::size_t l = 0; l < found.layers.size(); ++l) {
        const std::string place = "decoder.layers[" + std::to_string(l) + "]";
        same(found.layers[l].self, expected.layers[l].self, place + ".self", budget);
        same(found.layers[l].cross, expected.layers[l].cross, place + ".cross", budget);
        same(found.layers[l].maps, expected.layers[l].maps, place + ".feedforward.maps", budget);
    }
    same(found.output, expected.output, "decoder.output.maps", budget);
    same(found.accept_weight, expected.accept_weight, "accept.weight", budget);
    same(found.accept_bias, expected.accept_bias, "accept.bias");
}

}  // namespace attest::checker
