#pragma once

#include <string>
#include <vector>

#include "attest/base/json.hpp"
#include "attest/formats/import.hpp"
#include "attest/network/program.hpp"
#include "attest/network/transformer.hpp"

namespace attest::formats::import {

/// What ALTA compiled, as examples/python/export_alta.py writes it (attest/alta): the weights, exactly. Attention becomes that
/// of the limit of scores that are 10,000 apart, or stays softmax; the one layer stands as often as the document says.
///
/// `options`  alphabet (symbols of the inputs 0, 1, …), begin and end (`$=2`), read (default each), accept, and `set`:
///            attention=average (default) or softmax, layers=T
/// Throws  InputError with the place in the document; UsageError for what is told and does not fit
/// Source  [shaw2024alta]
network::Transformer read_alta(const std::string& text, const std::string& file, const Options& options,
                               std::vector<Assumption>& assumed);

/// The program itself, as ALTA's interpreter runs its rules that many layers long: each variable of each layer is one of the
/// program, means are exact. Two rules that write one variable at once leave it without a value, as ALTA's error does.
///
/// `options`  as above; `set`: layers=T, lengths=A..B
/// Throws  as above; Unsupported where means may have more than 4,096 values
network::Program read_alta_rules(const std::string& text, const std::string& file, const Options& options,
                                 std::vector<Assumption>& assumed);

// What both readers share.

/// Which symbols stand for which inputs.
struct AltaSymbols {
    std::vector<std::string> alphabet;
    std::vector<std::size_t> inputs;  ///< by symbol
    std::optional<std::pair<std::string, std::size_t>> begin, end;
};
AltaSymbols read_alta_symbols(const base::JsonNode& root, const Options& options);

/// A key of --set that both know.
struct AltaSettings {
    std::int64_t layers = 1;
    std::string attention = "average";
    std::optional<std::pair<std::int64_t, std::int64_t>> lengths;
};
AltaSettings read_alta_settings(const base::JsonNode& root, const Options& options, bool of_rules,
                                std::vector<Assumption>& assumed);

/// Throws  InputError for another format, or keys that it does not have
void require_alta(const base::JsonNode& root);

}  // namespace attest::formats::import
