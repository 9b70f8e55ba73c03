#include "checker/classes/network_formula.hpp"

// A network of the class is a table: for each query position and value of each head an order of the pairs (position,
// value), for each tuple of own value and attended pairs the value that comes of it, and at the end the set of accepted
// tuples. The formula has variables for the entries of this table, which all words share, and for each word variables
// for what happens on it: what each head attends to, and the value of each position after each layer. Its clauses say
// that the happenings follow the table and that each word is accepted iff it is in the language. So its solutions are
// the networks that compute the language, each with its runs (FORMAT.md sections 9.1 to 9.3). The class is that of Hahn
// (2020) and Hao, Angluin and Frank (2022); Boolean variables for it are ours.

namespace attest::checker {

NetworkFormula::NetworkFormula(const NetworkClass& c, const NetworkWords& words, const std::vector<std::string>& breaks,
                               Budget& budget)
    : symmetry_(c, words, breaks, budget), v_(c, words, budget) {
    write_base();
    write_symmetry(v_, symmetry_, heads_, candidates_);
}

/// Section 9.3. In the last layer only the readout attends.
void NetworkFormula::write_base() {
    const std::size_t words = v_.words.words.size();
    for (std::size_t l = 1; l <= v_.c.layers; ++l) {
        const bool last = l == v_.c.layers;
        if (v_.c.sees_positions) {
            const std::size_t n = v_.positions(0);
            for (std::size_t i = last ? n : 1; i <= n; ++i)
                for (std::size_t x = 0; x < words; ++x) attend({l, i, x});
        } else {
            for (std::size_t x = 0; x < words; ++x)
                for (std::size_t i = last ? v_.positions(x) : 1; i <= v_.positions(x); ++i) attend({l, i, x});
        }
    }
}

void NetworkFormula::attend(const Query& q) {
    std::vector<Candidates> heads;
    for (std::size_t h = 1; h <= v_.c.heads; ++h) {
        v_.budget.step(8);
        v_.budget.memory(32);
        Candidates all = candidates(q, h);
        if (all.empty()) continue;  // it sees nothing that it may attend to, and has no part in what follows
        heads_.write(q, h, all);
        heads.push_back(std::move(all));
    }
    activations_.write(q, heads);
    if (symmetry_.has("heads")) candidates_[{q.layer, q.position, q.word}] = std::move(heads);
}

/// The list C(l, i, x) of section 9.1.
Candidates NetworkFormula::candidates(const Query& q, std::size_t head) const {
    if (head == 1 && symmetry_.has("complements") && has_sorted_list(v_, q)) return found_in_sorted_list(v_, q);
    Candidates all;
    const std::size_t last = v_.c.strict_mask ? q.position - 1 : v_.positions(q.word);
    for (std::size_t j = 1; j <= last; ++j) {
        if (is_left_out(q, j)) continue;
        v_.budget.memory(48);
        for (const Activation& w : v_.activations_at(q.layer - 1, j, q.word)) all.push_back({j, w.value, w.literal});
    }
    return all;
}

/// Whether the pair at j is always there for this query position: what is always there need not be attended to, since
/// the tuple may give without it what it gave with it (section 9.1, "Why pairs may be left out").
bool NetworkFormula::is_left_out(const Query& q, std::size_t j) const {
    if (!v_.c.has_strict_orders()) return false;
    return j == q.position || (q.layer == 1 && v_.c.reads_end && j == v_.positions(q.word));
}

}  // namespace attest::checker
