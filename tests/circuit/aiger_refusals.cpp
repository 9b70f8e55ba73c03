#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "attest/base/error.hpp"
#include "circuit/aiger.hpp"

using namespace attest;
using namespace attest::circuit;

namespace {

std::string message(const std::string& bytes, std::size_t most_bytes = std::size_t{1} << 30) {
    try {
        read_aiger(bytes, "x", most_bytes);
    } catch (const base::InputError& e) {
        return e.what();
    }
    return "read without complaint";
}

struct Bad {
    std::string bytes;
    std::string message;
};

std::string binary(const std::string& header, const std::vector<int>& bytes) {
    std::string result = header;
    for (const int b : bytes) result += static_cast<char>(b);
    return result;
}

}  // namespace

TEST_CASE("headers that are refused", "[circuit]") {
    const std::vector<Bad> files{
        {"", "x:1: expected an AIGER file, which begins with `aag` or `aig`, found the end of the file"},
        {"p cnf 1 1\n", "x:1: expected an AIGER file, which begins with `aag` or `aig`, found 'p'"},
        {"aag\n", "x:1: expected a space, found the end of the line"},
        {"aag 1 1 0\n", "x:1: expected a space, found the end of the line"},
        {"aag 1 1 0 0 0\r\n2\r\n", "x:1: expected the end of the header, found a carriage return"},
        {"aag  1 1 0 0 0\n", "x:1: expected the greatest variable, found a space"},
        {"aag 1 -1 0 0 0\n", "x:1: expected the number of inputs, found '-'"},
        {"aag 1 x 0 0 0\n", "x:1: expected the number of inputs, found 'x'"},
        {"aag 4294967296 1 0 0 0\n", "x:1: expected the greatest variable of at most 2147483647, found 4294967296"},
        {"aag 1 99999999999999999999999999999 0 0 0\n",
         "x:1: expected the number of inputs of at most 2147483647, found 999999999999…999999999999"},
        {"aag 1 0 1 0 0\n2 3\n", "x:1: expected a combinational circuit, found 1 latches"},
        {"aag 0 0 0 0 0 0 0 1\n", "x:1: expected a combinational circuit, found justice or fairness properties"},
        {"aag 0 0 0 0 0 0 0 0 2\n", "x:1: expected a combinational circuit, found justice or fairness properties"},
        {"aag 0 0 0 0 0 0 0 0 0 0\n", "x:1: expected the end of the header, found a space"},
        {"aag 1 1 0 0 1\n2\n4 2 2\n",
         "x:1: expected a greatest variable of at least 2 (1 inputs and 1 gates), found 1"},
        {"aig 3 1 0 0 1\n", "x:byte 13: expected a greatest variable of 2 (1 inputs and 1 gates), found 3"},
        {"aag 1 1 0 0 0", "x:1: expected the end of the header, found the end of the file"},
        {"aig 0 0 1 0 0\n", "x:byte 13: expected a combinational circuit, found 1 latches"},
    };
    for (const Bad& file : files) CHECK(message(file.bytes) == file.message);
}

TEST_CASE("headers that promise the moon are refused before memory is asked for", "[circuit]") {
    CHECK(message("aag 1000000001 1 0 1 1000000000\n2\n4\n") ==
          "x:1: expected at least 6000000004 bytes after the header for the 1000000000 gates and 2 ports "
          "that it "
          "promises, found 4");
    CHECK(message("aig 1000000000 0 0 0 1000000000\n") ==
          "x:byte 31: expected at least 2000000000 bytes after the header for the 1000000000 gates and 0 "
          "ports that "
          "it promises, found 0");
    CHECK(message("aag 1000000000 1000000000 0 0 0\n2\n") ==
          "x:1: expected at least 2000000000 bytes after the header for the 0 gates and 1000000000 ports "
          "that it "
          "promises, found 2");
    CHECK(message("aag 0 0 0 2000000000 0\n") ==
          "x:1: expected at least 4000000000 bytes after the header for the 0 gates and 2000000000 ports "
          "that it "
          "promises, found 0");
    // A binary file spends no byte on an input.
    CHECK(message("aig 1000000000 1000000000 0 0 0\n") ==
          "x:byte 31: expected a circuit that fits in 1024 MiB, found 1000000000 inputs");
    // Variables that are never defined cost nothing.
    CHECK(read_aiger("aag 2147483647 1 0 1 0\n4294967294\n4294967295\n", "x").input_count() == 1);
}

