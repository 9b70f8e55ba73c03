#include <algorithm>

#include "checker/kernel/defect.hpp"
#include "checker/soft/counts.hpp"
#include "checker/soft/frame.hpp"

// Claim: under the conditions of FORMAT.md section 12 the score of a word is a function of how often each symbol comes
// in each class of positions. Softmax attention without positions is a quotient of sums over the word, and a sum does
// not depend on the order of its terms; the marks `symbol` and `place` say where that stays so through the layers. The
// induction, part by part, is the text's "Why". Forward through the layers: which coordinates at which positions know
// the symbol there, and which are one function of it and of the counts at all positions of a class.

namespace attest::checker {
namespace {

/// How a coordinate at one position comes about, in a class of two positions or more.
struct Trait {
    bool symbol = false;  ///< the symbol at the position enters
    bool place = false;   ///< perhaps another function than at other positions of the class

    void join(const Trait& other) {
        symbol = symbol || other.symbol;
        place = place || other.place;
    }
};

using Traits = std::vector<Trait>;

Trait joined(const Traits& traits) {
    Trait all;
    for (const Trait& trait : traits) all.join(trait);
    return all;
}

Trait of_row(const Affine& map, std::size_t row, const Traits& from, Budget& budget) {
    budget.step(1 + map.weight.rows[row].size());
    Trait all;
    for (const Matrix::Entry& entry : map.weight.rows[row]) all.join(from[entry.column]);
    return all;
}

Traits through(const Affine& map, const Traits& from, Budget& budget) {
    Traits rows;
    for (std::size_t r = 0; r < map.outputs(); ++r) rows.push_back(of_row(map, r, from, budget));
    return rows;
}

/// Whether the expression has one value for all these values of the variable.
bool is_one_value(const Expression& e, const std::vector<std::size_t>& values, long Bindings::*variable, Bindings at,
                  Budget& budget) {
    if (!e.uses(variable)) return true;
    if (e.is_transcendental()) return false;
    const auto value = [&](std::size_t v) {
        at.*variable = static_cast<long>(v);
        return e.value(at, budget);
    };
    const Rational first = value(values.front());
    return std::all_of(values.begin(), values.end(), [&](std::size_t v) { return value(v) == first; });
}

class Forward {
  public:
    Forward(const SoftInstance& instance, const Classes& classes, Budget& budget)
        : x_(instance),
          model_(*instance.model),
          budget_(budget),
          traits_(instance.n, Traits(model_.dimension)),
          frame_(model_, budget),
          framed_(instance.n, frame_.is_even()) {
        const std::size_t before = model_.begin ? 1 : 0;
        for (const auto& positions : classes) {
            if (positions.size() == 1) continue;  // what is there is a count
            auto& members = classes_.emplace_back();
            for (const std::size_t p : positions) members.push_back(before + p + 1);
            for (const std::size_t p : x_.readout)
                if (std::find(members.begin(), members.end(), p) != members.end())
                    throw Defect("manifest.json: evidence.classes",
                                 "the position that is read is not alone in its class");
        }
    }

    void run() {
        embed();
        for (std::size_t l = 0; l < x_.stack.size(); ++l) {
            layer_ = l;
            if (x_.layer(l).attention) attend(*x_.layer(l).attention);
            if (x_.layer(l).feedforward) feed(*x_.layer(l).feedforward);
        }
    }

  private:
    const std::optional<Reads>& reads(std::size_t p) const { return x_.needs.reads[layer_][p]; }

    void embed() {
        Bindings at;
        at.n = static_cast<long>(x_.n);
        for (const auto& members : classes_)
            for (std::size_t c = 0; c < model_.dimension; ++c) {
                budget_.step(100 * members.size());
                const bool place = model_.table ? !is_one_row_entry(members, c)
                                                : !model_.position.empty() && !is_one_value(model_.position[c], members,
                                                                                            &Bindings::i, at, budget_);
                for (const std::size_t p : members) traits_[p - 1][c] = {frame_.holds(c), place};
            }
        for (std::size_t p = 0; model_.embedding_norm && p < x_.n; ++p) settle(model_.embedding_norm, p, true);
    }

    bool is_one_row_entry(const std::vector<std::size_t>& members, std::size_t c) const {
        const Rational first = model_.table->row(members.front())[c].rational();
        return std::all_of(members.begin(), members.end(),
                           [&](std::size_t p) { return model_.table->row(p)[c].rational() == first; });
    }

    /// What the norm makes of what position p (from 0) holds.
    Traits normal(std::size_t p, const Traits& from) const {
        Traits to(from.size(), joined(from));
        for (std::size_t c = 0; framed_[p] && c < to.size(); ++c) to[c].symbol = to[c].symbol && frame_.holds(c);
        return to;
    }
    Traits before(const std::optional<Norm>& norm, std::size_t p) const {
        return norm && norm->pre ? normal(p, traits_[p]) : traits_[p];
    }
    /// What position p holds after the part: `adds_nothing`: the part has a residual and adds nothing in D.
    void settle(const std::optional<Norm>& norm, std::size_t p, bool adds_nothing) {
        const auto enters_elsewhere = [&](std::size_t c) { return traits_[p][c].symbol && !frame_.holds(c); };
        for (std::size_t c = 0; c < model_.dimension; ++c) adds_nothing = adds_nothing && !enters_elsewhere(c);
        framed_[p] = framed_[p] && adds_nothing;
        if (!norm || norm->pre) return;
        traits_[p] = normal(p, traits_[p]);
        framed_[p] = framed_[p] && frame_.is_kept_by(*norm);
    }

