#include "checker/kernel/clauses.hpp"

#include "checker/kernel/defect.hpp"

// Reverse unit propagation. A clause C follows from clauses if assuming all its literals false, each hint in turn has
// all but at most one literal false, the one left becomes true, and the last hint has none left: the assumption is
// contradictory, so C holds wherever the hinted clauses do (Goldberg and Novikov 2003; with hints, Cruz-Filipe et al.
// 2017). The clauses are kept in one array of numbers, and an identifier is looked up in an array while it is small
// enough for one.

namespace attest::checker {

Clauses::Clauses(const Formula& formula, std::uint64_t dense, Budget& budget)
    : variables_(formula.variables), dense_(dense + formula.clauses()), budget_(budget) {
    budget.memory(8 * (variables_ + 1));
    stamp_.resize(2 * (variables_ + 1));
    for (std::size_t k = 0; k < formula.clauses(); ++k) add(static_cast<std::int64_t>(k + 1), formula.clause(k));
}

void Clauses::literals(const std::vector<std::int64_t>& numbers, std::vector<std::int32_t>& clause) {
    clause.clear();
    forget();
    for (const std::int64_t number : numbers) {
        if (number > static_cast<std::int64_t>(variables_) || -number > static_cast<std::int64_t>(variables_))
            throw Defect("", "the literal " + std::to_string(number) + " is not one of the formula's variables");
        const auto literal = static_cast<std::int32_t>(number);
        if (is_true(literal) || is_true(-literal))
            throw Defect("", "the variable of " + std::to_string(number) + " occurs twice");
        make_true(literal);
        clause.push_back(literal);
    }
}

void Clauses::forget() {
    if (++now_ == 0) throw Defect("limits", "a proof of more than 2^31 lines");
}

std::uint64_t& Clauses::offset_slot(std::int64_t id) {
    const auto number = static_cast<std::uint64_t>(id);
    if (number > dense_) {
        budget_.memory(64);
        budget_.step(32);
        return sparse_[id];
    }
    if (number >= offsets_.size()) {
        budget_.memory(8 * (number + 1 - offsets_.size()));
        offsets_.resize(number + 1);
    }
    return offsets_[number];
}

std::uint64_t Clauses::offset(std::int64_t id) const {
    std::uint64_t found = 0;
    if (id > 0 && static_cast<std::uint64_t>(id) < offsets_.size()) {
        found = offsets_[static_cast<std::size_t>(id)];
    } else if (const auto entry = sparse_.find(id); entry != sparse_.end()) {
        found = entry->second;
    }
    if (found == 0) throw Defect("", "there is no clause " + std::to_string(id));
    return found;
}

void Clauses::add(std::int64_t id, Clause clause) {
    if (id <= last_id_) throw Defect("", "the identifier " + std::to_string(id) + " is not greater than all before");
    budget_.step(16 + clause.size());
    budget_.memory(8 * (clause.size() + 1));
    last_id_ = id;
    offset_slot(id) = arena_.size();
    arena_.push_back(static_cast<std::int32_t>(clause.size()));
    arena_.insert(arena_.end(), clause.begin(), clause.end());
}

void Clauses::remove(std::int64_t id) {
    offset(id);
    if (static_cast<std::uint64_t>(id) <= dense_) offsets_[static_cast<std::size_t>(id)] = 0;
    else sparse_.erase(id);
}

Clauses::Clause Clauses::find(std::int64_t id) const {
    const std::uint64_t at = offset(id);
    return Clause(arena_).subspan(at + 1, static_cast<std::size_t>(arena_[at]));
}

/// assignment := all literals of the clause false; each hint is unit or falsified under it; the last is
/// falsified
void Clauses::check_follows(Clause clause, const std::vector<std::int64_t>& hints) {
    forget();
    for (const std::int32_t literal : clause) make_true(-literal);
    bool falsified = false;
    for (const std::int64_t hint : hints) {
        std::int32_t left = 0;
        const Clause used = find(hint);
        budget_.step(8 + used.size());
        for (const std::int32_t literal : used) {
            if (is_true(-literal)) continue;
            if (left != 0) throw Defect("", "the hint " + std::to_string(hint) + " is neither unit nor falsified");
            left = literal;
        }
        falsified = left == 0;
        if (falsified) continue;
        if (is_true(left)) throw Defect("", "the hint " + std::to_string(hint) + " is satisfied");
        make_true(left);
    }
    if (!falsified) throw Defect("", "the last hint is not falsified");
}

}  // namespace attest::checker
