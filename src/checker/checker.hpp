#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The independent checker of certificates. It shares no code with what makes them: it is written from the
/// definition of certificates alone, and needs GMP, a JSON parser and nothing else.
namespace attest::checker {

/// What one certificate may ask for before it is refused.
struct Options {
    std::uint64_t max_steps = 20'000'000'000;  ///< elementary steps, very roughly nanoseconds
    std::uint64_t max_memory = 4'294'967'296;  ///< bytes, estimated
};

/// What became of one certificate.
struct Report {
    bool accepted = false;
    bool readable = true;  ///< false: the files cannot be read, so nothing was checked; `reason` says why
    std::string directory;

    std::string
        obligation;      ///< where refused: an obligation of FORMAT.md section 2
    std::string place;   ///< where refused: file and line, key or byte
    std::string reason;  ///< where refused or unreadable

    std::string claim;  ///< one sentence: model, language, length and verdict; empty where it cannot be read
    std::string evidence;                  ///< one phrase: what was checked
    std::vector<std::string> assumptions;  ///< those that the certificate states
    std::string digest;                    ///< of the manifest
    std::vector<Report> parts;             ///< of a collection, up to the first that was not accepted
    double seconds = 0;
};

/// Checks the certificate in the directory against all obligations that apply.
///
/// Gives   accepted iff the claim follows from the files; never a guess
/// Throws  nothing for any content of the directory: what is malformed is refused by name and place
Report check(const std::string& directory, const Options& options = {});

/// Checks that an LRAT proof (FORMAT.md, section 8) refutes a formula. Nothing is said about what the formula
/// means: that, only a certificate ties to a model.
///
/// clauses  DIMACS literals over the variables 1 …, each clause ended by 0
/// Gives    empty if the formula has no solution, else why the proof does not show it
std::string check_refutation(std::int32_t variables, std::span<const std::int32_t> clauses, std::string_view lrat,
                             const Options& options = {});

}  // namespace attest::checker
