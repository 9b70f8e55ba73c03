// From the parts of an AIGER file to a circuit. Gates of an ASCII file come in any order: each is made after
// what it reads, by a depth-first search with its own stack (files may be as deep as they are long); a gate
// met again on that stack is a cycle, and the stack is the message.

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "aiger_file.hpp"
#include "attest/base/error.hpp"
#include "attest/circuit/builder.hpp"
#include "circuit/aiger.hpp"
#include "circuit/sequential.hpp"

namespace attest::circuit {

namespace {

/// What defines each variable: the inputs, then the gates, by their number in the file. Sorted pairs, so that
/// memory goes by what the file defines and not by the greatest variable that it claims.
class Definitions {
  public:
    explicit Definitions(const AigerFile& file) : file_(file) {
        sorted_.reserve(file.inputs.size() + file.latches.size() + file.ands.size());
        for (const std::uint32_t literal : file.inputs) add(literal);
        for (const AigerFile::Latch& latch : file.latches) add(latch.literal);
        for (const AigerFile::And& gate : file.ands) add(gate.literal);
        if (!std::ranges::is_sorted(sorted_)) std::ranges::sort(sorted_);
        const auto twice = std::ranges::adjacent_find(sorted_, {}, &Definition::first);
        if (twice != sorted_.end()) {
            throw base::InputError(
                where(std::next(twice)->second), "a new variable",
                fmt::format("literal {}, defined at {} already", 2 * twice->first, where(twice->second)));
        }
    }

    /// The number of the definition of a literal's variable; `size` if there is none.
    std::size_t find(std::uint32_t literal) const {
        const std::uint32_t variable = literal / 2;
        // Where all variables are defined, as nearly always, a variable's place is known.
        if (variable >= 1 && variable <= sorted_.size() && sorted_[variable - 1].first == variable) {
            return sorted_[variable - 1].second;
        }
        const auto at = std::ranges::lower_bound(sorted_, variable, {}, &Definition::first);
        return at != sorted_.end() && at->first == variable ? at->second : size();
    }
    std::size_t size() const { return sorted_.size(); }

  private:
    using Definition = std::pair<std::uint32_t, std::uint32_t>;  // variable, number

    void add(std::uint32_t literal) { sorted_.emplace_back(literal / 2, static_cast<std::uint32_t>(sorted_.size())); }
    std::string where(std::size_t number) const {
        const std::size_t inputs = file_.inputs.size(), latches = file_.latches.size();
        if (number < inputs) return file_.where_input(number);
        if (number < inputs + latches) return file_.where_latch(number - inputs);
        return file_.where_and(number - inputs - latches);
    }

    const AigerFile& file_;
    std::vector<Definition> sorted_;
};

class Maker {
  public:
    Maker(const AigerFile& file, std::size_t most_bytes)
        : file_(file), definitions_(file), builder_(most_bytes), made_(definitions_.size(), unmade) {
        for (std::size_t k = 0; k < file.inputs.size(); ++k) made_[k] = builder_.add_input(file.input_names[k]).code();
        for (const AigerFile::Latch& latch : file.latches)
            made_[latch_number(latch)] = builder_.add_input(latch.next.name).code();
        for (std::size_t k = 0; k < file.ands.size(); ++k) make(k + first_gate());
    }

    Circuit finish() && {
        Circuit& circuit = builder_.circuit();
        for (const AigerFile::Use& use : file_.outputs) circuit.add_output(use.name, literal(use));
        for (const AigerFile::Use& use : file_.bad) circuit.add_output(use.name, literal(use));
        for (const AigerFile::Use& use : file_.constraints) circuit.add_constraint(use.name, literal(use));
        return std::move(builder_).take();
    }

    Sequential finish_sequential() && {
        Sequential result;
        Circuit& circuit = builder_.circuit();
        for (const AigerFile::Latch& latch : file_.latches)
            result.latches.push_back({latch.next.name, literal(latch.next), latch.initial});
        for (const AigerFile::Use& use : file_.bad) result.bad.push_back({use.name, literal(use)});
        for (const AigerFile::Use& use : file_.outputs) circuit.add_output(use.name, literal(use));
        for (const AigerFile::Use& use : file_.constraints) circuit.add_constraint(use.name, literal(use));
        result.step = std::move(builder_).take();
        return result;
    }

