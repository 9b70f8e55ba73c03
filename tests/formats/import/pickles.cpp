#include <catch2/catch.hpp>

#include "formats/import/opcodes.hpp"
#include "formats/import/pickle.hpp"
#include "refused.hpp"
#include "writers.hpp"

// Pickles as data: values, records of what would be called, and what each defect is called.

using namespace attest;
using namespace attest::formats::import;
using namespace attest::formats::import::tests;
using namespace attest::formats::import::tests::pickle;
using Kind = PickleValue::Kind;
using Catch::Matchers::Contains;

namespace {

std::string refusal(const std::string& bytes) {
    return attest::tests::refused([&] { (void)read_pickle(bytes, "p"); });
}

}  // namespace

TEST_CASE("constants have their values", "[import]") {
    const auto value = [](const std::string& code) { return read_pickle(whole(code), "p").top(); };
    CHECK(value("N").kind == Kind::none);
    CHECK(value("\x88").integer == 1);
    CHECK(value("\x89").integer == 0);
    CHECK(value("K\xff").integer == 255);
    CHECK(value("M\xff\xff").integer == 65535);
    CHECK(value("J\xff\xff\xff\xff").integer == -1);
    CHECK(value("\x8a\x01\xff").integer == -1);
    CHECK(value("\x8a\x02\xff\x7f").integer == 32767);
    CHECK(value(std::string("\x8a\0", 2)).integer == 0);
    CHECK(value("\x8a\x08" + number(std::uint64_t{1} << 63, 8)).integer == INT64_MIN);
    CHECK(value("\x8a\x09" + std::string(9, 1)).kind == Kind::long_integer);
    CHECK(value("\x8b" + number(2, 4) + "\x01\x02").integer == 513);
    CHECK(value(std::string("G\x3f\xe0\0\0\0\0\0\0", 9)).real == 0.5);
    CHECK(value(text("ä")).text == "ä");
    CHECK(value("\x8c\x01z").text == "z");
    CHECK(value("\x8d" + number(1, 8) + "z").text == "z");
    CHECK(value("U\x01z").kind == Kind::text);
    CHECK(value("T" + number(1, 4) + "\xff").kind == Kind::bytes);
    CHECK(value("C\x01\xff").kind == Kind::bytes);
    CHECK(value("B" + number(1, 4) + "\xff").text == "\xff");
    CHECK(value(global("a.b", "c")).text == "a.b.c");
    CHECK(value(text("a") + text("b") + "\x93").text == "a.b");
}

TEST_CASE("containers hold what was put into them, and may hold themselves", "[import]") {
    const Pickle list = read_pickle(whole("](K\x01K\x02"
                                          "eK\x03"
                                          "a"),
                                    "p");
    REQUIRE(list.top().items.size() == 3);
    CHECK(list.at(list.top().items[2]).integer == 3);
    const Pickle dict =
        read_pickle(whole("}" + text("a") + "K\x01s(" + text("b") + "K\x02" + text("a") + "K\x03u"), "p");
    CHECK(dict.find(dict.top(), "a")->integer == 3);
    CHECK(dict.find(dict.top(), "b")->integer == 2);
    CHECK(dict.find(dict.top(), "c") == nullptr);
    CHECK(read_pickle(whole("K\x01K\x02\x86"), "p").top().items.size() == 2);
    CHECK(read_pickle(whole("(t"), "p").top().items.empty());
    const Pickle loop = read_pickle(whole(std::string("]q\0h\0a", 6)), "p");
    CHECK(loop.top().items == std::vector<PickleId>{loop.root});
    CHECK(read_pickle(whole("\x8f(K\x01\x90"), "p").top().items.size() == 1);
    CHECK(read_pickle(whole("K\x01\x94K\x02\x94" + std::string("h\0", 2)), "p").top().integer == 1);
}

