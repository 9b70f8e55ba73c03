#include "zip.hpp"

#include <fmt/format.h>

#include <boost/crc.hpp>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "bytes.hpp"

// A zip archive is read from its end: the end record says where the directory lies, the directory where the entries
// lie. Each entry has a header of its own before its bytes, whose length the directory does not know: torch.save pads
// it so that data begin at multiples of 64.

namespace attest::formats::import {

namespace {

constexpr std::uint64_t end_size = 22, locator_size = 20, longest_comment = 65535;
constexpr std::string_view end_mark = "PK\x05\x06", end64_mark = "PK\x06\x06", locator_mark = "PK\x06\x07";
constexpr std::string_view directory_mark = "PK\x01\x02", local_mark = "PK\x03\x04";
constexpr std::uint64_t in_zip64 = 0xffffffff;  ///< in a field of 4 bytes: look in the ZIP64 record

struct Directory {
    std::uint64_t entries, size, offset;
};

/// As the directory describes an entry.
struct Described {
    std::string_view name;
    std::uint64_t flags, method, checksum, packed, size, offset;
};

[[noreturn]] void fail(const std::string& name, const std::string& what) {
    throw base::InputError(name, "not a zip archive: " + what);
}

std::uint64_t find_end(std::string_view file, const std::string& name) {
    if (file.size() < end_size) fail(name, "it has no end record");
    const std::uint64_t last = file.size() - end_size;
    const std::uint64_t first = last > longest_comment ? last - longest_comment : 0;
    const std::size_t at = file.rfind(end_mark, last);
    if (at == std::string_view::npos || at < first) fail(name, "it has no end record");
    return at;
}

Directory read_end64(std::string_view file, std::uint64_t at, const std::string& name) {
    if (at > file.size() || file.size() - at < 56 || file.substr(at, 4) != end64_mark)
        fail(name, "its ZIP64 end record lies outside the file");
    Cursor cursor(file, name, at + 32);
    const std::uint64_t entries = cursor.number(8, "a number of entries");
    const std::uint64_t size = cursor.number(8, "a size");
    return {entries, size, cursor.number(8, "an offset")};
}

Directory find_directory(std::string_view file, const std::string& name) {
    const std::uint64_t end = find_end(file, name);
    Cursor cursor(file, name, end + 10);
    Directory directory{};
    directory.entries = cursor.number(2, "a number of entries");
    directory.size = cursor.number(4, "a size");
    directory.offset = cursor.number(4, "an offset");
    if (end >= locator_size && file.substr(end - locator_size, 4) == locator_mark)
        directory = read_end64(file, little_endian(file.substr(end - locator_size + 8, 8)), name);
    if (directory.offset > file.size() || directory.size > file.size() - directory.offset)
        fail(name, "its directory lies outside the file");
    return directory;
}

/// Sizes and offset that did not fit in 4 bytes stand in the extra field with the tag 1, in this order.
void widen(Described& entry, std::string_view extra, const std::string& name) {
    Cursor cursor(extra, name);
    while (cursor.left() >= 4) {
        const std::uint64_t tag = cursor.number(2, "a tag");
        const std::string_view field = cursor.take(cursor.number(2, "a size"), "an extra field");
        if (tag != 1) continue;
        Cursor values(field, name);
        for (std::uint64_t* value : {&entry.size, &entry.packed, &entry.offset})
            if (*value == in_zip64) *value = values.number(8, "a ZIP64 field");
    }
}

Described read_described(Cursor& cursor, const std::string& name) {
    if (cursor.take(4, "an entry of the directory") != directory_mark) fail(name, "its directory has a broken entry");
    (void)cursor.take(4, "versions");
    Described entry{};
    entry.flags = cursor.number(2, "flags");
    entry.method = cursor.number(2, "a method");
    (void)cursor.take(4, "a time");
    entry.checksum = cursor.number(4, "a check sum");
    entry.packed = cursor.number(4, "a size");
    entry.size = cursor.number(4, "a size");
    const std::uint64_t name_size = cursor.number(2, "a size");
    const std::uint64_t extra_size = cursor.number(2, "a size");
    const std::uint64_t comment_size = cursor.number(2, "a size");
    (void)cursor.take(8, "attributes");
    entry.offset = cursor.number(4, "an offset");
    entry.name = cursor.take(name_size, "a name");
    widen(entry, cursor.take(extra_size, "an extra field"), name);
    (void)cursor.take(comment_size, "a comment");
    return entry;
}

void require_stored(const Described& entry, const std::string& place) {
    if ((entry.flags & 1) != 0) throw base::InputError(place, "an entry that is stored as it is", "an encrypted one");
    if (entry.method == 8 && entry.name.find("/code/") != std::string::npos)
        throw base::InputError(place, "a state dict (torch.save(model.state_dict(), \"model.pt\"))",
                               "a TorchScript archive, which holds a program");
    if (entry.method != 0)
        throw base::InputError(place, "an entry that is stored as it is, as torch.save writes it",
                               entry.method == 8 ? "a deflated one" : fmt::format("method {}", entry.method));
    if (entry.packed != entry.size)
        throw base::InputError(place, fmt::format("{} stored bytes", entry.size), std::to_string(entry.packed));
}

std::string_view bytes_of(std::string_view file, const Described& entry, const std::string& place) {
    if (entry.offset > file.size())
        throw base::InputError(place, "an entry within the file", "an offset beyond its end");
    Cursor cursor(file, place, entry.offset);
    if (cursor.take(4, "the header of an entry") != local_mark)
        throw base::InputError(place, "the header of an entry", "other bytes");
    (void)cursor.take(22, "the header of an entry");
    const std::uint64_t name_size = cursor.number(2, "a size");
    const std::uint64_t extra_size = cursor.number(2, "a size");
    if (cursor.take(name_size, "a name") != entry.name)
        throw base::InputError(place, "the same name in the entry's header", "another one");
    (void)cursor.take(extra_size, "an extra field");
    return cursor.take(entry.size, "the data of an entry");
}

void require_checksum(std::string_view bytes, const Described& entry, const std::string& place) {
    boost::crc_32_type crc;
    crc.process_bytes(bytes.data(), bytes.size());
    if (crc.checksum() != entry.checksum)
        throw base::InputError(place, fmt::format("the check sum {:08x}", entry.checksum),
                               fmt::format("{:08x}", crc.checksum()));
}

}  // namespace

std::vector<ZipEntry> read_zip(std::string_view file, const std::string& name) {
    const Directory directory = find_directory(file, name);
    Cursor cursor(file.substr(directory.offset, directory.size), name + ":directory");
    std::vector<ZipEntry> entries;
    std::uint64_t left = file.size();  // entries do not share bytes
    for (std::uint64_t k = 0; k < directory.entries; ++k) {
        const Described entry = read_described(cursor, name);
        const std::string place = fmt::format("{}:{}", name, base::named(entry.name));
        require_stored(entry, place);
        if (entry.size > left) throw base::InputError(place, "entries that fit in the file", "more bytes");
        left -= entry.size;
        entries.push_back({std::string(entry.name), bytes_of(file, entry, place)});
        require_checksum(entries.back().bytes, entry, place);
    }
    return entries;
}

}  // namespace attest::formats::import
