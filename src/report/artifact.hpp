#pragma once

#include <string>
#include <vector>

#include "base/tar.hpp"
#include "report/sources.hpp"

namespace attest::report {

/// Texts and sources that go with certificates.
struct ArtifactTexts {
    std::string certificate_format, model_format;  ///< FORMAT.md, MODEL.md
    std::string checker;                           ///< the folder of the checker's source
};

/// What a reviewer of certificates needs, below one folder: the certificates, the source of the checker with a Makefile, the
/// formats, and a README that says what is claimed and how it is checked, without attest.
///
/// Needs   certificates that were accepted
/// Throws  InputError for files that cannot be read, and for links among them: what they lead to is not what was checked
std::vector<base::TarFile> artifact_of(const Sources& sources, const std::string& folder, const ArtifactTexts& texts);

}  // namespace attest::report
