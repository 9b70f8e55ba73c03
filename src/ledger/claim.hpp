#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "attest/verdict/measurement.hpp"

namespace attest::ledger {

/// What a stored value says about the true one: exact, lower or upper.
using verdict::Guarantee;

/// How a claim stands to the literature. `published`: reproduces it; `sharper`: beats it; `fresh`: found nowhere;
/// `contradicts`: with a counterexample.
enum class Standing { published, sharper, fresh, contradicts };

const char* to_string(Standing standing);  ///< `fresh` is written `new`

/// A file that a claim is about and that does not come with attest, because it is somebody else's.
struct Need {
    std::string file;    ///< a word of a command: its place below the folder of such files
    std::string sha256;  ///< of its bytes: another file would be another claim
};

/// A model file that is made first, of what a claim needs.
struct Made {
    std::string file;             ///< a word of the command
    std::vector<std::string> by;  ///< words after `attest`, without `-o`: `import`, …
};

/// One bound that can be cited, and the command that proves it again.
struct Claim {
    std::string id;                    ///< short, stable: the file's name without `.json`
    std::string statement;             ///< for people
    std::vector<std::string> command;  ///< words after `attest`, without --json, --certificate and limits
    std::string
        key;  ///< where the value stands in the command's JSON: a pointer, in which `*` is every entry of a list, or several with spaces
    std::string value;  ///< as recorded; a decimal, a rational, or words
    Guarantee guarantee = Guarantee::exact;
    std::string tolerance = "0";  ///< relative; for values that rest on a search in floating point
    int status = 0;               ///< exit status of the command
    std::string source;           ///< a key of the bibliography; `attest` where the claim is ours
    Standing standing = Standing::published;
    bool certificate = false;  ///< whether the command leaves a certificate
    std::vector<Need> needs = {};
    std::optional<Made> made = {};

    /// The last run that was recorded.
    struct Last {
        double seconds = 0;
        std::size_t memory_kib = 0;
        std::string digest;  ///< of the certificate's manifest; empty without one
    };
    std::optional<Last> last;
};

/// `attest prove zoo:first …` as a user types it.
std::string command_line(const Claim& claim);

/// SHA-256 of what the claim says: all but `last`.
std::string digest(const Claim& claim);

}  // namespace attest::ledger
