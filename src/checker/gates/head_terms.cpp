#include "checker/gates/head_terms.hpp"

#include <algorithm>
#include <set>

// The sum over the candidates that are there is s iff "it is s at least" is true and "it is the next greater possible sum at
// least" is not: two threshold gates. With one such pair for the number of candidates and for each coordinate of their images the
// mean is known, and all of it in constant depth (FORMAT.md section 38.2) [hao2022formal].

namespace attest::checker {
namespace {

using Totals = std::vector<mpz_class>;  ///< the number of candidates, then the sum in each coordinate

/// The images of one class as whole numbers, in the coordinates in which they differ.
struct WholeImages {
    std::vector<std::size_t> coordinates;
    std::vector<mpz_class> denominators;                 ///< by coordinate
    std::map<std::uint32_t, std::vector<mpz_class>> of;  ///< image
};

WholeImages whole_images(const ScoreClass& steps, const Ranked& ranked, Budget& budget) {
    WholeImages whole;
    for (const Step& step : steps)
        for (const auto& [image, literal] : step.values) whole.of[image];
    const Vector& some = *ranked.images[whole.of.begin()->first];
    for (std::size_t c = 0; c < some.size(); ++c) {
        budget.step(1 + whole.of.size());
        mpz_class denominator = 1;
        bool differs = false;
        for (const auto& [image, numbers] : whole.of) {
            const Rational& x = (*ranked.images[image])[c];
            differs = differs || x != some[c];
            budget.arithmetic(mpz_size(denominator.get_mpz_t()) + digits_of(x));
            denominator = lcm(denominator, x.get_den());
        }
        if (!differs) continue;
        whole.coordinates.push_back(c);
        for (auto& [image, numbers] : whole.of) {
            const Rational& x = (*ranked.images[image])[c];
            budget.memory(32 + 8 * (mpz_size(denominator.get_mpz_t()) + digits_of(x)));
            numbers.emplace_back(x.get_num() * (denominator / x.get_den()));
        }
        whole.denominators.push_back(denominator);
    }
    return whole;
}

std::set<Totals> possible_totals(const ScoreClass& steps, const WholeImages& whole, Budget& budget) {
    std::set<Totals> totals{Totals(1 + whole.coordinates.size())};
    for (const Step& step : steps) {
        budget.step(16 * totals.size(), (1 + step.values.size()) * (1 + whole.coordinates.size()));
        budget.memory(totals.size() * 64, (1 + step.values.size()) * (2 + whole.coordinates.size()));
        std::set<Totals> next;
        if (!step.whole) next = totals;
        for (const auto& [image, literal] : step.values)
            for (Totals total : totals) {
                total[0] += 1;
                for (std::size_t k = 1; k < total.size(); ++k) total[k] += whole.of.at(image)[k - 1];
                next.insert(std::move(total));
            }
        totals = std::move(next);
    }
    return totals;
}

/// By value of a coordinate of the totals, the literals that say that it is this one.
std::map<mpz_class, Literals> equalities(ThresholdCircuit& circuit, const ScoreClass& steps, const WholeImages& whole,
                                         const std::set<Totals>& totals, std::size_t coordinate) {
    std::vector<std::pair<Literal, mpz_class>> weighted;
    for (const Step& step : steps)
        for (const auto& [image, literal] : step.values)
            weighted.emplace_back(literal, coordinate == 0 ? mpz_class(1) : whole.of.at(image)[coordinate - 1]);
    std::map<mpz_class, Literals> equal;
    for (const Totals& total : totals) equal[total[coordinate]];
    for (auto at = std::next(equal.begin()); at != equal.end(); ++at) {
        const Literal reaches = circuit.threshold(weighted, at->first);
        at->second.push_back(reaches);
        std::prev(at)->second.push_back(negated(reaches));
    }
    return equal;
}

void add_means(ThresholdCircuit& circuit, const Ranked& ranked, const ScoreClass& steps, const Literals& before,
               std::vector<HeadTerm>& terms) {
    Budget& budget = circuit.budget();
    const WholeImages whole = whole_images(steps, ranked, budget);
    const std::set<Totals> totals = possible_totals(steps, whole, budget);
    std::vector<std::map<mpz_class, Literals>> equal;
    for (std::size_t c = 0; c <= whole.coordinates.size(); ++c)
        equal.push_back(equalities(circuit, steps, whole, totals, c));
    for (const Totals& total : totals) {
        if (total[0] == 0) continue;
        budget.step(8 + before.size() + 4 * total.size());
        budget.memory(64 + 4 * before.size() + 48 * ranked.images[steps.front().values.front().first]->size());
        HeadTerm term{*ranked.images[steps.front().values.front().first], before};
        for (std::size_t c = 0; c < total.size(); ++c) {
            const Literals& literals = equal[c].at(total[c]);
            term.holds.insert(term.holds.end(), literals.begin(), literals.end());
            if (c == 0) continue;
            Rational mean(total[c], whole.denominators[c - 1] * total[0]);
            mean.canonicalize();
            term.image[whole.coordinates[c - 1]] = mean;
        }
        terms.push_back(std::move(term));
    }
}

bool has_one_image(const ScoreClass& steps) {
    const std::uint32_t first = steps.front().values.front().first;
    return std::all_of(steps.begin(), steps.end(), [&](const Step& step) {
        return std::all_of(step.values.begin(), step.values.end(),
                           [&](const auto& value) { return value.first == first; });
    });
}

Literal present(ThresholdCircuit& circuit, const ScoreClass& steps) {
    Literals literals;
    for (const Step& step : steps) {
        if (step.whole) return top;
        for (const auto& [image, literal] : step.values) literals.push_back(literal);
    }
    return circuit.disjunction(literals);
}

}  // namespace

std::vector<HeadTerm> mean_terms(ThresholdCircuit& circuit, const Ranked& ranked) {
    std::vector<HeadTerm> terms;
    Literals before;  // no earlier class is there
    for (const ScoreClass& steps : ranked.classes) {
        const Literal some = present(circuit, steps);
        if (has_one_image(steps)) {
            circuit.budget().step(1 + before.size());
            terms.push_back({*ranked.images[steps.front().values.front().first], before});
            terms.back().holds.push_back(some);
        } else {
            add_means(circuit, ranked, steps, before, terms);
        }
        before.push_back(negated(some));
    }
    return terms;
}

std::vector<HeadTerm> choice_terms(ThresholdCircuit& circuit, const Ranked& ranked, bool first_of_equals) {
    std::vector<HeadTerm> terms;
    Literals before;  // no candidate that is preferred is there
    for (const ScoreClass& steps : ranked.classes)
        for (std::size_t s = 0; s < steps.size(); ++s) {
            const Step& step = steps[first_of_equals ? s : steps.size() - 1 - s];
            circuit.budget().step(step.values.size(), 8 + before.size());
            circuit.budget().memory(step.values.size(), 64 + 4 * before.size());
            for (const auto& [image, literal] : step.values) {
                terms.push_back({*ranked.images[image], before});
                terms.back().holds.push_back(literal);
            }
            for (const auto& [image, literal] : step.values) before.push_back(negated(literal));
        }
    return terms;
}

}  // namespace attest::checker
