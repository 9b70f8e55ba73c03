#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checker/kernel/limits.hpp"

/// The independent checker of certificates. It shares no code with what makes them: it is written from the
/// definition of certificates alone, and needs GMP, a JSON parser and nothing else.
namespace attest::checker {

/// What became of one certificate.
struct Report {
    bool accepted = false;
    bool readable = true;       ///< false: the files cannot be read, so nothing was checked; `reason` says why
    Stop stopped = Stop::none;  ///< otherwise the check ended without an answer, neither accepted nor refused
    std::string directory;

    std::string obligation;  ///< where refused: an obligation of FORMAT.md section 2
    std::string place;       ///< where refused: file and line, key or byte
    std::string reason;      ///< where refused or unreadable

    std::string
        claim;  ///< one sentence: model, language, length and verdict, names quoted; empty where it cannot be read
    std::string
        kind;  ///< of claim, and its verdict: "recognises", "impossible threshold"; empty where it cannot be read
    std::string evidence;                  ///< one phrase: what was checked
    std::vector<std::string> assumptions;  ///< those that the certificate states
    std::string digest;                    ///< of the manifest
    std::vector<Report> parts;             ///< of a collection, up to the first that was not accepted
    double seconds = 0;
};

/// Checks the certificate in the directory against all obligations that apply.
///
/// Gives   accepted iff the claim follows from the files; never a guess. Where a limit of the caller ends it: `stopped`,
///         within a second, not accepted and without obligation
/// Throws  nothing for any content of the directory: what is malformed is refused by name and place
Report check(const std::string& directory, const Options& options = {});

/// The same of files that are in no directory, by name. A collection is none of these: its parts are directories.
Report check(const std::map<std::string, std::string>& files, const Options& options = {});

/// What became of it, for people: one line, for a collection one a part, and one an assumption that the certificate
/// states. The first word is VERIFIED (the claim follows; it may say that a model does not recognise something),
/// REJECTED (the certificate does not show its claim), UNDECIDED (a limit of the caller ended the check) or UNREADABLE.
/// Nothing that the certificate says can end a line, steer a terminal or pass for words of ours.
std::vector<std::string> lines(const Report& report);

/// How all that became of some certificates is told by an exit status: 0 all accepted, 2 some rejected or unreadable,
/// else 3 some undecided.
int exit_status(std::span<const Report> reports);

/// Checks that an LRAT proof (FORMAT.md, section 8) refutes a formula. Nothing is said about what the formula
/// means: that, only a certificate ties to a model.
///
/// clauses  DIMACS literals over the variables 1 …, each clause ended by 0
/// Gives    empty if the formula has no solution, else why the proof does not show it, or which limit of the caller ended it
std::string check_refutation(std::int32_t variables, std::span<const std::int32_t> clauses, std::string_view lrat,
                             const Options& options = {});

}  // namespace attest::checker