TEST_CASE("ASCII bodies that are refused", "[circuit]") {
    const std::string one_gate = "aag 3 2 0 1 1\n2\n4\n6\n6 4 2\n";
    const std::vector<Bad> files{
        {"aag 1 1 0 0 0\n2c", "x:2: expected the end of the line, found 'c'"},
        {"aag 1 1 0 0 0\n3\n", "x:2: expected an even literal, not 0, found 3"},
        {"aag 1 1 0 0 0\n0\n", "x:2: expected an even literal, not 0, found 0"},
        {"aag 1 1 0 0 0\n4\n", "x:2: expected a literal of at most 3, found 4"},
        {"aag 1 1 0 0 0\n2 \n", "x:2: expected the end of the line, found a space"},
        {"aag 1 1 0 0 0\n\n2\n", "x:2: expected a literal, found the end of the line"},
        {"aag 2 2 0 0 0\n2\n2\n", "x:3: expected a new variable, found literal 2, defined at x:2 already"},
        {"aag 3 2 0 0 1\n2\n4\n4 2 2\n", "x:4: expected a new variable, found literal 4, defined at x:3 already"},
        {"aag 4 2 0 0 2\n2\n4\n6 2 4\n6 2 5\n",
         "x:5: expected a new variable, found literal 6, defined at x:4 already"},
        {"aag 3 2 0 1 1\n2\n4\n99\n6 4 2\n", "x:4: expected a literal of at most 7, found 99"},
        {"aag 3 2 0 1 1\n2\n4\n6\n6 8 2\n", "x:5: expected a literal of at most 7, found 8"},
        {"aag 3 2 0 1 1\n2\n4\n6\n7 4 2\n", "x:5: expected an even literal, not 0, found 7"},
        {"aag 3 2 0 1 1\n2\n4\n6\n6 4\nc\n", "x:5: expected a space, found the end of the line"},
        {"aag 3 2 0 1 1\n2\n4\n6\n6 4 2 1\n", "x:5: expected the end of the line, found a space"},
        {"aag 3 2 0 1 1\n2\n4\n6\n6\t4 2\n", "x:5: expected a space, found the byte 0x09"},
        {"aag 9 2 0 1 1\n2\n4\n16\n6 4 2\n", "x:4: expected a literal that an input or a gate defines, found 16"},
        {"aag 9 2 0 1 1\n2\n4\n6\n6 4 11\n", "x:5: expected a literal that an input or a gate defines, found 11"},
        {"aag 5 2 0 1 1\n2\n4\n6\n10 4 2", "x:5: expected the end of the line, found the end of the file"},
        {one_gate + "6 4 2\n",
         "x:6: expected a symbol (i, o, b or c with a number), the comment, or the end of the file, found "
         "'6'"},
        {one_gate + "\n",
         "x:6: expected a symbol (i, o, b or c with a number), the comment, or the end of the file, "
         "found the end of the line"},
    };
    for (const Bad& file : files) CHECK(message(file.bytes) == file.message);
}

TEST_CASE("gates that depend on themselves are refused with the cycle", "[circuit]") {
    CHECK(message("aag 4 2 0 1 2\n2\n4\n6\n6 8 2\n8 6 4\n") == "x:5: gate 6 depends on itself through 6→8→6");
    CHECK(message("aag 3 2 0 0 1\n2\n4\n6 7 2\n") == "x:4: gate 6 depends on itself through 6→6");
    // Only the cycle, not the way to it.
    CHECK(message("aag 5 1 0 0 4\n2\n4 6 2\n6 8 2\n8 11 2\n10 7 2\n") ==
          "x:4: gate 6 depends on itself through 6→8→10→6");
    std::string ring = "aag 1001 1 0 0 1000\n2\n";
    for (int k = 0; k < 1000; ++k) {
        ring += fmt::format("{} {} 2\n", 4 + 2 * k, 4 + 2 * ((k + 1) % 1000));
    }
    CHECK(message(ring) ==
          "x:3: gate 4 depends on itself through 4→6→8→10→12→14→…(988 more)→1992→1994→1996→1998→2000→2002→4");
}

