#include <algorithm>
#include <map>
#include <optional>

#include "checker/counting/program.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/kernel/shown.hpp"
#include "checker/language/program_text.hpp"

// FORMAT.md, section 30.1: the text of a C-RASP program by recursive descent of bounded depth. A name stands for the last
// step of its definition, so that names are no steps.

namespace attest::checker {
namespace {

using Kind = CountingStep::Kind;

class CountingReader {
  public:
    CountingReader(const std::string& file, Budget& budget) : file_(file), budget_(budget) {}

    CountingProgram read(std::string_view text) {
        for_each_statement(text, file_, "//", budget_, [&](ProgramLine& line) { statement(line); });
        if (program_.alphabet.empty()) throw Defect(file_, "there is no alphabet");
        if (!last_) throw Defect(file_, "there is no definition");
        if (!has_output_) program_.output = *last_;
        if (program_.steps[program_.output].is_count()) throw Defect(file_, "the output is a count");
        return std::move(program_);
    }

  private:
    void statement(ProgramLine& line) {
        if (!line.at_name()) line.fail("alphabet, output or a name was expected");
        const std::string name = line.next();
        if (name == "alphabet") return read_program_alphabet(line, program_.alphabet, budget_);
        if (name == "output") {
            if (has_output_) line.fail("there is a second output");
            program_.output = defined_name(line, names_);
            has_output_ = true;
            return line.end();
        }
        for (const char* reserved : {"Q", "true", "false", "min", "max"})
            if (name == reserved) line.fail("\"" + name + "\" is no name");
        if (names_.contains(name)) line.fail("the name " + quoted(name) + " is defined before");
        line.expect("=");
        last_ = expression(line);
        line.end();
        budget_.memory(160 + name.size());
        names_.emplace(name, *last_);
    }

    std::optional<std::size_t> number_of(const Symbol& symbol) const {
        const auto at = std::find(program_.alphabet.begin(), program_.alphabet.end(), symbol);
        if (at == program_.alphabet.end()) return std::nullopt;
        return static_cast<std::size_t>(at - program_.alphabet.begin());
    }

    std::size_t push(CountingStep step) {
        budget_.memory(sizeof(CountingStep) * 2);
        switch (step.kind) {
            case Kind::conjunction:
            case Kind::less:
            case Kind::at_most:
            case Kind::equal:
            case Kind::minimum:
            case Kind::maximum:
            case Kind::choice: step.test = ++program_.tests; break;
            case Kind::count:
                step.test = ++program_.tests;
                step.counter = program_.counters++;
                break;
            default: break;
        }
        program_.steps.push_back(step);
        return program_.steps.size() - 1;
    }
    std::size_t boolean(const ProgramLine& line, std::size_t step) const {
        if (program_.steps[step].is_count()) line.fail("a Boolean was expected, found a count");
        return step;
    }
    std::size_t counted(const ProgramLine& line, std::size_t step) const {
        if (!program_.steps[step].is_count()) line.fail("a count was expected, found a Boolean");
        return step;
    }
    std::size_t binary(Kind kind, std::size_t left, std::size_t right) { return push({kind, 0, left, right}); }

    std::size_t expression(ProgramLine& line) {
        if (++depth_ > 200) line.fail("the expression is nested deeper than 200");
        std::size_t left = conjunction(line);
        while (line.take("|")) {
            boolean(line, left);
            const std::size_t right = boolean(line, conjunction(line));
            left = binary(Kind::disjunction, left, right);
        }
        --depth_;
        return left;
    }

    std::size_t conjunction(ProgramLine& line) {
        std::size_t left = negation(line);
        while (line.take("&")) {
            boolean(line, left);
            const std::size_t right = boolean(line, negation(line));
            left = binary(Kind::conjunction, left, right);
        }
        return left;
    }

