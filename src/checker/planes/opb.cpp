#include "checker/planes/opb.hpp"

#include <gmpxx.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <utility>
#include <vector>

#include "checker/kernel/defect.hpp"
#include "checker/kernel/shown.hpp"

// OPB for inequalities that are not ours, which `attest-proof-check` takes. They keep their order, since a proof names them
// by their number; w ¬x is w − w x.

namespace attest::checker {
namespace {

constexpr std::uint64_t most_variables = 0x7fffffff;
constexpr std::uint64_t most_constraints = std::uint64_t{1} << 62;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool ends_word(char c) { return is_blank(c) || c == ';'; }

class OpbReader {
  public:
    OpbReader(std::string_view bytes, const std::string& file, Budget& budget)
        : rest_(bytes), file_(file), budget_(budget) {}

    Inequalities formula() {
        const auto [variables, constraints] = header();
        variables_ = variables;
        Inequalities formula(static_cast<std::uint32_t>(variables), budget_);
        for (std::uint64_t k = 0; k < constraints; ++k) constraint(formula);
        if (!word().empty()) fail("the end was expected after " + std::to_string(constraints) + " constraints");
        return formula;
    }

  private:
    /// V and C of the first line, which is a comment of this form; more may follow in it.
    std::pair<std::uint64_t, std::uint64_t> header() {
        const std::size_t end = std::min(rest_.find('\n'), rest_.size());
        const std::string_view all = rest_;
        rest_ = all.substr(0, end);
        line_begins_ = false;  // here it is read
        std::uint64_t found[2] = {0, 0};
        bool right = word() == "*" && word() == "#variable=" && natural(word(), most_variables, found[0]);
        right = right && word() == "#constraint=" && natural(word(), most_constraints, found[1]);
        if (!right) fail("\"* #variable= V #constraint= C\" was expected");
        rest_ = all.substr(end);
        return {found[0], found[1]};
    }

    static bool natural(std::string_view text, std::uint64_t most, std::uint64_t& value) {
        const char* const end = text.data() + text.size();
        const auto read = std::from_chars(text.data(), end, value);
        return !text.empty() && read.ec == std::errc() && read.ptr == end && value <= most;
    }

    void constraint(Inequalities& formula) {
        std::vector<std::pair<std::uint32_t, mpz_class>> terms;
        mpz_class bound = 0;
        std::string_view next = word();
        for (; next != ">=" && next != "="; next = word()) {
            mpz_class weight = number(next, "a weight, \">=\" or \"=\"");
            next = word();
            const bool complemented = next.starts_with("~");
            const std::uint32_t of = variable(next);
            budget_.memory(sizeof(terms[0]) + 8 * mpz_size(weight.get_mpz_t()));
            if (complemented) bound -= weight, weight = -weight;
            terms.emplace_back(of, std::move(weight));
        }
        bound += number(word(), "a number");
        if (const std::string_view end = word(); end != ";") wrong("\";\"", end);
        if (next == "=") formula.equal(terms, bound);
        else formula.at_least(terms, bound);
    }

    std::uint32_t variable(std::string_view text) const {
        const std::string_view name = text.starts_with("~") ? text.substr(1) : text;
        std::uint64_t of = 0;
        if (!name.starts_with("x") || !natural(name.substr(1), variables_, of) || of == 0)
            wrong("a variable, x1 to x" + std::to_string(variables_), text);
        return static_cast<std::uint32_t>(of);
    }

    mpz_class number(std::string_view text, const std::string& what) const {
        const std::string_view digits = text.starts_with("-") || text.starts_with("+") ? text.substr(1) : text;
        if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) wrong(what, text);
        budget_.arithmetic(digits.size() / 16);
        const mpz_class size(std::string(digits), 10);
        return text.front() == '-' ? mpz_class(-size) : size;
    }

    /// What stands before the next blank or semicolon, or a semicolon; empty at the end of the file.
    std::string_view word() {
        skip();
        auto end = std::find_if(rest_.begin(), rest_.end(), ends_word);
        if (end == rest_.begin() && end != rest_.end()) ++end;
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
            if (line_begins_ && rest_.front() == '*') skipped = std::min(rest_.find('\n'), rest_.size());
            else if (!is_blank(rest_.front())) return;
            else if (rest_.front() == '\n') ++line_, line_begins_ = true;
            budget_.step(skipped);
            rest_.remove_prefix(skipped);
        }
    }

    [[noreturn]] void wrong(const std::string& what, std::string_view found) const {
        fail(what + " was expected, " + (found.empty() ? "the file ends" : quoted(found) + " was found"));
    }
    [[noreturn]] void fail(const std::string& reason) const {
        throw Defect(file_ + " line " + std::to_string(line_), reason);
    }

    std::string_view rest_;
    const std::string& file_;
    Budget& budget_;
    std::uint64_t variables_ = 0;
    std::uint64_t line_ = 1;
    bool line_begins_ = true;
};

}  // namespace

Inequalities read_opb(std::string_view bytes, const std::string& file, Budget& budget) {
    return OpbReader(bytes, file, budget).formula();
}

}  // namespace attest::checker
