#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "planes_bounds.hpp"

namespace attest::decide {

/// Writes the proof that a question's constraints have no solution, if bounds and residues of sums show it.
class PlanesProver {
  public:
    PlanesProver(const PlanesFormula& question, const compile::Inputs& inputs, const compile::ThresholdModel& model,
                 const base::Limits& limits);

    /// The proof; or words, some of which may show that there is none; or neither.
    std::variant<std::string, std::vector<language::Word>> run();

  private:
    /// Gates that compare one sum of symbols with different bounds.
    struct Family {
        SymbolWeights weights;
        mpz_class least, most;                                  ///< what the wires alone allow
        std::vector<std::pair<mpz_class, std::size_t>> bounds;  ///< ascending, each with its gate
    };
    using Sum = logic::PlanesProof::Sum;
    using Edge = PlanesRuns::Edge;

    /// Two relations of a sum to residues, and what is ruled out for one value of the sum.
    struct SingleValue {
        mpz_class sum;
        std::optional<std::size_t> reaching, beyond;  ///< the gates that are true and false then, where there are any
    };

    /// A clause says where the run may be if one gate is true and another false, or only one of them.
    using Premise = std::pair<std::optional<std::size_t>, std::optional<std::size_t>>;
    struct Clause {
        std::uint64_t number;
        std::vector<std::int32_t> steps;
    };

    std::vector<Family> families() const;
    SymbolWeights weights_of(const compile::ThresholdCircuit::Gate& gate) const;
    void add_extremes(const Family& family);
    void add_residues(const Family& family);
    std::vector<SingleValue> single_values(const Family& family) const;
    void add_residue(const Family& family, const Residues& residues, const SingleValue& value, std::size_t state,
                     std::uint64_t at_least, std::uint64_t at_most);
    std::uint64_t rounded(const Family& family, const Residues& residues, const SingleValue& value, std::size_t state,
                          std::uint64_t relation, int sign, mpz_class& shift);
    std::uint64_t relation(const SymbolWeights& weights, const Potentials& potential, int sign, bool slack);
    std::uint64_t one_step(std::size_t position, bool at_most);
    void add_ones(Sum& sum, std::size_t position, const mpz_class& factor);
    void add_clause(const Sum& sum, const Premise& premise, const std::vector<std::int32_t>& steps);
    void add_conjunctions();
    std::optional<std::uint64_t> side(bool accepts);
    std::optional<std::string> contradiction();

    std::int32_t gate_variable(std::size_t gate) const;

    const PlanesFormula& q_;
    const compile::Inputs& inputs_;
    const compile::ThresholdModel& model_;
    const base::Limits& limits_;
    logic::PlanesProof proof_;
    std::vector<logic::LinearConstraint> clauses_;  // that were derived
    std::multimap<Premise, Clause> known_;          // the same
    std::map<std::pair<std::size_t, bool>, std::uint64_t> ones_;
    std::vector<language::Word> words_;  // of sums that do not fit
};

}  // namespace attest::decide
