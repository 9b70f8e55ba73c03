#pragma once

#include <cstdint>
#include <string>

#include "attest/base/limits.hpp"
#include "attest/certify/archive.hpp"
#include "attest/formats/file.hpp"
#include "attest/verdict/certified.hpp"
#include "decide/maximum/maximum.hpp"

namespace attest::certify {

/// On how many words a model answers with the greatest symbol, at least, by cells.
struct Maximum {
    std::int64_t length = 0;
    maximum::Cells cells;
    /// holds: `cells.right`, or more
    verdict::Verdict verdict;
};

/// Counts, writes the certificate (FORMAT.md, section 34), and has the checker read it back.
///
/// Throws  Unsupported for a model that cells are not for
Maximum certify_maximum(const formats::ModelFile& model, std::int64_t length, const base::Limits& limits,
                        Archive& archive);

}  // namespace attest::certify
