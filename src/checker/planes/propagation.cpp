#include "checker/planes/propagation.hpp"

namespace attest::checker {
namespace {

enum class Given : std::uint8_t { open, zero, one };

class Propagation {
  public:
    Propagation(const std::vector<const Inequality*>& inequalities, std::uint32_t variables, Budget& budget)
        : inequalities_(inequalities),
          budget_(budget),
          values_(variables + 1, Given::open),
          uses_(variables + 1),
          waits_(inequalities.size(), true) {
        for (std::uint32_t k = 0; k < inequalities.size(); ++k) {
            const auto& terms = inequalities[k]->terms;
            budget.step(8 + terms.size());
            budget.memory(8 + 8 * terms.size());
            for (const auto& [variable, weight] : terms) uses_[variable].push_back(k);
            queue_.push_back(k);
        }
    }

    bool run() {
        while (!queue_.empty()) {
            const std::uint32_t k = queue_.back();
            queue_.pop_back();
            waits_[k] = false;
            if (!look(*inequalities_[k])) return true;
        }
        return false;
    }

  private:
    /// False where the inequality can no longer hold; else gives the values that it forces.
    bool look(const Inequality& inequality) {
        mpz_class slack = -inequality.bound;  // of the greatest sum that is left
        for (const auto& [variable, weight] : inequality.terms) {
            budget_.step(2 + mpz_size(weight.get_mpz_t()));
            const Given value = values_[variable];
            if (value == Given::one || (value == Given::open && weight > 0)) slack += weight;
        }
        if (slack < 0) return false;
        for (const auto& [variable, weight] : inequality.terms)
            if (values_[variable] == Given::open && abs(weight) > slack)
                give(variable, weight > 0 ? Given::one : Given::zero);
        return true;
    }

    void give(std::uint32_t variable, Given value) {
        values_[variable] = value;
        budget_.step(1 + uses_[variable].size());
        for (const std::uint32_t k : uses_[variable]) {
            if (waits_[k]) continue;
            waits_[k] = true;
            queue_.push_back(k);
        }
    }

    const std::vector<const Inequality*>& inequalities_;
    Budget& budget_;
    std::vector<Given> values_;
    std::vector<std::vector<std::uint32_t>> uses_;  ///< [variable]
    std::vector<bool> waits_;                       ///< in the queue
    std::vector<std::uint32_t> queue_;
};

}  // namespace

bool propagates_to_conflict(const std::vector<const Inequality*>& inequalities, std::uint32_t variables,
                            Budget& budget) {
    const Budget::Temporary while_looking(budget);
    budget.memory(40 * (std::uint64_t{variables} + 1));
    budget.step(variables);
    return Propagation(inequalities, variables, budget).run();
}

}  // namespace attest::checker
