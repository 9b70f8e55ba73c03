#include <catch2/catch.hpp>

#include "formats/tensors.hpp"
#include "refused.hpp"
#include "safetensors.hpp"

// Safetensors files that are damaged: nothing of the data is touched before all is well.

using namespace attest;
using namespace attest::formats;
using namespace attest::formats::tests;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

std::string refusal(const std::string& file) {
    return attest::tests::refused([&] { (void)read_tensors(file, "f"); });
}
std::string refusal(const std::string& header, std::size_t data) {
    return refusal(safetensors(header, std::string(data, '\0')));
}

/// One entry `t`.
std::string entry(const std::string& type, const std::string& shape, const std::string& offsets, std::size_t data) {
    return refusal(R"({"t": {"dtype": )" + type + R"(, "shape": )" + shape + R"(, "data_offsets": )" + offsets + "}}",
                   data);
}

/// Two entries of bytes.
std::string two(const std::string& first, const std::string& second, std::size_t first_size, std::size_t second_size,
                std::size_t data) {
    return refusal(R"({"a": {"dtype": "U8", "shape": [)" + std::to_string(first_size) + R"(], "data_offsets": )" +
                       first + R"(}, "b": {"dtype": "U8", "shape": [)" + std::to_string(second_size) +
                       R"(], "data_offsets": )" + second + "}}",
                   data);
}

}  // namespace

TEST_CASE("a file without arrays is good", "[tensors]") {
    CHECK(refusal("{}", 0) == "accepted");
    CHECK(refusal("{}      ", 0) == "accepted");
    CHECK(refusal(R"({"__metadata__": {"format": "pt"}})", 0) == "accepted");
    CHECK(entry("\"F32\"", "[0, 3]", "[0, 0]", 0) == "accepted");
}

TEST_CASE("a header that is longer than the file is refused", "[tensors]") {
    CHECK(refusal("") == "f: expected a safetensors file (8 bytes of header length first), found 0 bytes");
    CHECK(refusal("1234567") == "f: expected a safetensors file (8 bytes of header length first), found 7 bytes");
    CHECK(refusal(little_endian(3, 8) + "{}") ==
          "f: expected a header of at most 2 bytes, found a header that claims 3");
    CHECK(refusal(little_endian(std::uint64_t{1} << 63, 8) + "{}") ==
          "f: expected a header of at most 2 bytes, found a header that claims 9223372036854775808");
    CHECK(refusal(little_endian(UINT64_MAX, 8) + "{}") ==
          "f: expected a header of at most 2 bytes, found a header that claims 18446744073709551615");
    CHECK(refusal(little_endian(100'000'001, 8) + std::string(100'000'001, ' ')) ==
          "f: expected a header of at most 100000000 bytes, found a header that claims 100000001");
}

TEST_CASE("a header that is no JSON object is refused", "[tensors]") {
    CHECK(refusal("", 0) == "f: expected a header that starts with '{', found ");
    CHECK(refusal(" {}", 0) == "f: expected a header that starts with '{', found  {}");
    CHECK(refusal("[]", 0) == "f: expected a header that starts with '{', found []");
    CHECK_THAT(refusal("{", 0), StartsWith("f:1:1: expected JSON"));
    CHECK_THAT(refusal("{} x", 0), StartsWith("f:1:4: expected JSON"));
    CHECK_THAT(refusal(std::string("{}\0\0", 4), 0), Contains("found a byte 0"));
    CHECK_THAT(refusal("{\"\xff\": 1}", 0), StartsWith("f:1:3: expected JSON"));
    CHECK_THAT(refusal("{\"a\": " + std::string(100000, '['), 0), Contains("nesting of at most 64 levels"));
    CHECK(refusal(R"({"a": {}, "a": {}})", 0) == "f: expected each key once, found the key \"a\" twice");
    CHECK(refusal(R"({"a": 3})", 0) == "f:a: expected an object, found the number 3");
}

TEST_CASE("metadata are texts", "[tensors]") {
    CHECK(refusal(R"({"__metadata__": {"a": 1}})", 0) == "f:__metadata__.a: expected a string, found the number 1");
    CHECK(refusal(R"({"__metadata__": null})", 0) == "accepted");
    CHECK(refusal(R"({"__metadata__": []})", 0) == "f:__metadata__: expected an object, found a list of 0");
}

TEST_CASE("an entry has type, shape and offsets; what else it has is passed over", "[tensors]") {
    CHECK(refusal(R"({"t": {"shape": [], "data_offsets": [0, 1]}})", 1) ==
          "f:t: expected the key \"dtype\", found none");
    CHECK(refusal(R"({"t": {"dtype": "U8", "data_offsets": [0, 1]}})", 1) ==
          "f:t: expected the key \"shape\", found none");
    CHECK(refusal(R"({"t": {"dtype": "U8", "shape": []}})", 1) == "f:t: expected the key \"data_offsets\", found none");
    CHECK(refusal(R"({"t": {"dtype": "U8", "shape": [], "data_offsets": [0, 1], "x": 1}})", 1) == "accepted");
    CHECK(refusal(R"({"t": {"dtype": "U8", "shape": [], "shape": [], "data_offsets": [0, 1]}})", 1) ==
          "f:t: expected each key once, found the key \"shape\" twice");
}

