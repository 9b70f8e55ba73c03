#pragma once

#include <string>
#include <utility>
#include <vector>

#include "attest/certify/place.hpp"
#include "attest/decide/ablate/parts.hpp"
#include "attest/decide/recognise/prove.hpp"
#include "attest/decide/restriction/evidence.hpp"
#include "attest/formats/file.hpp"

namespace attest::certify {

/// Who made a certificate, and how; for people.
struct Provenance {
    std::vector<std::pair<std::string, std::string>> entries;
};

/// What a claim is about, as the user named it.
struct Subject {
    const formats::ModelFile& model;
    const language::Language& language;
    std::vector<std::pair<std::string, std::string>> map;  ///< `--map`; empty if each symbol means itself
    /// Parts that the transformer lacks, which its bytes still have (FORMAT.md, section 15).
    ablate::Removal without = {};
    /// The vector that is read may move so far (FORMAT.md, section 15).
    std::optional<exact::Rational> robust = {};
};

/// The same where the claim is about tables.
struct GuhatSubject {
    const formats::GuhatFile& tables;
    const language::Language& language;
    std::vector<std::pair<std::string, std::string>> map;
};

/// And where it is about a program.
struct ProgramSubject {
    const formats::ProgramFile& program;
    const language::Language& language;
    std::vector<std::pair<std::string, std::string>> map;
    ablate::Removal without = {};  ///< variables that it lacks, which its bytes still have (FORMAT.md, section 26.1)
};

/// Writes the files of a certificate (FORMAT.md) into an empty place.
///
/// Needs   the outcome is no undecided one and, if it rests on a refutation, has a proof
/// Gives   the digest of its manifest; nothing if a limit was exceeded: then there is no manifest
/// Throws  InputError if a file cannot be written
std::string write_certificate(const Place& place, const Subject& subject, const decide::Question& question,
                              const decide::Outcome& outcome, const Provenance& provenance,
                              const base::Limits& limits = {});

/// Writes a claim about what settles a model's answer (FORMAT.md, section 10): that a restriction does, or, without
/// one,
/// that every word is sensitive at every position.
///
/// Needs   a refutation has a proof
/// Gives   the digest of the manifest, or nothing as above
/// Throws  InputError if a file cannot be written
std::string write_restriction(const Place& place, const formats::ModelFile& model, std::int64_t length,
                              const std::optional<restriction::Settled>& settled, const restriction::Evidence& evidence,
                              const Provenance& provenance, const base::Limits& limits = {});

/// The same about tables, at their length.
/// Needs   evidence by words, no refutation
std::string write_restriction(const Place& place, const formats::GuhatFile& tables,
                              const std::optional<restriction::Settled>& settled, const restriction::Evidence& evidence,
                              const Provenance& provenance, const base::Limits& limits = {});

/// The same for a claim about tables, at their length.
///
/// Needs   evidence witness or exhaustion
std::string write_certificate(const Place& place, const GuhatSubject& subject, const decide::Outcome& outcome,
                              const Provenance& provenance, const base::Limits& limits = {});

/// The same for a claim about a program.
///
/// Needs   a refutation has a proof
std::string write_certificate(const Place& place, const ProgramSubject& subject, std::int64_t length,
                              const decide::Outcome& outcome, const Provenance& provenance,
                              const base::Limits& limits = {});

/// Writes the manifest of a collection over sub-directories that are certificates already.
///
/// parts   name of the sub-directory, digest of its manifest
void write_collection(const std::string& directory, const std::vector<std::pair<std::string, std::string>>& parts,
                      const Provenance& provenance);

}  // namespace attest::certify
