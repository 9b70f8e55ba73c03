#pragma once

// LRAT and XLRUP as FORMAT.md, section 8, has them and not a bit more: for tests only, simple and slow.

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "attest/logic/cnf.hpp"

namespace attest::logic::test {

class StrictChecker {
  public:
    StrictChecker(const Cnf& formula, bool with_parity) : formula_(formula), with_parity_(with_parity) {
        for (std::size_t c = 0; c < formula.size(); ++c) {
            const auto clause = formula.clause(c);
            clauses_[static_cast<std::int64_t>(c + 1)].assign(clause.begin(), clause.end());
        }
        last_id_ = static_cast<std::int64_t>(formula.size());
    }

    /// Empty if the text is a refutation, else what is wrong with it.
    std::string check(const std::string& text) {
        std::size_t at = 0, line = 0;
        while (at < text.size()) {
            ++line;
            const std::size_t end = text.find('\n', at);
            if (end == std::string::npos) return "no newline at the end";
            if (!step(text.substr(at, end - at))) return "line " + std::to_string(line) + ": " + reason_;
            at = end + 1;
        }
        return refuted_ ? "" : "no empty clause";
    }
    std::size_t most_alive() const { return most_alive_; }

  private:
    using Numbers = std::vector<std::int64_t>;
    using Clause = std::vector<std::int32_t>;
    using Parity = std::pair<std::set<std::int32_t>, bool>;  // variables, sum

    bool no(const std::string& why) {
        reason_ = why;
        return false;
    }

    /// Numbers up to a 0; false if there is no 0 or something else is there.
    static bool numbers_to_zero(std::istringstream& in, Numbers& numbers) {
        std::string token;
        while (in >> token) {
            std::size_t used = 0;
            std::int64_t number = 0;
            try {
                number = std::stoll(token, &used);
            } catch (const std::exception&) {
                return false;
            }
            if (used != token.size() || token[0] == '+') return false;
            if (number == 0) return true;
            numbers.push_back(number);
        }
        return false;
    }
    static bool at_end(std::istringstream& in) {
        std::string token;
        return !(in >> token);
    }
    bool clause_of(const Numbers& numbers, Clause& clause) {
        for (const std::int64_t number : numbers) {
            if (number > formula_.variables || number < -formula_.variables) return no("unknown variable");
            clause.push_back(static_cast<std::int32_t>(number));
        }
        return true;
    }

    bool step(const std::string& line) {
        std::istringstream in(line);
        std::string first, second, third;
        in >> first;
        if (with_parity_ && first == "i") {
            in >> second >> third;
            if (second == "x") return import_parity(third, in);
            if (second == "cx") return clause_from_parities(third, in);
            return no("unknown line");
        }
        if (with_parity_ && first == "x") {
            in >> second;
            return second == "d" ? remove_parities(in) : sum(second, in);
        }
        const std::int64_t id = std::atoll(first.c_str());
        if (id <= 0 || std::to_string(id) != first) return no("no identifier");
        const auto place = in.tellg();
        if (in >> second && second == "d") return remove_clauses(in);
        in.clear();
        in.seekg(place);
        Numbers literals, hints;
        Clause clause;
        if (!numbers_to_zero(in, literals) || !numbers_to_zero(in, hints) || !at_end(in)) return no("malformed");
        return clause_of(literals, clause) && rup(clause, hints) && add_clause(id, clause);
    }

    bool add_clause(std::int64_t id, const Clause& clause) {
        if (id <= last_id_) return no("identifier not ascending");
        last_id_ = id;
        clauses_[id] = clause;
        most_alive_ = std::max(most_alive_, clauses_.size());
        refuted_ = refuted_ || clause.empty();
        return true;
    }

    bool rup(const Clause& clause, const Numbers& hints) {
        std::set<std::int32_t> truths;
        for (const std::int32_t literal : clause) truths.insert(-literal);
        for (const std::int32_t literal : clause)
            if (truths.contains(literal)) return no("tautology");
        for (std::size_t h = 0; h < hints.size(); ++h) {
            const auto found = clauses_.find(hints[h]);
            if (found == clauses_.end()) return no("hint to nothing");
            std::set<std::int32_t> open;
            for (const std::int32_t literal : found->second) {
                if (truths.contains(literal)) return no("a hinted clause is satisfied");
                if (!truths.contains(-literal)) open.insert(literal);
            }
            if (open.size() > 1) return no("a hinted clause is not unit");
            if (open.empty()) return h + 1 == hints.size() || no("falsified before the last hint");
            truths.insert(*open.begin());
        }
        return no("the last hint is not falsified");
    }

