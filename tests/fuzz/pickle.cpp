#include <array>

#include "formats/import/modules.hpp"
#include "formats/import/state_dict.hpp"
#include "refusal.hpp"

// Pickles: what was read can be described, and its tensors lie within their storages.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace attest;
    using namespace attest::formats::import;
    static const std::array<char, 256> storage{};
    fuzz::reads([&] {
        const Pickle pickle = read_pickle(fuzz::text(data, size), "p");
        for (const PickleValue& value : pickle.values) fuzz::check_message(describe(value));
        const Storages storages = [](const StorageId& id) {
            return std::string_view(storage.data(), std::min<std::uint64_t>(storage.size(), id.count));
        };
        const Contents contents = read_contents(pickle, storages, "", "p");
        for (const auto& [name, array] : contents.tensors) {
            if (array.count() == 0) continue;
            fuzz::require(array.bytes_at(array.count() - 1).size() == info(array.type).size,
                          "the last number is there");
            fuzz::require(array.bytes_at(0).size() == info(array.type).size, "the first number is there");
        }
    });
    return 0;
}
