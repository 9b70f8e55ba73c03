#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "programs/alphabet_line.hpp"
#include "programs/text_reader.hpp"
#include "syntax.hpp"

// The language's words. select, aggregate, range, zip and len are words only together with the parenthesis that follows them at
// once, as the reference has it; alone they are names.

namespace attest::programs::rasp {

namespace {

constexpr auto keywords = std::to_array<std::string_view>(
    {"and",  "def", "draw", "else", "example", "examples", "exit",   "for",   "if",       "in",  "indicator",
     "load", "not", "off",  "on",   "or",      "quit",     "return", "round", "selector", "set", "show"});
constexpr auto with_parenthesis = std::to_array<std::string_view>({"select", "aggregate", "range", "zip", "len"});
constexpr std::int64_t longest_words = 1'000'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

template <typename Words>
bool holds(const Words& words, std::string_view text) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

class WordReader {
  public:
    WordReader(std::string_view text, const std::string& file, Directives& directives)
        : text_(text), file_(file), directives_(directives) {}

    std::vector<Word> read() {
        std::vector<Word> all;
        for (;;) {
            skip();
            const Word word = next();
            all.push_back(word);
            if (word.kind == Word::Kind::end) return all;
        }
    }

  private:
    void skip() {
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == '\n') ++line_, line_start_ = at_ + 1;
            else if (c == '#') {
                comment();
                continue;
            } else if (c != ' ' && c != '\t' && c != '\r') return;
            ++at_;
        }
    }

    std::uint32_t column() const { return static_cast<std::uint32_t>(at_ - line_start_ + 1); }

    void comment() {
        const std::size_t end = std::min(text_.find('\n', at_), text_.size());
        if (text_.substr(at_, 2) == "#@") directive(end);
        at_ = end;
    }

    /// The line with blanks in the place of what stands before the directive, so that columns stay.
    void directive(std::size_t end) {
        std::string line = std::string(at_ + 2 - line_start_, ' ') + std::string(text_.substr(at_ + 2, end - at_ - 2));
        if (!line.empty() && line.back() == '\r') line.pop_back();
        LineReader reader(line, line_, file_, "..");
        const Token key = reader.take();
        if (key.is("alphabet")) return read_alphabet(reader, key, directives_.alphabet);
        if (key.is("begin")) directives_.begin = reader.symbol();
        else if (key.is("end")) directives_.end = reader.symbol();
        else if (key.is("lengths")) read_lengths(reader);
        else if (key.is("output")) directives_.output = reader.symbol();
        else if (key.is("accept")) {
            do directives_.accept.push_back(reader.symbol());
            while (!reader.at_end());
        } else if (key.is("positions")) {
            if (!reader.token().is("word") && !reader.token().is("last")) reader.fail("word or last");
            directives_.last = reader.take().text == "last";
        } else {
            reader.fail_at(key, "alphabet, begin, end, lengths, output, accept or positions",
                           base::quoted(key.text, 40));
        }
        reader.expect_end();
    }

    static std::int64_t read_number(LineReader& reader) {
        std::int64_t value = 0;
        const std::string_view text = reader.token().text;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (reader.token().kind != Token::Kind::number || error != std::errc() || value > longest_words)
            reader.fail("a length");
        reader.take();
        return value;
    }
    void read_lengths(LineReader& reader) {
        const std::int64_t least = read_number(reader);
        reader.expect("..");
        const std::int64_t greatest = read_number(reader);
        if (greatest < least) reader.fail(fmt::format("no fewer than {}", least), fmt::format("{}", greatest));
        directives_.lengths = {least, greatest};
    }

    template <typename Condition>
    std::size_t past(std::size_t at, const Condition& condition) const {
        while (at < text_.size() && condition(text_[at])) ++at;
        return at;
    }

    Word taken(Word::Kind kind, std::size_t to) {
        Word word{kind, text_.substr(at_, to - at_), line_, column()};
        at_ = to;
        return word;
    }

    Word next() {
        if (at_ == text_.size()) return {Word::Kind::end, {}, line_, column()};
        const char c = text_[at_];
        if (is_letter(c)) return name();
        if (is_digit(c)) return number();
        if (c == '"') return quoted();
        for (const std::string_view sign : {"==", "<=", ">=", "!="})
            if (text_.substr(at_, 2) == sign) return taken(Word::Kind::sign, at_ + 2);
        // A character of several bytes is one sign, so that messages show it whole.
        return taken(Word::Kind::sign,
                     past(at_ + 1, [](char d) { return (static_cast<unsigned char>(d) & 0xc0) == 0x80; }));
    }

    Word name() {
        if (text_.substr(at_, 4) == "s-op") return taken(Word::Kind::keyword, at_ + 4);
        constexpr std::string_view display = "full seq display";
        if (text_.substr(at_, display.size()) == display) return taken(Word::Kind::keyword, at_ + display.size());
        const std::size_t to = past(at_, [](char d) { return is_letter(d) || is_digit(d); });
        const std::string_view text = text_.substr(at_, to - at_);
        if (holds(with_parenthesis, text) && to < text_.size() && text_[to] == '(')
            return taken(Word::Kind::sign, to + 1);
        return taken(holds(keywords, text) ? Word::Kind::keyword : Word::Kind::name, to);
    }

    Word number() {
        std::size_t to = past(at_, is_digit);
        if (to + 1 >= text_.size() || text_[to] != '.' || !is_digit(text_[to + 1]))
            return taken(Word::Kind::integer, to);
        return taken(Word::Kind::real, past(to + 1, is_digit));
    }

    Word quoted() {
        const std::size_t closing = text_.find_first_of("\"\r\n", at_ + 1);
        if (closing == std::string_view::npos || text_[closing] != '"')
            fail_at(file_, line_, column(), "a '\"' that ends the text on its line", "none");
        Word word = taken(Word::Kind::text, closing + 1);
        word.text = word.text.substr(1, word.text.size() - 2);
        return word;
    }

    std::string_view text_;
    const std::string& file_;
    Directives& directives_;
    std::size_t at_ = 0, line_start_ = 0;
    std::uint32_t line_ = 1;
};

}  // namespace

std::vector<Word> words(std::string_view text, const std::string& file, Directives& directives) {
    return WordReader(text, file, directives).read();
}

void fail_at(const std::string& file, std::uint32_t line, std::uint32_t column, const std::string& expected,
             const std::string& found) {
    throw base::InputError(fmt::format("{}:line {}, column {}", file, line, column), expected, found);
}

void fail_at(const std::string& file, const Word& word, const std::string& expected) {
    fail_at(file, word.line, word.column, expected,
            word.kind == Word::Kind::end ? "the end of the file" : base::quoted(word.text, 40));
}

}  // namespace attest::programs::rasp