    void attend(const Attention& attention) {
        std::vector<Traits> from;
        for (std::size_t p = 0; p < x_.n; ++p) from.push_back(before(attention.norm, p));
        std::vector<Traits> to = attention.residual ? traits_ : std::vector<Traits>(x_.n, Traits(model_.dimension));
        for (std::size_t h = 0; h < attention.heads.size(); ++h) add_head(attention, h, from, to);
        traits_ = std::move(to);
        bool adds_nothing = attention.residual;
        for (const Head& head : attention.heads) adds_nothing = adds_nothing && frame_.adds_nothing(head.output);
        for (std::size_t p = 0; p < x_.n; ++p) settle(attention.norm, p, adds_nothing);
    }

    void add_head(const Attention& attention, std::size_t h, const std::vector<Traits>& from, std::vector<Traits>& to) {
        const Head& head = attention.heads[h];
        std::vector<Trait> keys(x_.n);
        std::vector<Traits> values(x_.n);
        for (std::size_t j = 0; j < x_.n; ++j) {
            if (head.key) keys[j] = turned(attention, joined(through(*head.key, from[j], budget_)));
            values[j] = through(head.value, from[j], budget_);
        }
        for (std::size_t p = 0; p < x_.n; ++p) {
            if (!reads(p)) continue;
            Trait sum;
            // Which positions are seen, and whether any is, depends on p: where none is, the head adds no
            // constant either.
            sum.place = head.mask != Mask::none || head.bias.uses(&Bindings::i);
            if (reads(p)->live[h]) {
                for (const std::size_t r : value_rows(head, reads(p)->mid)) check_sum(head, p + 1, r, keys, values);
                if (head.query) sum.join(turned(attention, joined(through(*head.query, from[p], budget_))));
            }
            for (std::size_t c = 0; c < model_.dimension; ++c)
                if (writes(head.output, c)) to[p][c].join(sum);
        }
    }

    /// The turn of a query or key depends on its position.
    static Trait turned(const Attention& attention, Trait trait) {
        if (attention.rotary) trait.place = true;
        return trait;
    }

    static bool writes(const Affine& map, std::size_t row) {
        return !map.weight.rows[row].empty() || (!map.bias.empty() && !map.bias[row].is_zero());
    }

    std::vector<std::size_t> value_rows(const Head& head, const Coordinates& mid) const {
        budget_.step(mid.size() + head.value.outputs());
        std::vector<bool> read(head.value.outputs(), false);
        for (std::size_t c = 0; c < mid.size(); ++c)
            if (mid[c])
                for (const Matrix::Entry& entry : head.output.weight.rows[c]) read[entry.column] = true;
        std::vector<std::size_t> rows;
        for (std::size_t r = 0; r < read.size(); ++r)
            if (read[r]) rows.push_back(r);
        return rows;
    }

    /// The sum that position p takes of one row of the values, and that of the weights, are functions of the counts.
    void check_sum(const Head& head, std::size_t p, std::size_t row, const std::vector<Trait>& keys,
                   const std::vector<Traits>& values) {
        Bindings at;
        at.i = static_cast<long>(p);
        at.n = static_cast<long>(x_.n);
        for (const auto& members : classes_) {
            budget_.step(4 * members.size());
            Trait all;
            std::size_t seen = 0;
            for (const std::size_t j : members)
                if (may_see(head.mask, p, j)) {
                    ++seen;
                    all.join(keys[j - 1]);
                    all.join(values[j - 1][row]);
                }
            if (!all.symbol) continue;
            if (head.bias.uses(&Bindings::j)) budget_.step(1000 * members.size());
            if (all.place || seen != members.size() || !is_one_value(head.bias, members, &Bindings::j, at, budget_))
                throw Defect("manifest.json: evidence.classes",
                             "at position " + std::to_string(p) + " of layer " + std::to_string(layer_) +
                                 " the positions from " + std::to_string(members.front()) + " on are not alike");
        }
    }

    void feed(const FeedForward& part) {
        for (std::size_t p = 0; p < x_.n; ++p) {
            if (!reads(p)) continue;
            Traits z = before(part.norm, p);
            const Traits gate = part.gate ? through(*part.gate, z, budget_) : Traits();
            for (std::size_t m = 0; m < part.maps.size(); ++m) {
                z = through(part.maps[m], z, budget_);
                for (std::size_t r = 0; m == 0 && r < gate.size(); ++r) z[r].join(gate[r]);
            }
            for (std::size_t c = 0; part.residual && c < z.size(); ++c) z[c].join(traits_[p][c]);
            traits_[p] = std::move(z);
            settle(part.norm, p, part.residual && !part.maps.empty() && frame_.adds_nothing(part.maps.back()));
        }
    }

    const SoftInstance& x_;
    const Model& model_;
    Budget& budget_;
    std::vector<Traits> traits_;  ///< [p - 1][coordinate]
    const Frame frame_;
    std::vector<bool> framed_;                       ///< [p - 1]
    std::vector<std::vector<std::size_t>> classes_;  ///< those of two positions or more, positions from 1
    std::size_t layer_ = 0;
};

}  // namespace

void check_model_by_counts(const SoftInstance& instance, const Classes& classes, Budget& budget) {
    budget.memory(64 * instance.n * instance.model->dimension);
    if (has_blocks(*instance.model))
        throw Defect("manifest.json: evidence.classes", "without edges of a model with norms no counts are looked at");
    Forward(instance, classes, budget).run();
}

}  // namespace attest::checker
