#include "checker/planes/constraint.hpp"

#include "checker/kernel/defect.hpp"

// Inequalities are kept over variables, with weights of either sign. The rules that round (division, saturation) are about
// the same inequality over literals, in which every weight is positive: −w x is w ¬x − w.

namespace attest::checker {
namespace {

constexpr std::uint64_t bytes_of_term = 48;  ///< without its limbs

}  // namespace

bool Inequality::is_contradiction() const {
    mpz_class most = 0;
    for (const auto& [variable, weight] : terms)
        if (weight > 0) most += weight;
    return most < bound;
}

std::string Inequality::text() const {
    std::string text;
    mpz_class degree = bound;
    for (const auto& [variable, weight] : terms) {
        if (weight < 0) degree -= weight;
        text += mpz_class(abs(weight)).get_str() + (weight < 0 ? " ~x" : " x") + std::to_string(variable) + " ";
    }
    return text + ">= " + degree.get_str() + " ;";
}

std::size_t Inequality::bytes() const {
    std::size_t limbs = mpz_size(bound.get_mpz_t());
    for (const auto& [variable, weight] : terms) limbs += mpz_size(weight.get_mpz_t());
    return 64 + bytes_of_term * terms.size() + 8 * limbs;
}

Derived::Derived(const Inequality& inequality, Budget& budget)
    : weights_(inequality.terms.begin(), inequality.terms.end()), bound_(inequality.bound) {
    budget.step(1 + inequality.terms.size(), 4);
    budget.memory(2 * inequality.bytes());
}

Derived::Derived(std::uint32_t variable, bool complemented)
    : weights_{{variable, complemented ? -1 : 1}}, bound_(complemented ? -1 : 0) {}

void Derived::charge(const mpz_class& number, Budget& budget) const { budget.step(4 + mpz_size(number.get_mpz_t())); }

void Derived::add(Derived&& other, Budget& budget) {
    if (weights_.size() < other.weights_.size()) std::swap(weights_, other.weights_);
    bound_ += other.bound_;
    for (auto& [variable, weight] : other.weights_) {
        charge(weight, budget);
        const auto [entry, fresh] = weights_.try_emplace(variable, weight);
        if (fresh) continue;
        entry->second += weight;
        if (entry->second == 0) weights_.erase(entry);
    }
}

void Derived::multiply(const mpz_class& factor, Budget& budget) {
    const std::uint64_t digits = mpz_size(factor.get_mpz_t());
    for (auto& [variable, weight] : weights_) {
        budget.arithmetic(digits + mpz_size(weight.get_mpz_t()));
        budget.memory(8 * digits);
        weight *= factor;
    }
    budget.arithmetic(digits + mpz_size(bound_.get_mpz_t()));
    budget.memory(8 * digits);
    bound_ *= factor;
}

mpz_class Derived::degree(Budget& budget) const {
    mpz_class degree = bound_;
    for (const auto& [variable, weight] : weights_) {
        charge(weight, budget);
        if (weight < 0) degree -= weight;
    }
    return degree;
}

void Derived::divide(const mpz_class& divisor, Budget& budget) {
    mpz_class degree = this->degree(budget);
    if (degree <= 0) throw Defect("", "what always holds is divided");
    mpz_cdiv_q(bound_.get_mpz_t(), degree.get_mpz_t(), divisor.get_mpz_t());
    const std::uint64_t digits = mpz_size(divisor.get_mpz_t());
    for (auto& [variable, weight] : weights_) {
        budget.arithmetic(digits + mpz_size(weight.get_mpz_t()));
        // Away from 0: the weight of the literal is rounded up.
        if (weight > 0) mpz_cdiv_q(weight.get_mpz_t(), weight.get_mpz_t(), divisor.get_mpz_t());
        else mpz_fdiv_q(weight.get_mpz_t(), weight.get_mpz_t(), divisor.get_mpz_t());
        if (weight < 0) bound_ += weight;
    }
}

void Derived::saturate(Budget& budget) {
    const mpz_class degree = this->degree(budget);
    if (degree <= 0) throw Defect("", "what always holds is saturated");
    bound_ = degree;
    for (auto& [variable, weight] : weights_) {
        charge(weight, budget);
        if (weight > degree) weight = degree;
        if (weight < -degree) weight = -degree;
        if (weight < 0) bound_ += weight;
    }
}

void Derived::weaken(std::uint32_t variable) {
    const auto entry = weights_.find(variable);
    if (entry == weights_.end()) return;
    if (entry->second > 0) bound_ -= entry->second;
    weights_.erase(entry);
}

Inequality Derived::inequality() const { return {{weights_.begin(), weights_.end()}, bound_}; }

}  // namespace attest::checker
