#include "claims.hpp"

#include <filesystem>

#include "attest/base/error.hpp"
#include "base/process.hpp"
#include "ledger/file.hpp"

namespace attest::cli {

namespace fs = std::filesystem;

std::string default_ledger() {
    const fs::path program = base::own_path();
    const fs::path installed = program.parent_path().parent_path() / "share/attest/ledger";
    if (fs::is_directory(installed)) return installed.string();
    for (fs::path folder = program.parent_path(); folder != folder.root_path(); folder = folder.parent_path())
        if (fs::is_directory(folder / "benchmarks/ledger")) return (folder / "benchmarks/ledger").string();
    throw base::UsageError(
        "ledger: expected claims in share/attest/ledger or benchmarks/ledger, found none; --ledger DIR says "
        "where they are");
}

std::vector<std::string> claim_ids() {
    std::vector<std::string> ids;
    try {
        for (const ledger::Claim& claim : ledger::read_ledger(default_ledger())) ids.push_back(claim.id);
    } catch (const base::Error&) {
        ids.clear();
    }
    return ids;
}

}  // namespace attest::cli
