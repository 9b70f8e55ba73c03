#pragma once

#include <cstdint>
#include <string>

#include "attest/circuit/export.hpp"
#include "session.hpp"
#include "subject.hpp"

namespace attest::cli {

/// A model file or tables.
using ModelOrTables = std::variant<formats::ModelFile, formats::GuhatFile>;

/// Whether attention becomes gates: tables, and models of hard attention.
bool has_circuit(const ModelOrTables& subject);
/// Whether it is a model with average attention.
bool counts(const ModelOrTables& subject);

/// `attest compile --form tabulated`: the circuit of the answers on all words.
///
/// format  null: nothing is written
/// Gives   the exit status
int compile_tabulated(Session& session, const formats::NetworkFile& subject, std::int64_t length,
                      const std::string& output, const circuit::ExportFormat* format, const base::Limits& limits);

}  // namespace attest::cli
