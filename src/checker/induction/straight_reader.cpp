#include <map>
#include <optional>

#include "checker/induction/straight_program.hpp"
#include "checker/language/program_text.hpp"

// FORMAT.md, section 36.1: the text of a B-RASP program by recursive descent of bounded depth.

namespace attest::checker {
namespace {

using StraightNode = StraightProgram::Node;
using StraightDefinition = StraightProgram::Definition;

class StraightReader {
  public:
    StraightReader(const std::string& file, Budget& budget) : file_(file), budget_(budget) {}

    StraightProgram read(std::string_view text) {
        for_each_statement(text, file_, "#", budget_, [&](ProgramLine& line) { statement(line); });
        if (program_.alphabet.empty()) throw Defect(file_, "there is no alphabet");
        if (program_.definitions.empty()) throw Defect(file_, "there is no definition");
        for (const auto& [definition, symbol] : symbols_) {
            const auto at = numbers_.find(symbol);
            if (at == numbers_.end())
                throw Defect(file_, "the symbol " + quoted(symbol, 40) + " is not in the alphabet");
            program_.definitions[definition].symbol = at->second;
        }
        program_.output = output_.value_or(program_.definitions.size() - 1);
        return std::move(program_);
    }

  private:
    void statement(ProgramLine& line) {
        if (!line.at_name()) line.fail("alphabet, output or a name was expected");
        const std::string name = line.next();
        if (name == "alphabet") {
            read_program_alphabet(line, program_.alphabet, budget_);
            for (std::size_t a = 0; a < program_.alphabet.size(); ++a) numbers_.emplace(program_.alphabet[a], a);
            return;
        }
        if (name == "output") {
            if (output_) line.fail("there is a second output");
            output_ = defined_name(line, names_);
            return line.end();
        }
        if (name == "true" || name == "false") line.fail("\"" + name + "\" is no name");
        if (names_.contains(name)) line.fail("the name " + quoted(name) + " is defined before");
        line.expect("=");
        const StraightDefinition made = definition(line);
        line.end();
        budget_.memory(256 + name.size());
        names_.emplace(name, program_.definitions.size());
        program_.definitions.push_back(made);
    }

    StraightDefinition definition(ProgramLine& line) {
        StraightDefinition made;
        if (line.take("bos")) {
            made.kind = StraightDefinition::Kind::begin;
        } else if (line.take("symbol")) {
            made.kind = StraightDefinition::Kind::symbol;
            symbols_.emplace_back(program_.definitions.size(), line.symbol());
        } else if (line.take("const")) {
            const bool truth = line.is("true");
            if (!truth && !line.is("false")) line.fail("true or false was expected");
            line.next();
            made.value.first = made.value.last = push({StraightNode::Kind::constant, truth});
        } else if (line.is("rightmost") || line.is("leftmost")) {
            made.kind = line.is("rightmost") ? StraightDefinition::Kind::rightmost : StraightDefinition::Kind::leftmost;
            line.next();
            line.expect("(");
            made.score = expression(line, true);
            line.expect(",");
            made.value = expression(line, true);
            line.expect(")");
        } else {
            made.value = expression(line, false);
        }
        return made;
    }

    StraightProgram::Expression expression(ProgramLine& line, bool at) {
        at_ = at;
        const std::size_t first = program_.nodes.size();
        return {first, disjunction(line)};
    }

    std::size_t push(const StraightNode& node) {
        budget_.memory(2 * sizeof(StraightNode));
        program_.nodes.push_back(node);
        return program_.nodes.size() - 1;
    }

    std::size_t disjunction(ProgramLine& line) {
        if (++depth_ > 200) line.fail("the expression is nested deeper than 200");
        std::size_t left = conjunction(line);
        while (line.take("|")) {
            const std::size_t right = conjunction(line);
            left = push({StraightNode::Kind::disjunction, false, left, right});
        }
        --depth_;
        return left;
    }

    std::size_t conjunction(ProgramLine& line) {
        std::size_t left = negation(line);
        while (line.take("&")) {
            const std::size_t right = negation(line);
            left = push({StraightNode::Kind::conjunction, false, left, right});
        }
        return left;
    }

    std::size_t negation(ProgramLine& line) {
        std::size_t signs = 0;
        while (line.take("!")) ++signs;
        std::size_t node = atom(line);
        for (; signs > 0; --signs) node = push({StraightNode::Kind::negation, false, node});
        return node;
    }

    std::size_t atom(ProgramLine& line) {
        if (line.take("(")) {
            const std::size_t node = disjunction(line);
            line.expect(")");
            return node;
        }
        if (!line.at_name()) line.fail("an expression was expected");
        if (line.take("true")) return push({StraightNode::Kind::constant, true});
        if (line.take("false")) return push({StraightNode::Kind::constant, false});
        const std::size_t definition = defined_name(line, names_);
        bool at_j = false;
        if (line.is("@")) {
            if (!at_) line.fail("@ stands outside of rightmost and leftmost");
            line.take("@");
            at_j = line.take("j");
            if (!at_j) line.expect("i");
        }
        return push({StraightNode::Kind::name, at_j, definition});
    }

    const std::string& file_;
    Budget& budget_;
    StraightProgram program_;
    std::map<std::string, std::size_t> names_;
    std::map<Symbol, std::size_t> numbers_;
    std::vector<std::pair<std::size_t, Symbol>> symbols_;  ///< that definitions name
    std::optional<std::size_t> output_;
    bool at_ = false;
    int depth_ = 0;
};

}  // namespace

StraightProgram read_straight_program(std::string_view text, const std::string& file, Budget& budget) {
    return StraightReader(file, budget).read(text);
}

}  // namespace attest::checker
