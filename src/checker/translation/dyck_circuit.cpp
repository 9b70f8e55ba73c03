#include "checker/translation/dyck_circuit.hpp"

#include <algorithm>

// Balanced words, of depth at most H: P_t[d] says that t symbols are balanced so far at depth d, r_t[d][k] that the
// bracket open at depth d is of kind k. Depth has the parity of t and must be closed in the N - t symbols left
// (FORMAT.md 6.4).

namespace attest::checker {
namespace {

class DyckBuilder {
  public:
    DyckBuilder(Circuit& circuit, const Letters& letters, const Language& language)
        : circuit_(circuit),
          letters_(letters),
          length_(letters.length()),
          kinds_(static_cast<std::size_t>(language.pairs)),
          height_(length_ / 2) {
        if (language.depth) height_ = std::min(height_, static_cast<std::size_t>(*language.depth));
    }

    Literal build() {
        balanced_.assign(height_ + 2, bottom);
        balanced_[0] = top;
        kind_.assign(height_ + 2, Literals(kinds_ - 1, bottom));
        next_kind_ = kind_;
        for (std::size_t t = 1; t <= length_; ++t) step(t);
        return length_ % 2 == 0 ? balanced_[0] : bottom;
    }

  private:
    Literal opens(std::size_t t, std::size_t k) const { return letters_.is(t, 2 * k); }
    Literal closes(std::size_t t, std::size_t k) const { return letters_.is(t, 2 * k + 1); }

    void step(std::size_t t) {
        Literals open;
        for (std::size_t k = 0; k < kinds_; ++k) open.push_back(opens(t, k));
        const Literal any_open = circuit_.disjunction(std::move(open));
        Literals balanced(height_ + 2, bottom);
        for (std::size_t d = t % 2; d <= std::min({height_, t, length_ - t}); d += 2)
            balanced[d] = depth_literal(t, d, any_open);
        for (std::size_t d = 1; d <= height_; ++d)
            for (std::size_t k = 0; k + 1 < kinds_; ++k) next_kind(t, d, k, any_open);
        balanced_ = std::move(balanced);
        std::swap(kind_, next_kind_);
    }

    Literal depth_literal(std::size_t t, std::size_t d, Literal any_open) {
        Literals terms;
        if (d > 0) terms.push_back(circuit_.conjunction({balanced_[d - 1], any_open}));
        for (std::size_t k = 0; k < kinds_; ++k) {
            Literals term{balanced_[d + 1], closes(t, k)};
            append_kind(term, d + 1, k);
            terms.push_back(circuit_.conjunction(std::move(term)));
        }
        return circuit_.disjunction(std::move(terms));
    }

    /// r[d][k]; the last kind has no gate of its own, it is what none of the others is.
    void append_kind(Literals& term, std::size_t d, std::size_t k) const {
        if (k + 1 < kinds_) {
            term.push_back(kind_[d][k]);
        } else {
            for (const Literal other : kind_[d]) term.push_back(negated(other));
        }
    }

    void next_kind(std::size_t t, std::size_t d, std::size_t k, Literal any_open) {
        const Literal opened = circuit_.conjunction({balanced_[d - 1], opens(t, k)});
        const Literal replaced = circuit_.conjunction({balanced_[d - 1], any_open});
        const Literal kept = circuit_.conjunction({negated(replaced), kind_[d][k]});
        next_kind_[d][k] = circuit_.disjunction({opened, kept});
    }

    Circuit& circuit_;
    const Letters& letters_;
    std::size_t length_;
    std::size_t kinds_;
    std::size_t height_;
    Literals balanced_;                ///< P[d]
    std::vector<Literals> kind_;       ///< r[d][k] for all kinds but the last
    std::vector<Literals> next_kind_;  ///< the same, after the step
};

}  // namespace

Literal dyck_literal(Circuit& circuit, const Letters& letters, const Language& language) {
    return DyckBuilder(circuit, letters, language).build();
}

}  // namespace attest::checker
