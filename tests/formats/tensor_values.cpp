#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "base/random.hpp"
#include "formats/tensors.hpp"
#include "refused.hpp"
#include "safetensors.hpp"
#include "seed.hpp"

// The numbers of safetensors files, type by type.

using namespace attest;
using namespace attest::formats;
using namespace attest::formats::tests;
using attest::exact::Rational;

namespace {

/// The number of this type that has these bits.
Rational value(const std::string& type, std::size_t size, std::uint64_t bits) {
    const std::string file = SafetensorsWriter().add("t", type, "[]", little_endian(bits, size)).file();
    return read_tensors(file, "f").at("t").at(0, "f:t");
}

std::string refusal(const std::string& type, std::size_t size, std::uint64_t bits) {
    return attest::tests::refused([&] { (void)value(type, size, bits); });
}

Rational power_of_two(long e) {
    const mpz_class power = mpz_class(1) << static_cast<unsigned long>(std::labs(e));
    return e < 0 ? Rational(1) / power : Rational(power);
}

}  // namespace

TEST_CASE("F64 are the dyadic rationals that they are", "[tensors]") {
    CHECK(value("F64", 8, std::bit_cast<std::uint64_t>(0.1)) == Rational("3602879701896397/36028797018963968"));
    CHECK(value("F64", 8, std::bit_cast<std::uint64_t>(-2.5)) == Rational(-5, 2));
    CHECK(value("F64", 8, 1) == power_of_two(-1074));
    CHECK(value("F64", 8, 0x000fffffffffffff) == power_of_two(-1022) - power_of_two(-1074));
    CHECK(value("F64", 8, 0x0010000000000000) == power_of_two(-1022));
    CHECK(value("F64", 8, 0x7fefffffffffffff) == power_of_two(1024) - power_of_two(971));
    CHECK(value("F64", 8, 0x8000000000000000) == 0);
}

TEST_CASE("F32 are the dyadic rationals that they are", "[tensors]") {
    CHECK(value("F32", 4, std::bit_cast<std::uint32_t>(0.1F)) == Rational(13421773, 134217728));
    CHECK(value("F32", 4, 0x00000001) == power_of_two(-149));
    CHECK(value("F32", 4, 0x807fffff) == power_of_two(-149) - power_of_two(-126));
    CHECK(value("F32", 4, 0x00800000) == power_of_two(-126));
    CHECK(value("F32", 4, 0x7f7fffff) == power_of_two(128) - power_of_two(104));
    CHECK(value("F32", 4, 0x80000000) == 0);
}

TEST_CASE("F16 are the dyadic rationals that they are", "[tensors]") {
    CHECK(value("F16", 2, 0x3c00) == 1);
    CHECK(value("F16", 2, 0xc100) == Rational(-5, 2));
    CHECK(value("F16", 2, 0x2e66) == Rational(819, 8192));
    CHECK(value("F16", 2, 0x0001) == power_of_two(-24));
    CHECK(value("F16", 2, 0x83ff) == power_of_two(-24) - power_of_two(-14));
    CHECK(value("F16", 2, 0x0400) == power_of_two(-14));
    CHECK(value("F16", 2, 0x7bff) == 65504);
    CHECK(value("F16", 2, 0x8000) == 0);
}

TEST_CASE("BF16 are the dyadic rationals that they are", "[tensors]") {
    CHECK(value("BF16", 2, 0x3f80) == 1);
    CHECK(value("BF16", 2, 0xc020) == Rational(-5, 2));
    CHECK(value("BF16", 2, 0x0001) == power_of_two(-133));
    CHECK(value("BF16", 2, 0x0080) == power_of_two(-126));
    CHECK(value("BF16", 2, 0x7f7f) == power_of_two(128) - power_of_two(120));
    CHECK(value("BF16", 2, 0x8000) == 0);
}

TEST_CASE("random floats are what the processor says", "[tensors]") {
    INFO("seed " << attest::tests::seed());
    base::Random random(attest::tests::seed());
    for (int round = 0; round < 2000; ++round) {
        const std::uint64_t bits = random.bits();
        const auto wide = std::bit_cast<double>(bits);
        const auto narrow = std::bit_cast<float>(static_cast<std::uint32_t>(bits));
        const auto brain = std::bit_cast<float>(static_cast<std::uint32_t>(bits & 0xffff) << 16);
        if (std::isfinite(wide)) REQUIRE(value("F64", 8, bits) == Rational(wide));
        if (std::isfinite(narrow)) REQUIRE(value("F32", 4, bits & 0xffffffff) == Rational(static_cast<double>(narrow)));
        if (std::isfinite(brain)) REQUIRE(value("BF16", 2, bits & 0xffff) == Rational(static_cast<double>(brain)));
    }
}

TEST_CASE("integers are integers, to the ends of their types", "[tensors]") {
    CHECK(value("I64", 8, 0x8000000000000000) == Rational("-9223372036854775808"));
    CHECK(value("I64", 8, 0x7fffffffffffffff) == Rational("9223372036854775807"));
    CHECK(value("I32", 4, 0x80000000) == -2147483648L);
    CHECK(value("I32", 4, 0xffffffff) == -1);
    CHECK(value("I16", 2, 0x8000) == -32768);
    CHECK(value("I8", 1, 0x80) == -128);
    CHECK(value("I8", 1, 0x7f) == 127);
    CHECK(value("U64", 8, 0xffffffffffffffff) == Rational("18446744073709551615"));
    CHECK(value("U32", 4, 0xffffffff) == 4294967295L);
    CHECK(value("U16", 2, 0xffff) == 65535);
    CHECK(value("U8", 1, 0xff) == 255);
    CHECK(value("BOOL", 1, 1) == 1);
    CHECK(refusal("BOOL", 1, 2) == "f:t: expected 0 or 1 for a BOOL, found 2");
}

TEST_CASE("NaN and infinities are refused at their place", "[tensors]") {
    const std::string nan = "f:t: expected a finite number, found NaN",
                      infinity = "f:t: expected a finite number, found an infinity";
    CHECK(refusal("F64", 8, 0x7ff8000000000000) == nan);
    CHECK(refusal("F64", 8, 0xfff0000000000001) == nan);
    CHECK(refusal("F64", 8, 0x7ff0000000000000) == infinity);
    CHECK(refusal("F64", 8, 0xfff0000000000000) == infinity);
    CHECK(refusal("F32", 4, 0x7fc00000) == nan);
    CHECK(refusal("F32", 4, 0xff800000) == infinity);
    CHECK(refusal("F16", 2, 0x7c01) == nan);
    CHECK(refusal("F16", 2, 0xfc00) == infinity);
    CHECK(refusal("BF16", 2, 0x7fc0) == nan);
    CHECK(refusal("BF16", 2, 0x7f80) == infinity);
}

TEST_CASE("arrays are in row-major order", "[tensors]") {
    const std::string file = SafetensorsWriter()
                                 .add("a", "U8", "[2, 3]", packed({1, 2, 3, 4, 5, 6}, 1))
                                 .add("b", "I16", "[1]", packed({0xffff}, 2))
                                 .file();
    const auto tensors = read_tensors(file, "f");
    CHECK(tensors.at("a").shape == std::vector<std::uint64_t>{2, 3});
    CHECK(tensors.at("a").count() == 6);
    CHECK(tensors.at("a").at(4, "f") == 5);
    CHECK(tensors.at("b").at(0, "f") == -1);
}
