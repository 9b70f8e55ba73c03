#include "pseudo_boolean.hpp"

#include <map>
#include <optional>

namespace attest::logic {

LinearConstraint linear_constraint(const PseudoBoolean::Terms& terms, const mpz_class& bound) {
    std::map<std::int32_t, mpz_class> weights;
    for (const auto& [variable, weight] : terms) weights[variable] += weight;
    LinearConstraint constraint{{}, bound};
    for (auto& [variable, weight] : weights)
        if (weight != 0) constraint.terms.emplace_back(variable, std::move(weight));
    return constraint;
}

std::uint64_t PseudoBoolean::at_least(const Terms& terms, const mpz_class& bound) {
    constraints.push_back(linear_constraint(terms, bound));
    return constraints.size();
}

std::uint64_t PseudoBoolean::equal(const Terms& terms, const mpz_class& bound) {
    const std::uint64_t first = at_least(terms, bound);
    Terms negative = terms;
    for (auto& [variable, weight] : negative) weight = -weight;
    at_least(negative, -bound);
    return first;
}

std::string to_opb(const LinearConstraint& constraint) {
    std::string text;
    mpz_class degree = constraint.bound;
    for (const auto& [variable, weight] : constraint.terms) {
        if (weight < 0) degree -= weight;
        text += mpz_class(abs(weight)).get_str();
        text += weight < 0 ? " ~x" : " x";
        text += std::to_string(variable);
        text += ' ';
    }
    return text + ">= " + degree.get_str() + " ;";
}

std::string to_opb(const PseudoBoolean& formula) {
    std::string text = "* #variable= " + std::to_string(formula.variables) +
                       " #constraint= " + std::to_string(formula.constraints.size()) + "\n";
    for (const LinearConstraint& constraint : formula.constraints) {
        text += to_opb(constraint);
        text += '\n';
    }
    return text;
}

namespace {

/// Values that constraints force, until one of them cannot be satisfied.
class Propagator {
  public:
    Propagator(const std::vector<const LinearConstraint*>& constraints, std::int32_t variables,
               const base::Limits& limits)
        : constraints_(constraints),
          limits_(limits),
          value_(static_cast<std::size_t>(variables) + 1),
          occurs_(value_.size()),
          queued_(constraints.size(), true) {
        for (std::size_t k = 0; k < constraints.size(); ++k) {
            queue_.push_back(k);
            for (const auto& term : constraints[k]->terms) occurs_[static_cast<std::size_t>(term.first)].push_back(k);
        }
    }

    bool refutes() {
        for (std::size_t looked = 0; !queue_.empty(); ++looked) {
            if (looked % 1024 == 0 && limits_.exceeded()) return false;
            const std::size_t k = queue_.back();
            queue_.pop_back();
            queued_[k] = false;
            if (!can_hold(*constraints_[k])) return true;
        }
        return false;
    }

  private:
    bool can_hold(const LinearConstraint& constraint) {
        mpz_class slack = -constraint.bound;
        for (const auto& [variable, weight] : constraint.terms) {
            if (value_[static_cast<std::size_t>(variable)].value_or(weight > 0)) slack += weight;
        }
        if (slack < 0) return false;
        for (const auto& [variable, weight] : constraint.terms)
            if (!value_[static_cast<std::size_t>(variable)] && abs(weight) > slack)
                force(static_cast<std::size_t>(variable), weight > 0);
        return true;
    }

    void force(std::size_t variable, bool value) {
        value_[variable] = value;
        for (const std::size_t k : occurs_[variable])
            if (!queued_[k]) {
                queued_[k] = true;
                queue_.push_back(k);
            }
    }

    const std::vector<const LinearConstraint*>& constraints_;
    const base::Limits& limits_;
    std::vector<std::optional<bool>> value_;  // none: open
    std::vector<std::vector<std::size_t>> occurs_;
    std::vector<bool> queued_;
    std::vector<std::size_t> queue_;
};

}  // namespace

bool propagation_refutes(const std::vector<const LinearConstraint*>& constraints, std::int32_t variables,
                         const base::Limits& limits) {
    return Propagator(constraints, variables, limits).refutes();
}

void PlanesProof::Sum::add_text(const std::string& one, const mpz_class& factor) {
    if (factor == 0) return;
    const bool first = text_.empty();
    text_ += " " + one;
    if (factor != 1) text_ += " " + factor.get_str() + " *";
    if (!first) text_ += " +";
}

void PlanesProof::Sum::add(std::uint64_t constraint, const mpz_class& factor) {
    add_text(std::to_string(constraint), factor);
}

void PlanesProof::Sum::add_literal(std::int32_t variable, const mpz_class& factor) {
    add_text((factor < 0 ? "~x" : "x") + std::to_string(variable), abs(factor));
}

void PlanesProof::Sum::weaken(std::int32_t variable) { text_ += " x" + std::to_string(variable) + " w"; }

PlanesProof::PlanesProof(std::size_t constraints)
    : last_(constraints), text_("pseudo-Boolean proof version 2.0\nf " + std::to_string(constraints) + "\n") {}

std::uint64_t PlanesProof::derive(const Sum& sum) {
    text_ += "pol" + sum.text_ + "\n";
    return ++last_;
}

std::uint64_t PlanesProof::derive(const LinearConstraint& by_propagation) {
    text_ += "rup " + to_opb(by_propagation) + "\n";
    return ++last_;
}

void PlanesProof::remove(const std::vector<std::uint64_t>& constraints) {
    if (constraints.empty()) return;
    text_ += "del id";
    for (const std::uint64_t id : constraints) text_ += " " + std::to_string(id);
    text_ += "\n";
}

std::string PlanesProof::conclude(std::uint64_t contradiction) && {
    text_ += "output NONE\nconclusion UNSAT : " + std::to_string(contradiction) + "\nend pseudo-Boolean proof\n";
    return std::move(text_);
}

}  // namespace attest::logic
