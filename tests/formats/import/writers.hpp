#pragma once

#include <boost/crc.hpp>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

// Checkpoints made for a test, as torch.save lays them out.

namespace attest::formats::import::tests {

inline std::string number(std::uint64_t value, std::size_t size) {
    std::string bytes;
    for (std::size_t k = 0; k < size; ++k) bytes += static_cast<char>(value >> (8 * k) & 0xff);
    return bytes;
}

inline std::uint32_t crc32(const std::string& bytes) {
    boost::crc_32_type crc;
    crc.process_bytes(bytes.data(), bytes.size());
    return crc.checksum();
}

/// How an archive differs from what torch.save would write.
struct ZipSetting {
    std::uint64_t method = 0, flags = 0;
    bool zip64 = false;                ///< sizes and offsets in the extra field, and a ZIP64 end record
    std::uint64_t wrong_checksum = 0;  ///< added to each
    std::uint64_t wrong_offset = 0;    ///< added to that of the directory
    std::string comment{};
};

inline std::string zip(const std::vector<std::pair<std::string, std::string>>& entries, const ZipSetting& s = {}) {
    std::string file, directory;
    for (const auto& [name, bytes] : entries) {
        const std::uint64_t offset = file.size(), narrow = s.zip64 ? 0xffffffff : bytes.size();
        const std::string padding(7, 'F'), sum = number(crc32(bytes) + s.wrong_checksum, 4);
        const std::string common = number(s.flags, 2) + number(s.method, 2) + number(0, 4) + sum;
        const std::string sizes = number(narrow, 4) + number(narrow, 4) + number(name.size(), 2);
        file += "PK\x03\x04" + number(20, 2) + common + sizes + number(padding.size(), 2) + name + padding + bytes;
        const std::string wide = number(bytes.size(), 8) + number(bytes.size(), 8) + number(offset, 8);
        const std::string extra = s.zip64 ? number(1, 2) + number(wide.size(), 2) + wide : "";
        directory += "PK\x01\x02" + number(20, 2) + number(20, 2) + common + sizes + number(extra.size(), 2) +
                     number(0, 2) + number(0, 8) + number(s.zip64 ? 0xffffffff : offset, 4) + name + extra;
    }
    const std::uint64_t at = file.size() + s.wrong_offset, end64 = file.size() + directory.size();
    file += directory;
    if (s.zip64)
        file += "PK\x06\x06" + number(44, 8) + std::string(12, '\0') + number(entries.size(), 8) +
                number(entries.size(), 8) + number(directory.size(), 8) + number(at, 8) + "PK\x06\x07" + number(0, 4) +
                number(end64, 8) + number(1, 4);
    const std::uint64_t count = s.zip64 ? 0xffff : entries.size(), last = s.zip64 ? 0xffffffff : at;
    return file + "PK\x05\x06" + number(0, 4) + number(count, 2) + number(count, 2) +
           number(s.zip64 ? 0xffffffff : directory.size(), 4) + number(last, 4) + number(s.comment.size(), 2) +
           s.comment;
}

/// Pieces of pickles, to be put one behind the other.
namespace pickle {

inline const std::string begin = "\x80\x02", stop = ".", mark = "(", tuple = "t", none = "N", reduce = "R";
inline std::string text(const std::string& t) { return "X" + number(t.size(), 4) + t; }
inline std::string integer(std::uint64_t n) { return "J" + number(n, 4); }
inline std::string global(const std::string& module, const std::string& name) {
    return "c" + module + "\n" + name + "\n";
}
inline std::string tuple_of(const std::vector<std::string>& items) {
    std::string all = mark;
    for (const std::string& item : items) all += item;
    return all + tuple;
}
inline std::string integers(const std::vector<std::uint64_t>& numbers) {
    std::vector<std::string> items;
    for (const std::uint64_t n : numbers) items.push_back(integer(n));
    return tuple_of(items);
}
inline std::string dict(const std::vector<std::pair<std::string, std::string>>& members) {
    std::string all = "}" + mark;
    for (const auto& [key, value] : members) all += text(key) + value;
    return all + "u";
}
inline std::string storage(const std::string& type, const std::string& key, std::uint64_t count) {
    return tuple_of({text("storage"), global("torch", type + "Storage"), text(key), text("cpu"), integer(count)}) + "Q";
}
inline std::string tensor(const std::string& storage, std::uint64_t offset, const std::vector<std::uint64_t>& shape,
                          const std::vector<std::uint64_t>& strides) {
    return global("torch._utils", "_rebuild_tensor_v2") +
           tuple_of({storage, integer(offset), integers(shape), integers(strides), "\x89",
                     global("collections", "OrderedDict") + ")" + reduce}) +
           reduce;
}
/// An object whose attributes are these.
inline std::string object(const std::string& module, const std::string& name,
                          const std::vector<std::pair<std::string, std::string>>& attributes) {
    return global(module, name) + ")\x81" + dict(attributes) + "b";
}
inline std::string whole(const std::string& value) { return begin + value + stop; }

}  // namespace pickle

/// A file as torch.save writes it, with these storages.
inline std::string torch_file(const std::string& pickle, std::vector<std::pair<std::string, std::string>> storages = {},
                              const ZipSetting& setting = {}) {
    std::vector<std::pair<std::string, std::string>> entries = {{"archive/data.pkl", pickle::whole(pickle)}};
    for (auto& [key, bytes] : storages) entries.emplace_back("archive/data/" + key, std::move(bytes));
    entries.emplace_back("archive/version", "3\n");
    return zip(entries, setting);
}

}  // namespace attest::formats::import::tests
