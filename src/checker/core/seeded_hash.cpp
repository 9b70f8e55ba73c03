#include "checker/core/seeded_hash.hpp"

#include <random>

namespace attest::checker {
namespace {

std::uint64_t random_word() {
    std::random_device device;
    return (std::uint64_t{device()} << 32) | device();
}

/// The finaliser of Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
std::uint64_t mixed(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
}

}  // namespace

std::size_t SeededHash::operator()(std::uint64_t key) const {
    static const std::uint64_t seed = random_word(), factor = random_word() | 1;
    return mixed((key ^ seed) * factor);
}

std::size_t SeededHash::operator()(std::string_view key) const {
    std::uint64_t hash = key.size();
    for (const char c : key) hash = (*this)(hash ^ (std::uint64_t{static_cast<unsigned char>(c)} << 32));
    return hash;
}

}  // namespace attest::checker
