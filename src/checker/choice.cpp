#include "checker/choice.hpp"

#include <algorithm>
#include <optional>

namespace attest::checker {
namespace {

/// One class: G[u] for an image u, and E, "the class has a candidate".
///
/// E and the a_t do not depend on u. They are formed for the first u, in the order of the text, and remembered: for a later u
/// the constructor would only find them again.
class Chain {
  public:
    Chain(Circuit& circuit, const ScoreClass& steps, Keep keep)
        : circuit_(circuit), steps_(steps), keep_(keep), any_(steps.size()), so_far_(steps.size()) {
        const std::uint32_t first = steps.front().values.front().first;
        for (const Step& step : steps)
            for (const auto& value : step.values) single_ = single_ && value.first == first;
    }

    /// Forms the chains and returns G[u].
    Literal image(std::uint32_t u) {
        Literal g = bottom;
        Literal e = bottom;
        for (std::size_t t = 0; t < steps_.size(); ++t) {
            const Literal a = any(t);
            if (!single_) g = advance(g, e, a, with_image(t, a, u));
            if (!so_far_[t]) so_far_[t] = circuit_.disjunction({e, a});
            e = *so_far_[t];
        }
        if (!single_) return g;
        return steps_.front().values.front().first == u ? e : bottom;
    }

    /// E. Needs image() to have been called.
    Literal some() const { return *so_far_.back(); }

  private:
    Literal advance(Literal g, Literal e, Literal a, Literal a_u) {
        if (keep_ == Keep::first) {
            const Literal here = circuit_.conjunction({negated(e), a_u});
            return circuit_.disjunction({g, here});
        }
        const Literal before = circuit_.conjunction({negated(a), g});
        return circuit_.disjunction({a_u, before});
    }

    Literal any(std::size_t t) {
        if (!any_[t]) {
            Literals literals;
            for (const auto& value : steps_[t].values) literals.push_back(value.second);
            any_[t] = steps_[t].whole ? top : circuit_.disjunction(std::move(literals));
        }
        return *any_[t];
    }

    Literal with_image(std::size_t t, Literal a, std::uint32_t u) {
        Literals literals;
        for (const auto& value : steps_[t].values)
            if (value.first == u) literals.push_back(value.second);
        if (literals.size() == steps_[t].values.size()) return a;
        return literals.empty() ? bottom : circuit_.disjunction(std::move(literals));
    }

    Circuit& circuit_;
    const ScoreClass& steps_;
    Keep keep_;
    bool single_ = true;  ///< whether all candidates of the class have one image
    std::vector<std::optional<Literal>> any_;
    std::vector<std::optional<Literal>> so_far_;
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
            const Literal later = circuit.conjunction({negated(chains[c].some()), r});
            r = circuit.disjunction({g, later});
        }
        result.push_back(r);
        others.push_back(negated(r));
    }
    result.push_back(circuit.conjunction(std::move(others)));
    return result;
}

}  // namespace attest::checker
