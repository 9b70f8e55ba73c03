// One proof from the proofs of all cubes.
//
// A clause C that follows from F and the literals of a cube q is the clause C ∨ ¬q, which follows from F: what negates it
// makes q true. So each proof goes over line by line, and ends with ¬q in place of the empty clause. The ends of two cubes
// that differ in their last literal only give a shorter one, and so on until the empty clause: a cube that were missing
// would be missed there.

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <sstream>
#include <unordered_map>

#include "attest/base/error.hpp"
#include "decide/threshold/cubes.hpp"

namespace attest::threshold {

namespace {

using Clause = std::vector<Literal>;
using Id = std::uint64_t;

class Joiner {
  public:
    Joiner(const logic::Cnf& formula, const std::vector<CubeProof>& proofs) : base_(formula.size()), proofs_(proofs) {
        result_.formula = formula;
        for (const CubeProof& p : proofs) {
            if (p.cube.size() != proofs[0].cube.size()) throw base::InternalError("a cube is of other variables");
            for (const Clause& cut : p.cuts)
                if (cut_ids_.try_emplace(cut, result_.formula.size() + 1).second) result_.formula.add(cut);
        }
        result_.cuts = cut_ids_.size();
        next_ = result_.formula.size() + 1;
    }

    Refutation run() {
        std::vector<Id> ends;
        for (const CubeProof& p : proofs_) ends.push_back(take_over(p));
        for (std::size_t k = proofs_[0].cube.size(); ends.size() > 1; ends = halve(ends, --k))
            if (k == 0 || ends.size() != std::size_t{1} << k) throw base::InternalError("a cube is missing");
        result_.proof = std::move(out_);
        return std::move(result_);
    }

  private:
    /// From the ends of cubes over `literals` + 1 variables to those over the first `literals`.
    std::vector<Id> halve(const std::vector<Id>& ends, std::size_t literals) {
        const std::size_t half = ends.size() / 2;
        std::vector<Id> shorter;
        for (std::size_t k = 0; k < half; ++k) {
            Clause clause;
            for (std::size_t t = 0; t < literals; ++t) clause.push_back(-proofs_[k].cube[t]);
            shorter.push_back(derive(clause, {ends[k], ends[k + half]}));
        }
        return shorter;
    }

    Id take_over(const CubeProof& proof) {
        std::unordered_map<Id, Id> known;  // identifiers there → here
        for (Id id = 1; id <= base_; ++id) known[id] = id;
        for (std::size_t c = 0; c < proof.cuts.size(); ++c) known[base_ + c + 1] = cut_ids_.at(proof.cuts[c]);
        std::istringstream lines(proof.lrat);
        Id end = 0, first = next_;
        for (std::string line; end == 0 && std::getline(lines, line);) {
            std::istringstream words(line);
            Id id = 0;
            words >> id;
            if (words >> std::ws; words.peek() == 'd') continue;
            Clause clause;
            for (Literal l = 0; words >> l && l != 0;) clause.push_back(l);
            std::vector<Id> hints;
            for (Id h = 0; words >> h && h != 0;)
                if (const auto at = known.find(h); at != known.end()) hints.push_back(at->second);
            const bool empty = clause.empty();
            if (!weaken(clause, proof.cube)) continue;
            known[id] = derive(clause, hints);
            if (empty) end = known[id];
        }
        if (end == 0) throw base::InternalError("the proof of a cube has no end");
        forget(first, end);
        return end;
    }

    /// Adds the complement of the cube; false if the clause is then true anyway, and was true under the cube.
    static bool weaken(Clause& clause, const Clause& cube) {
        for (const Literal q : cube) {
            if (std::find(clause.begin(), clause.end(), q) != clause.end()) return false;
            if (std::find(clause.begin(), clause.end(), -q) == clause.end()) clause.push_back(-q);
        }
        return true;
    }

    /// Follows a step, keeps the hints that it needs, and writes it.
    Id derive(const Clause& clause, const std::vector<Id>& hints) {
        std::unordered_map<std::int32_t, bool> value;
        for (const Literal l : clause) value[std::abs(l)] = l < 0;
        std::string line = fmt::format("{}", next_);
        for (const Literal l : clause) line += fmt::format(" {}", l);
        line += " 0";
        for (const Id h : hints) {
            const auto [satisfied, open, unit] = look(h, value);
            if (satisfied) continue;
            line += fmt::format(" {}", h);
            if (open == 0) {
                out_ += line + " 0\n";
                derived_[next_] = clause;
                return next_++;
            }
            if (open > 1) break;
            value[std::abs(unit)] = unit > 0;
        }
        throw base::InternalError("a step of a joined proof does not follow");
    }

    struct Look {
        bool satisfied = false;
        std::size_t open = 0;
        Literal unit = 0;
    };
    Look look(Id id, const std::unordered_map<std::int32_t, bool>& value) const {
        Look result;
        const auto literals = id <= result_.formula.size() ? result_.formula.clause(static_cast<std::size_t>(id - 1))
                                                           : std::span<const Literal>(derived_.at(id));
        for (const Literal l : literals) {
            const auto at = value.find(std::abs(l));
            if (at == value.end()) {
                ++result.open;
                result.unit = l;
            } else if (at->second == (l > 0)) {
                result.satisfied = true;
            }
        }
        return result;
    }

    /// What led to the end of a cube is needed no more.
    void forget(Id first, Id end) {
        if (first == end) return;
        out_ += fmt::format("{} d", end);
        for (Id id = first; id < end; ++id) {
            out_ += fmt::format(" {}", id);
            derived_.erase(id);
        }
        out_ += " 0\n";
    }

    const Id base_;
    const std::vector<CubeProof>& proofs_;
    std::map<Clause, Id> cut_ids_;
    std::unordered_map<Id, Clause> derived_;
    Id next_ = 1;
    std::string out_;
    Refutation result_;
};

}  // namespace

Refutation join(const logic::Cnf& formula, const std::vector<CubeProof>& proofs) {
    return Joiner(formula, proofs).run();
}

}  // namespace attest::threshold
