#include "checker/translation/view.hpp"

// Two vectors are one value if every later map that is applied at their position gives the same for both: what the
// residual carries, the queries, the keys, and what heads add to the coordinates that are read. At the end only the
// answer counts.

namespace attest::checker {
namespace {

void append(Vector& view, const Vector& values) { view.insert(view.end(), values.begin(), values.end()); }

void append(Vector& view, const Vector& values, const Coordinates& where) {
    for (std::size_t c = 0; c < where.size(); ++c)
        if (where[c]) view.push_back(values[c]);
}

}  // namespace

Views::Views(const Instance& instance, const Needs& needs, std::size_t boundary, Budget& budget)
    : instance_(instance), budget_(budget) {
    if (boundary == instance.stack.size()) return;
    next_ = &instance.layer(boundary);
    reads_ = &needs.reads[boundary];
    if (!next_->attention) return;
    const std::size_t heads = next_->attention->heads.size();
    key_side_.assign(heads, std::vector<std::optional<Coordinates>>(instance.n));
    for (std::size_t p = 1; p <= instance.n; ++p) {
        const auto& reads = (*reads_)[p - 1];
        if (!reads) continue;
        budget.step(heads * instance.n * (1 + instance.model->dimension / 8));
        for (std::size_t h = 0; h < heads; ++h) {
            if (!reads->live[h]) continue;
            for (std::size_t j = 1; j <= instance.n; ++j) {
                if (!may_see(next_->attention->heads[h].mask, p, j)) continue;
                auto& key_side = key_side_[h][j - 1];
                if (!key_side) key_side.emplace(instance.model->dimension);
                for (std::size_t c = 0; c < instance.model->dimension; ++c)
                    if (reads->mid[c]) (*key_side)[c] = true;
            }
        }
    }
}

Vector Views::readout_view(const Vector& y) const { return {Rational(instance_.accepts(y, budget_) ? 1 : 0)}; }

Vector Views::view(std::size_t p, const Vector& y) const {
    if (!next_) return readout_view(y);
    Vector view;
    const auto& reads = (*reads_)[p - 1];
    if (reads) append(view, y, reads->carried);
    if (!next_->attention) return view;
    const auto& heads = next_->attention->heads;
    for (std::size_t h = 0; reads && h < heads.size(); ++h)
        if (reads->live[h] && heads[h].query) append(view, (*heads[h].query)(y, budget_));
    for (std::size_t h = 0; h < heads.size(); ++h) {
        const auto& key_side = key_side_[h][p - 1];
        if (!key_side) continue;
        if (heads[h].key) append(view, (*heads[h].key)(y, budget_));
        append(view, heads[h].output(heads[h].value(y, budget_), budget_), *key_side);
    }
    return view;
}

}  // namespace attest::checker