TEST_CASE("types are those of the format", "[tensors]") {
    const std::string expected =
        "f:t.dtype: expected one of F64 F32 F16 BF16 I64 I32 I16 I8 U64 U32 U16 U8 BOOL C64 F8_E5M2 F8_E4M3 F8_E8M0 "
        "F8_E5M2FNUZ "
        "F8_E4M3FNUZ F6_E3M2 F6_E2M3 F4, found the string ";
    CHECK(entry("\"F8_E4M3\"", "[1]", "[0, 1]", 1) == "accepted");
    CHECK(entry("\"F8\"", "[1]", "[0, 1]", 1) == expected + "\"F8\"");
    CHECK(entry("\"F4\"", "[3]", "[0, 2]", 2) == "f:t: expected entries that fill whole bytes, found 12 bits");
    CHECK(entry("\"f32\"", "[1]", "[0, 4]", 4) == expected + "\"f32\"");
    CHECK(entry("32", "[1]", "[0, 4]", 4) == "f:t.dtype: expected a string, found the number 32");
}

TEST_CASE("shapes are lists of sizes", "[tensors]") {
    CHECK_THAT(entry("\"U8\"", "[-1]", "[0, 1]", 1), StartsWith("f:t.shape[0]: expected a whole number from 0"));
    CHECK_THAT(entry("\"U8\"", "[1.0]", "[0, 1]", 1), StartsWith("f:t.shape[0]: expected a whole number"));
    CHECK_THAT(entry("\"U8\"", "[18446744073709551616]", "[0, 0]", 0),
               StartsWith("f:t.shape[0]: expected a whole number"));
    CHECK(entry("\"U8\"", "1", "[0, 1]", 1) == "f:t.shape: expected a list, found the number 1");
}

TEST_CASE("the bytes of an array are those of its shape", "[tensors]") {
    CHECK(entry("\"F32\"", "[2]", "[0, 4]", 4) ==
          "f:t: expected 8 bytes, the product of type and shape, found offsets for 4");
    CHECK(entry("\"F32\"", "[]", "[0, 8]", 8) ==
          "f:t: expected 4 bytes, the product of type and shape, found offsets for 8");
    CHECK(entry("\"F64\"", "[4294967296, 4294967296]", "[0, 0]", 0) ==
          "f:t: expected 2^61 or more bytes, the product of type and shape, found offsets for 0");
    CHECK(entry("\"F64\"", "[2305843009213693952]", "[0, 0]", 0) ==
          "f:t: expected 2^61 or more bytes, the product of type and shape, found offsets for 0");
}

TEST_CASE("offsets lie in the file and in order", "[tensors]") {
    CHECK(entry("\"U8\"", "[5]", "[0, 5]", 4) ==
          "f:t.data_offsets[1]: expected a whole number from 0 to 4, found the number 5");
    CHECK_THAT(entry("\"U8\"", "[5]", "[0, 18446744073709551615]", 4),
               StartsWith("f:t.data_offsets[1]: expected a whole number from 0 to 4"));
    CHECK(entry("\"U8\"", "[1]", "[-1, 0]", 4) ==
          "f:t.data_offsets[0]: expected a whole number from 0 to 4, found the number -1");
    CHECK(entry("\"U8\"", "[1]", "[1, 0]", 1) ==
          "f:t.data_offsets: expected a first offset that is not beyond the second, found a list of 2");
    CHECK(entry("\"U8\"", "[1]", "[0]", 1) == "f:t.data_offsets: expected two offsets, found a list of 1");
    CHECK(entry("\"U8\"", "[1]", "[0, 1, 2]", 2) == "f:t.data_offsets: expected two offsets, found a list of 3");
}

TEST_CASE("arrays tile the data without overlap, hole or rest", "[tensors]") {
    CHECK(two("[0, 4]", "[4, 6]", 4, 2, 6) == "accepted");
    CHECK(two("[2, 6]", "[0, 2]", 4, 2, 6) == "accepted");
    CHECK(two("[0, 4]", "[2, 6]", 4, 4, 6) ==
          "f: expected tensors that do not overlap, found \"b\" at bytes 2 to 6 over \"a\"");
    CHECK(two("[0, 4]", "[0, 4]", 4, 4, 4) ==
          "f: expected tensors that do not overlap, found \"b\" at bytes 0 to 4 over \"a\"");
    CHECK(two("[0, 6]", "[2, 2]", 6, 0, 6) ==
          "f: expected tensors that do not overlap, found \"b\" at bytes 2 to 2 over \"a\"");
    CHECK(two("[0, 2]", "[4, 6]", 2, 2, 6) ==
          "f: expected tensors without holes between them, found 2 unused bytes before \"b\"");
    CHECK(two("[1, 2]", "[2, 4]", 1, 2, 4) ==
          "f: expected tensors without holes between them, found 1 unused bytes before \"a\"");
    CHECK(two("[0, 2]", "[2, 4]", 2, 2, 5) == "f: expected 4 bytes of data, as the header says, found 5");
}
