#include "base/seal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <optional>

#include "attest/base/error.hpp"

namespace attest::base {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t key_bytes = 32;

using Bytes = std::array<unsigned char, key_bytes>;

std::string hexadecimal(const Bytes& bytes) {
    std::string digits;
    for (const unsigned char byte : bytes) digits += fmt::format("{:02x}", byte);
    return digits;
}

bool is_hexadecimal(std::string_view text) {
    return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string new_key() {
    Bytes bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        throw InputError("key", "the system gives no random bytes");
    return hexadecimal(bytes);
}

/// An open file that is closed at the end.
struct KeyFile {
    int file;
    ~KeyFile() {
        if (file >= 0) close(file);
    }
};

/// The digits in a file that nobody else can read; nothing if there is no file.
std::optional<std::string> read_key(const std::string& path) {
    const KeyFile at{open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)};
    if (at.file < 0 && errno == ENOENT) return std::nullopt;
    struct stat status {};
    if (at.file < 0 || fstat(at.file, &status) != 0 || !S_ISREG(status.st_mode) || status.st_uid != geteuid() ||
        (status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        throw InputError(path, "a file that only its owner, who runs this, can read", "another");
    std::array<char, 2 * key_bytes + 2> text{};
    const ssize_t got = read(at.file, text.data(), text.size());
    const std::string_view digits(text.data(), 2 * key_bytes);
    if (got != static_cast<ssize_t>(2 * key_bytes + 1) || text[2 * key_bytes] != '\n' || !is_hexadecimal(digits))
        throw InputError(path, "64 hexadecimal digits", "something else");
    return std::string(digits);
}

/// Of several processes that make it at a time one comes first, and its key is that of all: it appears there whole.
bool make_key(const std::string& path) {
    std::error_code error;
    fs::create_directories(fs::path(path).parent_path(), error);
    std::string temporary = path + ".XXXXXX";
    const KeyFile at{error ? -1 : mkostemp(temporary.data(), O_CLOEXEC)};  // which nobody else can read
    if (at.file < 0) return false;
    const std::string text = new_key() + "\n";
    const bool is_written =
        write(at.file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && fsync(at.file) == 0;
    const bool is_there = is_written && (link(temporary.c_str(), path.c_str()) == 0 || errno == EEXIST);
    unlink(temporary.c_str());
    return is_there;
}

std::string place_of_key() {
    const auto named = [](const char* name) {
        const char* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets it
        return std::string(value == nullptr ? "" : value);
    };
    if (const std::string file = named("ATTEST_KEY"); !file.empty()) return file;
    if (const std::string states = named("XDG_STATE_HOME"); !states.empty()) return states + "/attest/key";
    if (const std::string home = named("HOME"); !home.empty()) return home + "/.local/state/attest/key";
    return {};
}

std::string key_of_user() {
    const std::string path = place_of_key();
    if (path.empty()) return new_key();
    if (const auto key = read_key(path)) return *key;
    return make_key(path) ? read_key(path).value_or(new_key()) : new_key();
}

}  // namespace

Seal::Seal() : key_(key_of_user()) {}

std::string Seal::of(std::string_view text) const {
    Bytes bytes{};
    unsigned size = 0;
    if (HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
             reinterpret_cast<const unsigned char*>(text.data()), text.size(), bytes.data(), &size) == nullptr ||
        size != bytes.size())
        throw InternalError("no HMAC with SHA-256 here");
    return hexadecimal(bytes);
}

bool Seal::fits(std::string_view seal, std::string_view text) const {
    const std::string right = of(text);
    return seal.size() == right.size() && CRYPTO_memcmp(seal.data(), right.data(), right.size()) == 0;
}

}  // namespace attest::base
