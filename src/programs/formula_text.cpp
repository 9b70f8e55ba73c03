#include "programs/formula_text.hpp"

#include <fmt/format.h>

#include <optional>

#include "alphabet_line.hpp"
#include "attest/base/error.hpp"
#include "base/quote.hpp"

namespace attest::programs {

namespace {

class FormulaTextReader {
  public:
    FormulaTextReader(const std::string& file, const FormulaSyntax& syntax) : file_(file), syntax_(syntax) {}

    FormulaText read(std::string_view text) {
        Lines lines(text, "#");
        for (std::string_view content; lines.next(content);) {
            LineReader line(content, lines.number(), file_, syntax_.signs);
            number_ = lines.number();
            if (!line.at_end()) statement(line);
        }
        if (made_.alphabet.empty()) throw base::InputError(file_, "a line that begins with alphabet", "none");
        if (!output_ && made_.definitions.empty()) throw base::InputError(file_, "a formula", "none");
        made_.output = output_ ? *output_ : made_.definitions.back().second;
        return std::move(made_);
    }

  private:
    void statement(LineReader& line) {
        if (line.token().is("alphabet")) {
            const Token word = line.take();
            read_alphabet(line, word, made_.alphabet);
            for (const std::string& symbol : made_.alphabet)
                scope_.symbols.emplace(symbol, static_cast<std::uint32_t>(scope_.symbols.size()));
            return line.expect_end();
        }
        if (made_.alphabet.empty()) line.fail("a line that begins with alphabet before all others");
        if (line.token().is("output")) output(line);
        else if (is_definition(line)) definition(line);
        else {
            const Token place = line.token();
            put_out(line, place, syntax_.formula(line, scope_));
        }
        line.expect_end();
    }

    /// A name and an equals sign behind it: no formula begins so.
    static bool is_definition(LineReader ahead) {
        const bool has_name = ahead.take().kind == Token::Kind::name;
        return has_name && ahead.token().is("=");
    }

    void put_out(const LineReader& line, const Token& place, std::uint32_t node) {
        if (output_) line.fail_at(place, "one formula that is put out", "a second");
        output_ = node;
    }

    void output(LineReader& line) {
        const Token word = line.take(), name = line.token();
        const auto known = scope_.definitions.find(std::string(name.text));
        if (known == scope_.definitions.end()) line.fail("a name that is defined above");
        line.take();
        put_out(line, word, known->second);
    }

    void definition(LineReader& line) {
        const Token name = line.take();
        std::string text(name.text);
        if (syntax_.is_word(name.text))
            line.fail_at(name, "a name", base::quoted(text) + ", which is a word of the syntax");
        if (syntax_.symbols_stand_alone && scope_.symbols.contains(text))
            line.fail_at(name, "a name", base::quoted(text, 40) + ", which is a symbol");
        if (const auto known = lines_.find(text); known != lines_.end())
            line.fail_at(name, "a new name",
                         fmt::format("{} again, which line {} defines", base::quoted(text, 40), known->second));
        line.expect("=");
        const std::uint32_t node = syntax_.formula(line, scope_);
        scope_.definitions.emplace(text, node);
        lines_.emplace(text, number_);
        made_.definitions.emplace_back(std::move(text), node);
    }

    const std::string& file_;
    const FormulaSyntax& syntax_;
    FormulaText made_;
    FormulaScope scope_;
    std::unordered_map<std::string, std::size_t> lines_;  ///< by name: where it is defined
    std::optional<std::uint32_t> output_;
    std::size_t number_ = 0;
};

}  // namespace

FormulaText read_formula_text(std::string_view text, const std::string& file, const FormulaSyntax& syntax) {
    return FormulaTextReader(file, syntax).read(text);
}

}  // namespace attest::programs
