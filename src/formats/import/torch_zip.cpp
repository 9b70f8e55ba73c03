#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "state_dict.hpp"
#include "torch_file.hpp"
#include "zip.hpp"

namespace attest::formats::import {

namespace {

constexpr std::string_view pickle_name = "/data.pkl";

using Entries = std::map<std::string, std::string_view>;

/// The folder in which all entries of the archive lie.
std::string find_prefix(const Entries& entries, const std::string& name) {
    std::string prefix;
    for (const auto& [entry, bytes] : entries)
        if (entry.ends_with(pickle_name) && entry.find('/') == entry.size() - pickle_name.size())
            prefix = entry.substr(0, entry.size() - pickle_name.size());
    if (prefix.empty())
        throw base::InputError(name, "an archive that torch.save wrote (PREFIX/data.pkl)",
                               fmt::format("{} entries without it", entries.size()));
    return prefix;
}

void refuse_torchscript(const Entries& entries, const std::string& prefix, const std::string& name) {
    const bool script = std::any_of(entries.begin(), entries.end(), [&](const auto& entry) {
        return entry.first == prefix + "/constants.pkl" || entry.first.starts_with(prefix + "/code/");
    });
    if (script)
        throw base::InputError(name, "a state dict (torch.save(model.state_dict(), \"model.pt\"))",
                               "a TorchScript archive, which holds a program");
}

void require_little_endian(const Entries& entries, const std::string& prefix, const std::string& name) {
    const auto order = entries.find(prefix + "/byteorder");
    if (order != entries.end() && order->second != "little")
        throw base::InputError(name + ":byteorder", "little", base::quoted(order->second, 20));
}

}  // namespace

Contents read_torch_zip(std::string_view file, const std::string& name, const std::string& member) {
    Entries entries;
    for (const ZipEntry& entry : read_zip(file, name))
        if (!entries.emplace(entry.name, entry.bytes).second)
            throw base::InputError(name, "each entry once", base::named(entry.name) + " twice");
    const std::string prefix = find_prefix(entries, name);
    refuse_torchscript(entries, prefix, name);
    require_little_endian(entries, prefix, name);
    const Storages storages = [&](const StorageId& id) {
        const std::string entry = fmt::format("{}/data/{}", prefix, id.key), place = name + ":" + base::named(entry);
        const auto found = entries.find(entry);
        if (found == entries.end()) throw base::InputError(place, "the numbers of a storage", "no such entry");
        const std::uint64_t size = info(id.type).size;
        if (found->second.size() / size != id.count || found->second.size() % size != 0)
            throw base::InputError(place, fmt::format("{} numbers of {} bytes", id.count, size),
                                   fmt::format("{} bytes", found->second.size()));
        return found->second;
    };
    const std::string where = name + ":data.pkl";
    return read_contents(read_pickle(entries.at(prefix + std::string(pickle_name)), where), storages, member, where);
}

}  // namespace attest::formats::import