  private:
    std::size_t latch_number(const AigerFile::Latch& latch) const {
        return file_.inputs.size() + static_cast<std::size_t>(&latch - file_.latches.data());
    }
    std::size_t first_gate() const { return file_.inputs.size() + file_.latches.size(); }

    static constexpr std::uint32_t unmade = UINT32_MAX;     // no literal: nodes are fewer
    static constexpr std::uint32_t begun = UINT32_MAX - 1;  // on the stack

    Literal literal(const AigerFile::Use& use) const {
        if (use.literal < 2) return Literal::from_code(use.literal);
        return Literal::from_code(made_[definition(use.literal, use.where)]) ^ (use.literal % 2 != 0);
    }

    std::size_t definition(std::uint32_t literal, const std::string& where) const {
        const std::size_t number = definitions_.find(literal);
        if (number != definitions_.size()) return number;
        throw base::InputError(where,
                               file_.latches.empty() ? "a literal that an input or a gate defines"
                                                     : "a literal that an input, a latch or a gate defines",
                               fmt::to_string(literal));
    }

    const AigerFile::And& gate(std::size_t number) const { return file_.ands[number - first_gate()]; }
    std::string where(std::size_t number) const { return file_.where_and(number - first_gate()); }

    void make(std::size_t number) {
        if (made_[number] != unmade) return;
        std::vector<std::size_t>& path = path_;
        path.assign(1, number);
        made_[number] = begun;
        while (!path.empty()) {
            const AigerFile::And& top_gate = gate(path.back());
            if (needs(top_gate.left) || needs(top_gate.right)) continue;
            const Literal result = builder_.conjunction({operand(top_gate.left), operand(top_gate.right)});
            if (builder_.exhausted()) fail_for_memory();
            made_[path.back()] = result.code();
            path.pop_back();
        }
    }

    /// Puts what defines the operand on the path, if it is not made yet.
    bool needs(std::uint32_t operand_literal) {
        if (operand_literal < 2) return false;
        std::size_t number = definitions_.find(operand_literal);
        if (number == definitions_.size()) number = definition(operand_literal, where(path_.back()));
        if (made_[number] == begun) fail_for_cycle(number);
        if (made_[number] != unmade) return false;
        made_[number] = begun;
        path_.push_back(number);
        return true;
    }

    Literal operand(std::uint32_t code) const {
        if (code < 2) return Literal::from_code(code);
        return Literal::from_code(made_[definitions_.find(code)]) ^ (code % 2 != 0);
    }

    [[noreturn]] void fail_for_cycle(std::size_t number) const {
        const auto start = std::ranges::find(path_, number);
        const std::size_t length = static_cast<std::size_t>(path_.end() - start);
        std::string through;
        for (std::size_t i = 0; i < length; ++i) {
            if (length > 12 && i == 6) through += fmt::format("…({} more)→", length - 12);
            if (length <= 12 || i < 6 || i >= length - 6) {
                through += fmt::format("{}→", gate(*(start + static_cast<std::ptrdiff_t>(i))).literal);
            }
        }
        const std::uint32_t literal = gate(number).literal;
        throw base::InputError(where(number),
                               fmt::format("gate {} depends on itself through {}{}", literal, through, literal));
    }

    [[noreturn]] void fail_for_memory() const {
        throw base::InputError(file_.name, "a circuit that fits in the memory limit",
                               fmt::format("{} gates", file_.ands.size()));
    }

    const AigerFile& file_;
    Definitions definitions_;
    Builder builder_;
    std::vector<std::uint32_t> made_;  // by number of definition: a literal's code, or unmade, or begun
    std::vector<std::size_t> path_;
};

}  // namespace

Circuit read_aiger(std::string_view bytes, const std::string& name, std::size_t most_bytes) {
    const AigerFile file = parse_aiger(bytes, name, most_bytes, Latches::none);
    return Maker(file, most_bytes).finish();
}

Sequential read_sequential_aiger(std::string_view bytes, const std::string& name, std::size_t most_bytes) {
    const AigerFile file = parse_aiger(bytes, name, most_bytes, Latches::some);
    return Maker(file, most_bytes).finish_sequential();
}

}  // namespace attest::circuit
