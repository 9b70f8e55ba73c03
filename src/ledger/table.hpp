#pragma once

#include <string>
#include <vector>

#include "ledger/claim.hpp"
#include "report/latex.hpp"

namespace attest::ledger {

/// Claims as a LaTeX table over as many pages as it takes (longtable, with columns that wrap, and a `\cite` of each source; needs the packages
/// array, booktabs and longtable), in Markdown, or as comma-separated values (RFC 4180). Text of claims is escaped for each.
std::string latex_table(const std::vector<Claim>& claims);
std::string markdown_table(const std::vector<Claim>& claims);
std::string csv_table(const std::vector<Claim>& claims);

using report::latex;

}  // namespace attest::ledger
