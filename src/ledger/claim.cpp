#include "ledger/claim.hpp"

#include "base/command_line.hpp"
#include "base/digest.hpp"
#include "ledger/file.hpp"

namespace attest::ledger {

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
        for (const std::string& word : words) text += " " + base::shell_word(word);
        return text;
    };
    if (!claim.made) return line(claim.command);
    return line(claim.made->by) + " -o " + base::shell_word(claim.made->file) + " && " + line(claim.command);
}

std::string digest(const Claim& claim) {
    Claim said = claim;
    said.last.reset();
    return base::sha256(write_claim(said));
}

}  // namespace attest::ledger
