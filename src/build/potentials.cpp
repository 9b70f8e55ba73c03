#include "potentials.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace attest::build {

namespace {

using Row = std::vector<mpq_class>;

/// A matrix in reduced form.
class Reduced {
  public:
    explicit Reduced(std::size_t columns) : columns_(columns) {}

    void add(Row row) {
        for (const auto& [lead, known] : rows_) eliminate(row, known, lead);
        const auto lead = std::find_if(row.begin(), row.end(), [](const mpq_class& x) { return x != 0; });
        if (lead == row.end()) return;
        const auto column = static_cast<std::size_t>(lead - row.begin());
        const mpq_class scale = 1 / *lead;
        for (mpq_class& x : row) x *= scale;
        for (auto& [other, known] : rows_) eliminate(known, row, column);
        rows_.emplace(column, std::move(row));
    }

    /// A basis of the null space, a vector for each free column.
    std::vector<Row> null_space() const {
        std::vector<Row> basis;
        for (std::size_t free = 0; free < columns_; ++free) {
            if (rows_.contains(free)) continue;
            Row vector(columns_);
            vector[free] = 1;
            for (const auto& [lead, row] : rows_) vector[lead] = -row[free];
            basis.push_back(std::move(vector));
        }
        return basis;
    }

  private:
    static void eliminate(Row& row, const Row& by, std::size_t column) {
        if (row[column] == 0) return;
        const mpq_class times = row[column];
        for (std::size_t c = 0; c < row.size(); ++c)
            if (by[c] != 0) row[c] -= times * by[c];
    }

    std::size_t columns_;
    std::map<std::size_t, Row> rows_;
};

Potential whole(const Row& vector, std::size_t states, std::size_t classes, std::size_t letters) {
    mpz_class scale = 1;
    for (const mpq_class& x : vector) mpz_lcm(scale.get_mpz_t(), scale.get_mpz_t(), x.get_den_mpz_t());
    Potential p;
    for (std::size_t q = 0; q < states; ++q) p.of_state.emplace_back(vector[q] * scale);
    for (std::size_t c = 0; c < classes; ++c) {
        auto& row = p.of_letter.emplace_back();
        for (std::size_t a = 0; a < letters; ++a) row.emplace_back(vector[states + c * letters + a] * scale);
    }
    return p;
}

/// Splits the classes by a potential. False where it tells nothing new.
bool refine(Rounds& now, const Potential& potential) {
    std::map<std::pair<std::size_t, mpz_class>, std::size_t> finer;
    std::vector<std::size_t> class_of;
    for (std::size_t q = 0; q < now.class_of.size(); ++q)
        class_of.push_back(
            finer.emplace(std::pair(now.class_of[q], potential.of_state[q]), finer.size()).first->second);
    if (finer.size() == now.classes) return false;
    now.class_of = std::move(class_of);
    now.classes = finer.size();
    return true;
}

}  // namespace

Rounds separate(const language::Dfa& automaton, const std::vector<language::Dfa::State>& component) {
    const std::size_t states = component.size(), letters = automaton.alphabet.size();
    std::map<language::Dfa::State, std::size_t> place;
    for (std::size_t k = 0; k < states; ++k) place.emplace(component[k], k);
    Rounds now{{}, std::vector<std::size_t>(states, 0), 1};
    while (now.classes < states) {
        Round round{now.class_of, now.classes, {}};
        Reduced equations(states + round.classes * letters);
        for (std::size_t k = 0; k < states; ++k)
            for (language::Symbol a = 0; a < letters; ++a) {
                const auto to = place.find(automaton.transition[component[k]][a]);
                if (to == place.end()) continue;
                Row row(states + round.classes * letters);
                row[to->second] += 1;
                row[k] -= 1;
                row[states + round.class_of[k] * letters + a] = -1;
                equations.add(std::move(row));
            }
        for (const Row& vector : equations.null_space()) {
            Potential potential = whole(vector, states, round.classes, letters);
            if (refine(now, potential)) round.potentials.push_back(std::move(potential));
        }
        if (round.potentials.empty()) return now;
        now.rounds.push_back(std::move(round));
    }
    return now;
}

}  // namespace attest::build
