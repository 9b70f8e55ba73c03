#pragma once

#include <string>
#include <vector>

#include "ledger/claim.hpp"

namespace attest::ledger {

/// Claims as a LaTeX table (booktabs; needs `\usepackage{booktabs}` alone), in Markdown, or as comma-separated values
/// (RFC 4180). Text of claims is escaped for each.
std::string latex_table(const std::vector<Claim>& claims);
std::string markdown_table(const std::vector<Claim>& claims);
std::string csv_table(const std::vector<Claim>& claims);

/// Text as LaTeX shows it.
std::string latex(const std::string& text);

}  // namespace attest::ledger
