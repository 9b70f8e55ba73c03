#include <catch2/catch.hpp>

#include "checker/network/safetensors.hpp"
#include "checker_support.hpp"

using namespace checker_test;

namespace {

std::string file_of(const std::string& header, const std::string& data) {
    std::string bytes;
    for (int k = 0; k < 8; ++k) bytes += static_cast<char>(header.size() >> (8 * k) & 0xff);
    return bytes + header + data;
}

Rational element(const std::string& type, const std::string& data, std::size_t index = 0) {
    const std::size_t width = type == "F64" || type == "I64" || type == "U64"   ? 8
                              : type == "F32" || type == "I32" || type == "U32" ? 4
                              : type == "I8" || type == "U8"                    ? 1
                                                                                : 2;
    const std::string bytes =
        file_of("{\"t\": {\"dtype\": \"" + type + "\", \"shape\": [" + std::to_string(data.size() / width) +
                    "], \"data_offsets\": [0, " + std::to_string(data.size()) + "]}}",
                data);
    Budget budget = ample();
    return read_safetensors(bytes, "f", budget).at("t").at(index).rational();
}

std::string bad(const std::string& bytes) {
    Budget budget = ample();
    return refusal([&] { read_safetensors(bytes, "f", budget); });
}

std::string bad_entry(const std::string& entry, std::size_t size) {
    return bad(file_of("{\"t\": " + entry + "}", std::string(size, '\0')));
}

}  // namespace

TEST_CASE("Tensor elements are the dyadic rationals that they are", "[checker]") {
    using namespace std::string_literals;
    CHECK(element("F64", "\x9a\x99\x99\x99\x99\x99\xb9\x3f"s) == Rational(0.1));
    CHECK(element("F64", "\x01\0\0\0\0\0\0\x80"s) == -Rational(4.9406564584124654e-324));
    CHECK(element("F32", "\x00\x00\xc0\xbf"s) == Rational(-3, 2));
    CHECK(element("F16", "\x00\x3c\x01\x00\x00\xc4"s, 0) == 1);
    CHECK(element("F16", "\x00\x3c\x01\x00\x00\xc4"s, 1) == Rational(1, 1 << 24));
    CHECK(element("F16", "\x00\x3c\x01\x00\x00\xc4"s, 2) == -4);
    CHECK(element("BF16", "\x80\x3f\x40\xc0"s, 1) == -3);
    CHECK(element("I8", "\xff"s) == -1);
    CHECK(element("U8", "\xff"s) == 255);
    CHECK(element("I16", "\x00\x80"s) == -32768);
    CHECK(element("U32", "\xff\xff\xff\xff"s) == Rational(4294967295UL));
    CHECK(element("I64", "\0\0\0\0\0\0\0\x80"s) == -Rational(mpz_class(1) << 63));
    CHECK(element("U64", "\0\0\0\0\0\0\0\x80"s) == Rational(mpz_class(1) << 63));
}

TEST_CASE("NaN and infinities are refused", "[checker]") {
    using namespace std::string_literals;
    CHECK_THROWS_AS(element("F64", "\0\0\0\0\0\0\xf8\x7f"s), Defect);
    CHECK_THROWS_AS(element("F32", "\0\0\x80\xff"s), Defect);
    CHECK_THROWS_AS(element("F16", "\0\x7c"s), Defect);
    CHECK_THROWS_AS(element("BF16", "\x80\x7f"s), Defect);
}

TEST_CASE("Damaged tensor files are refused", "[checker]") {
    const std::string good = R"({"dtype": "U8", "shape": [2, 2], "data_offsets": [0, 4]})";
    CHECK(bad_entry(good, 4).empty());
    CHECK(bad(file_of(R"({"__metadata__": {"a": "b"}})", "")).empty());

    CHECK(!bad("").empty());
    CHECK(!bad("1234567").empty());
    CHECK(!bad(std::string(8, '\xff') + "{}").empty());
    CHECK(!bad(file_of("{}", "").substr(0, 9)).empty());
    CHECK(!bad(file_of(" {}", "")).empty());
    CHECK(!bad(file_of("[]", "")).empty());
    CHECK(!bad_entry(good, 5).empty());
    CHECK(!bad_entry(good, 3).empty());
    CHECK(!bad_entry(R"({"dtype": "F8", "shape": [4], "data_offsets": [0, 4]})", 4).empty());
    CHECK(!bad_entry(R"({"dtype": "U8", "shape": [3], "data_offsets": [0, 4]})", 4).empty());
    CHECK(!bad_entry(R"({"dtype": "U8", "shape": [-4], "data_offsets": [0, 4]})", 4).empty());
    CHECK(!bad_entry(R"({"dtype": "U8", "shape": [4611686018427387904, 4], "data_offsets": [0, 0]})", 0).empty());
    CHECK(!bad_entry(R"({"dtype": "U8", "shape": [4], "data_offsets": [4, 0]})", 4).empty());
    CHECK(bad_entry(R"({"dtype": "U8", "shape": [4], "data_offsets": [0, 4], "x": 1})", 4).empty());
    CHECK(!bad(file_of(R"({"__metadata__": {"a": 1}})", "")).empty());
}

TEST_CASE("Tensors that overlap, leave holes or share a name are refused", "[checker]") {
    const auto two = [](const std::string& a, const std::string& b, const std::string& second_name) {
        return bad(file_of(R"({"s": {"dtype": "U8", "shape": [2], "data_offsets": )" + a + "}, \"" + second_name +
                               R"(": {"dtype": "U8", "shape": [2], "data_offsets": )" + b + "}}",
                           "1234"));
    };
    CHECK(two("[0, 2]", "[2, 4]", "t").empty());
    CHECK(two("[2, 4]", "[0, 2]", "t").empty());
    CHECK(two("[0, 2]", "[1, 3]", "t").find("overlap") != std::string::npos);
    CHECK(two("[1, 3]", "[2, 4]", "t").find("hole") != std::string::npos);
    CHECK(two("[0, 2]", "[0, 2]", "t").find("overlap") != std::string::npos);
    CHECK(two("[0, 2]", "[2, 4]", "s").find("twice") != std::string::npos);
}
