#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "attest/formats/file.hpp"
#include "attest/language/language.hpp"

namespace attest::cli {

/// The model that an operand names: a file, or `zoo:NAME`. With an `eps` (a number; empty: as the model says) every
/// norm has that one, and the bytes are those of the changed model.
formats::ModelFile load_model(const std::string& operand, const std::string& eps = {});
/// The same where tables (specification: tables, version 1) are welcome, too; they have no norm.
std::variant<formats::ModelFile, formats::GuhatFile> load_model_or_guhat(const std::string& operand,
                                                                         const std::string& eps = {});

/// The same where programs are welcome, too.
formats::NetworkFile load_network(const std::string& operand, const std::string& eps = {});

/// Throws  UsageError for a length that is not that of the tables, which the operand names
void require_length(const network::Guhat& tables, const std::string& operand, std::int64_t length);

/// The option --eps.
void declare_eps(CLI::App& app, std::string& eps);
/// The transformer with the eps that was asked for.
void change_eps(network::Transformer& transformer, const std::string& eps);

using Map = std::vector<std::pair<std::string, std::string>>;

/// A model's name as it can stand in a line of output.
std::string title(const network::Transformer& transformer);
std::string title(const network::Guhat& tables);
std::string title(const network::Program& program);

/// `--map a=0,b=1`.
Map parse_map(const std::string& text);

/// A language over the symbols that a model's alphabet means.
struct Meaning {
    language::Language language;
    std::vector<language::Symbol> symbols;  ///< by model symbol
};
Meaning load_language(const std::string& text, const language::Alphabet& model, const Map& map);

}  // namespace attest::cli