TEST_CASE("symbol tables that are refused", "[circuit]") {
    const std::string head = "aag 3 2 0 1 1\n2\n4\n6\n6 4 2\n";
    const std::string what = "a symbol (i, o, b or c with a number), the comment, or the end of the file";
    const std::vector<Bad> files{
        {head + "i2 x\n", "x:6: expected a symbol i with a number below 2, found i2"},
        {head + "o1 x\n", "x:6: expected a symbol o with a number below 1, found o1"},
        {head + "c0 x\n", "x:6: expected a symbol c with a number below 0, found c0"},
        {head + "l0 x\n", "x:6: expected " + what + ", found 'l'"},
        {head + "i0 x\ni0 y\n", "x:7: expected each symbol once, found i0 again"},
        {head + "i0\n", "x:6: expected a space, found the end of the line"},
        {head + "i0 \n", "x:6: expected a name, found the end of the line"},
        {head + "i0 x", "x:6: expected the end of the line, found the end of the file"},
        {head + "ix y\n", "x:6: expected a number, found 'x'"},
        {head + "i0 a\rb\n", "x:6: expected a name without control characters, found a carriage return"},
        {head + "c", "x:6: expected a number, found the end of the file"},
    };
    for (const Bad& file : files) CHECK(message(file.bytes) == file.message);
    CHECK(read_aiger(head + "i1 second one\nc\nanything at all", "x").input_name(1) == "second one");
}

TEST_CASE("binary bodies that are refused", "[circuit]") {
    const std::string head = "aig 3 2 0 1 1\n6\n";  // 16 bytes; then gate 6
    const std::vector<Bad> files{
        {binary(head, {2}),
         "x:byte 13: expected at least 4 bytes after the header for the 1 gates and 3 ports that it "
         "promises, found 3"},
        {"aig 3 2 0 1 1\n1\n66", "x:byte 16: expected a difference of at most 6, found 54"},
        {binary(head, {0, 2}), "x:byte 16: expected gate 6 to read smaller literals, found itself"},
        {binary(head, {7, 0}), "x:byte 16: expected a difference of at most 6, found 7"},
        {binary(head, {2, 5}), "x:byte 17: expected a difference of at most 4, found 5"},
        {binary(head, {2, 0x80}), "x:byte 18: expected a difference of two literals, found the end of the file"},
        {binary(head, {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1}),
         "x:byte 16: expected a difference of at most 32 bits, found a longer one"},
        {binary(head, {2, 2, 2}),
         "x:byte 18: expected a symbol (i, o, b or c with a number), the comment, or the end of the file, "
         "found the "
         "byte 0x02"},
        {"aig 3 2 0 1 1\n8\n  ", "x:byte 14: expected a literal of at most 7, found 8"},
    };
    for (const Bad& file : files) CHECK(message(file.bytes) == file.message);
}

TEST_CASE("no prefix of a good file and no changed byte crashes the reader", "[circuit]") {
    const std::string ascii = "aag 5 2 0 1 3 0 1\n2\n4\n10\n6\n6 4 2\n8 5 3\n10 9 7\ni0 x\no0 y\nc0 z\nc\nhi\n";
    const std::string raw = binary("aig 5 2 0 1 3 0 1\n10\n6\n", {2, 2, 3, 2, 1, 2}) + "i0 x\nc\nhi\n";
    for (const std::string& good : {ascii, raw}) {
        REQUIRE(message(good) == "read without complaint");
        for (std::size_t length = 0; length < good.size(); ++length) message(good.substr(0, length));
        for (std::size_t at = 0; at < good.size(); ++at) {
            for (int byte = 0; byte < 256; ++byte) {
                std::string changed = good;
                changed[at] = static_cast<char>(byte);
                message(changed, 1 << 20);
            }
        }
    }
}
