#include <utility>

#include "checker/translation/restriction.hpp"
#include "checker/translation/translation.hpp"

// A restriction is put into the model's circuit by copying it with constants at inputs (FORMAT.md section 10, with why
// the roots say what is claimed).

namespace attest::checker {
namespace {

/// The model's nodes, and a new list of nodes into which they are copied (FORMAT.md section 10).
class Copier {
  public:
    Copier(const Instance& instance, const std::vector<Drop>& drops, Budget& budget)
        : word_{instance.model->alphabet.size(), instance.length},
          budget_(budget),
          from_(word_.count(), budget),
          to_(word_.count(), budget),
          model_(translate_model(from_, word_, instance, drops, budget)) {}

    const ModelLiterals& model() const { return model_; }
    Circuit& to() { return to_; }

    /// The roots in the new list, with some positions fixed.
    Literals copy(Literals roots, const Fixed& fixed) {
        budget_.step(from_.nodes());
        std::vector<bool> needed(from_.nodes());
        for (const Literal root : roots) needed[root / 2] = true;
        for (std::size_t gate = from_.gates(); gate-- > 0;)
            if (needed[from_.literal_of(gate) / 2])
                for (const Literal l : from_.fanin(gate)) needed[l / 2] = true;
        Literals images = input_images(fixed);
        const auto image = [&](Literal l) { return images[l / 2] ^ (l & 1); };
        for (std::size_t gate = 0; gate < from_.gates(); ++gate) {
            const std::size_t node = from_.literal_of(gate) / 2;
            if (!needed[node]) continue;
            Literals fanin;
            for (const Literal l : from_.fanin(gate)) fanin.push_back(image(l));
            budget_.step(1 + fanin.size());
            images[node] = from_.kind(gate) == Circuit::Gate::parity ? to_.parity(fanin[0], fanin[1])
                                                                     : to_.conjunction(std::move(fanin));
        }
        for (Literal& root : roots) root = image(root);
        return roots;
    }

    /// What the roots depend on.
    Miter finish(Literals roots) {
        Circuit cone = to_.cone(roots, budget_);
        return {std::move(cone), std::move(roots), word_.symbols, word_.length};
    }

  private:
    Literals input_images(const Fixed& fixed) const {
        Literals images(from_.nodes(), bottom);
        for (std::size_t node = 1; node <= from_.inputs(); ++node) images[node] = static_cast<Literal>(2 * node);
        for (std::size_t i = 0; i < fixed.size(); ++i) {
            if (!fixed[i]) continue;
            for (std::size_t a = 0; a < word_.symbols; ++a) {
                const Literal present = word_.present(i + 1, a);
                if (present / 2 != 0) images[present / 2] = (*fixed[i] == a ? top : bottom) ^ (present & 1);
            }
        }
        return images;
    }

    WordInputs word_;
    Budget& budget_;
    Circuit from_, to_;
    ModelLiterals model_;
};

}  // namespace

Miter build_restricted(const Instance& instance, const Fixed& fixed, bool answer, const std::vector<Drop>& drops,
                       Budget& budget) {
    Copier copier(instance, drops, budget);
    Literals roots{copier.model().accept};
    roots.insert(roots.end(), copier.model().dropped.begin(), copier.model().dropped.end());
    roots = copier.copy(std::move(roots), fixed);
    if (answer) roots[0] = negated(roots[0]);
    return copier.finish(std::move(roots));
}

Miter build_silent(const Instance& instance, const std::vector<Drop>& drops, Budget& budget) {
    Copier copier(instance, drops, budget);
    const std::size_t symbols = instance.model->alphabet.size();
    const Literals dropped = copier.copy(copier.model().dropped, Fixed(instance.length));
    Literals roots;
    for (std::size_t i = 0; i < instance.length; ++i) {
        Literals accepted, rejected;
        for (std::size_t a = 0; a < symbols; ++a) {
            Fixed fixed(instance.length);
            fixed[i] = a;
            accepted.push_back(copier.copy({copier.model().accept}, fixed)[0]);
            rejected.push_back(negated(accepted.back()));
        }
        if (symbols == 2) {
            roots.push_back(negated(copier.to().parity(accepted[0], accepted[1])));
        } else {
            const Literal all = copier.to().conjunction(std::move(accepted));
            roots.push_back(copier.to().disjunction(all, copier.to().conjunction(std::move(rejected))));
        }
    }
    roots.insert(roots.end(), dropped.begin(), dropped.end());
    return copier.finish(std::move(roots));
}

}  // namespace attest::checker
