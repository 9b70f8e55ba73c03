#include <catch2/catch.hpp>

#include "formats/import/zip.hpp"
#include "refused.hpp"
#include "writers.hpp"

// Archives: what is read, and what each defect is called.

using namespace attest;
using namespace attest::formats::import;
using namespace attest::formats::import::tests;
using Catch::Matchers::Contains;

namespace {

std::string refusal(const std::string& file) {
    return attest::tests::refused([&] { (void)read_zip(file, "f"); });
}

const std::vector<std::pair<std::string, std::string>> two = {{"a/x", "hello"}, {"a/y", std::string(1000, 'z')}};

}  // namespace

TEST_CASE("entries have their names and bytes, with and without ZIP64 records", "[import]") {
    for (const bool zip64 : {false, true})
        for (const std::string comment : {"", "a comment"}) {
            const std::string file = zip(two, {.zip64 = zip64, .comment = comment});
            const std::vector<ZipEntry> entries = read_zip(file, "f");
            REQUIRE(entries.size() == 2);
            for (std::size_t k = 0; k < 2; ++k) {
                CHECK(entries[k].name == two[k].first);
                CHECK(entries[k].bytes == two[k].second);
            }
        }
    CHECK(read_zip(zip({}), "f").empty());
}

TEST_CASE("an archive that is not as torch.save writes it is refused by what is wrong", "[import]") {
    CHECK(refusal("") == "f: not a zip archive: it has no end record");
    CHECK(refusal(std::string(100, 'P')) == "f: not a zip archive: it has no end record");
    CHECK(refusal(zip(two, {.wrong_offset = 1})) == "f: not a zip archive: its directory has a broken entry");
    CHECK(refusal(zip(two, {.wrong_offset = 100000})) == "f: not a zip archive: its directory lies outside the file");
    CHECK(refusal(zip(two, {.zip64 = true, .wrong_offset = std::uint64_t{1} << 63})) ==
          "f: not a zip archive: its directory lies outside the file");
    CHECK(refusal(zip(two, {.method = 8})) ==
          "f:\"a/x\": expected an entry that is stored as it is, as torch.save writes it, found a deflated one");
    CHECK_THAT(refusal(zip(two, {.method = 93})), Contains("found method 93"));
    CHECK_THAT(refusal(zip(two, {.flags = 1})), Contains("found an encrypted one"));
    CHECK_THAT(refusal(zip(two, {.wrong_checksum = 1})), Contains("f:\"a/x\": expected the check sum"));
}

TEST_CASE("an archive that is cut anywhere, or has any one byte changed, is refused or read, and no more", "[import]") {
    for (const bool zip64 : {false, true}) {
        const std::string file = zip(two, {.zip64 = zip64});
        for (std::size_t size = 0; size < file.size(); ++size) {
            CAPTURE(size);
            CHECK(refusal(file.substr(0, size)) != "accepted");
        }
        for (std::size_t at = 0; at < file.size(); ++at) {
            std::string changed = file;
            changed[at] = static_cast<char>(~changed[at]);
            const std::string message = refusal(changed);
            CHECK(message.find('\n') == std::string::npos);
        }
    }
}

TEST_CASE("a changed byte of the data is noticed", "[import]") {
    std::string file = zip(two);
    const std::size_t at = file.find("hello");
    file[at] = 'j';
    CHECK_THAT(refusal(file), Contains("expected the check sum"));
}
