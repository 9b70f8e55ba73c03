#pragma once

#include <optional>
#include <string>
#include <variant>

#include "attest/base/limits.hpp"
#include "attest/measure/function/measure.hpp"
#include "attest/network/transformer.hpp"
#include "session.hpp"

namespace attest::cli {

/// What a command is asked about, as the user named it: exactly one of model, language and circuit.
struct FunctionOperand {
    std::string model;  ///< file or zoo:NAME
    std::string language;
    std::string circuit;  ///< AIGER file
    std::string length;   ///< may be empty for a circuit, and for tables
    std::string output;   ///< of a circuit: a name, or a number from 1; empty: its only one

    bool all_outputs() const { return output == "all"; }
};

/// A function of bits and where it comes from.
struct NamedFunction {
    measure::Function function;
    std::string kind;  ///< `model`, `language` or `circuit`
    std::string name;
    std::string output = {};  ///< of a circuit of several, its name or number; else empty
    std::optional<network::Transformer> transformer;
    std::vector<std::string> symbols;  ///< what 0 and 1 stand for
};

/// The Boolean function that the operand names. Models of average and softmax attention and those that do not compile are
/// evaluated on all words, where these are few: exactly, or in balls until each sign is certain.
///
/// Gives   undecided where limits, or a sign that balls do not tell, leave no function
/// Throws  UsageError, InputError; UsageError too for an alphabet of other than two symbols
std::variant<NamedFunction, verdict::Undecided> load_function(const FunctionOperand& operand, const Session& session,
                                                              const base::Limits& limits);

/// Each output of a circuit, in order.
/// Throws  UsageError for anything but a circuit
std::vector<NamedFunction> load_outputs(const FunctionOperand& operand);

}  // namespace attest::cli
