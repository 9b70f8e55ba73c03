#include "checker/translation/choice.hpp"

#include <algorithm>

// A priority chain: a class of equal scores is searched in order of positions, the classes one after the other. E_t
// says that one of the first t positions has a candidate in the class, G_t[u] that the one chosen among them has the
// image u. Gates are formed in the order that FORMAT.md section 6.3, 4 and 5, prescribes, so that two programs build
// the same list.

namespace attest::checker {
namespace {

/// One class: G[u] for an image u, and E, "the class has a candidate".
///
/// E and the a_t do not depend on u. They are formed for the first u, in the order of the text, and
/// remembered: for a later u the constructor would only find them again. For the same reason steps that leave
/// G as it is are passed over then.
class Chain {
  public:
    Chain(Circuit& circuit, const ScoreClass& steps, Keep keep)
        : circuit_(circuit), steps_(steps), keep_(keep), any_(steps.size()), so_far_(steps.size()) {
        for (const Step& step : steps)
            for (const auto& value : step.values) images_.push_back(value.first);
        std::sort(images_.begin(), images_.end());
        images_.erase(std::unique(images_.begin(), images_.end()), images_.end());
    }

    /// Forms the chains and returns G[u].
    Literal image(std::uint32_t u) {
        const bool occurs = std::binary_search(images_.begin(), images_.end(), u);
        const bool single = images_.size() == 1;
        if (formed_ && !occurs) return bottom;
        Literal g = bottom;
        Literal e = bottom;
        for (std::size_t t = 0; t < steps_.size() && !(formed_ && single); ++t) {
            const Literal a = any(t);
            if (!single && occurs) g = advance(g, e, a, with_image(t, a, u));
            if (!formed_) so_far_[t] = circuit_.disjunction(e, a);
            e = so_far_[t];
        }
        formed_ = true;
        if (!single) return g;
        return occurs ? some() : bottom;
    }

    /// E. Needs image() to have been called.
    Literal some() const { return so_far_.back(); }

  private:
    Literal advance(Literal g, Literal e, Literal a, Literal a_u) {
        if (keep_ == Keep::first) {
            if (a_u == bottom) return g;
            const Literal here = circuit_.conjunction(negated(e), a_u);
            return circuit_.disjunction(g, here);
        }
        if (g == bottom) return a_u;
        const Literal before = circuit_.conjunction(negated(a), g);
        return circuit_.disjunction(a_u, before);
    }

    Literal any(std::size_t t) {
        if (formed_) return any_[t];
        Literals literals;
        for (const auto& value : steps_[t].values) literals.push_back(value.second);
        return any_[t] = steps_[t].whole ? top : circuit_.disjunction(std::move(literals));
    }

    Literal with_image(std::size_t t, Literal a, std::uint32_t u) {
        Literals literals;
        for (const auto& value : steps_[t].values)
            if (value.first == u) literals.push_back(value.second);
        if (literals.empty()) return bottom;
        return literals.size() == steps_[t].values.size() ? a : circuit_.disjunction(std::move(literals));
    }

    Circuit& circuit_;
    const ScoreClass& steps_;
    Keep keep_;
    std::vector<std::uint32_t> images_;  ///< of the class's candidates, ascending
    bool formed_ = false;                ///< whether the following are known
    Literals any_;                       ///< [t]: a_t
    Literals so_far_;                    ///< [t]: E after the step
};

}  // namespace

Literals choose_images(Circuit& circuit, const std::vector<ScoreClass>& classes,
                       const std::vector<std::uint32_t>& images, Keep keep, Budget& budget) {
    if (images.size() == 1) return {top};
    std::vector<Chain> chains;
    for (const ScoreClass& steps : classes) chains.emplace_back(circuit, steps, keep);
    Literals result;
    Literals others;
    for (std::size_t k = 0; k + 1 < images.size(); ++k) {
        Literal r = bottom;
        for (std::size_t c = chains.size(); c-- > 0;) {
            budget.step(1 + classes[c].size());
            const Literal g = chains[c].image(images[k]);
            if (c + 1 == chains.size()) {
                r = g;
                continue;
            }
            const Literal later = circuit.conjunction(negated(chains[c].some()), r);
            r = circuit.disjunction(g, later);
        }
        result.push_back(r);
        others.push_back(negated(r));
    }
    result.push_back(circuit.conjunction(std::move(others)));
    return result;
}

}  // namespace attest::checker