TEST_CASE("what would be called is written down and not called", "[import]") {
    const Pickle call =
        read_pickle(whole(global("posix", "system") + tuple_of({text("touch /tmp/called")}) + "R"), "p");
    CHECK(call.top().kind == Kind::record);
    CHECK(call.top().text == "posix.system");
    CHECK(call.at(call.arguments(call.top())[0]).text == "touch /tmp/called");
    CHECK(describe(call.top()) == "an object of posix.system");
    const Pickle built = read_pickle(whole(object("m", "C", {{"x", "K\x07"}})), "p");
    CHECK(built.find(built.at(built.top().state[0]), "x")->integer == 7);
    CHECK(read_pickle(whole(global("collections", "OrderedDict") + ")R"), "p").top().kind == Kind::dict);
    CHECK(read_pickle(whole(text("a") + "Q"), "p").top().kind == Kind::persistent);
}

TEST_CASE("operations that torch.save does not use are refused by name", "[import]") {
    CHECK(refusal(whole("P1\n")) == "p+2: expected an operation that torch.save uses, found PERSID");
    for (const auto& [byte, name] : {std::pair{"\x82", "EXT1"},
                                     {"\x83", "EXT2"},
                                     {"\x84", "EXT4"},
                                     {"i", "INST"},
                                     {"o", "OBJ"},
                                     {"\x92", "NEWOBJ_EX"},
                                     {"0", "POP"},
                                     {"2", "DUP"},
                                     {"l", "LIST"},
                                     {"\x91", "FROZENSET"},
                                     {"I", "INT"},
                                     {"F", "FLOAT"},
                                     {"S", "STRING"},
                                     {"V", "UNICODE"},
                                     {"g", "GET"},
                                     {"p", "PUT"}})
        CHECK_THAT(refusal(whole(byte)), Contains(std::string("found ") + name));
    CHECK_THAT(refusal(whole("\xff")), Contains("found the byte 0xff"));
    std::size_t read = 0;
    for (unsigned byte = 0; byte < 256; ++byte)
        if (refusal(whole(std::string(1, static_cast<char>(byte)))).find("an operation that") == std::string::npos)
            ++read;
    CHECK(read == 44);
}

TEST_CASE("what no pickle may do is refused", "[import]") {
    CHECK(refusal("") == "p+0: expected an operation (1 bytes), found the end after 0");
    CHECK_THAT(refusal("\x80\x02N"), Contains("expected an operation"));
    CHECK_THAT(refusal("\x80\x01N."), Contains("p+0: expected a protocol from 2 to 5, found 1"));
    CHECK_THAT(refusal("\x80\x06N."), Contains("found 6"));
    CHECK_THAT(refusal(whole("")), Contains("expected a value on the stack, found none"));
    CHECK_THAT(refusal(whole("K\x01(\x85")), Contains("expected a value on the stack"));
    CHECK_THAT(refusal(whole("t")), Contains("expected a mark on the stack"));
    CHECK_THAT(refusal(whole("h\x05")), Contains("expected a value that was stored in the memo, found the number 5"));
    CHECK_THAT(refusal(whole("Nr" + number(std::uint64_t{1} << 31, 4))),
               Contains("expected a memo number below 1000000, found 2147483648"));
    CHECK_THAT(refusal(whole("NN\x86Na")), Contains("expected a list to append to"));
    CHECK_THAT(refusal(whole("NNR")), Contains("expected a name to call, found None"));
    CHECK_THAT(refusal(whole(global("a", "b") + "NR")), Contains("expected a tuple of arguments"));
    CHECK_THAT(refusal(whole("}(Nu")), Contains("expected keys with values"));
    CHECK_THAT(refusal(whole("X" + number(2, 4) + "\xff\xff")), Contains("expected a text in UTF-8"));
    CHECK_THAT(refusal(whole("X" + number(0xffffffff, 4))),
               Contains("expected a text (4294967295 bytes), found the end after 1"));
    CHECK_THAT(refusal(whole("ca")), Contains("expected a name and a line feed"));
    CHECK_THAT(refusal(begin + std::string(1'000'001, 'N')), Contains("expected at most 1000000 values, found more"));
}
