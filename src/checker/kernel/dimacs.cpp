#include "checker/kernel/dimacs.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "checker/kernel/defect.hpp"
#include "checker/kernel/shown.hpp"

// DIMACS CNF for formulas that are not ours, which `attest-proof-check` takes. Clauses keep their order, since a proof
// names them by their number; a literal that stands twice in one means the same once.

namespace attest::checker {
namespace {

constexpr std::int64_t most_variables = std::numeric_limits<std::int32_t>::max();
constexpr std::int64_t most_clauses = std::int64_t{1} << 62;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

class DimacsReader {
  public:
    DimacsReader(std::string_view bytes, const std::string& file, Budget& budget)
        : rest_(bytes), file_(file), budget_(budget) {}

    Formula formula() {
        Formula formula(budget_);
        if (token() != "p" || token() != "cnf") fail("\"p cnf VARIABLES CLAUSES\" was expected");
        const std::int64_t variables = number("the number of variables", 0, most_variables);
        const std::int64_t clauses = number("the number of clauses", 0, most_clauses);
        formula.variables = static_cast<std::size_t>(variables);
        for (std::int64_t k = 0; k < clauses; ++k) formula.add(clause(variables));
        if (!token().empty()) fail("the end was expected after " + std::to_string(clauses) + " clauses");
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
        const std::string_view text = token();
        const char* const end = text.data() + text.size();
        std::int64_t value = 0;
        const auto read = std::from_chars(text.data(), end, value);
        const bool whole = !text.empty() && read.ec == std::errc() && read.ptr == end;
        if (!whole || value < least || value > most)
            fail(what + " was expected, " + (text.empty() ? "the file ends" : quoted(text) + " was found"));
        return value;
    }

    /// What stands before the next blank; empty at the end of the file.
    std::string_view token() {
        skip();
        const auto end = std::find_if(rest_.begin(), rest_.end(), is_blank);
        const std::string_view text = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
        budget_.step(4 + text.size());
        rest_.remove_prefix(text.size());
        line_begins_ = false;
        return text;
    }

    /// Blanks and comments.
    void skip() {
        while (!rest_.empty()) {
            std::size_t skipped = 1;
            if (line_begins_ && rest_.front() == 'c') skipped = std::min(rest_.find('\n'), rest_.size());
            else if (!is_blank(rest_.front())) return;
            else if (rest_.front() == '\n') ++line_, line_begins_ = true;
            budget_.step(skipped);
            rest_.remove_prefix(skipped);
        }
    }

    [[noreturn]] void fail(const std::string& reason) const {
        throw Defect(file_ + " line " + std::to_string(line_), reason);
    }

    std::string_view rest_;
    const std::string& file_;
    Budget& budget_;
    std::vector<std::int32_t> clause_;
    std::size_t longest_ = 0;
    std::uint64_t line_ = 1;
    bool line_begins_ = true;
};

}  // namespace

Formula read_dimacs(std::string_view bytes, const std::string& file, Budget& budget) {
    return DimacsReader(bytes, file, budget).formula();
}

}  // namespace attest::checker
