// How vectors depend on the word, part by part; the argument is at the head of symmetry.cpp.

#include "symmetry_refinement.hpp"

namespace attest::soft {

using network::Norm;

Refinement::Refinement(const network::Transformer& transformer, const SymbolCoordinates& symbol_coordinates,
                       std::int64_t n, const network::Need& need, Partition& partition)
    : t_(transformer),
      n_(static_cast<std::size_t>(n)),
      need_(need),
      partition_(partition),
      classes_(partition.classes()),
      symbol_coordinates_(symbol_coordinates),
      isometric_(n_, symbol_coordinates_.are_isometric()) {}

bool Refinement::run() {
    embed();
    if (t_.embedding_norm) norm_all(*t_.embedding_norm);
    for (std::size_t l = 0; l < t_.layers.size(); ++l) {
        if (t_.layers[l].attention && !attend(l)) return false;
        if (t_.layers[l].feedforward) feed(l);
    }
    if (t_.final_norm) norm_all(*t_.final_norm);
    return !t_.readout.pools() || pool();
}

/// The symbol at a position that is a class by itself is no other thing than its counts.
void Refinement::embed() {
    std::vector<bool> shares(n_, false);
    for (const auto& [name, members] : classes_)
        for (const std::size_t p : members) shares[p] = members.size() > 1;
    vectors_.assign(n_, Dependences(t_.dimension));
    std::vector<exact::Vector> rows;
    for (std::size_t p = 0; t_.position_table && p < n_; ++p)
        rows.push_back(network::position_vector(t_, position(p), static_cast<std::int64_t>(n_)));
    for (std::size_t c = 0; c < t_.dimension; ++c) {
        const std::vector<int> forms = position_forms(c, rows);
        for (std::size_t p = 0; p < n_; ++p) vectors_[p][c] = {symbol_coordinates_.contain(c) && shares[p], forms[p]};
    }
}

/// Of one coordinate, by position. rows: of the table of positions, if there is one
std::vector<int> Refinement::position_forms(std::size_t c, const std::vector<exact::Vector>& rows) {
    exact::Vector values;
    values.reserve(n_);
    if (c < t_.position.size() && t_.position[c].uses(exact::Operation::variable_i)) {
        const exact::Expression& added = t_.position[c];
        const auto n = static_cast<std::int64_t>(n_);
        if (added.is_transcendental()) {
            std::vector<int> forms;
            for (std::size_t p = 0; p < n_; ++p) forms.push_back(forms_.named("at " + std::to_string(p)));
            return forms;
        }
        for (std::size_t p = 0; p < n_; ++p) values.push_back(added.evaluate({.i = position(p), .n = n}));
    } else if (!rows.empty()) {
        for (const exact::Vector& row : rows) values.push_back(row[c]);
    } else {
        return std::vector<int>(n_, forms_.named(""));
    }
    return forms_.of_values(values);
}

Dependences Refinement::normed(std::size_t p, const Dependences& from) {
    const Dependence all = forms_.combined(from);
    Dependences to(from.size(), all);
    for (std::size_t c = 0; isometric_[p] && c < to.size(); ++c)
        to[c].symbol = all.symbol && symbol_coordinates_.contain(c);
    return to;
}

Dependences Refinement::normed_before(const std::optional<Norm>& norm, std::size_t p) {
    return norm && norm->placement == Norm::Placement::pre ? normed(p, vectors_[p]) : vectors_[p];
}

void Refinement::norm_after(const std::optional<Norm>& norm, std::size_t p, Dependences& vector) {
    if (!norm || norm->placement != Norm::Placement::post) return;
    vector = normed(p, vector);
    isometric_[p] = isometric_[p] && symbol_coordinates_.stay_isometric_after(*norm);
}

void Refinement::norm_all(const Norm& norm) {
    for (std::size_t p = 0; p < n_; ++p) {
        vectors_[p] = normed(p, vectors_[p]);
        isometric_[p] = isometric_[p] && symbol_coordinates_.stay_isometric_after(norm);
    }
}

/// Whether the symbol enters nowhere but in the coordinates in which embeddings differ.
bool Refinement::keeps_symbols_inside(const Dependences& vector) const {
    for (std::size_t c = 0; c < vector.size(); ++c)
        if (vector[c].symbol && !symbol_coordinates_.contain(c)) return false;
    return true;
}

void Refinement::feed(std::size_t l) {
    const network::FeedForward& part = *t_.layers[l].feedforward;
    for (std::size_t p = 0; p < n_; ++p) {
        if (needed(l + 1, p).empty()) continue;
        Dependences x = through_maps(part, normed_before(part.norm, p));
        for (std::size_t c = 0; part.residual && c < x.size(); ++c) x[c] = forms_.combined({x[c], vectors_[p][c]});
        vectors_[p] = std::move(x);
        isometric_[p] = isometric_[p] && part.residual && !part.maps.empty() &&
                        symbol_coordinates_.are_spared_by(part.maps.back()) && keeps_symbols_inside(vectors_[p]);
        norm_after(part.norm, p, vectors_[p]);
    }
}

Dependences Refinement::through_maps(const network::FeedForward& part, const Dependences& input) {
    Dependences x = input;
    for (std::size_t k = 0; k < part.maps.size(); ++k) {
        x = forms_.through(part.maps[k], x);
        if (!part.gate || k > 0) continue;
        const Dependences gate = forms_.through(*part.gate, input);
        for (std::size_t r = 0; r < x.size(); ++r) x[r] = forms_.combined({x[r], gate[r]});
    }
    return x;
}

/// A readout of all positions is a sum over them of each coordinate that it weighs.
bool Refinement::pool() {
    for (const std::uint32_t c : need_.readout().list)
        for (const auto& [name, members] : classes_) {
            std::map<Dependence, std::vector<std::size_t>> kinds;
            bool symbol = false;
            for (const std::size_t p : members) {
                symbol = symbol || vectors_[p][c].symbol;
                kinds[vectors_[p][c]].push_back(p);
            }
            if (!symbol || kinds.size() == 1) continue;
            partition_.divide(kinds);
            return false;
        }
    return true;
}

}  // namespace attest::soft
