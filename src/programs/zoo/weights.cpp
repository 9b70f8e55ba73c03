#include "weights.hpp"

#include <cassert>

namespace attest::programs::constructions {

namespace {

exact::Matrix matrix(std::size_t width, const std::vector<Form>& rows) {
    exact::Matrix m{.columns = width, .rows = {}};
    for (const Form& form : rows) {
        auto& row = m.rows.emplace_back();
        for (const auto& [coordinate, factor] : form.terms) {
            assert(coordinate < width);
            if (factor != 0) row.emplace_back(coordinate, factor);
        }
    }
    return m;
}

/// The map that puts its r-th input into the coordinate into[r].
exact::AffineMap spread(std::size_t width, const std::vector<Coordinate>& into) {
    std::vector<Form> rows(width);
    for (Coordinate r = 0; r < into.size(); ++r) rows[into[r]] = rows[into[r]] + x(r);
    return affine(into.size(), rows);
}

exact::Expression expression(const std::string& text, const char* variables) {
    return exact::Expression::parse(text, variables, true, "zoo");
}

exact::Vector& embedding_of(network::Transformer& t, const std::string& symbol) {
    if (const auto s = t.alphabet.find(symbol)) return t.embedding[*s];
    assert(symbol == t.begin || symbol == t.end);
    return symbol == t.begin ? t.begin_embedding : t.end_embedding;
}

}  // namespace

Form x(Coordinate coordinate) {
    Form form;
    form.terms[coordinate] = 1;
    return form;
}

Form sum(Coordinate from, Coordinate to) {
    Form form;
    for (Coordinate c = from; c < to; ++c) form.terms[c] = 1;
    return form;
}

Form operator+(Form a, const Form& b) {
    for (const auto& [coordinate, factor] : b.terms) a.terms[coordinate] += factor;
    a.constant += b.constant;
    return a;
}

Form operator*(const exact::Rational& factor, const Form& a) {
    Form product;
    for (const auto& [coordinate, term] : a.terms) product.terms[coordinate] = factor * term;
    product.constant = factor * a.constant;
    return product;
}

Form operator-(const Form& a) { return -1 * a; }
Form operator-(Form a, const Form& b) { return std::move(a) + -b; }

exact::AffineMap affine(std::size_t width, const std::vector<Form>& rows) {
    exact::AffineMap map{.weight = matrix(width, rows), .bias = {}};
    bool biased = false;
    for (const Form& form : rows) {
        map.bias.push_back(form.constant);
        biased = biased || form.constant != 0;
    }
    if (!biased) map.bias.clear();
    return map;
}

network::Attention attend(std::size_t width, network::AttentionKind kind, network::Mask mask,
                          const std::vector<Look>& looks) {
    network::Attention attention;
    attention.kind = kind;
    attention.mask = mask;
    for (const Look& look : looks) {
        assert(look.query.size() == look.key.size() && look.value.size() == look.into.size());
        network::Head head;
        head.value = affine(width, look.value);
        head.output = spread(width, look.into);
        head.bias = expression(look.bias, "ijn");
        if (!look.query.empty()) {
            head.query = affine(width, look.query);
            head.key = affine(width, look.key);
        }
        attention.heads.push_back(std::move(head));
    }
    return attention;
}

network::Attention scaled(network::Attention attention, const std::string& scale) {
    attention.scale = expression(scale, "nd");
    return attention;
}

network::FeedForward add_units(std::size_t width, const std::vector<Unit>& units) {
    std::vector<Form> hidden;
    std::vector<Form> outputs(width);
    for (const Unit& unit : units) {
        outputs[unit.target] = outputs[unit.target] + unit.factor * x(static_cast<Coordinate>(hidden.size()));
        hidden.push_back(unit.inside);
    }
    network::FeedForward f = replace_by(hidden, outputs, width);
    f.residual = true;
    return f;
}

network::FeedForward replace_by(const std::vector<Form>& hidden, const std::vector<Form>& outputs, std::size_t width) {
    assert(outputs.size() == width);
    network::FeedForward f;
    f.maps = {affine(width, hidden), affine(hidden.size(), outputs)};
    f.residual = false;
    return f;
}

network::Transformer blank(const std::vector<std::string>& alphabet, std::size_t width, const std::string& begin,
                           const std::string& end) {
    network::Transformer t{.name = {},
                           .cite = {},
                           .alphabet = language::Alphabet(alphabet),
                           .begin = {},
                           .end = {},
                           .dimension = width,
                           .embedding = std::vector<exact::Vector>(alphabet.size(), exact::Vector(width)),
                           .begin_embedding = {},
                           .end_embedding = {},
                           .position = {},
                           .layers = {},
                           .readout = {}};
    if (!begin.empty()) {
        t.begin = begin;
        t.begin_embedding.resize(width);
    }
    if (!end.empty()) {
        t.end = end;
        t.end_embedding.resize(width);
    }
    t.readout.weight.resize(width);
    return t;
}

void embed(network::Transformer& transformer, const std::string& symbol,
           std::initializer_list<std::pair<Coordinate, int>> entries) {
    for (const auto& [coordinate, value] : entries) embedding_of(transformer, symbol)[coordinate] = value;
}

void place(network::Transformer& transformer, Coordinate coordinate, const std::string& text) {
    transformer.position.resize(transformer.dimension);
    transformer.position[coordinate] = expression(text, "in");
}

void accept_if_positive(network::Transformer& transformer, const Form& form, std::int64_t position) {
    for (const auto& [coordinate, factor] : form.terms) transformer.readout.weight[coordinate] = factor;
    transformer.readout.bias = form.constant;
    transformer.readout.position = position;
}

}  // namespace attest::programs::constructions