    std::size_t negation(ProgramLine& line) {
        std::size_t signs = 0;
        while (line.take("!")) ++signs;
        std::size_t step = relation(line);
        for (; signs > 0; --signs) step = push({Kind::negation, 0, boolean(line, step)});
        return step;
    }

    std::size_t relation(ProgramLine& line) {
        const std::size_t left = sum(line);
        for (const std::string_view sign : {"<", "<=", "=", "!=", ">=", ">"}) {
            if (!line.take(sign)) continue;
            counted(line, left);
            const std::size_t right = counted(line, sum(line));
            if (sign == "<") return binary(Kind::less, left, right);
            if (sign == ">") return binary(Kind::less, right, left);
            if (sign == "<=") return binary(Kind::at_most, left, right);
            if (sign == ">=") return binary(Kind::at_most, right, left);
            const std::size_t step = binary(Kind::equal, left, right);
            return sign == "=" ? step : push({Kind::negation, 0, step});
        }
        return left;
    }

    std::size_t sum(ProgramLine& line) {
        std::size_t left = term(line);
        for (;;) {
            const bool plus = line.take("+");
            if (!plus && !line.take("-")) return left;
            counted(line, left);
            const std::size_t right = counted(line, term(line));
            left = binary(plus ? Kind::sum : Kind::difference, left, right);
        }
    }

    std::size_t term(ProgramLine& line) {
        if (!line.at_number()) return atom(line);
        const std::int64_t number = integer(line);
        if (!line.take("*")) return push({Kind::number, number});
        return push({Kind::multiple, number, counted(line, atom(line))});
    }

    static std::int64_t integer(ProgramLine& line) {
        const std::string digits = line.next();
        if (digits.size() > 15) line.fail("a number has more than 15 digits");
        return std::stoll(digits);
    }

    std::size_t atom(ProgramLine& line) {
        if (line.at_number()) return push({Kind::number, integer(line)});
        if (line.take("(")) return in_parentheses(line);
        if (line.take("#")) {
            if (line.is(">")) line.fail("a count of what comes later has no step");
            line.expect("[");
            const std::size_t of = boolean(line, expression(line));
            line.expect("]");
            return push({Kind::count, 0, of});
        }
        if (!line.at_name()) line.fail("an expression was expected");
        if (line.take("true")) return push({Kind::truth, 1});
        if (line.take("false")) return push({Kind::truth, 0});
        for (const std::string_view name : {"min", "max"})
            if (line.take(name)) return extreme(line, name == "min" ? Kind::minimum : Kind::maximum);
        if (!line.take("Q")) return defined_name(line, names_);
        line.expect("(");
        const auto symbol = number_of(line.symbol());
        if (!symbol) line.fail("the symbol is not in the alphabet");
        line.expect(")");
        return push({Kind::letter, static_cast<std::int64_t>(*symbol)});
    }

    std::size_t extreme(ProgramLine& line, Kind kind) {
        line.expect("(");
        const std::size_t left = counted(line, expression(line));
        line.expect(",");
        const std::size_t right = counted(line, expression(line));
        line.expect(")");
        return binary(kind, left, right);
    }

    std::size_t in_parentheses(ProgramLine& line) {
        const std::size_t first = expression(line);
        if (!line.take("?")) {
            line.expect(")");
            return first;
        }
        const std::size_t condition = boolean(line, first), left = counted(line, expression(line));
        line.expect(":");
        const std::size_t right = counted(line, expression(line));
        line.expect(")");
        return push({Kind::choice, 0, left, right, condition});
    }

    const std::string& file_;
    Budget& budget_;
    CountingProgram program_;
    std::map<std::string, std::size_t> names_;
    std::optional<std::size_t> last_;
    bool has_output_ = false;
    int depth_ = 0;
};

}  // namespace

CountingProgram read_counting_program(std::string_view text, const std::string& file, Budget& budget) {
    return CountingReader(file, budget).read(text);
}

}  // namespace attest::checker
