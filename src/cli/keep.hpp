#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "attest/certify/archive.hpp"
#include "attest/certify/recognition.hpp"
#include "session.hpp"

namespace attest::cli {

/// The parts of a certificate of several lengths.
template <typename Results>
std::vector<std::string> parts_by_length(const Results& results) {
    std::vector<std::string> parts;
    for (const auto& result : results) parts.push_back(certify::part_of_length(result.length));
    return parts;
}

/// The same where one length alone is the whole certificate, and so no part.
template <typename Results>
std::vector<std::string> parts_if_several(const Results& results) {
    return results.size() == 1 ? std::vector<std::string>{""} : parts_by_length(results);
}

/// Makes what was kept whole, and tells where nothing was `done` with evidence.
inline void finish_certificate(const Session& session, certify::Archive& archive, const std::vector<std::string>& parts,
                               const char* done = "decided") {
    if (archive.keeps() && !archive.finish(parts))
        session.note(fmt::format("no certificate: nothing was {} with evidence", done));
}

}  // namespace attest::cli
