#include "attest/decide/restriction/layers.hpp"

#include "circuit/structure.hpp"
#include "two_words.hpp"

namespace attest::restriction {

namespace {

using circuit::Literal;

class Layers {
  public:
    Layers(const Function& function, const Restriction& restriction, const base::Limits& limits)
        : function_(function),
          restriction_(restriction),
          free_(restriction.free_positions()),
          words_(function, limits) {}

    LayerDependence run() {
        std::vector<std::vector<Activation>> activations;
        for (const auto& boundary : function_.values) {
            auto& row = activations.emplace_back();
            for (const auto& values : boundary) row.push_back(prepare(values));
        }
        words_.load(0);
        LayerDependence result;
        for (const auto& boundary : activations) {
            auto& row = result.on.emplace_back();
            for (const Activation& a : boundary) row.push_back(a.read ? std::optional(decide(a)) : std::nullopt);
        }
        return result;
    }

  private:
    struct Activation {
        bool read = false;
        Literal differs;               // on the two words
        std::vector<std::size_t> may;  // free positions that its circuit contains
    };

    Activation prepare(const std::vector<Literal>& values) {
        if (values.empty()) return {};
        const std::vector<Literal> one = words_.copy(0, restriction_, values),
                                   other = words_.copy(1, restriction_, values);
        std::vector<Literal> different;
        for (std::size_t k = 0; k < one.size(); ++k)
            different.push_back(words_.builder().exclusive_or(one[k], other[k]));
        Activation a{true, words_.builder().disjunction(different), {}};
        const std::vector<bool> cone = cone_of(words_.builder().circuit(), one);
        for (const std::size_t i : free_)
            for (language::Symbol s = 0; s < function_.symbols(); ++s)
                if (cone[function_.inputs.present(static_cast<std::int64_t>(i) + 1, s).node()] &&
                    (a.may.empty() || a.may.back() != i))
                    a.may.push_back(i);
        return a;
    }

    LayerDependence::Positions decide(const Activation& a) {
        LayerDependence::Positions on;
        for (const std::size_t i : a.may) {
            std::vector<std::int32_t> assumptions{words_.literal(a.differs)};
            for (std::size_t j = 0; j < function_.length(); ++j) {
                if (restriction_.fixed[j])
                    for (std::size_t word = 0; word < 2; ++word)
                        assumptions.push_back(words_.present(word, j, *restriction_.fixed[j]));
                else if (j != i) assumptions.push_back(words_.equal(j));
            }
            if (words_.satisfiable(assumptions)) on.push_back(i);
        }
        return on;
    }

    const Function& function_;
    const Restriction& restriction_;
    std::vector<std::size_t> free_;
    TwoWords words_;
};

}  // namespace

std::optional<LayerDependence> dependence_by_layer(const Function& function, const Restriction& restriction,
                                                   const base::Limits& limits) {
    if (function.symbols() == 1) return std::nullopt;
    try {
        return Layers(function, restriction, limits).run();
    } catch (const OutOfLimits&) {
        return std::nullopt;
    }
}

}  // namespace attest::restriction
