#include <catch2/catch.hpp>
#include <cstdint>
#include <string>

#include "checker/core/sha256.hpp"

using attest::checker::sha256;

TEST_CASE("SHA-256 gives the published digests", "[checker]") {
    CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(sha256("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmn"
                 "opqrsmnopqrst"
                 "nopqrstu") == "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
    CHECK(sha256(std::string(1'000'000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("SHA-256 pads every length around a block", "[checker]") {
    // Digests of that many letters a, computed with sha256sum.
    CHECK(sha256(std::string(55, 'a')) == "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
    CHECK(sha256(std::string(56, 'a')) == "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a");
    CHECK(sha256(std::string(64, 'a')) == "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
}

TEST_CASE("SHA-256 is the same with the processor's instructions for it and without", "[checker]") {
    std::string text;
    std::uint32_t state = 1;
    for (std::size_t length = 0; length < 600; ++length) {
        CAPTURE(length);
        REQUIRE(sha256(text) == attest::checker::sha256_portably(text));
        state = state * 1664525 + 1013904223;
        text += static_cast<char>(state >> 24);
    }
    while (text.size() < 100'000) text += text;  // longer than what is compressed at once
    CHECK(sha256(text) == attest::checker::sha256_portably(text));
    CHECK(attest::checker::sha256_portably("abc") ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
