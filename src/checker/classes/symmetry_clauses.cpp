#include "checker/classes/symmetry_clauses.hpp"

#include <algorithm>

// Each says what may be assumed of a network, since renaming turns each that there is into one that obeys; the
// arguments are those of FORMAT.md section 9.4.

namespace attest::checker {
namespace {

class SymmetryClauses {
  public:
    SymmetryClauses(NetworkVariables& variables, const NetworkSymmetry& symmetry)
        : v_(variables), symmetry_(symmetry) {}

    /// `activations`: values are numbered by the word on which they first occur.
    void number_activations() {
        const std::size_t count = *v_.c.activations;
        for (std::size_t l = 1; l < v_.c.layers; ++l) {
            if (v_.c.sees_positions) {
                for (std::size_t i = 1; i <= v_.positions(0); ++i)
                    for (std::size_t t = 0; t + 1 < count && t < v_.words.words.size(); ++t) at_most({l, i, t}, t);
                continue;
            }
            std::size_t t = 0;
            for (std::size_t x = 0; x < v_.words.words.size(); ++x)
                for (std::size_t i = 1; i <= v_.positions(x) && t + 1 < count; ++i) at_most({l, i, x}, t++);
        }
    }

    /// `heads`: on one word for each query position (in layer 1, and symbol) heads attend from left to right.
    void sort_heads(const AllCandidates& candidates) {
        const std::size_t n = v_.positions(0);
        for (std::size_t l = 1; l <= v_.c.layers; ++l)
            for (std::size_t i = l == v_.c.layers ? n : 1; i <= n; ++i) {
                std::vector<std::size_t> seen;
                for (std::size_t x = 0; x < v_.words.words.size(); ++x) {
                    const std::size_t own = v_.activations_at(0, i, x).front().value;
                    if (std::find(seen.begin(), seen.end(), own) != seen.end()) continue;
                    seen.push_back(own);
                    sort_heads_of({l, i, x}, candidates.at({l, i, x}));
                    if (l > 1) break;
                }
            }
    }

    /// `permutations`: the positions are numbered in the order of the first head's list at the readout.
    void sort_positions() {
        const std::size_t own = v_.values.symbol(v_.c.reads_end ? v_.words.symbols : 0, v_.budget);
        const std::size_t order = v_.orders.order({1, 1, v_.positions(0), own});
        const std::vector<std::size_t> all = v_.unread_positions();
        const std::size_t bits[] = {v_.values.symbol(0, v_.budget), v_.values.symbol(1, v_.budget)};
        for (std::size_t j = 0; j + 1 < all.size(); ++j) {
            const std::int32_t s = v_.fresh();
            for (std::size_t k = j + 1; k < all.size(); ++k)
                for (const std::size_t bit : bits) {
                    v_.formula.add({-s, v_.orders.above(order, {all[j], bits[1]}, {all[k], bit})});
                    v_.formula.add({s, v_.orders.above(order, {all[j], bits[0]}, {all[k], bit})});
                }
        }
    }

    /// `signs`: the first query of each head at the readout is not for the least number.
    void turn_heads(const HeadClauses& heads) {
        for (std::size_t l = 1; l <= v_.c.layers; ++l)
            for (std::size_t h = 1; h <= v_.c.heads; ++h)
                if (const std::int32_t least = heads.least_of_readout(l, h); least != 0) v_.formula.add({-least});
    }

    /// `numbers`: the first head's number of a 1 is at least that of a 0 in the same place.
    void raise_ones() {
        const std::size_t order = v_.orders.order({1, 1});
        for (const std::size_t j : v_.unread_positions())
            for (std::size_t k = 1; k <= v_.positions(0); ++k) {
                if (k == j) continue;
                const bool is_end = v_.c.reads_end && k == v_.positions(0);
                for (std::size_t d = is_end ? 2 : 0; d <= (is_end ? 2U : 1U); ++d)
                    raise_one(order, j, {k, v_.values.symbol(d, v_.budget)});
            }
    }

  private:
    /// No value beyond the t-th.
    void at_most(const Query& q, std::size_t t) {
        const std::vector<Activation>& values = v_.activations_at(q.layer, q.position, q.word);
        for (std::size_t a = t + 1; a < values.size(); ++a) v_.formula.add({-values[a].literal});
    }

    void sort_heads_of(const Query& q, const std::vector<Candidates>& heads) {
        const bool first_is_sorted = q.layer == 1 && q.position == v_.positions(0) && symmetry_.has("permutations");
        for (std::size_t h = first_is_sorted ? 1 : 0; h + 1 < heads.size(); ++h) {
            const Candidates& left = heads[h];
            const Candidates& right = heads[h + 1];
            for (std::size_t c = 0; c < left.size() && left.size() > 1; ++c)
                for (std::size_t d = c + 1; d < left.size(); ++d)
                    v_.formula.add({-right[c].selected, -left[d].selected});
        }
    }

    /// What (j, 0) is above, (j, 1) is; what is above (j, 1), is above (j, 0).
    void raise_one(std::size_t order, std::size_t j, const Orders::Element& other) {
        const Orders::Element zero{j, v_.values.symbol(0, v_.budget)};
        const Orders::Element one{j, v_.values.symbol(1, v_.budget)};
        const std::int32_t zero_above = v_.orders.above(order, zero, other);
        v_.formula.add({-zero_above, v_.orders.above(order, one, other)});
        const std::int32_t above_one = v_.orders.above(order, other, one);
        v_.formula.add({-above_one, v_.orders.above(order, other, zero)});
    }

    NetworkVariables& v_;
    const NetworkSymmetry& symmetry_;
};

}  // namespace

void write_symmetry(NetworkVariables& variables, const NetworkSymmetry& symmetry, const HeadClauses& heads,
                    const AllCandidates& candidates) {
    SymmetryClauses clauses(variables, symmetry);
    if (symmetry.has("activations")) clauses.number_activations();
    if (symmetry.has("heads")) clauses.sort_heads(candidates);
    if (symmetry.has("permutations") && !symmetry.has("complements")) clauses.sort_positions();
    if (symmetry.has("signs")) clauses.turn_heads(heads);
    if (symmetry.has("numbers")) clauses.raise_ones();
}

bool has_sorted_list(const NetworkVariables& variables, const Query& q) {
    if (q.layer != 1 || q.position != variables.positions(q.word)) return false;
    return variables.c.reads_end || variables.words.words[q.word].back() == 0;
}

Candidates found_in_sorted_list(const NetworkVariables& variables, const Query& q) {
    const std::vector<std::size_t> all = variables.unread_positions();
    if (all.empty()) return {};
    std::size_t found = all.back();
    for (std::size_t k = all.size(); k-- > 0;)
        if (variables.words.words[q.word][all[k] - 1] == 1) found = all[k];
    return {{found, variables.activations_at(0, found, q.word).front().value, 0}};
}

}  // namespace attest::checker
