#pragma once

#include <optional>
#include <string>
#include <vector>

#include "certify/definition.hpp"
#include "session.hpp"

namespace attest::cli {

/// `attest prove FORMULA.foc --language L`: whether a formula of FOC[+;MOD] defines a language.
struct ProveFormula {
    std::string file, language, lengths;
    std::optional<std::string> directory;  ///< of the certificate

    int run(Session& session) const;
};

/// `attest build L --kind foc`: a formula for a regular language, and its proof.
struct BuildFormula {
    const language::Language& language;
    std::string output, lengths;
    std::optional<std::string> directory;

    int run(Session& session) const;
};

/// The formula of a file.
/// Throws  InputError by line and column
programs::foc::Program load_formula(const std::string& file);

}  // namespace attest::cli
