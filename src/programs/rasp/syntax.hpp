#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "value.hpp"

namespace attest::programs::rasp {

/// A piece of a program's text.
struct Word {
    enum class Kind : std::uint8_t { name, keyword, integer, real, text, sign, end };
    Kind kind = Kind::end;
    std::string_view
        text;  ///< of a text: without its quotation marks; of `select (` and its like: with the parenthesis
    std::uint32_t line = 1, column = 1;  ///< from 1, the column in bytes

    bool is(std::string_view sign) const { return (kind == Kind::sign || kind == Kind::keyword) && text == sign; }
};

/// What a file says of itself in comments of the form `#@ key …`, which other readers skip.
struct Directives {
    std::vector<std::string> alphabet;
    std::optional<std::string> begin, end;
    std::optional<std::pair<std::int64_t, std::int64_t>> lengths;
    std::string output;               ///< name of what is put out; empty: the last s-operator
    std::vector<std::string> accept;  ///< answers
    std::optional<bool> last;         ///< whether there is one answer, at the last position
};

/// The words of a text, comments left out; the last one is the end.
/// Throws  InputError `FILE:line N, column M`
std::vector<Word> words(std::string_view text, const std::string& file, Directives& directives);

/// A statement or an expression; what it is made of are other nodes.
struct Node {
    enum class Kind : std::uint8_t {
        // expressions
        atom,         ///< `atom`; `is_real` of numbers with a point
        name,         ///< `text`
        unary,        ///< op
        binary,       ///< op
        conditional,  ///< then, condition, else
        call,         ///< callee, arguments
        index,        ///< of what, where
        list,
        dict,       ///< key, value, key, value …
        list_of,    ///< value, of what; for `names`
        dict_of,    ///< key, value, of what; for `names`
        select,     ///< key, query; op
        aggregate,  ///< selector, s-operator, default if there is one
        range,
        zip,
        length,  ///< len
        contains,
        // statements
        statement,   ///< an expression
        assignment,  ///< `names`; expressions
        definition,  ///< `text`, `names`; statements, the last of which is `result`
        result,      ///< return: expressions
        loop,        ///< `names`; of what, statements
        load,        ///< `text`
        ignored      ///< draw and commands; `text` says which
    };
    Kind kind = Kind::atom;
    Op op = Op::plus;
    bool is_real = false;
    std::uint32_t file = 0, line = 1, column = 1;
    std::vector<std::uint32_t> children;
    std::vector<std::string> names;
    std::string text;
    Value atom;
};

/// Files as nodes, one array for all of them.
struct Syntax {
    std::vector<std::string> files;
    std::vector<Node> nodes;
};

/// Reads the words of a file to the end, or to `exit`.
///
/// Gives   its statements
/// Throws  InputError `FILE:line N, column M`
/// Cost    O(size): no recursion, so that nothing nests too deep
std::vector<std::uint32_t> parse(const std::vector<Word>& words, const std::string& file, Syntax& syntax);

/// One expression, from `at` on, which is moved behind it.
std::uint32_t parse_expression(const std::vector<Word>& words, std::size_t& at, std::uint32_t file, Syntax& syntax);

/// Throws  InputError at the word
[[noreturn]] void fail_at(const std::string& file, const Word& word, const std::string& expected);
[[noreturn]] void fail_at(const std::string& file, std::uint32_t line, std::uint32_t column,
                          const std::string& expected, const std::string& found);

}  // namespace attest::programs::rasp
