#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "text_reader.hpp"

// The text of a formula, whichever its logic: a line `alphabet a b`, lines `name = formula`, and what is put out, a formula on a
// line of its own or `output name`; without either, the last definition.

namespace attest::programs {

/// By name: what a formula may use. Definitions are nodes, symbols their indices in the alphabet.
struct FormulaScope {
    std::unordered_map<std::string, std::uint32_t> definitions, symbols;
};

/// What tells the texts of one logic from those of another.
struct FormulaSyntax {
    std::string_view signs;                         ///< as LineReader takes them
    std::function<bool(std::string_view)> is_word;  ///< that no definition has as its name
    bool symbols_stand_alone = false;               ///< a symbol alone is a formula, so that no definition has its name
    /// Reads one formula from the line and gives its node.
    std::function<std::uint32_t(LineReader& line, const FormulaScope& scope)> formula;
};

struct FormulaText {
    std::vector<std::string> alphabet;
    std::vector<std::pair<std::string, std::uint32_t>> definitions;  ///< name and node
    std::uint32_t output = 0;                                        ///< a node
};

/// Reads all lines of a text. `file` is for messages.
/// Throws  InputError `FILE:line N, column M`
FormulaText read_formula_text(std::string_view text, const std::string& file, const FormulaSyntax& syntax);

}  // namespace attest::programs