    bool remove_clauses(std::istringstream& in) {
        Numbers ids;
        if (!numbers_to_zero(in, ids) || !at_end(in)) return no("malformed");
        for (const std::int64_t id : ids)
            if (!clauses_.erase(id)) return no("deletes what is not there");
        return true;
    }
    bool remove_parities(std::istringstream& in) {
        Numbers ids;
        if (!numbers_to_zero(in, ids) || !at_end(in)) return no("malformed");
        for (const std::int64_t id : ids)
            if (!parities_.erase(id)) return no("deletes what is not there");
        return true;
    }

    bool parity_line(const std::string& name, std::istringstream& in, std::int64_t& id, Clause& literals,
                     Numbers& sources) {
        id = std::atoll(name.c_str());
        if (id <= 0 || std::to_string(id) != name) return no("no identifier");
        Numbers numbers;
        if (!numbers_to_zero(in, numbers) || !numbers_to_zero(in, sources) || !at_end(in)) return no("malformed");
        return clause_of(numbers, literals);
    }
    static Parity parity_of(const Clause& literals) {
        Parity parity{{}, true};
        for (const std::int32_t literal : literals) {
            if (literal < 0) parity.second = !parity.second;
            if (!parity.first.insert(std::abs(literal)).second) parity.first.erase(std::abs(literal));
        }
        return parity;
    }
    bool total(const Numbers& sources, Parity& result) {
        result = {{}, false};
        for (const std::int64_t id : sources) {
            const auto found = parities_.find(id);
            if (found == parities_.end()) return no("no such parity");
            result.second ^= found->second.second;
            for (const std::int32_t v : found->second.first)
                if (!result.first.insert(v).second) result.first.erase(v);
        }
        return true;
    }
    bool add_parity(std::int64_t id, const Parity& parity) {
        if (!parities_.emplace(id, parity).second) return no("parity identifier used twice");
        refuted_ = refuted_ || (parity.first.empty() && parity.second);
        return true;
    }

    bool import_parity(const std::string& name, std::istringstream& in) {
        std::int64_t id = 0;
        Clause literals;
        Numbers sources;
        if (!parity_line(name, in, id, literals, sources)) return false;
        const Parity parity = parity_of(literals);
        if (literals.size() != parity.first.size() || literals.size() > 12) return no("bad parity");
        std::set<std::set<std::int32_t>> given;
        for (const std::int64_t source : sources) {
            const auto found = clauses_.find(source);
            if (found == clauses_.end()) return no("imports from nothing");
            given.insert({found->second.begin(), found->second.end()});
        }
        for (std::uint32_t row = 0; row < 1U << literals.size(); ++row) {
            if (__builtin_popcount(row) % 2 == 1) continue;  // row: which listed literals are true
            std::set<std::int32_t> forbids;
            for (std::size_t i = 0; i < literals.size(); ++i)
                forbids.insert((row >> i & 1) ? -literals[i] : literals[i]);
            if (!given.contains(forbids)) return no("a forbidding clause is missing");
        }
        return add_parity(id, parity);
    }
    bool sum(const std::string& name, std::istringstream& in) {
        std::int64_t id = 0;
        Clause literals;
        Numbers sources;
        Parity result;
        if (!parity_line(name, in, id, literals, sources) || !total(sources, result)) return false;
        if (result != parity_of(literals)) return no("wrong sum");
        return add_parity(id, result);
    }
    bool clause_from_parities(const std::string& name, std::istringstream& in) {
        std::int64_t id = 0;
        Clause clause;
        Numbers sources;
        Parity result;
        if (!parity_line(name, in, id, clause, sources) || !total(sources, result)) return false;
        bool sum_if_false = false;
        std::set<std::int32_t> covered;
        for (const std::int32_t literal : clause) {
            covered.insert(std::abs(literal));
            if (literal < 0 && result.first.contains(std::abs(literal))) sum_if_false = !sum_if_false;
        }
        if (!std::includes(covered.begin(), covered.end(), result.first.begin(), result.first.end()))
            return no("variables beyond the clause");
        if (sum_if_false == result.second) return no("the parities do not imply the clause");
        return add_clause(id, clause);
    }

    const Cnf& formula_;
    bool with_parity_;
    std::map<std::int64_t, Clause> clauses_;
    std::map<std::int64_t, Parity> parities_;
    std::int64_t last_id_ = 0;
    std::size_t most_alive_ = 0;
    bool refuted_ = false;
    std::string reason_;
};

inline std::string check_lrat(const Cnf& formula, const std::string& text) {
    return StrictChecker(formula, false).check(text);
}
inline std::string check_xlrup(const Cnf& formula, const std::string& text) {
    return StrictChecker(formula, true).check(text);
}

}  // namespace attest::logic::test
