#include "ledger/claim.hpp"

#include <algorithm>

#include "base/digest.hpp"
#include "ledger/file.hpp"

namespace attest::ledger {

namespace {

/// As a shell reads it: quoted where a character could mean something else.
std::string quoted(const std::string& word) {
    const auto plain = [](unsigned char c) {
        return std::isalnum(c) != 0 ||
               std::string_view("-_./:,=+@%").find(static_cast<char>(c)) != std::string_view::npos;
    };
    if (!word.empty() && std::all_of(word.begin(), word.end(), plain)) return word;
    std::string text = "'";
    for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return text + "'";
}

}  // namespace

const char* to_string(Standing standing) {
    switch (standing) {
        case Standing::published: return "published";
        case Standing::sharper: return "sharper";
        case Standing::fresh: return "new";
        case Standing::contradicts: return "contradicts";
    }
    return "";
}

std::string command_line(const Claim& claim) {
    const auto line = [](const std::vector<std::string>& words) {
        std::string text = "attest";
        for (const std::string& word : words) text += " " + quoted(word);
        return text;
    };
    if (!claim.made) return line(claim.command);
    return line(claim.made->by) + " -o " + quoted(claim.made->file) + " && " + line(claim.command);
}

std::string digest(const Claim& claim) {
    Claim said = claim;
    said.last.reset();
    return base::sha256(write_claim(said));
}

}  // namespace attest::ledger
