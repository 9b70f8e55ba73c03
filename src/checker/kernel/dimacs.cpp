#include "checker/kernel/dimacs.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "checker/kernel/word_reader.hpp"

// DIMACS CNF for formulas that are not ours, which `attest-proof-check` takes. Clauses keep their order, since a proof
// names them by their number; a literal that stands twice in one means the same once.

namespace attest::checker {
namespace {

constexpr std::int64_t most_variables = std::numeric_limits<std::int32_t>::max();
constexpr std::int64_t most_clauses = std::int64_t{1} << 62;

class DimacsReader {
  public:
    DimacsReader(std::string_view bytes, const std::string& file, Budget& budget)
        : words_(bytes, file, {.comment = 'c'}, budget), budget_(budget) {}

    Formula formula() {
        Formula formula(budget_);
        if (words_.word() != "p" || words_.word() != "cnf") words_.fail("\"p cnf VARIABLES CLAUSES\" was expected");
        const std::int64_t variables = number("the number of variables", 0, most_variables);
        const std::int64_t clauses = number("the number of clauses", 0, most_clauses);
        formula.variables = static_cast<std::size_t>(variables);
        for (std::int64_t k = 0; k < clauses; ++k) formula.add(clause(variables));
        if (!words_.word().empty()) words_.fail("the end was expected after " + std::to_string(clauses) + " clauses");
        return formula;
    }

  private:
    const std::vector<std::int32_t>& clause(std::int64_t variables) {
        clause_.clear();
        while (const std::int64_t literal = number("a literal or the 0 that ends a clause", -variables, variables)) {
            clause_.push_back(static_cast<std::int32_t>(literal));
            if (clause_.size() > longest_) budget_.memory(8), longest_ = clause_.size();
        }
        budget_.step(16 * clause_.size());  // it is sorted
        std::sort(clause_.begin(), clause_.end());
        clause_.erase(std::unique(clause_.begin(), clause_.end()), clause_.end());
        return clause_;
    }

    std::int64_t number(const std::string& what, std::int64_t least, std::int64_t most) {
        const std::string_view text = words_.word();
        const char* const end = text.data() + text.size();
        std::int64_t value = 0;
        const auto read = std::from_chars(text.data(), end, value);
        const bool whole = !text.empty() && read.ec == std::errc() && read.ptr == end;
        if (!whole || value < least || value > most) words_.wrong(what, text);
        return value;
    }

    WordReader words_;
    Budget& budget_;
    std::vector<std::int32_t> clause_;
    std::size_t longest_ = 0;
};

}  // namespace

Formula read_dimacs(std::string_view bytes, const std::string& file, Budget& budget) {
    return DimacsReader(bytes, file, budget).formula();
}

}  // namespace attest::checker
