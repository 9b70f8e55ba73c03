#include "checker/planes/opb.hpp"

#include <gmpxx.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <utility>
#include <vector>

#include "checker/kernel/word_reader.hpp"

// OPB for inequalities that are not ours, which `attest-proof-check` takes. They keep their order, since a proof names them
// by their number; w ¬x is w − w x.

namespace attest::checker {
namespace {

constexpr std::uint64_t most_variables = 0x7fffffff;
constexpr std::uint64_t most_constraints = std::uint64_t{1} << 62;

constexpr WordReader::Signs opb_signs{.comment = '*', .mark = ';'};

struct Header {
    std::uint64_t variables = 0, constraints = 0;
};

bool natural(std::string_view text, std::uint64_t most, std::uint64_t& value) {
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    return !text.empty() && read.ec == std::errc() && read.ptr == end && value <= most;
}

/// Of the first line, which is a comment of this form; more may follow in it.
Header read_header(std::string_view line, const std::string& file, Budget& budget) {
    WordReader words(line, file, {.comment = '\0', .mark = opb_signs.mark}, budget);
    Header header;
    bool right = words.word() == "*" && words.word() == "#variable=";
    right = right && natural(words.word(), most_variables, header.variables);
    right = right && words.word() == "#constraint=" && natural(words.word(), most_constraints, header.constraints);
    if (!right) words.fail("\"* #variable= V #constraint= C\" was expected");
    return header;
}

/// The constraints, from the end of the first line on.
class OpbReader {
  public:
    OpbReader(std::string_view bytes, const std::string& file, const Header& header, Budget& budget)
        : words_(bytes, file, opb_signs, budget), budget_(budget), header_(header) {}

    Inequalities formula() {
        Inequalities formula(static_cast<std::uint32_t>(header_.variables), budget_);
        for (std::uint64_t k = 0; k < header_.constraints; ++k) constraint(formula);
        if (!words_.word().empty())
            words_.fail("the end was expected after " + std::to_string(header_.constraints) + " constraints");
        return formula;
    }

  private:
    void constraint(Inequalities& formula) {
        std::vector<std::pair<std::uint32_t, mpz_class>> terms;
        mpz_class bound = 0;
        std::string_view next = words_.word();
        for (; next != ">=" && next != "="; next = words_.word()) {
            mpz_class weight = number(next, "a weight, \">=\" or \"=\"");
            next = words_.word();
            const bool complemented = next.starts_with("~");
            const std::uint32_t of = variable(next);
            budget_.memory(sizeof(terms[0]) + 8 * mpz_size(weight.get_mpz_t()));
            if (complemented) bound -= weight, weight = -weight;
            terms.emplace_back(of, std::move(weight));
        }
        bound += number(words_.word(), "a number");
        if (const std::string_view end = words_.word(); end != ";") words_.wrong("\";\"", end);
        if (next == "=") formula.equal(terms, bound);
        else formula.at_least(terms, bound);
    }

    std::uint32_t variable(std::string_view text) const {
        const std::string_view name = text.starts_with("~") ? text.substr(1) : text;
        std::uint64_t of = 0;
        // To other readers a name is a name: x01 and x1 would be two variables.
        if (!name.starts_with("x") || name.starts_with("x0") || !natural(name.substr(1), header_.variables, of))
            words_.wrong("a variable, x1 to x" + std::to_string(header_.variables), text);
        return static_cast<std::uint32_t>(of);
    }

    mpz_class number(std::string_view text, const std::string& what) const {
        const std::string_view digits = text.starts_with("-") || text.starts_with("+") ? text.substr(1) : text;
        if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos)
            words_.wrong(what, text);
        budget_.arithmetic(digits.size() / 16);
        const mpz_class size(std::string(digits), 10);
        return text.front() == '-' ? mpz_class(-size) : size;
    }

    WordReader words_;
    Budget& budget_;
    const Header& header_;
};

}  // namespace

Inequalities read_opb(std::string_view bytes, const std::string& file, Budget& budget) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    const Header header = read_header(bytes.substr(0, end), file, budget);
    return OpbReader(bytes.substr(end), file, header, budget).formula();
}

}  // namespace attest::checker
