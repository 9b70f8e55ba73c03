#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "attest/base/limits.hpp"
#include "attest/certify/archive.hpp"
#include "attest/certify/place.hpp"
#include "attest/decide/restriction/outcome.hpp"
#include "attest/formats/file.hpp"
#include "attest/verdict/certified.hpp"

namespace attest::certify {

/// What the checker says of a restriction that was found, or of none being possible: it holds, or is undecided; with the
/// reason `unsupported` where the outcome has no evidence to show.
///
/// seed    for the record
/// Throws  InternalError if the checker refuses what was evaluated exactly
verdict::Verdict certify_restriction(const formats::ModelFile& model, std::int64_t length,
                                     const restriction::Outcome& outcome, std::uint64_t seed,
                                     const base::Limits& limits, Archive& archive);

/// The same of tables, at their length.
verdict::Verdict certify_restriction(const formats::GuhatFile& tables, const restriction::Outcome& outcome,
                                     std::uint64_t seed, const base::Limits& limits, Archive& archive);

/// The same of a program, at a length.
verdict::Verdict certify_restriction(const formats::ProgramFile& program, std::int64_t length,
                                     const restriction::Outcome& outcome, std::uint64_t seed,
                                     const base::Limits& limits, Archive& archive);

struct Provenance;

/// Writes the files of that certificate into an existing, empty directory; as write_restriction of models.
///
/// Needs   evidence by words, no refutation
std::string write_restriction(const Place& place, const formats::ProgramFile& program, std::int64_t length,
                              const std::optional<restriction::Settled>& settled, const restriction::Evidence& evidence,
                              const Provenance& provenance, const base::Limits& limits = {});

}  // namespace attest::certify
