// Gauss without a solver: circuits that compute parity in two ways are compared by turning each gate that is
// a sum modulo 2 into a parity constraint, proved from its few clauses, and adding these up from the root to
// the inputs. The clauses alone have only exponential resolution proofs when the two orders are unlike
// (Tseitin; Urquhart 1987); with parity constraints as lines the proof is linear. The format and its verified
// checker are those of Tan, Yang, Soos, Myreen, Meel (CAV 2024).
//
// The elimination needs no matrix: definitions are triangular (a gate by smaller ones), so replacing the
// greatest gate by its definition until only inputs are left is Gauss already.

#include <cstdlib>
#include <functional>
#include <map>
#include <set>

#include "gate_recovery.hpp"
#include "logic/proof.hpp"
#include "parity_lemma.hpp"
#include "parity_structure.hpp"
#include "xlrup_writer.hpp"

namespace attest::logic {
namespace {

class Refutation {
  public:
    Refutation(const Cnf& formula, const RecoveredCircuit& circuit, const ParityStructure& structure,
               const base::Limits& limits)
        : formula_(formula), circuit_(circuit), structure_(structure), limits_(limits), writer_(formula) {}

    std::optional<std::string> run() {
        std::vector<Elimination> eliminations;
        for (const std::int32_t literal : structure_.root) {
            auto elimination = eliminate(literal);
            if (!elimination) return std::nullopt;
            eliminations.push_back(std::move(*elimination));
        }
        for (Elimination& each : eliminations)
            for (const std::int32_t gate : each.gates)
                if (const auto id = constraint(gate)) each.parities.push_back(*id);
                else return std::nullopt;
        finish(eliminations);
        return writer_.take();
    }

  private:
    /// The definitions whose sum says that a root literal is false.
    struct Elimination {
        std::int32_t literal = 0;
        std::vector<std::int32_t> gates;
        std::vector<XlrupWriter::Id> parities;
    };

    std::optional<Elimination> eliminate(std::int32_t literal) const;
    std::optional<XlrupWriter::Id> constraint(std::int32_t gate);
    void finish(const std::vector<Elimination>& eliminations);

    const Cnf& formula_;
    const RecoveredCircuit& circuit_;
    const ParityStructure& structure_;
    const base::Limits& limits_;
    XlrupWriter writer_;
    std::map<std::int32_t, XlrupWriter::Id> constraints_;
};

std::optional<Refutation::Elimination> Refutation::eliminate(std::int32_t literal) const {
    Elimination elimination{literal, {}, {}};
    std::set<std::int32_t, std::greater<>> sum{std::abs(literal)};
    bool constant = false;
    while (!sum.empty()) {
        const auto found = structure_.definitions.find(*sum.begin());
        if (found == structure_.definitions.end()) return std::nullopt;  // an atom stays
        elimination.gates.push_back(found->first);
        sum.erase(sum.begin());
        constant ^= found->second.constant;
        for (const std::int32_t term : found->second.terms)
            if (!sum.insert(term).second) sum.erase(term);
    }
    if (constant != (literal < 0)) return std::nullopt;  // the literal is true
    return elimination;
}

std::optional<XlrupWriter::Id> Refutation::constraint(std::int32_t gate) {
    if (const auto found = constraints_.find(gate); found != constraints_.end()) return found->second;
    if (limits_.exceeded() || writer_.bytes() > limits_.memory_bytes) return std::nullopt;
    const ParityDefinition& definition = structure_.definitions.at(gate);
    const RecoveredGate& recovered = circuit_.gates[static_cast<std::size_t>(gate)];
    std::optional<XlrupWriter::Id> id;
    if (recovered.kind == RecoveredGate::Kind::parity) {
        const auto clause = formula_.clause(recovered.first_clause);  // −g a b: g + a + b = 0
        const std::size_t first = recovered.first_clause + 1;
        id = writer_.import_parity(clause, std::vector<XlrupWriter::Id>{first, first + 1, first + 2, first + 3});
    } else {
        id = ParityLemma(formula_, circuit_, definition, writer_).prove();
    }
    if (id) constraints_.emplace(gate, *id);
    return id;
}

void Refutation::finish(const std::vector<Elimination>& eliminations) {
    const XlrupWriter::Id root = structure_.root_clause + 1;
    if (eliminations.size() == 1) {
        const std::int32_t literal = eliminations[0].literal;
        std::vector<XlrupWriter::Id> all = eliminations[0].parities;
        all.push_back(writer_.import_parity({&literal, 1}, {&root, 1}));
        writer_.clause_from_parities({}, all);  // the sum is 0 = 1
        return;
    }
    std::vector<XlrupWriter::Id> hints;
    for (const Elimination& each : eliminations) {
        const std::int32_t negated = -each.literal;
        const XlrupWriter::Id parity = writer_.sum({&negated, 1}, each.parities);
        hints.push_back(writer_.clause_from_parities({&negated, 1}, {&parity, 1}));
    }
    hints.push_back(root);
    writer_.clause({}, hints);
}

}  // namespace

std::optional<std::string> refute_by_parity(const Cnf& formula, const base::Limits& limits) {
    const RecoveredCircuit circuit = recover_gates(formula);
    const auto structure = find_parity_structure(formula, circuit, limits);
    if (!structure) return std::nullopt;
    return Refutation(formula, circuit, *structure, limits).run();
}

}  // namespace attest::logic
