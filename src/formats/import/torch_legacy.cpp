#include <fmt/format.h>

#include <map>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "bytes.hpp"
#include "state_dict.hpp"
#include "torch_file.hpp"

namespace attest::formats::import {

namespace {

using Kind = PickleValue::Kind;

/// The first pickle: protocol 2, the integer 0x1950a86a20f9469cfc6c, an end.
constexpr std::string_view magic("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 15);
constexpr std::int64_t layout = 1001;

using Ids = std::map<std::string, StorageId>;

/// Every storage that the object speaks of.
Ids find_ids(const Pickle& object, const std::string& where) {
    Ids ids;
    for (const PickleValue& value : object.values) {
        if (value.kind != Kind::persistent) continue;
        StorageId id = read_storage_id(object, value, where);
        const auto [known, added] = ids.emplace(id.key, id);
        if (!added && (known->second.type != id.type || known->second.count != id.count))
            throw base::InputError(where, "one description of each storage", base::named(id.key) + " in two ways");
    }
    return ids;
}

/// The numbers of each storage, in the order of the list of keys.
std::map<std::string, std::string_view> read_storages(const Pickle& keys, const Ids& ids, std::string_view file,
                                                      const std::string& name) {
    if (keys.top().kind != Kind::list) throw base::InputError(name, "the list of storages", describe(keys.top()));
    std::map<std::string, std::string_view> storages;
    Cursor cursor(file, name, keys.end);
    for (const PickleId item : keys.top().items) {
        const std::string& key = keys.at(item).text;
        const auto id = ids.find(key);
        if (id == ids.end()) throw base::InputError(name, "storages of the object's tensors", base::named(key));
        const std::uint64_t count = cursor.number(8, "the size of a storage");
        if (count != id->second.count)
            throw base::InputError(cursor.place(cursor.offset()), fmt::format("{} numbers", id->second.count),
                                   std::to_string(count));
        const std::uint64_t size = info(id->second.type).size;
        if (count > cursor.left() / size)
            throw base::InputError(cursor.place(cursor.offset()), fmt::format("{} numbers", count),
                                   "the end of the file");
        storages.emplace(key, cursor.take(count * size, "the numbers of a storage"));
    }
    return storages;
}

}  // namespace

bool is_legacy_torch(std::string_view file) { return file.starts_with(magic); }

Contents read_legacy_torch(std::string_view file, const std::string& name, const std::string& member) {
    const Pickle version = read_pickle(file, name, magic.size());
    if (version.top().kind != Kind::integer || version.top().integer != layout)
        throw base::InputError(name, fmt::format("the layout {} of torch.save", layout), describe(version.top()));
    const Pickle system = read_pickle(file, name, version.end);
    const PickleValue* little = system.find(system.top(), "little_endian");
    if (little == nullptr || little->integer != 1)
        throw base::InputError(name, "numbers with their lowest byte first", "another order");
    const Pickle object = read_pickle(file, name, system.end);
    const Pickle keys = read_pickle(file, name, object.end);
    const auto storages = read_storages(keys, find_ids(object, name), file, name);
    const Storages find = [&](const StorageId& id) {
        const auto found = storages.find(id.key);
        if (found == storages.end())
            throw base::InputError(name, fmt::format("the storage {}", base::named(id.key)), "none");
        return found->second;
    };
    return read_contents(object, find, member, name);
}

}  // namespace attest::formats::import
