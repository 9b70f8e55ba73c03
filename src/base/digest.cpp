#include "base/digest.hpp"

#include <openssl/evp.h>

#include <array>

#include "attest/base/error.hpp"

namespace attest::base {

std::string sha256(std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1)
        throw InternalError("SHA-256 is not available");
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (unsigned int k = 0; k < length; ++k) {
        text += digits[digest[k] >> 4];
        text += digits[digest[k] & 15];
    }
    return text;
}

}  // namespace attest::base
