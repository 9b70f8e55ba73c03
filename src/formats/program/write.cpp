#include "write.hpp"

#include "attest/base/error.hpp"
#include "base/json_text.hpp"
#include "base/quote.hpp"
#include "values.hpp"

// By hand, since a program may have a variable for each of very many definitions: a line each.

namespace attest::formats {

namespace {

using base::json_string;
using network::Mask;
using network::Program;
using Value = Program::Value;

std::string spell(const exact::Rational& x) {
    const std::string text = exact::to_string(x);
    return x.get_den() == 1 ? text : '"' + text + '"';
}
std::string spell(const std::string& text) { return json_string(text); }
std::string spell(const Value& value) {
    if (const auto* number = std::get_if<exact::Rational>(&value)) return spell(*number);
    const std::string& text = std::get<std::string>(value);
    if (is_quotient(text))
        throw base::Unsupported("a program cannot hold the text " + base::quoted(text, 40) +
                                ", which is a number there");
    return json_string(text);
}

/// [a, b, …]
template <typename Items>
std::string list(const Items& items) {
    std::string text = "[";
    for (const auto& item : items) {
        if (text.size() > 1) text += ", ";
        text += spell(item);
    }
    return text + "]";
}

const char* name_of(Mask mask) {
    switch (mask) {
        case Mask::causal: return "causal";
        case Mask::strict: return "strict";
        case Mask::future: return "future";
        case Mask::strict_future: return "strict-future";
        default: return "none";
    }
}
const char* name_of(Program::Take take) {
    switch (take) {
        case Program::Take::nearest: return "nearest";
        case Program::Take::left: return "left";
        case Program::Take::right: return "right";
        case Program::Take::only: return "only";
        case Program::Take::sum: return "sum";
        case Program::Take::mean: return "mean";
        default: return "count";
    }
}

class ProgramWriter {
  public:
    explicit ProgramWriter(const Program& program) : p_(program) {}

    std::string write() const {
        std::string text = R"({"format": "attest/program", "version": 1, "name": )" + json_string(p_.name) +
                           ",\n \"alphabet\": " + list(p_.alphabet.symbols());
        if (p_.begin) text += ", \"begin\": " + json_string(*p_.begin);
        if (p_.end) text += ", \"end\": " + json_string(*p_.end);
        if (p_.lengths)
            text += ", \"lengths\": [" + std::to_string(p_.lengths->first) + ", " + std::to_string(p_.lengths->second) +
                    "]";
        text += ",\n \"variables\": [";
        for (const Program::Variable& variable : p_.variables) {
            text += &variable == &p_.variables.front() ? "\n" : ",\n";
            text += "  {\"name\": " + json_string(variable.name) + ", ";
            text += std::visit([&](const auto& step) { return spelled(step); }, variable.step) + "}";
        }
        return text + "],\n \"output\": " + output() + "}\n";
    }

  private:
    const std::string& name(std::size_t variable) const { return p_.variables[variable].name; }

    static std::string spelled(const Program::Symbol&) { return R"("input": "symbol")"; }
    static std::string spelled(const Program::Position& step) {
        return R"("input": "position", "first": )" + std::to_string(step.first);
    }
    static std::string spelled(const Program::Constant& step) { return "\"constant\": " + spell(step.value); }

    std::string spelled(const Program::Map& step) const {
        std::vector<std::string> of;
        for (const std::size_t v : step.of) of.push_back(name(v));
        std::string text = "\"map\": {\"of\": " + list(of) + ", \"table\": [";
        for (const auto& entry : step.table) {
            if (text.back() != '[') text += ", ";
            text += "[" + list(entry.first) + ", " + spell(entry.second) + "]";
        }
        text += "]";
        if (step.otherwise) text += ", \"otherwise\": " + spell(*step.otherwise);
        return text + "}";
    }

    std::string spelled(const Program::Attend& step) const {
        std::string text = "\"attend\": {\"query\": " + json_string(name(step.query)) +
                           ", \"key\": " + json_string(name(step.key)) + ", \"pairs\": [";
        for (const auto& pair : step.pairs) {
            if (text.back() != '[') text += ", ";
            text += "[" + spell(pair.first) + ", " + spell(pair.second) + "]";
        }
        text += std::string("], \"mask\": \"") + name_of(step.mask) + "\", \"take\": \"" + name_of(step.take) + "\"";
        if (step.take != Program::Take::count) text += ", \"value\": " + json_string(name(step.value));
        return text + ", \"none\": " + (step.none ? spell_none(*step.none) : "\"first\"") + "}";
    }
    /// The text "first" stands for something else there.
    static std::string spell_none(const Value& none) {
        if (none == Value("first"))
            throw base::Unsupported("a program cannot hold the text \"first\" for where nothing is selected");
        return spell(none);
    }

    std::string output() const {
        const Program::Output& out = p_.output;
        std::string text = std::string("{\"positions\": \"") + (out.every ? "word" : "last") + "\", ";
        if (out.classes.empty()) text += "\"value\": " + json_string(name(out.value));
        else text += "\"classes\": " + list(out.classes) + ", \"scores\": [" + scores() + "], \"tie\": \"first\"";
        if (!out.accept.empty()) text += ", \"accept\": " + (out.classes.empty() ? accepted() : list(out.accept));
        return text + "}";
    }

    /// Answers are spellings: a number is written as one.
    std::string accepted() const {
        std::string text = "[";
        for (const std::string& answer : p_.output.accept) {
            if (text.size() > 1) text += ", ";
            text += json_string(answer);
        }
        return text + "]";
    }

    std::string scores() const {
        std::string text;
        for (const Program::Score& score : p_.output.scores) {
            text += text.empty() ? "" : ", ";
            text += "{" + std::string(score.times ? "\"times\": " : "\"of\": ") + json_string(name(score.of)) +
                    ", \"weights\": ";
            if (score.times) {
                text += list(*score.times) + "}";
                continue;
            }
            std::string rows;
            for (const auto& [value, row] : score.weights)
                rows += (rows.empty() ? "" : ", ") + json_string(value) + ": " + list(row);
            text += "{" + rows + "}}";
        }
        return text;
    }

    const Program& p_;
};

}  // namespace

std::string write_program(const network::Program& program) { return ProgramWriter(program).write(); }

}  // namespace attest::formats
