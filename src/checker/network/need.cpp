#include "checker/network/need.hpp"

#include <algorithm>
#include <map>

// Backward from the readout: which coordinates of which positions the answer depends on at all. A coordinate is needed
// if some map that is applied later has an entry for it that is not zero; attention makes keys and values of all
// visible positions needed, a norm all coordinates (FORMAT.md sections 5 and 12). What is not needed may be anything,
// and is not evaluated.

namespace attest::checker {
namespace {

Coordinates back(const Matrix& map, const Coordinates& rows, Budget& budget) {
    budget.step(1 + rows.size() + map.columns / 8);
    Coordinates columns(map.columns);
    std::size_t unread = map.columns;
    for (std::size_t r = 0; r < rows.size() && unread > 0; ++r) {
        if (!rows[r]) continue;
        budget.step(map.rows[r].size());
        for (const Matrix::Entry& entry : map.rows[r]) {
            if (columns[entry.column]) continue;
            columns[entry.column] = true;
            --unread;
        }
    }
    return columns;
}

Coordinates back(const Affine& map, const Coordinates& rows, Budget& budget) { return back(map.weight, rows, budget); }

Coordinates columns_of(const Matrix& map, Budget& budget) {
    return back(map, Coordinates(map.rows.size(), true), budget);
}

Coordinates columns_of(const Affine& map, Budget& budget) { return columns_of(map.weight, budget); }

void join(Coordinates& a, const Coordinates& b) {
    for (std::size_t c = 0; c < b.size(); ++c)
        if (b[c]) a[c] = true;
}

bool is_empty(const Coordinates& set) { return std::find(set.begin(), set.end(), true) == set.end(); }

/// A norm reads all coordinates of a block to give one.
Coordinates mixed(const std::optional<Norm>& norm, bool pre, Coordinates set) {
    if (!norm || norm->pre != pre) return set;
    const std::size_t size = norm->gain.size();
    for (std::size_t first = 0; first < set.size(); first += size) {
        const auto from = set.begin() + static_cast<std::ptrdiff_t>(first),
                   to = from + static_cast<std::ptrdiff_t>(size);
        if (std::find(from, to, true) != to) std::fill(from, to, true);
    }
    return set;
}

Coordinates middle(const Layer& layer, const Coordinates& needed, Budget& budget) {
    if (!layer.feedforward) return needed;
    const Coordinates sum = mixed(layer.feedforward->norm, false, needed);
    Coordinates set = sum;
    const auto& maps = layer.feedforward->maps;
    for (auto map = maps.rbegin(); map != maps.rend(); ++map) {
        const bool gated = layer.feedforward->gate && map + 1 == maps.rend();
        Coordinates before = back(*map, set, budget);
        if (gated) join(before, back(*layer.feedforward->gate, set, budget));
        set = std::move(before);
    }
    set = mixed(layer.feedforward->norm, true, std::move(set));
    if (layer.feedforward->residual) join(set, sum);
    return set;
}

class Backward {
  public:
    Backward(const Shape& shape, Budget& budget) : shape_(shape), model_(*shape.model), budget_(budget) {}

    Needs run() {
        const std::size_t layers = shape_.stack.size();
        needs_.need.assign(layers + 1, std::vector<std::optional<Coordinates>>(shape_.n));
        needs_.reads.assign(layers, std::vector<std::optional<Reads>>(shape_.n));
        const Coordinates read = mixed(model_.final_norm, false, columns_of(model_.readout.weight, budget_));
        for (const std::size_t p : shape_.readout) needs_.need[layers][p - 1] = read;
        for (std::size_t b = layers; b >= 1; --b) {
            uses_.clear();
            for (std::size_t p = 1; p <= shape_.n; ++p) {
                budget_.step(8);
                if (needs_.need[b][p - 1]) position(b, p);
            }
        }
        return std::move(needs_);
    }

  private:
    /// What the layer reads where this set is needed after it: the same at each position, but for masks.
    struct Use {
        Coordinates mid, carried;
        std::vector<Coordinates> keys, queries;  ///< by head; no keys: it adds a constant
    };

    Use use_of(std::size_t b, const Coordinates& needed) {
        const Layer& layer = shape_.layer(b - 1);
        Use use;
        use.mid = middle(layer, needed, budget_);
        if (layer.attention) use.mid = mixed(layer.attention->norm, false, std::move(use.mid));
        const bool carries = !layer.attention || layer.attention->residual;
        use.carried = carries ? use.mid : Coordinates(model_.dimension);
        if (!layer.attention) return use;
        budget_.memory(2 * layer.attention->heads.size(), 64 + model_.dimension / 8);
        for (const Head& head : layer.attention->heads) {
            budget_.step(1 + model_.dimension / 8);
            Coordinates keys = back(head.value, back(head.output, use.mid, budget_), budget_);
            const bool varies = !is_empty(keys);
            if (varies && head.key) join(keys, columns_of(*head.key, budget_));
            use.keys.push_back(varies ? mixed(layer.attention->norm, true, std::move(keys)) : Coordinates());
            use.queries.push_back(varies && head.query
                                      ? mixed(layer.attention->norm, true, columns_of(*head.query, budget_))
                                      : Coordinates());
        }
        return use;
    }

    void position(std::size_t b, std::size_t p) {
        const Coordinates& needed = *needs_.need[b][p - 1];
        budget_.step(1 + needed.size() / 8);
        auto known = uses_.find(needed);
        if (known == uses_.end()) known = uses_.emplace(needed, use_of(b, needed)).first;
        const Use& use = known->second;
        Reads reads{use.mid, use.carried, {}};
        include(b - 1, p, reads.carried);
        for (std::size_t h = 0; h < use.keys.size(); ++h) reads.live.push_back(attend(b, p, h, use));
        needs_.reads[b - 1][p - 1] = std::move(reads);
    }

    /// Adds what the head reads for p; returns whether it is live there.
    bool attend(std::size_t b, std::size_t p, std::size_t head, const Use& use) {
        budget_.step(shape_.n * (1 + model_.dimension / 8));
        if (use.keys[head].empty()) return false;
        const Mask mask = shape_.layer(b - 1).attention->heads[head].mask;
        bool sees = false;
        for (std::size_t j = 1; j <= shape_.n; ++j) {
            if (!may_see(mask, p, j)) continue;
            include(b - 1, j, use.keys[head]);
            sees = true;
        }
        if (sees) include(b - 1, p, use.queries[head]);
        return sees;
    }

    void include(std::size_t b, std::size_t p, const Coordinates& set) {
        auto& need = needs_.need[b][p - 1];
        if (!need) need.emplace(model_.dimension);
        join(*need, set);
    }

    const Shape& shape_;
    const Model& model_;
    Budget& budget_;
    Needs needs_;
    std::map<Coordinates, Use> uses_;  ///< of one layer, by what is needed after it
};

}  // namespace

Needs needs_of(const Shape& shape, Budget& budget) { return Backward(shape, budget).run(); }

}  // namespace attest::checker
