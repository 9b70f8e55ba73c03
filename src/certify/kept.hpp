#pragma once

#include <string>

#include "attest/certify/recognition.hpp"

namespace attest::certify {

/// The verdict on a question whose certificate another run left in a directory: it is copied to the archive's part, must
/// be about this network, language and length, and the checker reads it there. Nothing but the certificate is believed.
///
/// Gives   of the outcome the answer and the counterexample
/// Throws  InputError if the directory holds no certificate of this question
Recognition recognise_again(const std::string& directory, const Subject& subject, std::int64_t length,
                            const base::Limits& limits, Archive& archive, const std::string& part);
Recognition recognise_again(const std::string& directory, const ProgramSubject& subject, std::int64_t length,
                            const base::Limits& limits, Archive& archive, const std::string& part);

}  // namespace attest::certify
