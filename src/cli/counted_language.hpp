#pragma once

#include <string>

#include "programs/crasp/program.hpp"
#include "session.hpp"

namespace attest::cli {

/// Whether what a program says depends on the last symbol and on how often each symbol stands alone.
bool counts_symbols_only(const programs::crasp::Program& program);

/// `attest language` of such a program: the counts with which words are accepted. Gives the exit status.
int print_counted_language(Session& session, const std::string& name, const programs::crasp::Program& program);

}  // namespace attest::cli
